"""Chapters in Vorbis comments: CHAPTER001=00:01:02.500 with CHAPTER001NAME and CHAPTER001URL, in any case."""

import re
from collections.abc import Iterable

from player.core.chapter import Chapter, ChapterList
from player.readers.chapter_list import chapter_list
from player.readers.clock_time import clock_ms
from player.readers.json_value import link_of

# Writers differ in case, digits and what stands between: chapter_1, CHAPTER 01 NAME, Chapter001_Title.
_KEY = re.compile(r"CHAPTER[ _-]?([0-9]{1,5})[ _-]?(START|NAME|TITLE|URL)?", re.IGNORECASE)
_FIELDS = {"START": "", "TITLE": "NAME"}


def vorbis_chapters(
    comments: Iterable[tuple[str, str]], duration_ms: int | None, source: str = "vorbis-comment"
) -> ChapterList | None:
    """The chapters among all ``comments`` of a file, None when there are none. Of a repeated key the first counts."""
    fields: dict[tuple[int, str], str] = {}
    for key, value in comments:
        match = _KEY.fullmatch(key)
        if match:
            field = (match[2] or "").upper()
            fields.setdefault((int(match[1]), _FIELDS.get(field, field)), value)
    marks = []
    for (number, field), value in fields.items():
        start_ms = None if field else clock_ms(value)
        if start_ms is not None:
            link = link_of(fields.get((number, "URL")))
            marks.append(Chapter(start_ms, fields.get((number, "NAME"), ""), link=link))
    return chapter_list(source, sorted(marks, key=lambda mark: mark.start_ms), duration_ms)
