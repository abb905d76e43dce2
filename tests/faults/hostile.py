"""The promise about hostile files, on the real command line: no crash or traceback, at most 5 s and 400 MB.

``python -m tests.faults.hostile`` makes a zoo of them, asks ``outspoken outline`` for each, and prints the worst. The
exit status is 1 where the promise is broken.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from tests.faults.zoo import zoo

MOST_S = 5.0
MOST_MB = 400
KILL_S = 60


class Outcome(NamedTuple):
    """What came of one file: ``cpu_s`` and ``memory_mb`` are those of the command and of the child that it reads in."""

    name: str
    status: int
    seconds: float
    cpu_s: float
    memory_mb: float
    words: str

    @property
    def is_kept(self) -> bool:
        """Whether the promise holds."""
        is_calm = self.status in (0, 1, 2) and "Traceback" not in self.words and self.words.strip()
        company = max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))  # others who want the processor too
        is_quick = self.cpu_s <= MOST_S and self.seconds <= MOST_S * company
        return bool(is_calm) and is_quick and self.memory_mb <= MOST_MB


def ask(path: Path, data: Path) -> Outcome:
    """Ask for the outline of the file at ``path``."""
    command = [sys.executable, "-m", "player", "--data-dir", str(data), "outline", os.fspath(path)]
    with tempfile.TemporaryFile() as out:
        begun = time.monotonic()
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
        usage = None
        while usage is None:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if not pid:
                usage = None
                time.sleep(0.01)
                if time.monotonic() - begun > KILL_S:
                    process.kill()
        seconds = time.monotonic() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        words = out.read(10_000).decode("utf-8", "replace")
    cpu_s = usage.ru_utime + usage.ru_stime
    return Outcome(path.name, process.returncode, seconds, cpu_s, usage.ru_maxrss / 1024, words)


def main() -> int:
    """The command; a number leaves out as many of the first."""
    outcomes = []
    first_one = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    with tempfile.TemporaryDirectory() as name:
        for path in zoo(Path(name), first_one):
            outcome = ask(path, Path(name, "data"))
            outcomes.append(outcome)
            mark = " " if outcome.is_kept else "!"
            shown = outcome.name.encode("ascii", "backslashreplace").decode()
            first = next(iter(outcome.words.strip().splitlines()), "")[:70]
            print(
                f"{mark} {outcome.seconds:5.2f} s {outcome.cpu_s:5.2f} s CPU {outcome.memory_mb:4.0f} MB  {shown}: "
                f"{first!r}",
                flush=True,
            )
            if path.is_file() and not path.is_symlink():
                path.unlink()
    broken = [outcome for outcome in outcomes if not outcome.is_kept]
    slowest, largest = (max(outcomes, key=key) for key in (lambda each: each.seconds, lambda each: each.memory_mb))
    busiest = max(outcome.cpu_s for outcome in outcomes)
    print(
        f"{len(outcomes)} hostile files, {len(broken)} broke the promise; slowest {slowest.seconds:.2f} s "
        f"({slowest.name}), most processor time {busiest:.2f} s, "
        f"most memory {largest.memory_mb:.0f} MB ({largest.name})"
    )
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
