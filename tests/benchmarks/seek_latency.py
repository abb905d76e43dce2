"""From the command to seek to the first right sound, in six hours, beside a bare QMediaPlayer in the same run.

    python -m tests.benchmarks.seek_latency FOLDER [SEEKS] [BARE_SEEKS]

FOLDER keeps the media (some 600 MB) and the sample tables between runs. Sound is taken from QAudioBufferOutput, its
tone decoded, so that a fast jump to a wrong place counts as wrong. Needs no sound server.
"""

import os
import random
import statistics
import sys
import time
from array import array
from pathlib import Path
from typing import Any

from player.playback.environment import prepare_environment

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
prepare_environment()

from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer, QUrl  # noqa: E402  # after the environment
from PySide6.QtMultimedia import (  # noqa: E402  # a benchmark looks below the Engine
    QAudioBuffer,
    QAudioBufferOutput,
    QAudioFormat,
    QAudioOutput,
    QMediaPlayer,
)

from player.core.audio_source import AudioSource  # noqa: E402
from player.library.sample_table_cache import SampleTableCache  # noqa: E402
from player.playback.engine import Engine  # noqa: E402
from player.playback.state import EngineState  # noqa: E402
from player.readers.mp3_frames import scan  # noqa: E402
from tests import tones  # noqa: E402
from tests.benchmarks import six_hours  # noqa: E402

RIGHT_WITHIN_MS = 60
WRONG_AFTER_S = 15.0


class Ear:
    """Collects decoded buffers and tells when the first one came that begins the right sound."""

    def __init__(self, player: QMediaPlayer) -> None:
        self._buffers: list[tuple[float, array[int]]] = []
        self._output = QAudioBufferOutput()
        self._output.audioBufferReceived.connect(self._take)
        player.setAudioBufferOutput(self._output)

    def clear(self) -> None:
        """Forgets what came."""
        self._buffers.clear()

    def first_right(self, target_ms: int, delay_ms: float) -> float | None:
        """When the first buffer came from which on the sound is that of ``target_ms``; None while there is none."""
        for first, (came, _) in enumerate(self._buffers):
            samples = array("h")
            for _, more in self._buffers[first : first + 12]:
                samples += more
            said = tones.media_time(samples, 0)
            if said is None:
                continue
            wanted = (target_ms - delay_ms) / 1000 + tones.WINDOW / 2 / tones.RATE
            off = (said - wanted + tones.CYCLE_S / 2) % tones.CYCLE_S - tones.CYCLE_S / 2
            if abs(off) * 1000 <= RIGHT_WITHIN_MS:
                return came
        return None

    def _take(self, buffer: QAudioBuffer) -> None:
        came = time.perf_counter()
        form = buffer.format()
        is_float = form.sampleFormat() is QAudioFormat.SampleFormat.Float
        values: Any = array("f" if is_float else "h", bytes(buffer.constData()))
        rate, channels, scale = form.sampleRate(), form.channelCount(), 32_000 if is_float else 1
        count = len(values) // channels * tones.RATE // rate
        picked = (values[index * rate // tones.RATE * channels] for index in range(count))
        self._buffers.append(
            (came, array("h", (int(max(-1.0, min(1.0, v)) * scale) if is_float else v for v in picked)))
        )


def wait(ms: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def until(condition: Any, limit_s: float) -> bool:
    end = time.perf_counter() + limit_s
    while not condition():
        if time.perf_counter() > end:
            return False
        wait(1)
    return True


def random_target(chance: random.Random) -> int:
    """Anywhere but where one chirp gives way to the next, and the tone tells no time for a moment."""
    chirp_ms = tones.CHIRP_S * 1000
    return chance.randrange(six_hours.LENGTH_MS // chirp_ms) * chirp_ms + chance.randrange(200, chirp_ms - 200)


def measure(seek: Any, ear: Ear, targets: list[int], delay_ms: float) -> list[float | None]:
    """Seconds from command to first right buffer, None for wrong."""
    found: list[float | None] = []
    for target_ms in targets:
        ear.clear()
        start = time.perf_counter()
        seek(target_ms)
        is_right = until(lambda target_ms=target_ms: ear.first_right(target_ms, delay_ms) is not None, WRONG_AFTER_S)
        came = ear.first_right(target_ms, delay_ms)
        found.append(came - start if is_right and came is not None else None)
    return found


def report(name: str, latencies: list[float | None], cpu_s: float) -> None:
    right = sorted(latency * 1000 for latency in latencies if latency is not None)
    wrong = len(latencies) - len(right)
    if not right:
        print(f"  {name:<8} {wrong} of {len(latencies)} wrong", flush=True)
        return
    middle, late = statistics.median(right), right[int(len(right) * 0.99)]
    cpu_ms = cpu_s / len(latencies) * 1000  # with the ear's own work, some 15 ms
    print(f"  {name:<8} median {middle:8.1f} ms   p99 {late:8.1f} ms   worst {right[-1]:8.1f} ms", end="")
    print(f"   cpu a seek {cpu_ms:7.1f} ms   wrong {wrong} of {len(latencies)}", flush=True)


def memory_mb() -> float:
    for line in Path("/proc/self/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0


def main(directory: Path, seeks: int, bare_seeks: int) -> None:
    app = QCoreApplication([])
    paths = six_hours.make(directory)
    cache = SampleTableCache(directory / "tables")
    chance = random.Random(1)
    for kind, path in paths.items():
        targets = [random_target(chance) for _ in range(seeks)]
        start = time.perf_counter()
        table = scan(str(path)) if kind.endswith("mp3") else None
        scanned_s = time.perf_counter() - start
        source = cache.source_for(str(path), table) if table else AudioSource(str(path), six_hours.LENGTH_MS)
        print(f"{kind}: {path.stat().st_size / 1e6:.0f} MB, scan {scanned_s:.3f} s, duration {source.duration_ms} ms")
        # frames taken from the middle of an encoding begin with the sound that the encoder held back
        delay_ms = 0.0
        if table is not None:
            delay_ms = (1105 - table.first_sample) / 44.1
        elif kind == "book.m4b":
            delay_ms = 1024 / 48

        engine = Engine()
        before_mb = memory_mb()
        start = time.perf_counter()
        engine.load(source, targets[0])
        until(lambda engine=engine: engine.state is not EngineState.LOADING, 30)
        loaded_ms = (time.perf_counter() - start) * 1000
        ear = Ear(engine._sound._player)
        engine.play()
        until(lambda engine=engine: not engine._playhead.is_on_its_way, 30)
        cpu = time.process_time()
        latencies = measure(engine.seek, ear, targets, delay_ms)
        cpu = time.process_time() - cpu
        print(f"  load {loaded_ms:.0f} ms, memory {before_mb:.0f} -> {memory_mb():.0f} MB")
        report("Engine", latencies, cpu)
        engine.unload()
        wait(50)

        player, output = QMediaPlayer(), QAudioOutput()
        player.setAudioOutput(output)
        player.setSource(QUrl.fromLocalFile(str(path)))
        until(lambda player=player: player.mediaStatus() is QMediaPlayer.MediaStatus.LoadedMedia, 30)
        bare_ear = Ear(player)
        player.play()
        wait(200)
        cpu = time.process_time()
        bare = measure(player.setPosition, bare_ear, targets[:bare_seeks], delay_ms)
        report("bare", bare, time.process_time() - cpu)
        player.stop()
        player.setSource(QUrl())
        wait(50)
    del app


if __name__ == "__main__":
    main(Path(sys.argv[1]), *(int(value) for value in (*sys.argv[2:4], *("200", "5")[len(sys.argv) - 2 :])))
