"""Chapters as Audnexus gives them: ``startOffsetMs`` and ``lengthMs`` of each, flat."""

from collections.abc import Mapping
from typing import Any

from player.core.chapter import Chapter
from player.core.reading import Reading
from player.readers.chapter_file import chapter_reading, without_times
from player.readers.json_value import name_of, objects, text_of, whole_ms


def is_audnexus(document: Any) -> bool:
    """Whether a JSON document has this shape."""
    return isinstance(document, dict) and any("startOffsetMs" in entry for entry in objects(document.get("chapters")))


def audnexus_reading(document: Mapping[str, Any]) -> Reading:
    """The chapters of ``document``. Raises NoChaptersError when none can be read."""
    entries = objects(document["chapters"])
    marks = []
    for entry in entries:
        start_ms, length_ms = whole_ms(entry.get("startOffsetMs")), whole_ms(entry.get("lengthMs"))
        if start_ms is not None:
            end_ms = None if length_ms is None else start_ms + length_ms
            marks.append(Chapter(start_ms, text_of(entry.get("title")), end_ms=end_ms))
    untimed = without_times(len(entries) - len(marks))
    return chapter_reading("audnexus", marks, untimed, title=name_of(document.get("title")))
