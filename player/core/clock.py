"""Times as people read and type them; nothing here reads a clock."""

import re

_TYPED = re.compile(r"(?:(?:([0-9]{1,4}):)?([0-9]{1,5}):)?([0-9]{1,7})(?:[.,]([0-9]{1,6}))?")


def clock_text(ms: int) -> str:
    """``ms`` as h:mm:ss, or m:ss below one hour; parts of a second are cut, as every player's clock does."""
    seconds = max(0, ms) // 1000
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def exact_clock_text(ms: int) -> str:
    """``clock_text`` with the parts of a second, where there are any: "1:02:03.25"."""
    parts = f"{max(0, ms) % 1000:03}".rstrip("0")
    return clock_text(ms) + (f".{parts}" if parts else "")


def typed_ms(text: str) -> int | None:
    """The milliseconds that "1:23:45", "83:45.5" or "5025" (seconds) mean; None for what is no time."""
    match = _TYPED.fullmatch(text.strip())
    if match is None:
        return None
    hours, minutes, seconds, parts = match.groups()
    if (minutes and int(seconds) > 59) or (hours and int(minutes) > 59):
        return None
    whole_s = (int(hours or 0) * 60 + int(minutes or 0)) * 60 + int(seconds)
    return whole_s * 1000 + int((parts or "").ljust(3, "0")[:3])


def at_speed(ms: int, speed: float) -> int:
    """How long ``ms`` of sound take at ``speed``, in milliseconds of the listener's time."""
    return round(ms / speed)
