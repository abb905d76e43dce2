"""Times as files of chapters hold them."""


def full_clock(ms: int, digits: int = 3) -> str:
    """``ms`` as hh:mm:ss.mmm, with as many ``digits`` (3 or more) after the point as the format wants."""
    seconds, parts = divmod(ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{parts:03}{'0' * (digits - 3)}"
