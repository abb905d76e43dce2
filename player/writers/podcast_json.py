"""Podcasting 2.0 chapters, version 1.2: JSON with times in seconds, addresses, and chapters that are not listed."""

import json
from typing import Any

from player.core.chapter import Chapter
from player.writers.document import Document, Written


def write(document: Document) -> Written:
    """``document`` as JSON, in UTF-8 letters."""
    names = {"title": document.title, "author": document.author, "podcastName": document.album}
    whole = {
        "version": "1.2.0",
        **{key: name for key, name in names.items() if name},
        "chapters": [_entry(chapter) for chapter in document.chapters],
    }
    return Written(json.dumps(whole, ensure_ascii=False, indent=2) + "\n")


def _entry(chapter: Chapter) -> dict[str, Any]:
    entry: dict[str, Any] = {"startTime": _seconds(chapter.start_ms), "title": chapter.title}
    if chapter.end_ms is not None:
        entry["endTime"] = _seconds(chapter.end_ms)
    if chapter.link:
        entry["url"] = chapter.link
    if not chapter.is_listed:
        entry["toc"] = False
    return entry


def _seconds(ms: int) -> int | float:
    return ms / 1000 if ms % 1000 else ms // 1000
