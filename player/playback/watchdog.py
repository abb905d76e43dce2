"""Watches that sound moves while it should play. It only looks and tells; it never touches the sound."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

LOOK_EVERY_MS = 500


class Watchdog(QObject):
    """Tells ``looked`` twice a second while watching, and ``outputs_lost`` when all output devices vanish.

    No device from the start on is no loss: Qt then plays in silence.
    """

    looked = Signal()
    outputs_lost = Signal()

    def __init__(self, count_outputs: Callable[[], int], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._count_outputs = count_outputs
        self._had_outputs = False
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def watch(self, is_needed: bool) -> None:
        """Starts or stops watching."""
        if is_needed == self._timer.isActive():
            return
        if is_needed:
            self._had_outputs = self._count_outputs() > 0
            self._timer.start()
        else:
            self._timer.stop()

    def look(self) -> None:
        """Looks now, without waiting for the time to do so."""
        has_outputs = self._count_outputs() > 0
        if self._had_outputs and not has_outputs:
            self._timer.stop()
            self.outputs_lost.emit()
            return
        self._had_outputs = self._had_outputs or has_outputs
        self.looked.emit()
