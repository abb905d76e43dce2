"""How long the window stands still while the program reads, saves, copies and recovers, also among ten thousand
recordings. By name, not a test:

    nice -n -15 python -m tests.faults.late      # as root, so that other programs are not what is measured

The whole program, off-screen, with a 5 ms timer on the window's thread that says how late it rings. Each part prints
the worst of it. "idle" is what the machine itself costs; the first sound of a run loads QtMultimedia, which is neither
reading nor saving: these two are printed and do not count. The slow disk is one whose every fsync takes 300 ms more, by
a library put before the C library (a C compiler is needed). Exits with 1 where a part was later than 50 ms.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from player.core.chapter import Chapter, ChapterList
from player.core.reading import Reading
from player.library import intake
from player.library.library import Library
from tests import builders
from tests.faults import soak
from tests.faults.driver import Program

MOST_MS = 50
NOT_COUNTED = {"idle", "the first sound"}
SHORT_FILES = 150
CROWD = 10_000  # recordings
SLOW_DISK = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <unistd.h>
static int late(const char *name, int fd) {
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    usleep(300000);
    return real(fd);
}
int fsync(int fd) { return late("fsync", fd); }
int fdatasync(int fd) { return late("fdatasync", fd); }
"""


class Parts:
    """What was measured, part by part."""

    def __init__(self) -> None:
        self.worst_ms: dict[str, float] = {}

    def measure(self, name: str, program: Program, seconds: float) -> None:
        """Watch the program for so long."""
        worst_ms = max(shown["late_ms"] for shown in program.watch(seconds))
        self.worst_ms[name] = max(self.worst_ms.get(name, 0), worst_ms)
        print(f"{worst_ms:6.1f} ms  {name}", flush=True)


def begin(data: Path, *files: Path, environment: Mapping[str, str] = os.environ) -> Program:
    """A program that measures, from a second after its window was shown."""
    program = Program(data, *files, environment=environment)
    program.watch(2)
    program.until(lambda shown: True)
    program.say("late")
    program.watch(0.5)
    return program


def slow_disk(folder: Path) -> dict[str, str] | None:
    """The environment in which the disk is slow; None without a C compiler."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        return None
    source, library = folder / "slow.c", folder / "slow.so"
    source.write_text(SLOW_DISK)
    subprocess.run([compiler, "-shared", "-fPIC", "-o", library, source, "-ldl"], check=True)
    return {**os.environ, "LD_PRELOAD": str(library)}


def main() -> int:
    """Measure all parts; the exit status."""
    parts = Parts()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        long_files = soak.recordings(folder)
        short = folder / "short"
        short.mkdir()
        sound = builders.make_audio(folder / "talk.opus", 2).read_bytes()
        for number in range(SHORT_FILES):
            (short / f"{number:03}.opus").write_bytes(sound + bytes(number))
        reading(parts, folder, long_files, short)
        starting(parts, folder)
        crowded(parts, folder)
        environment = slow_disk(folder)
        if environment is None:
            print("no C compiler: the slow disk was not tried")
        else:
            saving_slowly(parts, folder, long_files[0], environment)
    worst_ms = max(ms for part, ms in parts.worst_ms.items() if part not in NOT_COUNTED)
    print(f"the window stood still for {worst_ms:.1f} ms at most, in {len(parts.worst_ms)} parts")
    return 1 if worst_ms > MOST_MS else 0


def reading(parts: Parts, folder: Path, long_files: list[Path], short: Path) -> None:
    """Files are added, one by one and many at once."""
    program = begin(folder / "library")
    parts.measure("idle", program, 5)
    program.say(f"open {folder / 'talk.opus'}")
    parts.measure("the first sound", program, 4)
    for path in long_files:
        program.say(f"open {path}")
        parts.measure(f"adding and opening six hours, {path.suffix}", program, 8)
    parts.measure("playing", program, 10)
    program.say(f"open {short}")
    parts.measure(f"adding a folder of {SHORT_FILES} files while playing", program, 30)
    program.quit()


def starting(parts: Parts, folder: Path) -> None:
    """Started again: a snapshot of the library is made; then with a damaged one, which is recovered."""
    program = begin(folder / "library")
    parts.measure("after a start, with a snapshot", program, 6)
    program.quit()
    database = folder / "library" / "library.db"
    with database.open("r+b") as file:
        file.seek(database.stat().st_size // 2)
        file.write(os.urandom(20_000))
    program = begin(folder / "library")
    parts.measure("after a start with a damaged library", program, 6)
    program.quit()


def crowded(parts: Parts, folder: Path) -> None:
    """Among very many recordings another is added and opened, and an old one."""
    data, shelf = folder / "crowded library", folder / "crowd"
    shelf.mkdir()
    chapters = (ChapterList("chpl", tuple(Chapter(start, title) for start, title in builders.seed_chapters()[:10])),)
    crowd = []
    for number in range(CROWD):
        path = shelf / f"{number}.m4b"
        path.write_bytes(b"never read %d" % number)
        reading = Reading(title=f"Talk {number}", container="mp4", duration_ms=25_000_000, chapter_lists=chapters)
        crowd.append((str(path), reading))
    with Library.open(data) as library:
        for first in range(0, CROWD, 500):
            intake.add_many(library, crowd[first : first + 500], first)
    program = begin(data)
    parts.measure(f"after a start, among {CROWD:,} recordings", program, 4)
    for path in (folder / "talk.opus", shelf / "5000.m4b", folder / "talk.opus"):
        program.say(f"open {path}")
        parts.measure(f"opening one of {CROWD:,}", program, 4)
    program.quit()


def saving_slowly(parts: Parts, folder: Path, recording: Path, environment: Mapping[str, str]) -> None:
    """Every save takes a third of a second and more."""
    program = begin(folder / "slow library", recording, environment=environment)
    program.until(lambda shown: shown["is_playing"] and shown["place_ms"] > 1_000)
    program.watch(1)
    parts.measure("playing, on a slow disk", program, 10)
    for _ in range(10):
        program.say("next")
        parts.measure("sections, pauses and speeds, on a slow disk", program, 0.5)
        program.say("pause")
        program.say("speed 1.5")
        program.say("play")
    parts.measure("playing on, on a slow disk", program, 5)
    program.quit()


if __name__ == "__main__":
    sys.exit(main())
