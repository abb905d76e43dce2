"""Files that are not where they were: seen when an episode is opened, and found again where the listener says.

When what is done; how is in ``locate_step``, which is loaded when it is needed. Every look at a disk is taken off the
window's thread.
"""

from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from player.core.episode import Episode, EpisodeFile
from player.core.errors import SourceError
from player.library.glance import glance
from player.session.locate_tools import Tools
from player.session.session import Session
from player.tasks import Tasks


class Search(NamedTuple):
    """Where a search stands: files looked at, and found."""

    folder: str
    looked: int = 0
    found: int = 0


class Locating(QObject):
    """Says which files of the open episode are missing, and gives them back."""

    missed = Signal(str)  # a sentence about the open episode
    found = Signal()  # files of the library are where they are known to be again
    told = Signal(str)  # what else was found
    refused = Signal(str)  # why nothing was changed, in a sentence
    changed = Signal()  # ``search``, or ``is_busy``
    _counted = Signal(int, int)

    def __init__(self, tasks: Tasks, session: Session, tools: Tools, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks, self._session, self._tools = tasks, session, tools
        self._missing: tuple[EpisodeFile, ...] = ()
        self._is_wanted = True
        self.search: Search | None = None
        self.is_busy = False
        self._counted.connect(self._on_counted)
        session.episode_changed.connect(self.look)

    @property
    def file(self) -> EpisodeFile | None:
        """The file to be found: of those missing the one that is to be played, else the first."""
        episode = self._session.episode
        if episode is None:
            return None
        here, _ = episode.file_at(self._session.place_ms)
        is_here = not self._missing or here.id in {file.id for file in self._missing}
        return here if is_here else self._missing[0]

    def look(self) -> None:
        """See which files of the open episode are missing, and say so."""
        episode = self._session.episode
        self._missing = ()
        if episode is None:
            return
        paths = [file.path for file in episode.files]
        self._tasks.run(
            lambda: [path for path in paths if glance(path) is None],
            lambda gone: self._on_looked(episode, gone),
            lambda _: None,  # nothing could be looked at: playing tells
        )

    def take(self, path: str) -> None:
        """Let the file at ``path`` be the one that is missing, if it is."""
        file = self.file
        if file and self._begin():
            name, tools = Path(path).name, self._tools

            def take() -> int:
                from player.session import locate_step

                return locate_step.take(tools, file.id, path)

            self._tasks.run(
                take,
                self._on_taken,
                lambda error: self._refuse(f"“{name}” was not taken; nothing was changed. {error}"),
            )

    def search_in(self, folder: str) -> None:
        """Look for the missing file in ``folder`` and beneath."""
        file = self.file
        if file is None or not self._begin():
            return
        self.search = Search(folder)
        self.changed.emit()

        def search() -> tuple[int, int]:
            from player.session import locate_step

            try:
                return locate_step.search(self._tools, file.id, folder, self._counted.emit, lambda: self._is_wanted)
            except OSError as error:
                raise SourceError(f"“{Path(folder).name}” could not be looked into: {error.strerror}.") from error

        self._tasks.run(search, self._on_searched, lambda error: self._refuse(str(error)))

    def cancel(self) -> None:
        """Stop searching. What was found stays."""
        self._is_wanted = False

    def _begin(self) -> bool:
        if self.is_busy:
            return False
        self.is_busy = self._is_wanted = True
        self.changed.emit()
        return True

    def _end(self) -> None:
        self.is_busy, self.search = False, None
        self.changed.emit()

    def _on_looked(self, episode: Episode, gone: list[str]) -> None:
        if not gone or self._session.episode is None or self._session.episode.id != episode.id:
            return
        self._missing = tuple(file for file in episode.files if file.path in gone)
        if len(gone) == 1:
            self.missed.emit(f"“{Path(gone[0]).name}” is not where it was. Your place is kept.")
        else:
            self.missed.emit(f"{len(gone)} of {len(episode.files)} files are not where they were. Your place is kept.")

    def _on_counted(self, looked: int, found: int) -> None:
        if self.search:
            self.search = self.search._replace(looked=looked, found=found)
            self.changed.emit()

    def _on_taken(self, count: int) -> None:
        self._end()
        self._on_found()
        if count > 1:
            self.told.emit(f"{count - 1} more of the same folder {'was' if count == 2 else 'were'} found with it.")

    def _on_searched(self, outcome: tuple[int, int]) -> None:
        looked, found = outcome
        file, was_stopped = self.file, not self._is_wanted
        self._end()
        if found:
            self._on_found()
            self.told.emit("1 file was found." if found == 1 else f"{found} files were found.")
        elif was_stopped:
            self.refused.emit("The search was stopped; nothing was changed.")
        else:
            name = Path(file.path).name if file else ""
            self.refused.emit(f"“{name}” is not among the {looked:,} files there; nothing was changed.")

    def _on_found(self) -> None:
        """Sounds and sections come from the files' new places."""
        self._session.read_again()
        self.found.emit()
        self.look()

    def _refuse(self, sentence: str) -> None:
        self._end()
        self.refused.emit(sentence)
