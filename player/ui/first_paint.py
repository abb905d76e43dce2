"""Tells that the window has been painted for the first time: what can wait until then is done then."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

PATIENCE_MS = 500  # a window that starts minimised or behind others may not be painted for long


class FirstPaint(QObject):
    """Watches ``window`` from before it is shown."""

    done = Signal()  # once, after everything in the window is painted, or after ``patience_ms``

    def __init__(self, window: QWidget, patience_ms: int = PATIENCE_MS) -> None:
        super().__init__(window)
        self._limit = QTimer(self, singleShot=True, interval=patience_ms)
        self._limit.timeout.connect(self._tell)
        self._limit.start()
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            self._limit.start(0)  # what lies in the window is painted after it, before the loop goes on
        return False

    def _tell(self) -> None:
        self.done.emit()
        self.deleteLater()
