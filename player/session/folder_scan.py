"""Adding whole folders and many files at once: found, read side by side in children, put on disk, and arranged.

All of it happens off the window's thread, in steps of a moment, so that it can be counted, stopped, and asked about.
The steps are loaded there too, with the first scan: the first paint does not wait for them.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from player.core.errors import OutspokenError
from player.library.library import Library
from player.readers.title import clean_title
from player.session.scan import Found, Phase, ReadMany, Scan
from player.tasks import Tasks

ASKS_ABOVE = 500  # files to be read
FIRST = 8  # files of the first call, so that something is seen soon
BATCH = 64
MOST_TOLD = 3  # sentences
NOTHING = "There is no audio in “{}”."


class Progress(NamedTuple):
    """Where a scan stands: ``done`` of ``total`` files, of which ``known`` more need not be read again."""

    phase: Phase
    title: str
    total: int
    done: int
    known: int


class FolderScan(QObject):
    """Adds folders, one scan at a time; others wait. ``read_many`` runs in as many ``lanes`` at once."""

    changed = Signal()  # progress
    added = Signal()  # more recordings are in the library, or stand in another order
    led = Signal(int, bool)  # the work to open when all is done, and whether nothing else was meant
    told = Signal(str)  # sentence
    _counted = Signal(object, int)  # from another thread: a scan, and how many files it has found so far

    def __init__(
        self,
        tasks: Tasks,
        library: Library,
        read_many: ReadMany,
        now: Callable[[], int],
        lanes: int = 2,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tasks, self._library, self._read_many, self._now = tasks, library, read_many, now
        self._lanes = lanes
        self._waiting: deque[Scan] = deque()
        self._scan: Scan | None = None
        self._counted.connect(self._on_counted)

    @property
    def progress(self) -> Progress | None:
        """Where the scan that runs stands; None when there is none."""
        scan = self._scan
        if scan is None:
            return None
        total = scan.seen if scan.phase is Phase.LOOKING else len(scan.found.todo)
        return Progress(scan.phase, _title(scan), total, scan.settled, len(scan.found.known))

    def add(self, paths: Iterable[str]) -> None:
        """Add all audio in and beneath the folders among ``paths``, and the files among them."""
        whole = tuple(os.path.abspath(path) for path in paths)  # noqa: PTH100 - links stay as they were named
        if whole:
            self._waiting.append(Scan(whole, tuple(path for path in whole if Path(path).is_dir())))
            self._begin_next()

    def go_on(self) -> None:
        """Yes, add that many."""
        if self._scan and self._scan.phase is Phase.ASKING:
            self._read(self._scan)

    def cancel(self) -> None:
        """Stop. What was added stays."""
        scan = self._scan
        if scan is None or not scan.is_wanted:
            return
        scan.is_wanted = False
        scan.todo.clear()
        if scan.phase is Phase.ASKING:
            self._end(scan)
        else:
            self.changed.emit()

    def _begin_next(self) -> None:
        if self._scan is None and self._waiting:
            scan = self._scan = self._waiting.popleft()

            def look() -> Found:
                from player.session import scan_step

                return scan_step.look(scan, self._library, lambda count: self._counted.emit(scan, count))

            self._tasks.run(look, lambda found: self._on_found(scan, found), lambda error: self._give_up(scan, error))
            self.changed.emit()

    def _on_counted(self, scan: Scan, count: int) -> None:
        scan.seen = count
        self.changed.emit()

    def _on_found(self, scan: Scan, found: Found) -> None:
        scan.found = found
        scan.told += [notice.message for notice in found.notices]
        if scan.is_wanted and len(found.todo) > ASKS_ABOVE:
            scan.phase = Phase.ASKING
            self.changed.emit()
        elif scan.is_wanted:
            self._read(scan)
        else:
            self._end(scan)

    def _read(self, scan: Scan) -> None:
        scan.phase = Phase.READING
        scan.begun_ms = self._now()
        scan.todo.extend(scan.found.todo)
        scan.lanes = self._lanes
        self.changed.emit()
        for _ in range(self._lanes):
            self._read_next(scan, FIRST)

    def _read_next(self, scan: Scan, most: int = BATCH) -> None:
        """Read the next files of a lane; the last lane that finds none arranges what is there."""
        share = min(most, max(1, len(scan.todo) // self._lanes))
        batch = [scan.todo.popleft() for _ in range(min(len(scan.todo), share))]
        if not batch:
            scan.lanes -= 1
            if not scan.lanes:
                self._arrange(scan)
            return

        def read_and_add() -> list[str | None]:
            from player.session import scan_step

            outcomes = self._read_many(batch, lambda: scan.is_wanted)
            return scan_step.add(scan, self._library, list(zip(batch, outcomes, strict=False)), scan.begun_ms)

        self._tasks.run(
            read_and_add,
            lambda sentences: self._on_added(scan, batch, sentences),
            lambda error: self._give_up(scan, error),
        )

    def _on_added(self, scan: Scan, batch: Sequence[str], sentences: Sequence[str | None]) -> None:
        if scan is not self._scan:
            return  # given up since
        if scan.is_wanted:
            scan.todo.extendleft(reversed(batch[len(sentences) :]))
        scan.settled += len(sentences)
        scan.added += sum(sentence is None for sentence in sentences)
        scan.told += [sentence for sentence in sentences if sentence]
        if len(scan.found.todo) > BATCH:  # else what belongs together is shown only when it is put together
            self.added.emit()
        self.changed.emit()
        self._read_next(scan)

    def _arrange(self, scan: Scan) -> None:
        def arrange() -> list[int]:
            from player.session import scan_step

            return scan_step.arrange(scan, self._library, self._now())

        def on_done(works: Sequence[int]) -> None:
            if scan.is_wanted and works:
                self.led.emit(works[0], len(works) == 1 or scan.paths[0] not in scan.folders)
            elif scan.is_wanted and not scan.told:
                scan.told.append(NOTHING.format(_title(scan)))
            self._end(scan)

        self._tasks.run(
            arrange,
            on_done,
            lambda error: self._give_up(scan, error),
        )

    def _give_up(self, scan: Scan, error: OutspokenError) -> None:
        """The library cannot be written, or worse: there is no use in going on."""
        if scan is self._scan:
            scan.is_wanted = False
            scan.todo.clear()
            scan.told.append(str(error))
            self._end(scan)

    def _end(self, scan: Scan) -> None:
        self._scan = None
        self.added.emit()
        self.changed.emit()
        for sentence in scan.told[:MOST_TOLD]:
            self.told.emit(sentence)
        if (more := len(scan.told) - MOST_TOLD) > 0:
            self.told.emit(f"{more:,} more files or folders could not be added either.")
        if not scan.is_wanted and scan.phase is Phase.READING:
            self.told.emit(f"Stopped: {scan.added:,} of {len(scan.found.todo):,} files were added, and stay.")
        self._begin_next()


def _title(scan: Scan) -> str:
    return clean_title(Path(scan.paths[0]).name) or scan.paths[0]
