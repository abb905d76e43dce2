"""Changing an outline by hand: operations on chapters that each say how deep they stand. Values only; nothing is kept.

The chapters are those of ``editable``: on the whole time line, sorted by start, each with a ``depth``, and none more
than one level below the one before it, so that list and tree say the same. Every operation gives such a list again.
What makes no sense raises EditError with a sentence.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from player.core.chapter import MAX_CHAPTERS, MAX_TIME_MS, MAX_TITLE, Chapter
from player.core.clock import clock_text
from player.core.errors import EditError
from player.core.outline import Outline

Chapters = tuple[Chapter, ...]

NO_TITLE = "A title cannot be empty."
FULL = f"An outline has room for {MAX_CHAPTERS:,} sections."
NOTHING_BEFORE = "There is no section before it on its level that it could lie in."
AT_THE_TOP = "It stands at the top level already."


class Edited(NamedTuple):
    """Chapters after an operation, and the row that it was about; None when no chapter is left."""

    chapters: Chapters
    row: int | None


class Room(NamedTuple):
    """Where a boundary may be: from ``first_ms`` to ``last_ms``."""

    first_ms: int
    last_ms: int

    def holds(self, ms: int) -> bool:
        """Whether ``ms`` is in it."""
        return self.first_ms <= ms <= self.last_ms

    def nearest(self, ms: int) -> int:
        """``ms``, or the end of the room that is nearer to it."""
        return min(max(ms, self.first_ms), self.last_ms)


def editable(outline: Outline) -> Chapters:
    """The chapters of ``outline``, each as deep as it stands there. Rows stay."""
    return tuple(
        Chapter(section.start_ms, section.title, depth=section.depth, link=section.link) for section in outline.sections
    )


def rename(chapters: Chapters, row: int, title: str) -> Edited:
    """Give the chapter another title; line ends become spaces."""
    words = " ".join(title.split())[:MAX_TITLE]
    if not words:
        raise EditError(NO_TITLE)
    return Edited(_with(chapters, row, replace(chapters[row], title=words)), row)


def room(chapters: Chapters, row: int, duration_ms: int | None) -> Room:
    """Where the chapter may begin: not before the one before it, nor after the one after it or the end."""
    first = chapters[row - 1].start_ms if row else 0
    end_ms = MAX_TIME_MS if duration_ms is None else duration_ms
    last = chapters[row + 1].start_ms if row + 1 < len(chapters) else max(end_ms, chapters[row].start_ms)
    return Room(first, last)


def move(chapters: Chapters, row: int, ms: int, duration_ms: int | None) -> Edited:
    """Let the chapter begin at ``ms``, or as near to it as its neighbours leave room: the order stays."""
    start_ms = room(chapters, row, duration_ms).nearest(ms)
    return Edited(_with(chapters, row, replace(chapters[row], start_ms=start_ms)), row)


def add(chapters: Chapters, ms: int, title: str, duration_ms: int | None) -> Edited:
    """A new chapter at ``ms``, on the level of the one that it falls in; what lies deeper stays where it is.

    In the opening stretch of a parent it becomes the first of its children.
    """
    if ms < 0 or ms > (MAX_TIME_MS if duration_ms is None else duration_ms):
        raise EditError(f"{clock_text(ms)} is past the end.")
    if len(chapters) >= MAX_CHAPTERS:
        raise EditError(FULL)
    row = sum(chapter.start_ms <= ms for chapter in chapters)
    if row and chapters[row - 1].start_ms == ms:
        raise EditError(f"“{chapters[row - 1].title}” begins there already.")
    above = _depth(chapters, row - 1) if row else 1
    below = _depth(chapters, row) if row < len(chapters) else 1
    new = Chapter(ms, title, depth=max(above, below))
    return Edited(*rename((*chapters[:row], new, *chapters[row:]), row, title))


def delete(chapters: Chapters, row: int) -> Edited:
    """Take the chapter away. Its stretch goes to the one before it, what lies in it moves up one level."""
    inner = [_deeper(chapter, -1) for chapter in chapters[row + 1 : branch_end(chapters, row)]]
    kept = (*chapters[:row], *inner, *chapters[row + 1 + len(inner) :])
    return Edited(kept, max(0, row - 1) if kept else None)


def indent(chapters: Chapters, row: int) -> Edited:
    """Let the chapter, with all that lies in it, lie in the one before it on its level."""
    if not can_indent(chapters, row):
        raise EditError(NOTHING_BEFORE)
    return _shift(chapters, row, 1)


def outdent(chapters: Chapters, row: int) -> Edited:
    """Lift the chapter, with all that lies in it, one level up; what followed it on its level now lies in it."""
    if not can_outdent(chapters, row):
        raise EditError(AT_THE_TOP)
    return _shift(chapters, row, -1)


def can_indent(chapters: Chapters, row: int) -> bool:
    """Whether there is a chapter before it on its level."""
    return row > 0 and _depth(chapters, row) <= _depth(chapters, row - 1)


def can_outdent(chapters: Chapters, row: int) -> bool:
    """Whether it lies in another."""
    return _depth(chapters, row) > 1


def branch_end(chapters: Sequence[Chapter], row: int) -> int:
    """The row after the last one that lies in the chapter."""
    depth = _depth(chapters, row)
    after = range(row + 1, len(chapters))
    return next((each for each in after if _depth(chapters, each) <= depth), len(chapters))


def _shift(chapters: Chapters, row: int, by: int) -> Edited:
    end = branch_end(chapters, row)
    branch = (_deeper(chapter, by) for chapter in chapters[row:end])
    return Edited((*chapters[:row], *branch, *chapters[end:]), row)


def _with(chapters: Chapters, row: int, chapter: Chapter) -> Chapters:
    return (*chapters[:row], chapter, *chapters[row + 1 :])


def _deeper(chapter: Chapter, by: int) -> Chapter:
    return replace(chapter, depth=(chapter.depth or 1) + by)


def _depth(chapters: Sequence[Chapter], row: int) -> int:
    return chapters[row].depth or 1
