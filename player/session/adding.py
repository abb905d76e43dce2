"""Adding audio to the library: read in the child, put on disk, its sample table made, all off the window's thread."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from player.core.errors import LibraryError, OutspokenError
from player.core.frame_table import FrameTable
from player.core.notice import Notice
from player.core.reading import Reading
from player.library import intake
from player.library.library import Library
from player.library.sample_table_cache import SampleTableCache
from player.playback import gate
from player.tasks import Tasks

Read = Callable[[str], Reading]
MOST_NOTICES = 3


class Adding(QObject):
    """Adds files and says how each went. ``read`` reads one file and may raise SourceError."""

    reading_changed = Signal()
    added = Signal(int, bool)  # episode id; whether it is the first of those asked for together
    remarked = Signal(str)  # what was odd about a file that was added, in a sentence or two
    failed = Signal(str)  # sentence

    def __init__(
        self,
        tasks: Tasks,
        library: Library,
        tables: SampleTableCache,
        read: Read,
        now: Callable[[], int],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._library = library
        self._tables = tables
        self._read = read
        self._now = now
        self._reading: list[str] = []

    @property
    def reading(self) -> tuple[str, ...]:
        """The paths of the files that are being read."""
        return tuple(self._reading)

    def add(self, paths: Iterable[str]) -> None:
        """Add the files at ``paths``; a file that is there already and did not change is not read again."""
        for number, path in enumerate(paths):
            self._begin(os.path.abspath(path), is_first=number == 0)  # noqa: PTH100 - links stay as they were named
        self.reading_changed.emit()

    def _begin(self, path: str, *, is_first: bool) -> None:
        self._reading.append(path)

        def on_done(added: tuple[int, tuple[Notice, ...]]) -> None:
            episode, notices = added
            self._end(path)
            self.added.emit(episode, is_first)
            if notices:
                self.remarked.emit(" ".join(notice.message for notice in notices[:MOST_NOTICES]))

        def on_error(error: OutspokenError) -> None:
            self._end(path)
            self.failed.emit(f"“{Path(path).name}” was not added. {error}")

        self._tasks.run(lambda: self._add(path), on_done, on_error)

    def _end(self, path: str) -> None:
        self._reading.remove(path)
        self.reading_changed.emit()

    def _add(self, path: str) -> tuple[int, tuple[Notice, ...]]:
        """Add one file; gives its episode and what was odd about it. Runs off the window's thread."""
        known = intake.find_unchanged(self._library, path)
        if known is not None:
            return known, ()
        gate.check(path)
        reading = self._read(path)
        episode = intake.add(self._library, path, reading, self._now())
        best = reading.chapter_lists[0].notices if reading.chapter_lists else ()
        return episode, (*reading.notices, *best, *self._make_table(path, reading.frame_table))

    def _make_table(self, path: str, frames: FrameTable | None) -> tuple[Notice, ...]:
        """Make the sample table now, for the first start. Without one the file is in the library all the same."""
        try:
            if frames:
                self._tables.source_for(path, frames)
        except LibraryError as error:
            return (Notice("table-not-kept", str(error)),)
        return ()
