"""The real program in a process of its own, off-screen, driven and watched from outside, and killed."""

import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from player.library.library import Library

ROOT = Path(__file__).parents[2]
PATIENCE_S = 60.0
MOST_SPEED = "OUTSPOKEN_TEST_MOST_SPEED"
Shown = dict[str, Any]


class Program:
    """``outspoken --data-dir data FILES...``; ``until`` waits for what it shows. Errors go to a file in ``data``."""

    def __init__(
        self,
        data: Path,
        *files: Path | str,
        environment: Mapping[str, str] = os.environ,
        most_speed: float = 4.0,
        log: Path | None = None,
    ) -> None:
        self.data = data
        data.mkdir(parents=True, exist_ok=True)
        self._log = log or data.with_name(f"{data.name}.stderr")
        command = [sys.executable, "-m", "tests.program", "--data-dir", str(data), *map(str, files)]
        with self._log.open("ab") as errors:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                cwd=ROOT,
                env={**environment, "QT_QPA_PLATFORM": "offscreen", MOST_SPEED: str(most_speed)},
                bufsize=0,
            )
        self._read = b""
        self._selector = selectors.DefaultSelector()
        assert self._process.stdout is not None
        os.set_blocking(self._process.stdout.fileno(), False)
        self._selector.register(self._process.stdout, selectors.EVENT_READ)
        self.shown: Shown = {}

    @property
    def pid(self) -> int:
        """Its process, which stays the same when it starts itself anew."""
        return self._process.pid

    @property
    def errors(self) -> str:
        """All that the programs of this library said on stderr."""
        return self._log.read_text(errors="replace")

    def say(self, command: str) -> None:
        """Have one command carried out."""
        assert self._process.stdin is not None
        self._process.stdin.write(command.encode() + b"\n")

    def until(self, is_wanted: Callable[[Shown], bool], patience_s: float = PATIENCE_S) -> Shown:
        """The first report that is wanted, of those that come from now on."""
        deadline = time.monotonic() + patience_s
        while time.monotonic() < deadline:
            for shown in self.reports(0.05):
                if is_wanted(shown):
                    return shown
        raise AssertionError(f"it never showed what was waited for; last: {self.shown}; {self.errors[-2000:]}")

    def watch(self, seconds: float) -> list[Shown]:
        """Every report of the next ``seconds``."""
        seen: list[Shown] = []
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            seen += self.reports(left)
        return seen

    def reports(self, wait_s: float) -> list[Shown]:
        """The reports that are there, after waiting for one no longer than ``wait_s``."""
        assert self._process.stdout is not None
        if self._selector.select(wait_s):
            chunk = self._process.stdout.read()
            if chunk == b"":
                raise AssertionError(f"the program ended ({self._process.wait()}): {self.errors[-2000:]}")
            self._read += chunk or b""
        *lines, self._read = self._read.split(b"\n")
        found = [json.loads(line) for line in lines]
        self.shown = found[-1] if found else self.shown
        return found

    def kill(self) -> Shown:
        """kill -9, and wait until it is gone; the last that it showed."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()
        assert self._process.stdout is not None
        *lines, _ = (self._read + (self._process.stdout.read() or b"")).split(b"\n")
        self.shown = json.loads(lines[-1]) if lines else self.shown
        self._end()
        return self.shown

    def quit(self) -> None:
        """End it in order; it must not have complained."""
        self.say("quit")
        deadline = time.monotonic() + PATIENCE_S
        while self._process.poll() is None and time.monotonic() < deadline:
            self._selector.select(0.05)
            assert self._process.stdout is not None
            self._process.stdout.read()  # else its reports would fill the pipe
        status = self._process.poll()
        self.end()
        assert status == 0, f"it ended with {status}: {self.errors[-2000:]}"
        assert "Traceback" not in self.errors, self.errors[-4000:]

    def end(self) -> None:
        """Kill it if it still runs."""
        if self._process.poll() is None:
            self.kill()
        else:
            self._end()

    def keeps(self, place_ms: int) -> bool:
        """Whether the place on the disk is, or within seconds becomes, ``place_ms``."""
        deadline = time.monotonic() + 5
        while place_on_disk(self.data) != (place_ms, False) and time.monotonic() < deadline:
            self.reports(0.05)
        return place_on_disk(self.data) == (place_ms, False)

    def memory_mb(self) -> float:
        """What the process weighs alone and its share of what it shares (PSS), in MB."""
        lines = Path("/proc", str(self.pid), "smaps_rollup").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024

    def _end(self) -> None:
        self._process.wait()
        self._selector.close()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()


def place_on_disk(data: Path) -> tuple[int, bool] | None:
    """Place (whole time line, ms) and whether it is finished, of the episode listened to last; None without one."""
    library = Library.look_into(data)
    if library is None:
        return None
    with library:
        summaries = library.episodes()
        if not summaries:
            return None
        episode = library.episode(summaries[0].id)
        return (episode.whole_ms(episode.place), episode.is_finished) if episode.place else None
