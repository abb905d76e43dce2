"""Times as people read them. Milliseconds go in, text comes out; nothing here reads a clock."""


def clock_text(ms: int) -> str:
    """``ms`` as h:mm:ss, or m:ss below one hour; parts of a second are cut, as every player's clock does."""
    seconds = max(0, ms) // 1000
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def at_speed(ms: int, speed: float) -> int:
    """How long ``ms`` of sound take at ``speed``, in milliseconds of the listener's time."""
    return round(ms / speed)
