"""From a flat list of chapters to the tree its author meant.

Always true: every chapter is exactly one section, top to bottom is playing order, titles stay as written, and the same
chapters give the same outline. Numbers nest sections; they never re-order them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from player.core.chapter import Chapter
from player.core.label import Label, find_label
from player.core.notice import Notice
from player.core.numbering import is_in_order, late_rows, number_rows
from player.core.section import Section

CROWDED = 12  # a level of a source's own tree with more flat siblings than this is numbered like a flat list

Labels = list[Label | None]
Parents = list[int | None]


@dataclass(frozen=True, slots=True)
class Outline:
    """All sections in playing order, which is also the order of the tree read from top to bottom."""

    sections: tuple[Section, ...] = ()
    duration_ms: int | None = None
    notices: tuple[Notice, ...] = ()

    def __len__(self) -> int:
        return len(self.sections)

    def __getitem__(self, index: int) -> Section:
        return self.sections[index]

    @property
    def top(self) -> tuple[Section, ...]:
        """The sections at the top level."""
        return tuple(section for section in self.sections if section.parent is None)

    @property
    def is_flat(self) -> bool:
        """Whether no section lies in another."""
        return all(section.parent is None for section in self.sections)


EMPTY_OUTLINE = Outline()


def build(chapters: Iterable[Chapter], duration_ms: int | None = None) -> Outline:
    """The outline of ``chapters``; ``duration_ms`` ends the last section, which stays open where it is None.

    Chapters that are not listed are left out. Equal starts keep the order in which they were given.
    """
    rows = sorted((chapter for chapter in chapters if chapter.is_listed), key=lambda chapter: chapter.start_ms)
    labels, parents = _nest(rows)
    late = late_rows(labels, parents)
    sections = _sections(rows, labels, parents, late, duration_ms)
    oddities = _order_breaks(sections, late) if is_in_order(labels, late) else _disorder(late)
    return Outline(sections, duration_ms, tuple(oddities))


def _nest(rows: Sequence[Chapter]) -> tuple[Labels, Parents]:
    """The label and the parent of each row: the source's own tree where it has one, else the numbers, else none."""
    found = [find_label(chapter.title) for chapter in rows]
    numbering = number_rows(found)
    if any((chapter.depth or 1) > 1 for chapter in rows):
        return _number_each_level(found, numbering.labels, _parents_by_depth(rows))
    return list(numbering.labels), list(numbering.parents) if numbering.is_tree else [None] * len(rows)


def _parents_by_depth(rows: Sequence[Chapter]) -> Parents:
    parents: Parents = []
    path: list[tuple[int, int]] = []
    for row, chapter in enumerate(rows):
        depth = chapter.depth or 1
        while path and path[-1][1] >= depth:
            path.pop()
        parents.append(path[-1][0] if path else None)
        path.append((row, depth))
    return parents


def _number_each_level(found: Labels, in_all: Sequence[Label | None], parents: Parents) -> tuple[Labels, Parents]:
    """Numbers within the levels of the source's own tree: each level may count for itself, from 1 again.

    A level that the source left flat, with more than ``CROWDED`` siblings, is nested by its numbers.
    """
    levels: dict[int | None, list[int]] = {}
    for row, parent in enumerate(parents):
        levels.setdefault(parent, []).append(row)
    labels, nested = list(in_all), list(parents)
    for siblings in levels.values():
        numbering = number_rows([found[row] for row in siblings])
        for row, label in zip(siblings, numbering.labels, strict=True):
            labels[row] = labels[row] or label
        is_crowded = len(siblings) > CROWDED and levels.keys().isdisjoint(siblings)
        if is_crowded and numbering.is_tree:
            for row, inner in zip(siblings, numbering.parents, strict=True):
                nested[row] = parents[row] if inner is None else siblings[inner]
    return labels, nested


def _sections(
    rows: Sequence[Chapter], labels: Labels, parents: Parents, late: Mapping[int, int], duration_ms: int | None
) -> tuple[Section, ...]:
    depths, children = _depths_and_children(parents)
    starts = [chapter.start_ms for chapter in rows]
    last_end = None if duration_ms is None else max([duration_ms, *starts[-1:]])
    ends: list[int | None] = [*starts[1:], last_end]
    whole_ends = _whole_ends(starts, depths, last_end)
    return tuple(
        Section(
            row,
            parents[row],
            depths[row],
            label.number if label else None,
            label.printed if label else None,
            chapter.title,
            _rest(chapter.title, label),
            chapter.start_ms,
            ends[row],
            whole_ends[row],
            tuple(children[row]),
            row in late,
            chapter.link,
        )
        for row, (chapter, label) in enumerate(zip(rows, labels, strict=True))
    )


def _rest(title: str, label: Label | None) -> str:
    return title[label.end :].strip() if label else title


def _depths_and_children(parents: Parents) -> tuple[list[int], list[list[int]]]:
    depths: list[int] = []
    children: list[list[int]] = [[] for _ in parents]
    for row, parent in enumerate(parents):
        depths.append(1 if parent is None else depths[parent] + 1)
        if parent is not None:
            children[parent].append(row)
    return depths, children


def _whole_ends(starts: list[int], depths: list[int], last_end: int | None) -> list[int | None]:
    """The start of the next row that is no deeper, for every row at once."""
    ends: list[int | None] = [last_end] * len(starts)
    open_rows: list[int] = []
    for row, depth in enumerate(depths):
        while open_rows and depths[open_rows[-1]] >= depth:
            ends[open_rows.pop()] = starts[row]
        open_rows.append(row)
    return ends


def _order_breaks(sections: Sequence[Section], late: Mapping[int, int]) -> Iterable[Notice]:
    for row, before in late.items():
        first, second = sections[before].label, sections[row].label
        yield Notice("order-break", f"{first} plays before {second}; both stay where they play.")


def _disorder(late: Mapping[int, int]) -> Iterable[Notice]:
    """One sentence for a list whose numbers are all over the place."""
    yield Notice("order-break", f"{len(late)} numbers come after a higher one; all sections stay where they play.")
