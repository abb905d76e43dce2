"""By how much Qt's position runs ahead of what is heard. Measured figures and arithmetic, nothing else."""

from bisect import bisect_right

# (speed, lag): pausing at position P lets P - lag be the last thing heard, in milliseconds of media. Measured on
# captured tones (tests/playback/test_captured_sound.py). At 1x what is in the sound server's hands is still played; at
# other speeds the time-stretcher holds some sound back, the more the faster.
_LAG_MS = ((0.5, 65), (0.75, 88), (0.99, 100), (1.0, -18), (1.01, 103), (1.5, 133), (2.0, 160), (3.0, 224), (4.0, 304))


def heard_lag_ms(speed: float) -> float:
    """By how much the position runs ahead of what is heard when playing is paused now, in ms of media."""
    index = bisect_right(_LAG_MS, speed, key=lambda pair: pair[0])
    if index == 0:
        return _LAG_MS[0][1]
    if index == len(_LAG_MS):
        return _LAG_MS[-1][1]
    (low, low_ms), (high, high_ms) = _LAG_MS[index - 1], _LAG_MS[index]
    return low_ms + (high_ms - low_ms) * (speed - low) / (high - low)
