"""Marks of any source made into a ChapterList: cleaned, limited, sorted, oddities told. No format is known here."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice, pairwise

from player.core.chapter import MAX_CHAPTERS, MAX_TIME_MS, Chapter, ChapterList
from player.core.notice import Notice
from player.readers.title import clean_title, is_too_long

WHOLE_FILE_MS = 1_500  # a lone chapter that begins and ends this near to the file's ends says nothing


def chapter_list(
    source: str,
    marks: Iterable[Chapter],
    duration_ms: int | None,
    notices: Sequence[Notice] = (),
    is_ordered: bool = False,
) -> ChapterList | None:
    """``marks`` as they stand in ``source``, made fit for use; None when nothing is left that says anything.

    At most ``MAX_CHAPTERS`` are kept. Marks before 0 and at or beyond ``duration_ms`` cannot be played and are left
    out; ends are clamped to it. Exact repeats go, an empty title becomes "Chapter n". ``is_ordered`` says that the
    order in the source is meant, so that putting it in order is worth a notice.
    """
    told = list(notices)
    found = list(islice(marks, MAX_CHAPTERS + 1))
    if len(found) > MAX_CHAPTERS:
        del found[MAX_CHAPTERS:]
        told.append(
            Notice("too-many-chapters", f"There are more than {MAX_CHAPTERS:,} chapters; the others are left out.")
        )
    found = _within(found, duration_ms, told)
    found = _in_order(_cleaned(found, told), told, is_ordered)
    found = _without_repeats(found, told)
    if len(found) == 1 and _says_nothing(found[0], duration_ms):
        found = []
    found = _named(found, told)
    if not found and not told:
        return None
    return ChapterList(source, tuple(_with_ends(found, duration_ms)), tuple(told))


def best_first(lists: Iterable[ChapterList | None]) -> tuple[ChapterList, ...]:
    """Lists of one file in order of merit: a tree, then the longer list, then the longer titles (some are cut)."""
    return tuple(sorted((each for each in lists if each and each.chapters), key=_merit, reverse=True))


def notices_of_empty(lists: Iterable[ChapterList | None]) -> tuple[Notice, ...]:
    """What is to be said of lists in which nothing was left."""
    return tuple(notice for each in lists if each and not each.chapters for notice in each.notices)


def count(number: int, noun: str) -> str:
    """ "1 chapter", "2 chapters"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _merit(chapters: ChapterList) -> tuple[bool, int, int]:
    is_tree = any((chapter.depth or 1) > 1 for chapter in chapters.chapters)
    return is_tree, len(chapters.chapters), sum(len(chapter.title) for chapter in chapters.chapters)


def _within(marks: list[Chapter], duration_ms: int | None, told: list[Notice]) -> list[Chapter]:
    end_ms = MAX_TIME_MS if duration_ms is None else duration_ms
    kept = [mark for mark in marks if 0 <= mark.start_ms < end_ms]
    negative = sum(mark.start_ms < 0 for mark in marks)
    beyond = len(marks) - len(kept) - negative
    if negative:
        told.append(Notice("negative-time", f"{count(negative, 'chapter')} before the beginning left out."))
    if beyond:
        told.append(Notice("beyond-end", f"{count(beyond, 'chapter')} beyond the end left out."))
    return kept


def _in_order(marks: list[Chapter], told: list[Notice], is_ordered: bool) -> list[Chapter]:
    backward = sum(later.start_ms < earlier.start_ms for earlier, later in pairwise(marks))
    if backward and is_ordered:
        noun = "A time that stood" if backward == 1 else f"{backward:,} times that stood"
        told.append(Notice("order-mended", f"{noun} out of order put in order."))
    return sorted(marks, key=lambda mark: mark.start_ms) if backward else marks


def _without_repeats(marks: list[Chapter], told: list[Notice]) -> list[Chapter]:
    kept = list({(mark.start_ms, mark.title, mark.depth): mark for mark in reversed(marks)}.values())[::-1]
    if len(kept) < len(marks):
        told.append(Notice("repeat-dropped", f"{count(len(marks) - len(kept), 'exact repeat')} dropped."))
    return kept


def _cleaned(marks: list[Chapter], told: list[Notice]) -> list[Chapter]:
    too_long = sum(is_too_long(mark.title) for mark in marks)
    if too_long:
        told.append(Notice("title-shortened", f"{count(too_long, 'very long title')} shortened."))
    return [_with_title(mark, clean_title(mark.title)) for mark in marks]


def _named(marks: list[Chapter], told: list[Notice]) -> list[Chapter]:
    unnamed = sum(not mark.title for mark in marks)
    if unnamed:
        told.append(Notice("untitled", f"{count(unnamed, 'chapter')} without a title named by position."))
    return [_with_title(mark, mark.title or f"Chapter {number}") for number, mark in enumerate(marks, 1)]


def _with_title(mark: Chapter, title: str) -> Chapter:
    return mark if mark.title == title else replace(mark, title=title)


def _says_nothing(mark: Chapter, duration_ms: int | None) -> bool:
    is_to_end = mark.end_ms is None or duration_ms is None or mark.end_ms >= duration_ms - WHOLE_FILE_MS
    return mark.start_ms < WHOLE_FILE_MS and is_to_end


def _with_ends(marks: list[Chapter], duration_ms: int | None) -> Iterable[Chapter]:
    """Ends are kept where they come after the start; some writers put 0, the start, or 2**32 - 1."""
    for mark in marks:
        end_ms = mark.end_ms
        if end_ms is None:
            yield mark
            continue
        end_ms = min(end_ms, MAX_TIME_MS if duration_ms is None else duration_ms)
        is_real = mark.start_ms < end_ms < MAX_TIME_MS
        yield replace(mark, end_ms=end_ms if is_real else None)
