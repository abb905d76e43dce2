"""A few words over the outline that go by themselves: what was just done, where nothing has to be done about it."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QLabel, QWidget

from player.ui.look import GRID

SHOWN_MS = 4_000


class BriefNotice(QLabel):
    """Words at the foot of ``parent``, shown for a moment and read out."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self.setObjectName("chip")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._timer = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        parent.installEventFilter(self)
        self.hide()

    def say(self, words: str) -> None:
        """Show ``words`` for a moment."""
        self.setText(words)
        self.setAccessibleName(words)
        self._place()
        self.show()
        self.raise_()
        self._timer.start()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def _place(self) -> None:
        area = self._over.rect().adjusted(4 * GRID, 0, -4 * GRID, -12 * GRID)
        width = min(area.width(), self.fontMetrics().horizontalAdvance(self.text()) + 8 * GRID)
        self.setFixedWidth(max(0, width))
        self.adjustSize()
        self.move(area.center().x() - self.width() // 2, area.bottom() - self.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)
