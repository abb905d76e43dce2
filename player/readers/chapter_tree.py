"""Chapters that a source holds as a tree, laid out as a list of marks with depths, in playing order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from player.core.chapter import Chapter


@dataclass(slots=True)
class Branch:
    """One entry of a source's tree; a group that has no time of its own has no ``start_ms``."""

    title: str
    start_ms: int | None = None
    end_ms: int | None = None
    id: str | None = None
    link: str | None = None
    children: "list[Branch]" = field(default_factory=list)


def tree_marks(branches: Iterable[Branch]) -> list[Chapter]:
    """All entries from top to bottom, each level put in the order of its times; depths only where there are several.

    An entry starts with the first of those beneath it at the latest, so that none is torn from its branch. Entries
    without any time, their own or from beneath, are left out.
    """
    top = list(branches)
    rows = _rows(top)
    for branch, _ in reversed(rows):
        branch.children.sort(key=_start)
        starts = [branch.start_ms, *(child.start_ms for child in branch.children[:1])]
        branch.start_ms = min((start for start in starts if start is not None), default=None)
    timed = [(branch, depth) for branch, depth in _rows(sorted(top, key=_start)) if branch.start_ms is not None]
    is_tree = any(depth > 1 for _, depth in timed)
    return [
        Chapter(branch.start_ms or 0, branch.title, branch.id, depth if is_tree else None, branch.end_ms, branch.link)
        for branch, depth in timed
    ]


def _start(branch: Branch) -> float:
    """Where a branch starts; those without any time come last, so that the first child is the earliest."""
    return float("inf") if branch.start_ms is None else branch.start_ms


def _rows(top: Sequence[Branch]) -> list[tuple[Branch, int]]:
    """Every branch with its depth, parents before children; no recursion, since the source chooses how deep it is."""
    rows = []
    todo = [(branch, 1) for branch in reversed(top)]
    while todo:
        branch, depth = todo.pop()
        rows.append((branch, depth))
        todo += [(child, depth + 1) for child in reversed(branch.children)]
    return rows
