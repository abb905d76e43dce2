"""Reading what a listener types into "Go to": a section number, words, a time, a percentage. Pure; goes nowhere."""

import re
from typing import NamedTuple

from player.core.clock import clock_text
from player.core.outline_filter import matching
from player.core.section import Section
from player.core.timeline import Timeline

_TIME = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{2})")
_PERCENT = re.compile(r"(\d{1,3}(?:\.\d{1,3})?)\s?%")
MOST = 8  # destinations to choose from


class Destination(NamedTuple):
    """Somewhere to go: ``ms`` on the whole time line, and the section that it lies in.

    ``is_section`` says that the section itself was asked for, not a time.
    """

    ms: int
    words: str
    section: Section | None
    is_section: bool = False


def destinations(text: str, timeline: Timeline, duration_ms: int | None) -> tuple[Destination, ...]:
    """Where ``text`` may lead, best first, at most ``MOST``; nothing when it leads nowhere."""
    wanted = text.strip()
    moment = _moment(wanted, duration_ms)
    if moment is not None:
        section = timeline.section_at(moment)
        title = f" · {section.title}" if section else ""
        return (Destination(moment, clock_text(moment) + title, section),)
    found = matching(timeline.outline, wanted) or ()
    return tuple(Destination(section.start_ms, section.title, section, is_section=True) for section in found[:MOST])


def _moment(text: str, duration_ms: int | None) -> int | None:
    if time := _TIME.fullmatch(text):
        hours, minutes, seconds = (int(part or 0) for part in time.groups())
        ms = ((hours * 60 + minutes) * 60 + seconds) * 1000
        return ms if duration_ms is None or ms <= duration_ms else None
    if (percent := _PERCENT.fullmatch(text)) and duration_ms is not None:
        share = float(percent[1])
        return round(duration_ms * share / 100) if share <= 100 else None
    return None
