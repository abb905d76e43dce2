"""Chapters as Audible's service gives them: ``content_metadata.chapter_info`` with a true tree of chapters."""

from collections.abc import Mapping
from typing import Any

from player.core.chapter import MAX_CHAPTERS
from player.core.reading import Reading
from player.readers.chapter_file import chapter_reading, without_times
from player.readers.chapter_tree import Branch, tree_marks
from player.readers.json_value import name_of, objects, text_of, whole_ms


def is_audible(document: Any) -> bool:
    """Whether a JSON document has this shape, with its wrapping or without."""
    return any("start_offset_ms" in entry or "start_offset_sec" in entry for entry in _entries(document))


def audible_reading(document: Mapping[str, Any]) -> Reading:
    """The chapters of ``document``, nested as it nests them. Raises NoChaptersError when none can be read."""
    top: list[Branch] = []
    todo = [(entry, top) for entry in reversed(_entries(document))]
    untimed = 0
    left = MAX_CHAPTERS + 1
    while todo and left:
        entry, siblings = todo.pop()
        branch = _branch(entry)
        siblings.append(branch)
        inner = objects(entry.get("chapters"))
        untimed += branch.start_ms is None and not inner
        todo += [(child, branch.children) for child in reversed(inner)]
        left -= 1
    title = name_of(document.get("title"))
    return chapter_reading("audible", tree_marks(top), without_times(untimed), title=title)


def _branch(entry: Mapping[str, Any]) -> Branch:
    start_ms = whole_ms(entry.get("start_offset_ms"))
    if start_ms is None:
        seconds = whole_ms(entry.get("start_offset_sec"))
        start_ms = None if seconds is None else seconds * 1000
    length_ms = whole_ms(entry.get("length_ms"))
    end_ms = start_ms + length_ms if start_ms is not None and length_ms is not None else None
    return Branch(text_of(entry.get("title")), start_ms, end_ms)


def _entries(document: Any) -> list[Mapping[str, Any]]:
    """The chapters of the top level; what is around them differs with the tool that kept the answer."""
    for name in ("content_metadata", "content_license", "content_metadata", "chapter_info", "ChapterInfo"):
        inner = document.get(name) if isinstance(document, dict) else None
        document = inner if isinstance(inner, dict) else document
    return objects(document.get("chapters")) if isinstance(document, dict) else []
