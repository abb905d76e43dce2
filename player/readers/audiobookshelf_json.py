"""``metadata.json`` of Audiobookshelf: chapters with ``start`` and ``end`` in seconds as numbers, title and authors."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from player.core.chapter import Chapter
from player.core.reading import Reading
from player.readers.chapter_file import chapter_reading, without_times
from player.readers.json_value import name_of, objects, seconds_ms, text_of
from player.readers.notes import notes_html


def is_audiobookshelf(document: Any) -> bool:
    """Whether a JSON document has this shape: chapters that start at numbers, or a book's fields without any."""
    if not isinstance(document, dict) or "chapters" not in document:
        return False
    entries = objects(document["chapters"])
    if entries:
        return all(isinstance(entry.get("start"), (int, float)) and "time_base" not in entry for entry in entries)
    return "authors" in document and "narrators" in document


def audiobookshelf_reading(document: Mapping[str, Any]) -> Reading:
    """The chapters of ``document``. Raises NoChaptersError when none can be read."""
    whole = document.get("metadata")
    book: Mapping[str, Any] = {**(whole if isinstance(whole, dict) else {}), **document}
    entries = objects(document["chapters"])
    times = [(seconds_ms(entry.get("start")), seconds_ms(entry.get("end"))) for entry in entries]
    marks = [
        Chapter(start_ms, text_of(entry.get("title")), end_ms=end_ms)
        for entry, (start_ms, end_ms) in zip(entries, times, strict=True)
        if start_ms is not None
    ]
    reading = chapter_reading(
        "audiobookshelf",
        marks,
        without_times(len(entries) - len(marks)),
        title=name_of(book.get("title")),
        author=name_of(book.get("authors")),
    )
    return replace(reading, notes=notes_html(text_of(book.get("description"))))
