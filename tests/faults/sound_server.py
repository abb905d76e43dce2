"""Sound servers of our own that can be killed and started again, and an ear that hears what they play."""

import os
import shutil
import subprocess
import threading
import time
from array import array
from collections.abc import Sequence
from pathlib import Path

from tests import tones

SPEAKERS, HEADPHONES = "speakers", "headphones"


class SoundServer:
    """A PulseAudio with null sinks, the last one the default; ``environment`` is for programs which shall use it."""

    def __init__(self, folder: Path, sinks: Sequence[str] = (SPEAKERS,)) -> None:
        self._folder = folder
        self._sinks = sinks
        runtime = folder / "run"
        runtime.mkdir(mode=0o700, parents=True)
        self._socket = runtime / "pulse.sock"
        self.environment = {**os.environ, "XDG_RUNTIME_DIR": str(runtime), "HOME": str(folder)}
        self.environment["PULSE_SERVER"] = f"unix:{self._socket}"
        self._ears: list[Ear] = []
        self.start()

    def start(self) -> None:
        """Start it, again after it was killed."""
        self._socket.unlink(missing_ok=True)
        command = ["pulseaudio", "-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1"]
        command += ["--disable-shm=yes", "-L", f"module-native-protocol-unix socket={self._socket} auth-anonymous=1"]
        for sink in self._sinks:
            command += ["-L", f"module-null-sink sink_name={sink} rate=44100 channels=1"]
        command += ["-L", "module-rescue-streams"]
        with (self._folder / "pulse.log").open("ab") as log:
            self._process = subprocess.Popen(
                command, env=self.environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL
            )
        for _ in range(200):
            if self._pactl("info").returncode == 0:
                break
            time.sleep(0.05)
        self._pactl("set-default-sink", self._sinks[-1])

    def kill(self) -> None:
        """kill -9."""
        self._process.kill()
        self._process.wait()

    def take_away(self, sink: str) -> None:
        """The device goes, as headphones do; what sounded on it is moved to another by the server."""
        rows = self._pactl("list", "short", "modules").stdout.splitlines()
        self._pactl("unload-module", next(row.split("\t")[0] for row in rows if f"sink_name={sink}" in row))

    def hear(self, sink: str) -> "Ear":
        """An ear at that device. One has to be there: a null sink that nobody hears has two seconds of latency."""
        self._ears.append(Ear(sink, self.environment))
        return self._ears[-1]

    def end(self) -> None:
        """Stop it and everybody who hears it."""
        for ear in self._ears:
            ear.stop()
        self.kill()

    def _pactl(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            ["pactl", *arguments], env=self.environment, capture_output=True, text=True, check=False, timeout=10
        )


class Ear:
    """Hears one device until it is stopped or the device goes."""

    def __init__(self, sink: str, environment: dict[str, str]) -> None:
        command = ["parec", "-d", f"{sink}.monitor", "--latency-msec=30", f"--rate={tones.RATE}", "--channels=1"]
        self._process = subprocess.Popen(
            [*command, "--format=s16le"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._sound = bytearray()
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    @property
    def samples(self) -> "array[int]":
        """All that was heard."""
        return array("h", bytes(self._sound[: len(self._sound) // 2 * 2]))

    def media_s(self) -> float | None:
        """Which second of the recording (within the cycle of the tones) is heard now; None in silence."""
        samples = self.samples[-4 * tones.WINDOW :]
        found = [tones.media_time(samples, at) for at in range(0, len(samples) - tones.WINDOW + 1, tones.WINDOW // 2)]
        return next((second for second in reversed(found) if second is not None), None)

    def stop(self) -> None:
        """Hear no more."""
        self._process.terminate()
        self._process.wait(5)
        self._thread.join(5)
        assert self._process.stdout is not None
        self._process.stdout.close()

    def _read(self) -> None:
        assert self._process.stdout is not None
        while chunk := self._process.stdout.read1(4096):  # type: ignore[attr-defined]  # a BufferedReader has it
            self._sound += chunk


def missing() -> str | None:
    """What must be installed, None when all is there."""
    absent = [name for name in ("pulseaudio", "parec", "pactl") if shutil.which(name) is None]
    return f"not installed: {', '.join(absent)}" if absent else None
