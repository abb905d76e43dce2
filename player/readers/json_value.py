"""Values of a JSON document that somebody else wrote, taken for what they should be, or for nothing."""

from collections.abc import Mapping
from typing import Any

from player.core.chapter import MAX_TIME_MS
from player.readers.clock_time import clock_ms
from player.readers.title import clean_name, clean_title


def seconds_ms(value: Any) -> int | None:
    """Milliseconds of seconds, given as a number or as text; some writers put a clock there. None for no time."""
    if isinstance(value, str):
        clock = clock_ms(value) if ":" in value else None
        return clock if clock is not None else _rounded(_number(value), 1000)
    return _rounded(value, 1000)


def whole_ms(value: Any) -> int | None:
    """Milliseconds given as such; None for no time."""
    return _rounded(_number(value) if isinstance(value, str) else value, 1)


def text_of(value: Any) -> str:
    """A text as it stands, an empty one for anything else."""
    return value if isinstance(value, str) else ""


def name_of(value: Any) -> str | None:
    """A title or a name, cleaned; several in a list are several people, plain or as objects with a ``name``."""
    if isinstance(value, list):
        names = [name_of(entry.get("name") if isinstance(entry, dict) else entry) for entry in value[:100]]
        return ", ".join(name for name in names if name) or None
    return clean_name(value) if isinstance(value, str) else None


def link_of(value: Any) -> str | None:
    """An address, http or https only."""
    link = clean_title(value) if isinstance(value, str) else ""
    return link if link.startswith(("http://", "https://")) else None


def objects(value: Any) -> list[Mapping[str, Any]]:
    """The objects in a list; nothing of anything else."""
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _number(text: str) -> float | None:
    try:
        return float(text[:32])
    except ValueError:
        return None


def _rounded(value: Any, factor: int) -> int | None:
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        return None
    return round(value * factor) if abs(value) <= MAX_TIME_MS else None  # neither NaN nor infinity is
