"""``info.json`` of yt-dlp: ``chapters`` with ``start_time`` in seconds, else the times in the ``description``."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from player.core.chapter import Chapter
from player.core.errors import NoChaptersError, SourceError
from player.core.reading import Reading
from player.readers.chapter_file import NO_CHAPTERS, chapter_reading, without_times
from player.readers.json_value import name_of, objects, seconds_ms, text_of
from player.readers.notes import notes_html
from player.readers.text import read_text


def is_yt_dlp(document: Any) -> bool:
    """Whether a JSON document has this shape."""
    if not isinstance(document, dict):
        return False
    is_timed = any("start_time" in entry and "time_base" not in entry for entry in objects(document.get("chapters")))
    return is_timed or ("extractor" in document and "webpage_url" in document)


def yt_dlp_reading(document: Mapping[str, Any]) -> Reading:
    """The chapters of ``document``. Raises NoChaptersError when there are none, in the description neither."""
    title, author = name_of(document.get("title")), name_of(document.get("uploader") or document.get("channel"))
    entries = objects(document.get("chapters"))
    if not entries:
        return _described(document, title, author)
    marks = []
    for entry in entries:
        start_ms = seconds_ms(entry.get("start_time"))
        if start_ms is not None:
            marks.append(Chapter(start_ms, text_of(entry.get("title")), end_ms=seconds_ms(entry.get("end_time"))))
    reading = chapter_reading("yt-dlp", marks, without_times(len(entries) - len(marks)), title=title, author=author)
    return replace(reading, notes=notes_html(text_of(document.get("description"))))


def _described(document: Mapping[str, Any], title: str | None, author: str | None) -> Reading:
    try:
        reading = read_text(text_of(document.get("description")), seconds_ms(document.get("duration")))
    except SourceError as error:
        raise NoChaptersError(NO_CHAPTERS) from error
    notes = notes_html(text_of(document.get("description")))
    return Reading(title=title, author=author, notes=notes, chapter_lists=reading.chapter_lists)
