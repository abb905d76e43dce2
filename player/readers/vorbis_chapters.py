"""Chapters in Vorbis comments: CHAPTER001=00:01:02.500 with CHAPTER001NAME and CHAPTER001URL, in any case."""

import re
from collections.abc import Iterable

from player.core.chapter import Chapter, ChapterList
from player.readers.chapter_list import chapter_list

_KEY = re.compile(r"CHAPTER([0-9]{1,5})(NAME|URL)?", re.IGNORECASE)
_TIME = re.compile(r"\s*(?:([0-9]{1,4}):)?([0-9]{1,3}):([0-9]{1,2})(?:[.,]([0-9]{1,9}))?\s*")


def vorbis_chapters(comments: Iterable[tuple[str, str]], duration_ms: int | None) -> ChapterList | None:
    """The chapters among all ``comments`` of a file, None when there are none. Of a repeated key the first counts."""
    fields: dict[tuple[int, str], str] = {}
    for key, value in comments:
        match = _KEY.fullmatch(key)
        if match:
            fields.setdefault((int(match[1]), (match[2] or "").upper()), value)
    marks = []
    for (number, field), value in fields.items():
        start_ms = None if field else _milliseconds(value)
        if start_ms is not None:
            link = fields.get((number, "URL"), "").strip()
            is_safe = link.startswith(("http://", "https://"))
            marks.append(Chapter(start_ms, fields.get((number, "NAME"), ""), link=link if is_safe else None))
    return chapter_list("vorbis-comment", sorted(marks, key=lambda mark: mark.start_ms), duration_ms)


def _milliseconds(text: str) -> int | None:
    match = _TIME.fullmatch(text)
    if not match:
        return None
    hours, minutes, seconds, parts = match.groups()
    return ((int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int((parts or "").ljust(3, "0")[:3])
