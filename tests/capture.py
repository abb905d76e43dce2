"""What is really heard: a private PulseAudio with a null sink, and a child process that plays into it and records.

The child is needed because Qt finds its sound server when it first loads. A scenario is a list of steps in JSON; the
answer is the captured sound and where in it each step began.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from player.core.audio_source import AudioSource
from tests import tones

SINK = "outspoken_test"
SERVER_ID = "OUTSPOKEN_TEST_PULSE"
ROOT = Path(__file__).parent.parent
Step = list[Any]


def missing() -> str | None:
    """What must be installed for captures to work, None when all is there."""
    absent = [name for name in ("pulseaudio", "parec", "pactl") if shutil.which(name) is None]
    return f"not installed: {', '.join(absent)}" if absent else None


@contextmanager
def private_pulse(directory: Path) -> Iterator[dict[str, str]]:
    """A PulseAudio of our own that nobody else hears; yields the environment in which programs find it."""
    runtime = directory / "run"
    runtime.mkdir(mode=0o700, parents=True)
    socket = runtime / "pulse.sock"
    environment = {**os.environ, "XDG_RUNTIME_DIR": str(runtime), "HOME": str(directory)}
    environment.pop("PULSE_SERVER", None)
    command = ["pulseaudio", "-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1", "--disable-shm=yes"]
    command += ["-L", f"module-native-protocol-unix socket={socket} auth-anonymous=1"]
    command += ["-L", f"module-null-sink sink_name={SINK} rate=44100 channels=1"]
    with (directory / "pulse.log").open("wb") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
    try:
        environment["PULSE_SERVER"] = f"unix:{socket}"
        environment[SERVER_ID] = str(server.pid)
        _wait_for(environment, server)
        yield environment
    finally:
        server.terminate()
        server.wait(5)


def _wait_for(environment: dict[str, str], server: "subprocess.Popen[bytes]") -> None:
    for _ in range(100):
        if subprocess.run(["pactl", "info"], env=environment, capture_output=True, check=False).returncode == 0:
            return
        assert server.poll() is None, "the private PulseAudio ended by itself"
        time.sleep(0.05)
    raise AssertionError("the private PulseAudio did not start")


@dataclass(frozen=True, slots=True)
class Captured:
    """The sound of a scenario and the marks of its steps, in samples."""

    samples: "array[int]"
    marks: dict[str, tuple[int, int]]
    told: dict[str, Any]

    def heard(self, name: str, speed: float = 1.0) -> tones.Stretch:
        """What was heard between the step ``mark name`` and the next mark, from its first to its last sound."""
        start, end = self.marks[name]
        found = tones.stretches(self.samples[start:end], speed)
        assert found, f"nothing was heard in {name}"
        first, last = found[0], found[-1]
        return tones.Stretch(first.start_s, last.end_s, first.media_start_s, last.media_end_s)

    def part(self, name: str) -> "array[int]":
        """The samples between the step ``mark name`` and the next mark."""
        start, end = self.marks[name]
        return self.samples[start:end]


def play(steps: list[Step], environment: dict[str, str], directory: Path) -> Captured:
    """Runs a scenario in a child and returns what was heard."""
    scenario, sound, answer = (directory / name for name in ("scenario.json", "sound.raw", "answer.json"))
    scenario.write_text(json.dumps(steps))
    command = [sys.executable, "-m", "tests.capture", str(scenario), str(sound), str(answer)]
    child = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=240)
    assert child.returncode == 0, child.stderr
    told = json.loads(answer.read_text())
    names = [name for name, _ in told["marks"]]
    places = [place for _, place in told["marks"]]
    raw = sound.read_bytes()
    marks = dict(zip(names, zip(places, [*places[1:], len(raw) // 2], strict=True), strict=True))
    return Captured(array("h", raw[: len(raw) // 2 * 2]), marks, told)


def source_as_json(source: AudioSource) -> dict[str, Any]:
    """``source`` for a "load" step."""
    fields = asdict(source)
    fields["sync_points"] = [(offset, raw.hex()) for offset, raw in source.sync_points]
    return fields


# The child.


class _Recorder:
    """``parec`` kept on the monitor with a short latency: a bare null sink has two seconds of it and fakes stalls."""

    def __init__(self) -> None:
        command = ["parec", "-d", f"{SINK}.monitor", "--latency-msec=30", f"--rate={tones.RATE}"]
        self._process = subprocess.Popen([*command, "--channels=1", "--format=s16le"], stdout=subprocess.PIPE)
        self.sound = bytearray()
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        while chunk := self._process.stdout.read1(4096):  # type: ignore[attr-defined]  # a BufferedReader has it
            self.sound += chunk

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(5)
        self._thread.join(5)


def _main(scenario: Path, sound: Path, answer: Path) -> None:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from player.playback.environment import prepare_environment

    prepare_environment()
    from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer

    from player.playback.engine import Engine
    from player.playback.state import EngineState

    app = QCoreApplication([])
    recorder = _Recorder()
    engine = Engine()
    marks: list[tuple[str, int]] = []
    told: dict[str, Any] = {"boundaries": [], "positions": [], "failed": []}
    engine.failed.connect(told["failed"].append)
    engine.stalled.connect(told["failed"].append)
    engine.boundary_reached.connect(lambda ms: (engine.pause(), told["boundaries"].append(ms)))

    def wait(ms: int) -> None:
        loop = QEventLoop()
        QTimer.singleShot(ms, loop.quit)
        loop.exec()

    def until(condition: Any, limit_ms: int = 15_000) -> None:
        end = time.monotonic() + limit_ms / 1000
        while not condition():
            assert time.monotonic() < end, "waited too long"
            wait(5)

    def load(fields: dict[str, Any], at_ms: int) -> None:
        fields["sync_points"] = tuple((offset, bytes.fromhex(raw)) for offset, raw in fields["sync_points"])
        engine.load(AudioSource(**fields), at_ms)
        until(lambda: engine.state is not EngineState.LOADING)
        assert engine.plays_through_table == (fields["list_path"] is not None)

    actions: dict[str, Any] = {
        "load": load,
        "wait": wait,
        "mark": lambda name: marks.append((name, len(recorder.sound) // 2)),
        "play": engine.play,
        "pause": engine.pause,
        "seek": engine.seek,
        "speed": engine.set_speed,
        "volume": engine.set_volume,
        "fade": engine.fade_out,
        "cancel_fade": engine.cancel_fade,
        "boundary": engine.arm_boundary,
        "until_paused": lambda: until(lambda: engine.state is EngineState.PAUSED),
        "until_ticking": lambda: until(lambda: not engine._playhead.is_on_its_way),
        "kill_server": lambda: os.kill(int(os.environ[SERVER_ID]), signal.SIGKILL),
        "position": lambda: told["positions"].append(engine.position_ms),
    }
    for name, *arguments in json.loads(scenario.read_text()):
        actions[name](*arguments)
    engine.unload()
    recorder.stop()
    sound.write_bytes(bytes(recorder.sound))
    answer.write_text(json.dumps({"marks": marks, **told}))
    del app


if __name__ == "__main__":
    _main(*(Path(argument) for argument in sys.argv[1:4]))
