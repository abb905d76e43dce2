"""Which episodes of the library have no file where it was. Looks from time to time, on a thread of its own.

A disk that does not answer may hold that thread for ever; so it does nothing else, nobody waits for it, and until it
comes back no other is begun.
"""

import threading

from PySide6.QtCore import QObject, Qt, Signal

from player.core.errors import LibraryError
from player.library.glance import is_there
from player.library.library import Library

PATIENCE_S = 0.5  # for a look that is on its way when the program ends


class Presence(QObject):
    """``missing`` are ids of episodes, as they were seen last."""

    changed = Signal()
    _looked = Signal(object)

    def __init__(self, library: Library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._thread: threading.Thread | None = None
        self._is_asked_again = False
        self._is_closed = False
        self.missing: frozenset[int] = frozenset()
        self._looked.connect(self._on_looked, Qt.ConnectionType.QueuedConnection)

    def look(self) -> None:
        """Look at all files, unless a look is on its way: then once more after that."""
        if self._thread is not None:
            self._is_asked_again = True
        elif not self._is_closed:
            self._thread = threading.Thread(target=self._look, name="presence", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Look no more; what is on its way is not waited for long."""
        self._is_closed = True
        if self._thread is not None:
            self._thread.join(PATIENCE_S)

    def _look(self) -> None:
        try:
            missing = frozenset(row.id for row in self._library.episodes() if not is_there(row.path))
        except LibraryError:
            missing = self.missing  # closed, or damaged, which others tell
        if not self._is_closed:
            self._looked.emit(missing)

    def _on_looked(self, missing: frozenset[int]) -> None:
        self._thread = None
        if missing != self.missing:
            self.missing = missing
            self.changed.emit()
        if self._is_asked_again:
            self._is_asked_again = False
            self.look()
