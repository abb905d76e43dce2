"""Learns the sounds of files that were added before sounds were known, a few at a time while the program has time.

From then on they are found again wherever they go. What changed since it was read is left to its next reading.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject

from player.core.errors import OutspokenError, SourceError
from player.library.glance import glance
from player.library.known_file import FileState
from player.library.learn_sound import LearnSound
from player.library.library import Library
from player.tasks import Tasks

BATCH = 10  # files; others who wait for a worker wait no longer than these take


class Learning(QObject):
    """``fingerprint`` tells the sound of the file at a path; it may be slow and may raise SourceError."""

    def __init__(
        self,
        tasks: Tasks,
        library: Library,
        fingerprint: Callable[[str], bytes | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tasks, self._library, self._fingerprint = tasks, library, fingerprint
        self._is_wanted = True

    def begin(self) -> None:
        """Learn what is not known yet, off the window's thread. What cannot be told now is tried at the next start."""
        if self._is_wanted:
            self._tasks.run(self._unknown, self._go_on, _leave_it)

    def end(self) -> None:
        """Begin nothing more: the program is closing."""
        self._is_wanted = False

    def _unknown(self) -> list[FileState]:
        return [state for state in self._library.known_files().values() if state.fingerprint is None]

    def _go_on(self, todo: list[FileState]) -> None:
        if todo and self._is_wanted:
            self._tasks.run(lambda: self._learn(todo[:BATCH]), lambda _: self._go_on(todo[BATCH:]), _leave_it)

    def _learn(self, states: list[FileState]) -> None:
        for state in states:
            if not state.is_as(glance(state.path)):
                continue
            try:
                sound = self._fingerprint(state.path)
            except SourceError:
                continue
            if sound is not None:
                self._library.submit(LearnSound(state.id, sound))


def _leave_it(_error: OutspokenError) -> None:
    """Nothing depends on it today."""
