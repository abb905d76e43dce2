"""Times as files of chapters write them: "1:02:03.500", "01:02", "62.5". Times in running text are ``text_row``'s."""

import re

_CLOCK = re.compile(r"(?:(?:([0-9]{1,4}):)?([0-9]{1,5}):)?([0-9]{1,9})(?:[.,]([0-9]{0,12}))?")


def clock_ms(text: str) -> int | None:
    """``text`` in milliseconds, what is finer cut off; None for what is no time. Minutes may pass 59 (and seconds)."""
    match = _CLOCK.fullmatch(text.strip())
    if not match:
        return None
    hours, minutes, seconds, parts = match.groups()
    return ((int(hours or 0) * 60 + int(minutes or 0)) * 60 + int(seconds)) * 1000 + int(
        (parts or "").ljust(3, "0")[:3]
    )
