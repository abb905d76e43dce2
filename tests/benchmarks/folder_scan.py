"""The first scan of many small files, beside bare mutagen in two processes, and what reading through a child costs.

Run by name: ``python -m tests.benchmarks.folder_scan [FILES]``. Prints seconds and ratios; nothing here can fail.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import mutagen
from PySide6.QtCore import QCoreApplication

from player.isolation.batch import ManyReader
from player.isolation.child import Child
from player.isolation.reading import read_isolated
from player.library.library import Library
from player.readers.sidecar import read_sidecars
from player.readers.source import read_source
from player.session.folder_scan import FolderScan
from player.session.scan import Phase
from player.tasks import Tasks
from tests.files import put_mp3

IN_A_FOLDER = 20


def make(folder: Path, count: int) -> list[str]:
    """Albums of twenty short files each."""
    paths = []
    for at in range(count):
        album, track = divmod(at, IN_A_FOLDER)
        path = folder / f"album {album:04}" / f"{track + 1:02}.mp3"
        put_mp3(path, f"Title {at}", album=f"Album {album}", track=track + 1)
        paths.append(str(path))
    return paths


def read_bare(paths: Sequence[str]) -> int:
    """What mutagen alone does."""
    return sum(mutagen.File(path) is not None for path in paths)


def bare_s(paths: Sequence[str]) -> float:
    """Seconds that mutagen takes in two processes."""
    half = len(paths) // 2
    with ProcessPoolExecutor(2) as both:
        list(both.map(read_bare, [paths[:2], paths[2:4]]))  # started and warm
        began = time.perf_counter()
        list(both.map(read_bare, [paths[:half], paths[half:]]))
        return time.perf_counter() - began


def scan_s(library: Library, folder: Path) -> tuple[float, float]:
    """Seconds until something was in the library, and until all was, with the children started anew."""
    app = QCoreApplication.instance() or QCoreApplication([])
    reader = ManyReader()
    tasks = Tasks(workers=reader.lanes)
    scan = FolderScan(tasks, library, reader.read, lambda: time.time_ns() // 1_000_000, reader.lanes)
    firsts: list[float] = []
    scan.added.connect(lambda: firsts.append(time.perf_counter()))
    scan.changed.connect(lambda: scan.go_on() if scan.progress and scan.progress.phase is Phase.ASKING else None)
    began = time.perf_counter()
    scan.add([str(folder)])
    while scan.progress:
        app.processEvents()
        time.sleep(0.001)
    ended = time.perf_counter()
    tasks.close()
    reader.close()
    return firsts[0] - began, ended - began


def median_ms(act: Callable[[], object], times: int = 60) -> float:
    """The median of ``times`` runs."""
    found = []
    for _ in range(times):
        began = time.perf_counter()
        act()
        found.append((time.perf_counter() - began) * 1000)
    return statistics.median(found)


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "shelf")
        paths = make(folder, count)
        with Library.open(Path(name, "data")) as library:
            floor = bare_s(paths)
            first, whole = scan_s(library, folder)
            _, again = scan_s(library, folder)
            rows = len(library.episodes())
        print(f"{count:,} files: mutagen in two processes {floor:.2f} s")
        print(f"first scan {whole:.2f} s ({whole / floor:.1f} x), first rows after {first:.2f} s, {rows:,} rows")
        print(f"unchanged rescan {again:.2f} s")
        path = Path(paths[0])
        with Child() as child:
            read_isolated(path, child)
            there = median_ms(lambda: read_isolated(path, child))
        here = median_ms(lambda: read_sidecars(path, read_source(path).duration_ms))
        print(f"one file: {here:.2f} ms in this process, {there:.2f} ms through the child: {there - here:+.2f} ms")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000)
