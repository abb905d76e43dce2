"""One armed boundary: told once, at the moment when what is *heard* reaches it. Timing only; it acts on nothing."""

from bisect import bisect_right

from PySide6.QtCore import QObject, Qt, QTimer, Signal

# (speed, lag): pausing at position P lets P - lag be the last thing heard, in milliseconds of media. Measured on
# captured tones (tests/playback/test_captured_sound.py). At 1x what is in the sound server's hands is still played; at
# other speeds the time-stretcher holds some sound back, the more the faster.
_LAG_MS = ((0.5, 65), (0.75, 88), (0.99, 100), (1.0, -18), (1.01, 103), (1.5, 133), (2.0, 160), (3.0, 224), (4.0, 304))

FORESIGHT_MS = 110  # two ticks of wall time; further ahead the sound could still stand still


def heard_lag_ms(speed: float) -> float:
    """By how much the position runs ahead of what is heard when playing is paused now, in ms of media."""
    index = bisect_right(_LAG_MS, speed, key=lambda pair: pair[0])
    if index == 0:
        return _LAG_MS[0][1]
    if index == len(_LAG_MS):
        return _LAG_MS[-1][1]
    (low, low_ms), (high, high_ms) = _LAG_MS[index - 1], _LAG_MS[index]
    return low_ms + (high_ms - low_ms) * (speed - low) / (high - low)


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
