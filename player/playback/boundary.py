"""One armed boundary: told once, at the moment when what is *heard* reaches it. Timing only; it acts on nothing."""

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from player.playback.heard_lag import heard_lag_ms

FORESIGHT_MS = 110  # two ticks of wall time; further ahead the sound could still stand still


class Boundary(QObject):
    """The armed boundary and its timer. The owner tells it where playing is."""

    reached = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._armed_ms: int | None = None
        self._is_ahead = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._fire)

    @property
    def armed_ms(self) -> int | None:
        """The boundary armed now, reached or not; None when disarmed."""
        return self._armed_ms

    def arm(self, boundary_ms: int | None, position_ms: float) -> None:
        """Arms ``boundary_ms`` (None disarms). At or before the position it waits until playing comes by again."""
        self._timer.stop()
        self._armed_ms = boundary_ms
        self.place(position_ms)

    def place(self, position_ms: float) -> None:
        """Playing will go on from ``position_ms``, by load or seek: what lies before it is not reached."""
        self._timer.stop()
        self._is_ahead = self._armed_ms is not None and position_ms < self._armed_ms

    def retime(self, position_ms: float, speed: float) -> None:
        """Playing is at ``position_ms`` now and runs at ``speed``. Called at every tick; only the near is foreseen."""
        if self._armed_ms is None or not self._is_ahead:
            return
        remaining_ms = (self._armed_ms - position_ms + heard_lag_ms(speed)) / speed
        if remaining_ms <= FORESIGHT_MS:
            self._timer.start(max(0, round(remaining_ms)))
        else:
            self._timer.stop()

    def hold(self) -> None:
        """Playing is paused or its position unknown."""
        self._timer.stop()

    def end(self, end_ms: int) -> None:
        """Playing came to its end at ``end_ms``: a boundary up to there is reached."""
        self._timer.stop()
        if self._armed_ms is not None and self._is_ahead and self._armed_ms <= end_ms:
            self._fire()

    def _fire(self) -> None:
        boundary_ms, self._armed_ms = self._armed_ms, None
        self._is_ahead = False
        if boundary_ms is not None:
            self.reached.emit(boundary_ms)
