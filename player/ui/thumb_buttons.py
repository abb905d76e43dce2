"""The buttons under the thumb of some mice go back and forward along the trail, wherever the pointer is."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QMouseEvent, QWindow

from player.session.trail import KeptTrail


class ThumbButtons(QObject):
    """Watches the window of the system, which hears of a button before any widget does."""

    def __init__(self, trail: KeptTrail, window: QWindow) -> None:
        super().__init__(window)
        self._acts = {Qt.MouseButton.BackButton: trail.back, Qt.MouseButton.ForwardButton: trail.forward}
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent) and event.button() in self._acts:
            if event.type() == QEvent.Type.MouseButtonPress:
                self._acts[event.button()]()
            return True
        return super().eventFilter(watched, event)
