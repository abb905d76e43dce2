"""Podcasting 2.0 chapters: JSON with an array ``chapters`` of ``startTime`` in seconds, ``title``, ``toc``, ``url``."""

import math
import re
from collections.abc import Iterator, Mapping
from typing import Any

from player.core.chapter import MAX_TIME_MS, Chapter
from player.core.errors import SourceError
from player.core.notice import Notice
from player.core.reading import Reading
from player.readers.chapter_list import best_first, chapter_list, count
from player.readers.title import clean_name, clean_title

_CLOCK = re.compile(r"(?:([0-9]{1,4}):)?([0-9]{1,3}):([0-9]{1,2}(?:\.[0-9]{1,9})?)")


def is_podcast_json(document: Any) -> bool:
    """Whether a JSON document has this shape."""
    if not isinstance(document, dict) or not isinstance(document.get("chapters"), list):
        return False
    entries = [entry for entry in document["chapters"] if isinstance(entry, dict)]
    return not document["chapters"] or any("startTime" in entry for entry in entries)


def podcast_reading(document: Mapping[str, Any]) -> Reading:
    """The chapters of ``document``. Raises SourceError when none can be read."""
    told: list[Notice] = []
    marks = list(_marks(document["chapters"], told))
    chapters = chapter_list("podcast-json", marks, None, told)
    if chapters is None or not chapters.chapters:
        raise SourceError("There are no chapters in this chapter file.")
    return Reading(
        title=_name(document.get("title")),
        author=_name(document.get("author")),
        album=_name(document.get("podcastName")),
        chapter_lists=best_first([chapters]),
    )


def _marks(entries: list[Any], told: list[Notice]) -> Iterator[Chapter]:
    unusable = 0
    for entry in entries:
        start_ms = _milliseconds(entry.get("startTime")) if isinstance(entry, dict) else None
        if start_ms is None:
            unusable += 1
            continue
        title = entry.get("title")
        yield Chapter(
            start_ms,
            title if isinstance(title, str) else "",
            end_ms=_milliseconds(entry.get("endTime")),
            link=_link(entry.get("url")),
            is_listed=entry.get("toc") is not False,
        )
    if unusable:
        told.append(Notice("time-unreadable", f"{count(unusable, 'chapter')} without a usable time left out."))


def _milliseconds(value: Any) -> int | None:
    """Seconds as a number, or as text; some writers put a clock there. None for what is no time."""
    seconds: float
    if isinstance(value, str):
        clock = _CLOCK.fullmatch(value.strip())
        if clock:
            seconds = int(clock[1] or 0) * 3600 + int(clock[2]) * 60 + float(clock[3])
        else:
            try:
                seconds = float(value[:32])
            except ValueError:
                return None
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        if abs(value) > MAX_TIME_MS:
            return None
        seconds = value
    else:
        return None
    return round(seconds * 1000) if math.isfinite(seconds) else None


def _link(value: Any) -> str | None:
    link = clean_title(value) if isinstance(value, str) else ""
    return link if link.startswith(("http://", "https://")) else None


def _name(value: Any) -> str | None:
    return clean_name(value) if isinstance(value, str) else None
