"""The list of all episodes, read off the window's thread: of ten thousand it takes a while."""

from PySide6.QtCore import QObject, Signal

from player.core.episode import EpisodeSummary
from player.library.library import Library
from player.tasks import Tasks


class Listing(QObject):
    """Reads the list when asked; asked again while it reads, it reads once more after that."""

    listed = Signal(object)  # list[EpisodeSummary], in the library's order

    def __init__(self, tasks: Tasks, library: Library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks, self._library = tasks, library
        self._is_reading = False
        self._is_asked_again = False

    def ask(self) -> None:
        """Have the list read; ``listed`` follows, unless the library cannot be read, which others tell."""
        if self._is_reading:
            self._is_asked_again = True
        else:
            self._is_reading = True
            self._tasks.run(self._library.episodes, self._on_listed, lambda _: self._end())

    def _on_listed(self, episodes: list[EpisodeSummary]) -> None:
        self.listed.emit(episodes)
        self._end()

    def _end(self) -> None:
        self._is_reading = False
        if self._is_asked_again:
            self._is_asked_again = False
            self.ask()
