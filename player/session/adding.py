"""Adding audio to the library: read in the child, put on disk, its sample table made, all off the window's thread.

What does it is loaded there too, with the first file that is added: the first paint does not wait for it.
"""

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from player.core.errors import LibraryError, OutspokenError
from player.core.frame_table import FrameTable
from player.core.notice import Notice
from player.core.reading import Reading
from player.library.library import Library
from player.library.sample_table_cache import SampleTableCache
from player.tasks import Tasks

Read = Callable[[str], Reading]
MOST_NOTICES = 3


class Adding(QObject):
    """Adds files and says how each went. ``read`` reads one file and may raise SourceError."""

    reading_changed = Signal()
    added = Signal(int)  # episode id
    led = Signal(int)  # episode id: of those asked for together, the first that could be added
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
        whole = [os.path.abspath(path) for path in paths]  # noqa: PTH100 - links stay as they were named
        batch = Batch(len(whole))
        for number, path in enumerate(whole):
            self._begin(path, batch, number)
        self.reading_changed.emit()

    def _begin(self, path: str, batch: "Batch", number: int) -> None:
        self._reading.append(path)
        name = Path(path).name

        def on_done(added: tuple[int, tuple[Notice, ...]]) -> None:
            episode, notices = added
            self._end(path)
            self.added.emit(episode)
            self._lead(batch, number, episode)
            if notices:
                words = " ".join(notice.message for notice in notices[:MOST_NOTICES])
                self.remarked.emit(f"“{name}”: {words}")

        def on_error(error: OutspokenError) -> None:
            self._end(path)
            self.failed.emit(f"“{name}” was not added. {error}")
            self._lead(batch, number, None)

        self._tasks.run(lambda: self._add(path), on_done, on_error)

    def _lead(self, batch: "Batch", number: int, episode: int | None) -> None:
        leader = batch.settle(number, episode)
        if leader is not None:
            self.led.emit(leader)

    def _end(self, path: str) -> None:
        self._reading.remove(path)
        self.reading_changed.emit()

    def _add(self, path: str) -> tuple[int, tuple[Notice, ...]]:
        """Add one file; gives its episode and what was odd about it. Runs off the window's thread."""
        from player.library import grouping, intake
        from player.playback import gate

        known = intake.find_unchanged(self._library, path)
        if known is not None:
            return known, ()
        gate.check(path)
        reading = self._read(path)
        episode = intake.add(self._library, path, reading, self._now())
        episode = grouping.join_group(self._library, path, self._now()) or episode
        best = reading.chapter_lists[0].notices if reading.chapter_lists else ()
        copy = self._remark_copy(path, episode)
        return episode, (*copy, *reading.notices, *best, *self._make_table(path, reading.frame_table))

    def _remark_copy(self, path: str, episode: int) -> tuple[Notice, ...]:
        """Of a further copy, which is not the one that is played, say so: its title and chapters may differ."""
        if self._library.find_file(path):
            return ()
        title = self._library.episode(episode).title
        return (Notice("further-copy", f"This is a copy of a recording that is here already, as “{title}”."),)

    def _make_table(self, path: str, frames: FrameTable | None) -> tuple[Notice, ...]:
        """Make the sample table now, for the first start. Without one the file is in the library all the same."""
        try:
            if frames:
                self._tables.source_for(path, frames)
        except LibraryError as error:
            return (Notice("table-not-kept", str(error)),)
        return ()


class Batch:
    """Files asked for together: finds the first, in the order of asking, that could be added."""

    def __init__(self, size: int) -> None:
        self._waiting = list(range(size))
        self._episodes: dict[int, int] = {}

    def settle(self, number: int, episode: int | None) -> int | None:
        """File ``number`` became ``episode``, or None; gives the leader's episode once, when it is known."""
        if episode is not None:
            self._episodes[number] = episode
        elif number in self._waiting:
            self._waiting.remove(number)
        if self._waiting and self._waiting[0] in self._episodes:
            leader = self._episodes[self._waiting[0]]
            self._waiting.clear()
            return leader
        return None
