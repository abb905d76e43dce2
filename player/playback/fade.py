"""Fading out: a factor that falls from 1 to 0. It knows nothing of sound."""

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

STEP_MS = 40


class Fade(QObject):
    """Tells ``changed(factor)`` while it runs; stays at 0 until cancelled."""

    changed = Signal(float)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._factor = 1.0
        self._from = 1.0
        self._duration_ms = 0
        self._elapsed = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setInterval(STEP_MS)
        self._timer.timeout.connect(self._step)

    @property
    def factor(self) -> float:
        """What the volume is to be multiplied with now, 0 to 1."""
        return self._factor

    def start(self, duration_ms: int) -> None:
        """Falls to 0 within ``duration_ms``, from where it is."""
        self._from = self._factor
        self._duration_ms = max(1, duration_ms)
        self._elapsed.start()
        self._timer.start()

    def cancel(self) -> None:
        """Back to 1 at once."""
        self._timer.stop()
        self._set(1.0)

    def _step(self) -> None:
        left = 1 - self._elapsed.elapsed() / self._duration_ms
        if left <= 0:
            self._timer.stop()
        self._set(self._from * max(0.0, left))

    def _set(self, factor: float) -> None:
        if factor != self._factor:
            self._factor = factor
            self.changed.emit(factor)
