"""Chapters for Podlove's web player: ``chapters`` with ``start`` as a clock in text, ``title`` and ``href``."""

from typing import Any

from player.core.chapter import Chapter
from player.core.reading import Reading
from player.readers.chapter_file import chapter_reading, without_times
from player.readers.clock_time import clock_ms
from player.readers.json_value import link_of, name_of, objects, text_of


def is_podlove(document: Any) -> bool:
    """Whether a JSON document has this shape: an episode's configuration, or its chapters alone."""
    entries = _entries(document)
    return bool(entries) and all(isinstance(entry.get("start"), str) for entry in entries)


def podlove_reading(document: Any) -> Reading:
    """The chapters of ``document``. Raises NoChaptersError when none can be read."""
    entries = _entries(document)
    marks = []
    for entry in entries:
        start_ms = clock_ms(text_of(entry["start"]))
        if start_ms is not None:
            end_ms = clock_ms(text_of(entry.get("end")))
            link = link_of(entry.get("href") or entry.get("url"))
            marks.append(Chapter(start_ms, text_of(entry.get("title")), end_ms=end_ms, link=link))
    whole = document if isinstance(document, dict) else {}
    show = whole.get("show")
    return chapter_reading(
        "podlove-player",
        marks,
        without_times(len(entries) - len(marks)),
        title=name_of(whole.get("title")),
        album=name_of(show.get("title")) if isinstance(show, dict) else None,
    )


def _entries(document: Any) -> list[Any]:
    """The chapters; an episode stands in ``episode`` in the player's embedding code."""
    if isinstance(document, dict):
        inner = document.get("episode")
        document = document.get("chapters", inner.get("chapters") if isinstance(inner, dict) else None)
    return list(objects(document))
