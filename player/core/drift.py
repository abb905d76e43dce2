"""How far the ticks of the sound have run off what the time that went by explains. Pure arithmetic on given times.

What follows from it is the business of ``listening``.
"""

SLACK_MS = 1_000  # of the listener's time: ticks may, all in all, be this much off
LONGEST_GAP_MS = 20_000  # more time than this without a tick (sleep, a clock set forward) explains no more than this
_GENEROUS = 1.25  # time explains a little more than the speed, so that drift wears off


def slack_ms(speed: float) -> int:
    """How much drift at ``speed`` is still that of an honest sound."""
    return int(SLACK_MS * max(1.0, speed))


def drift_after(drift_ms: int, moved_ms: int, elapsed_ms: int, speed: float) -> int:
    """The drift after a tick that lies ``moved_ms`` on from the one ``elapsed_ms`` before it.

    It is carried on from tick to tick, so that many small steps too far do not make a leap. Steps back are drift as
    they are; a clock that was set back explains nothing.
    """
    if moved_ms < 0:
        return drift_ms - moved_ms
    explained_ms = min(max(0, elapsed_ms), LONGEST_GAP_MS) * speed * _GENEROUS
    return max(0, drift_ms + moved_ms - int(explained_ms))
