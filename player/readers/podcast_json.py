"""Podcasting 2.0 chapters: JSON with an array ``chapters`` of ``startTime`` in seconds, ``title``, ``toc``, ``url``."""

from collections.abc import Iterator, Mapping
from typing import Any

from player.core.chapter import Chapter
from player.core.notice import Notice
from player.core.reading import Reading
from player.readers.chapter_file import chapter_reading, without_times
from player.readers.json_value import link_of, name_of, seconds_ms, text_of


def is_podcast_json(document: Any) -> bool:
    """Whether a JSON document has this shape."""
    if not isinstance(document, dict) or not isinstance(document.get("chapters"), list):
        return False
    entries = [entry for entry in document["chapters"] if isinstance(entry, dict)]
    return not document["chapters"] or any("startTime" in entry for entry in entries)


def podcast_reading(document: Mapping[str, Any]) -> Reading:
    """The chapters of ``document``. Raises NoChaptersError when none can be read."""
    told: list[Notice] = []
    return chapter_reading(
        "podcast-json",
        list(_marks(document["chapters"], told)),
        told,
        title=name_of(document.get("title")),
        author=name_of(document.get("author")),
        album=name_of(document.get("podcastName")),
        nothing="There are no chapters in this chapter file.",
    )


def _marks(entries: list[Any], told: list[Notice]) -> Iterator[Chapter]:
    unusable = 0
    for entry in entries:
        start_ms = seconds_ms(entry.get("startTime")) if isinstance(entry, dict) else None
        if start_ms is None:
            unusable += 1
            continue
        yield Chapter(
            start_ms,
            text_of(entry.get("title")),
            end_ms=seconds_ms(entry.get("endTime")),
            link=link_of(entry.get("url")),
            is_listed=entry.get("toc") is not False,
        )
    told += without_times(unusable)
