"""The list in the library pane: however long it is, laying it out does not hold the window up."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

BATCH = 100  # rows that are laid out before the window has its turn again

Index = QModelIndex | QPersistentModelIndex


class LibraryList(QListView):
    """The list itself: a click or Enter chooses."""

    chosen = Signal(QModelIndex)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(BATCH)
        self._scrolled: int | None = None  # where it was, until so much is laid out again
        self.verticalScrollBar().rangeChanged.connect(self._scroll_back)

    def _scroll_back(self, _least: int, most: int) -> None:
        if self._scrolled is not None and most >= self._scrolled:
            scrolled, self._scrolled = self._scrolled, None
            self.verticalScrollBar().setValue(scrolled)

    def reset(self) -> None:
        self._scrolled = self._scrolled or self.verticalScrollBar().value() or None
        super().reset()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._scrolled = None  # where the listener wants to be now
        super().wheelEvent(event)

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        """A row is as high as before whatever it says: nothing is laid out anew, as a QListView would."""
        QAbstractItemView.dataChanged(self, first, last, roles)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.chosen.emit(self.currentIndex())
        elif event.key() == Qt.Key.Key_Space:
            event.ignore()  # the window plays and pauses
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are keys of the program: typing never moves the selection."""
