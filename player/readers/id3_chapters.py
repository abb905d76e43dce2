"""Chapters of an ID3v2 tag: CHAP and CTOC frames (ID3v2 Chapter Frame Addendum 1.0), the tables as a true tree.

A CTOC within a CTOC is a group. A group whose first chapter has the group's own title *is* that chapter: this is how a
section that has both sound of its own and sections beneath it is written.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from player.core.chapter import Chapter, ChapterList
from player.readers.chapter_list import chapter_list
from player.readers.id3 import ChapFrame, TableFrame

MOST_CHILDREN = 255  # a CTOC counts its children in one byte


@dataclass(slots=True)
class _Row:
    """One row of the tables read from top to bottom; a group as long as ``chap`` is None."""

    title: str
    depth: int
    group: "_Row | None" = None
    chap: ChapFrame | None = None
    start_ms: int | None = None
    end_ms: int = 0


def id3_chapters(
    chaps: Sequence[ChapFrame], tables: Sequence[TableFrame], duration_ms: int | None
) -> ChapterList | None:
    """The chapters of one tag, None when there are none.

    A chapter that no table names is not listed, unless the tables are plainly no good: then all chapters are.
    """
    rows = _Tables(tables, chaps).rows()
    named = sum(row.chap is not None for row in rows)
    if named < len(chaps) and (named * 2 < len(chaps) or len(chaps) > MOST_CHILDREN):
        marks = [_chapter(chap) for chap in chaps]
    else:
        is_tree = any(row.depth > 1 for row in rows)
        marks = _tree(rows) if is_tree else [_chapter(row.chap) for row in rows if row.chap]
        in_tables = {id(row.chap) for row in rows}
        marks += [_chapter(chap, is_listed=False) for chap in chaps if id(chap) not in in_tables]
    return chapter_list("id3", sorted(marks, key=lambda mark: mark.start_ms), duration_ms)


def _chapter(chap: ChapFrame, depth: int | None = None, is_listed: bool = True) -> Chapter:
    return Chapter(chap.start_ms, chap.title, chap.id or None, depth, chap.end_ms, chap.link, is_listed)


def _tree(rows: Sequence[_Row]) -> list[Chapter]:
    """Each row as a chapter; a group starts with its first chapter and ends with its last, an empty one is none."""
    for row in reversed(rows):
        if row.chap:
            row.start_ms, row.end_ms = row.chap.start_ms, row.chap.end_ms
        group = row.group
        if group and row.start_ms is not None:
            group.start_ms = row.start_ms if group.start_ms is None else min(group.start_ms, row.start_ms)
            group.end_ms = max(group.end_ms, row.end_ms)
    marks = []
    for row in rows:
        if row.chap:
            marks.append(_chapter(row.chap, row.depth))
        elif row.start_ms is not None:
            marks.append(Chapter(row.start_ms, row.title, depth=row.depth, end_ms=row.end_ms))
    return marks


class _Tables:
    """The tables of one tag, walked once. Unknown ids, cycles and children named twice cost only that entry."""

    def __init__(self, tables: Sequence[TableFrame], chaps: Sequence[ChapFrame]) -> None:
        self._tables: dict[str, TableFrame] = {}
        for table in tables:
            self._tables.setdefault(table.id, table)
        # several chapters may share one id: one entry then stands for all of them
        self._chaps: dict[str, list[ChapFrame]] = defaultdict(list)
        for chap in chaps:
            self._chaps[chap.id].append(chap)
        self._rows: list[_Row] = []

    def rows(self) -> list[_Row]:
        """All rows from top to bottom.

        A single table that holds all others is the list itself and no group, whatever its title; a group without a
        title leaves its children where it stands itself.
        """
        roots = self._roots()
        entries = roots[0].children if len(roots) == 1 else tuple(root.id for root in roots)
        if len(roots) == 1:
            self._tables.pop(roots[0].id)
        todo: list[tuple[str, int, _Row | None]] = [(entry, 1, None) for entry in reversed(entries)]
        while todo:
            entry, depth, group = todo.pop()
            chaps = self._chaps.pop(entry, None)
            if chaps:
                self._add(chaps, depth, group)
                continue
            table = self._tables.pop(entry, None)
            if table is None:
                continue
            if table.title:
                group = _Row(table.title, depth, group)
                self._rows.append(group)
                depth += 1
            todo += [(child, depth, group) for child in reversed(table.children)]
        return self._rows

    def _add(self, chaps: Sequence[ChapFrame], depth: int, group: _Row | None) -> None:
        for chap in chaps:
            if group and group is self._rows[-1] and not group.chap and chap.title == group.title:
                group.chap = chap
            else:
                self._rows.append(_Row(chap.title, depth, group, chap))

    def _roots(self) -> list[TableFrame]:
        """The tables that stand in no other; where all do (a cycle), the flagged one, else the first."""
        tables = self._tables.values()
        children = {child for table in tables for child in table.children if child != table.id}
        roots = [table for table in tables if table.id not in children]
        if roots:
            return [table for table in roots if table.is_top_level] or roots
        return sorted(tables, key=lambda table: not table.is_top_level)[:1]
