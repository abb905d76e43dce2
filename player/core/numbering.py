"""Which labels of a list count, and where each row hangs: the rules of section numbers, on indexes only.

Titles come in, the parent of each row comes out. Spans, titles and the tree itself are made in ``outline``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from player.core.label import Label, find_label
from player.core.section_number import SectionNumber

MIN_WEAK = 3  # weak integers ("3 Title") without company count from this many on


@dataclass(frozen=True, slots=True)
class Numbering:
    """One entry a row: its label where it counts, its parent's row (None = top), and whether it plays too late."""

    labels: tuple[Label | None, ...]
    parents: tuple[int | None, ...]
    late: frozenset[int]

    @property
    def is_tree(self) -> bool:
        """Whether the numbers carry a tree: several levels, resting on enough rows, in order."""
        numbered = sum(label is not None for label in self.labels)
        deep = sum(parent is not None for parent in self.parents)
        is_thin = numbered * 4 < len(self.labels) and deep < 3
        return deep > 0 and not is_thin and len(self.late) * 5 <= numbered


def number_rows(titles: Sequence[str]) -> Numbering:
    """The numbering of rows in playing order. Linear in their number and length."""
    labels = _keep_company([find_label(title) for title in titles])
    parents = _settle_plain_rows(labels, _hang_by_prefix(labels))
    return Numbering(tuple(labels), tuple(parents), frozenset(_late_rows(labels)))


def _keep_company(labels: list[Label | None]) -> list[Label | None]:
    """Only the labels that others in the list bear out: years, counts and lone numbers drop out."""
    numbers = {label.number for label in labels if label}
    with_child = _prefixes(numbers)
    weak = [label for label in labels if label and not label.is_strong and not label.counts_something]
    weak_rise = (
        len(weak) >= MIN_WEAK
        and len(weak) * 2 >= len(labels)
        and all(first.number < second.number for first, second in pairwise(weak))
    )

    def counts(label: Label) -> bool:
        number = label.number
        if len(number) > 1 and number[:-1] in numbers:
            return True
        has_kin = number in with_child or not numbers.isdisjoint(number.neighbours())
        if len(number) > 1:
            return has_kin
        if label.is_strong or label.counts_something:
            return has_kin
        return number in with_child or weak_rise

    return [label if label and counts(label) else None for label in labels]


def _prefixes(numbers: set[SectionNumber]) -> set[tuple[int, ...]]:
    """All proper prefixes of all numbers; a chain that is known is not walked twice."""
    prefixes: set[tuple[int, ...]] = set()
    for number in numbers:
        prefix = number[:-1]
        while prefix and prefix not in prefixes:
            prefixes.add(prefix)
            prefix = prefix[:-1]
    return prefixes


def _hang_by_prefix(labels: list[Label | None]) -> list[int | None]:
    """The parent of each numbered row: the longest proper prefix on the path that is open when it plays."""
    parents: list[int | None] = [None] * len(labels)
    path: list[tuple[int, SectionNumber]] = []
    for row, label in enumerate(labels):
        if label is None:
            continue
        while path and not label.number.is_under(path[-1][1]):
            path.pop()
        parents[row] = path[-1][0] if path else None
        path.append((row, label.number))
    return parents


def _settle_plain_rows(labels: list[Label | None], parents: list[int | None]) -> list[int | None]:
    """Rows without a number take the level of the next numbered row, so that they never break a branch.

    Before the first and after the last numbered row they stand at the top.
    """
    settled = list(parents)
    level: int | None = None
    for row in range(len(labels) - 1, -1, -1):
        if labels[row] is None:
            settled[row] = level
        else:
            level = parents[row]
    return settled


def _late_rows(labels: list[Label | None]) -> list[int]:
    late: list[int] = []
    before: SectionNumber | None = None
    for row, label in enumerate(labels):
        if label is None:
            continue
        if before is not None and label.number < before:
            late.append(row)
        before = label.number
    return late
