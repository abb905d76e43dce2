"""Where each row of a list hangs by its label, and what is out of order: the rules of section numbers, on indexes only.

Labels come in, the parent of each row comes out. Which labels count is told by ``company``; spans, titles and the tree
itself are made in ``outline``.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from player.core.company import keep_company
from player.core.label import Label
from player.core.label_word import ALPHABET, APPENDIX, DECIMAL
from player.core.open_path import OpenPath
from player.core.section_number import SectionNumber

_APPENDED = frozenset((ALPHABET, APPENDIX))

Labels = Sequence[Label | None]
Parents = Sequence[int | None]


@dataclass(frozen=True)
class Numbering:
    """One entry a row: its label where it counts, and its parent's row (None = top)."""

    labels: tuple[Label | None, ...]
    parents: tuple[int | None, ...]

    @cached_property
    def late(self) -> Mapping[int, int]:
        """The rows that play after a sibling with a higher number, each with that sibling."""
        return _late_rows(self.labels, self.parents)

    @property
    def is_tree(self) -> bool:
        """Whether the numbers carry a tree: several levels, resting on enough numbered rows, in order."""
        pairs = zip(self.labels, self.parents, strict=True)
        deep = len(list(islice((label for label, parent in pairs if label is not None and parent is not None), 3)))
        is_thin = deep < 3 and count_numbered(self.labels) * 4 < len(self.labels)
        return deep > 0 and not is_thin and is_in_order(self.labels, self.late)


def number_rows(labels: Labels, closing: AbstractSet[int] = frozenset()) -> Numbering:
    """The numbering of rows in playing order, by what was found at the start of each title. Linear in their number.

    ``closing`` are the rows whose titles close a book ("Epilogue").
    """
    kept = keep_company(labels)
    parents = settle_plain_rows([label is None for label in kept], _hang(kept, closing))
    return Numbering(tuple(kept), tuple(parents))


def is_in_order(labels: Labels, late: Mapping[int, int]) -> bool:
    """Whether so few numbered rows are out of place that their numbers mean something."""
    return len(late) * 5 <= count_numbered(labels)


def count_numbered(labels: Labels) -> int:
    """How many rows have a number."""
    return sum(label is not None for label in labels)


def settle_plain_rows(is_plain: Sequence[bool], parents: Parents) -> list[int | None]:
    """Rows without a number take the level of the next numbered row, so that they never break a branch.

    Before the first and after the last numbered row they stand at the top.
    """
    settled = list(parents)
    level: int | None = None
    for row in range(len(parents) - 1, -1, -1):
        if is_plain[row]:
            settled[row] = level
        else:
            level = parents[row]
    return settled


def _late_rows(labels: Labels, parents: Parents) -> dict[int, int]:
    """Only what counts the same things is compared, and labels with a word may count from one again."""
    late: dict[int, int] = {}
    before: dict[int | None, tuple[int, Label]] = {}
    for row, (label, parent) in enumerate(zip(labels, parents, strict=True)):
        if label is None:
            continue
        sibling = before.get(parent)
        if sibling and (label.above or label.number < sibling[1].number) and _is_late(label, sibling[1]):
            late[row] = sibling[0]
        before[parent] = row, label
    return late


def _is_late(label: Label, sibling: Label) -> bool:
    if label.series != sibling.series:
        return False
    if label.above != sibling.above:  # Part 1, Chapter 7 after Part 2, Chapter 3
        series = [step.series for step in label.above]
        return series == [step.series for step in sibling.above] and label.above < sibling.above
    return label.number < sibling.number and (label.series == DECIMAL or label.number[-1] > 1)


def _hang(labels: Labels, closing: AbstractSet[int]) -> list[int | None]:
    """The parent of each numbered row, by what is open when it plays; rows without a number have none yet."""
    if closing or any(label is not None and label.series for label in labels):
        return _hang_on_open_path(labels, closing)
    return _hang_by_prefix(labels)


def _hang_by_prefix(labels: Labels) -> list[int | None]:
    """What the open path gives where there are decimals only, which is mostly, and quicker."""
    parents: list[int | None] = [None] * len(labels)
    path: list[tuple[int, SectionNumber, int]] = []
    for row, label in enumerate(labels):
        if label is None:
            continue
        number = label.number
        size = len(number)
        while path:
            above, prefix, length = path[-1]
            if length < size and number[:length] == prefix:  # it is under that
                parents[row] = above
                break
            path.pop()
        path.append((row, number, size))
    return parents


def _hang_on_open_path(labels: Labels, closing: AbstractSet[int]) -> list[int | None]:
    parents: list[int | None] = [None] * len(labels)
    path = OpenPath(labels)
    has_appendix = any(label is not None and label.is_appendix for label in labels)
    body = _following(labels, _APPENDED) if has_appendix else None
    following = _following(labels, frozenset()) if closing else None
    for row, label in enumerate(labels):
        if label is not None:
            parents[row] = path.hang(row, label, body[row] if body else None)
        elif following and row in closing:
            after = following[row]
            if after is not None and path.restarts(after):
                path.close()
    return parents


def _following(labels: Labels, but: AbstractSet[str]) -> list[Label | None]:
    """For each row the next label, ``but`` for those of some series."""
    found: list[Label | None] = [None] * len(labels)
    following: Label | None = None
    for row in range(len(labels) - 1, -1, -1):
        found[row] = following
        label = labels[row]
        if label is not None and label.series not in but:
            following = label
    return found
