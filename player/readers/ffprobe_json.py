"""What ``ffprobe -show_chapters`` prints as JSON: ``chapters`` with ``start_time`` in seconds as text, and tags."""

from collections.abc import Mapping
from typing import Any

from player.core.chapter import Chapter
from player.core.reading import Reading
from player.readers.chapter_file import chapter_reading, without_times
from player.readers.json_value import name_of, objects, seconds_ms, text_of


def is_ffprobe(document: Any) -> bool:
    """Whether a JSON document has this shape."""
    return isinstance(document, dict) and any("time_base" in entry for entry in objects(document.get("chapters")))


def ffprobe_reading(document: Mapping[str, Any]) -> Reading:
    """The chapters of ``document``. Raises NoChaptersError when none can be read."""
    entries = objects(document["chapters"])
    marks = []
    for entry in entries:
        start_ms = seconds_ms(entry.get("start_time"))
        if start_ms is not None:
            marks.append(Chapter(start_ms, _tag(entry, "title"), end_ms=seconds_ms(entry.get("end_time"))))
    form = document.get("format")
    whole = form if isinstance(form, dict) else {}
    return chapter_reading(
        "ffprobe",
        marks,
        without_times(len(entries) - len(marks)),
        title=name_of(_tag(whole, "title")),
        author=name_of(_tag(whole, "artist")),
    )


def _tag(entry: Mapping[str, Any], name: str) -> str:
    tags = entry.get("tags")
    return text_of(tags.get(name)) if isinstance(tags, dict) else ""
