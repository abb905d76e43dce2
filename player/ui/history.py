"""The page of the history: where one has been in the open work, the last place first; choosing one goes there."""

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from player.session.session import Session
from player.ui.history_delegate import HistoryDelegate
from player.ui.history_model import HistoryModel
from player.ui.icon import icon
from player.ui.label import ScaledLabel
from player.ui.look import GRID, Look


class History(QWidget):
    """Enter or a double click goes to a place, Escape closes."""

    closed = Signal()

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.model = HistoryModel(self)
        self._painter = HistoryDelegate(look)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(self._painter)
        self._nothing = QLabel(
            self.tr(
                "Nothing here yet. Every place that you listened at and then left, by a jump, a long pause or by "
                "closing the window, will be found here."
            )
        )
        self._close = QToolButton()
        self._set_up()
        self._arrange()
        self._connect()
        self.set_look(look)

    def _set_up(self) -> None:
        self.list.setAccessibleName(self.tr("History"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setMouseTracking(True)
        self.list.setUniformItemSizes(True)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._nothing.setObjectName("dim")
        self._nothing.setTextFormat(Qt.TextFormat.PlainText)
        self._nothing.setWordWrap(True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._close.setMinimumSize(32, 32)
        self._close.setAccessibleName(self.tr("Back to the outline"))
        self._close.setToolTip(self._close.accessibleName())

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.addWidget(ScaledLabel(self.tr("History")), 1)
        head.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        column.addLayout(head)
        column.addWidget(self._nothing)
        column.addWidget(self.list, 1)

    def _connect(self) -> None:
        self._session.trail.changed.connect(self._refresh_if_seen)
        self._session.outline_changed.connect(self._refresh_if_seen)
        self._close.clicked.connect(self.closed)
        self.list.doubleClicked.connect(self._go)

    def set_look(self, look: Look) -> None:
        """Paint in another colour scheme."""
        self._painter.look = look
        self._close.setIcon(icon("x", look.text))
        self._close.setIconSize(QSize(18, 18))
        self.list.viewport().update()

    def _refresh_if_seen(self) -> None:
        if self.isVisible():
            self._refresh()

    def _refresh(self) -> None:
        chosen = self.model.row_at(self.list.currentIndex())
        trail = self._session.trail
        self.model.show(trail.stops, self._session.timeline, trail.now())
        is_empty = self.model.rowCount() == 0
        self.list.setVisible(not is_empty)
        self._nothing.setVisible(is_empty)
        row = self.model.row_of(chosen.stopped) if chosen else None
        self.list.setCurrentIndex(self.model.index(row or 0))

    def _go(self, index: QModelIndex) -> None:
        row = self.model.row_at(index)
        if row:
            self.closed.emit()
            self._session.seek(row.stopped.ms)

    # --- Qt's side ---

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()
        (self.list if self.model.rowCount() else self._close).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Escape:
                self.closed.emit()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self.list.hasFocus():
                self._go(self.list.currentIndex())
            case _:
                super().keyPressEvent(event)
