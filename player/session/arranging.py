"""Arranging the open recording anew, as the listener wants: as one book, as a series, or each file on its own."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from player.library.library import Library
from player.session.session import Session
from player.tasks import Tasks

if TYPE_CHECKING:
    from player.core.arrangement import Arrangement


class Arranging(QObject):
    """Arranges off the window's thread; what plays goes on in the work that its file is in afterwards."""

    arranged = Signal()
    failed = Signal(str)  # sentence

    def __init__(
        self,
        tasks: Tasks,
        library: Library,
        session: Session,
        now: Callable[[], int],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tasks, self._library, self._session, self._now = tasks, library, session, now

    @property
    def arrangement(self) -> "Arrangement | None":
        """How the open recording is arranged; None when nothing is open."""
        from player.core.arrangement import Arrangement  # the first paint does not wait for its rules

        episode = self._session.episode
        if episode is None:
            return None
        if episode.is_series:
            return Arrangement.SERIES
        return Arrangement.BOOK if len(episode.files) > 1 else Arrangement.SEPARATE

    def arrange(self, arrangement: "Arrangement") -> None:
        """Arrange the open recording; of one on its own the others of its folder are taken with it."""
        episode = self._session.episode
        if episode is None or arrangement is self.arrangement:
            return
        self._session.keep_place()

        def rearrange() -> dict[int, int]:
            from player.library import grouping

            return grouping.arrange_as(self._library, episode.id, arrangement, self._now())

        self._tasks.run(
            rearrange,
            lambda works: self._go_on(episode.id, works),
            lambda error: self.failed.emit(str(error)),
        )

    def take_up(self) -> None:
        """Files were added and arranged: where the open recording became part of something, or grew, show that."""
        episode = self._session.episode
        if episode is None:
            return
        file = self._library.find_file(episode.files[0].path)
        if file is not None and file.work != episode.id and not file.is_removed:
            self._session.move_to(file.work)
        else:
            self._session.read_again()

    def _go_on(self, was: int, works: dict[int, int]) -> None:
        episode = self._session.episode
        if episode is not None and episode.id == was:
            file, _ = episode.file_at(self._session.place_ms)
            self._session.move_to(works.get(file.id, was))
        self.arranged.emit()
