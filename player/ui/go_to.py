"""The "Go to" field: a number, words, a time or a percentage, and where they lead."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from player.core.destination import MOST, Destination, destinations
from player.core.outline import EMPTY_OUTLINE
from player.core.timeline import Timeline
from player.ui.look import GRID

WIDTH = 420


class GoTo(QFrame):
    """Opens over the outline; Enter goes, Escape closes."""

    chosen = Signal(object)  # Destination

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self.setObjectName("goto")
        self.setAutoFillBackground(True)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._timeline = Timeline(EMPTY_OUTLINE)
        self._duration_ms: int | None = None
        self._found: tuple[Destination, ...] = ()
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Go to 2.3.1, words, 1:23:45 or 40 %"))
        self.field.setAccessibleName(self.tr("Go to"))
        self.field.textChanged.connect(self._look_up)
        self.field.installEventFilter(self)
        self._list = QListWidget()
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.itemClicked.connect(self._choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(self.field)
        column.addWidget(self._list)
        self.hide()

    def open(self, text: str, timeline: Timeline, duration_ms: int | None) -> None:
        """Begin with ``text`` typed."""
        self._timeline, self._duration_ms = timeline, duration_ms
        self.setFixedWidth(min(WIDTH, self._over.width() - 4 * GRID))
        self.field.setText(text)
        self._look_up(text)
        self.show()
        self.raise_()
        self.field.setFocus()
        self.field.setCursorPosition(len(text))

    def _look_up(self, text: str) -> None:
        self._found = destinations(text, self._timeline, self._duration_ms)
        self._list.clear()
        for destination in self._found:
            QListWidgetItem(destination.words, self._list)
        if text.strip() and not self._found:
            QListWidgetItem(self.tr("Leads nowhere"), self._list).setFlags(Qt.ItemFlag.NoItemFlags)
        self._list.setCurrentRow(0)
        rows = min(self._list.count(), MOST)
        height = self._list.sizeHintForRow(0) if rows else 0
        self._list.setVisible(rows > 0)
        self._list.setFixedHeight(rows * height + GRID)
        self.adjustSize()
        self.move((self._over.width() - self.width()) // 2, self._over.height() // 6)

    def _choose(self) -> None:
        row = self._list.currentRow()
        if 0 <= row < len(self._found):
            self.hide()
            self.chosen.emit(self._found[row])

    def _move(self, by: int) -> None:
        if self._found:
            self._list.setCurrentRow((self._list.currentRow() + by) % len(self._found))

    # --- Qt's side ---

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            match event.key():
                case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                    self._choose()
                    return True
                case Qt.Key.Key_Up | Qt.Key.Key_Down:
                    self._move(-1 if event.key() == Qt.Key.Key_Up else 1)
                    return True
                case Qt.Key.Key_Escape:
                    self.hide()
                    return True
        if watched is self.field and event.type() == QEvent.Type.FocusOut:
            self.hide()
        return super().eventFilter(watched, event)
