"""How slow and how fast listening may be: one pair of limits for the rules, the sound and what is kept on the disk."""

MIN_SPEED, MAX_SPEED = 0.5, 4.0


def held_speed(speed: float) -> float:
    """``speed`` within the limits."""
    return min(max(speed, MIN_SPEED), MAX_SPEED)
