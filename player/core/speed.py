"""How slow and how fast listening may be: one pair of limits for the rules, the sound and what is kept on the disk."""

MIN_SPEED, MAX_SPEED = 0.5, 4.0
OFFERED = (0.5, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0)


def held_speed(speed: float) -> float:
    """``speed`` within the limits."""
    return min(max(speed, MIN_SPEED), MAX_SPEED)


def next_speed(speed: float, by: int) -> float:
    """The next faster (``by`` > 0) or slower one of those that are offered; ``speed`` itself at either end."""
    faster = [each for each in OFFERED if each > speed]
    slower = [each for each in OFFERED if each < speed]
    return min(faster, default=speed) if by > 0 else max(slower, default=speed)
