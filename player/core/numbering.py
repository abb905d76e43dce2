"""Which labels of a list count, and where each row hangs: the rules of section numbers, on indexes only.

Labels come in, the parent of each row comes out. Spans, titles and the tree itself are made in ``outline``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from player.core.label import Label
from player.core.section_number import SectionNumber

MIN_WEAK = 3  # weak integers ("3 Title") without company count from this many on


@dataclass(frozen=True, slots=True)
class Numbering:
    """One entry a row: its label where it counts, and its parent's row (None = top)."""

    labels: tuple[Label | None, ...]
    parents: tuple[int | None, ...]

    @property
    def is_tree(self) -> bool:
        """Whether the numbers carry a tree: several levels, resting on enough numbered rows, in order."""
        deep = sum(
            label is not None and parent is not None for label, parent in zip(self.labels, self.parents, strict=True)
        )
        is_thin = count_numbered(self.labels) * 4 < len(self.labels) and deep < 3
        return deep > 0 and not is_thin and is_in_order(self.labels, late_rows(self.labels, self.parents))


def number_rows(labels: Sequence[Label | None]) -> Numbering:
    """The numbering of rows in playing order, by what was found at the start of each title. Linear in their number."""
    kept = _keep_company(labels)
    parents = _settle_plain_rows(kept, _hang_by_prefix(kept))
    return Numbering(tuple(kept), tuple(parents))


def late_rows(labels: Sequence[Label | None], parents: Sequence[int | None]) -> dict[int, int]:
    """The rows that play after a sibling with a higher number, each with that sibling."""
    late: dict[int, int] = {}
    before: dict[int | None, tuple[int, SectionNumber]] = {}
    for row, (label, parent) in enumerate(zip(labels, parents, strict=True)):
        if label is None:
            continue
        sibling = before.get(parent)
        if sibling and label.number < sibling[1]:
            late[row] = sibling[0]
        before[parent] = row, label.number
    return late


def is_in_order(labels: Sequence[Label | None], late: Mapping[int, int]) -> bool:
    """Whether so few numbered rows are out of place that their numbers mean something."""
    return len(late) * 5 <= count_numbered(labels)


def count_numbered(labels: Sequence[Label | None]) -> int:
    """How many rows have a number."""
    return sum(label is not None for label in labels)


def _keep_company(labels: Sequence[Label | None]) -> list[Label | None]:
    """Only the labels that others in the list bear out: years, counts and lone numbers drop out."""
    numbers = {label.number for label in labels if label}
    with_child = _prefixes(numbers)
    # Where a row has the number outright, another that begins with as many things is only counting.
    outright = {label.number for label in labels if label and not label.counts_something}
    weak = [label for label in labels if label and not label.is_strong and not label.counts_something]
    weak_rise = (
        len(weak) >= MIN_WEAK
        and len(weak) * 2 >= len(labels)
        and all(first.number < second.number for first, second in pairwise(weak))
    )

    def has_kin(number: SectionNumber) -> bool:
        return number in with_child or not numbers.isdisjoint(number.neighbours())

    def counts(label: Label) -> bool:
        number = label.number
        if len(number) > 1:
            has_parent = number[:-1] in numbers
            return has_parent or has_kin(number) or any(number[:length] in numbers for length in range(1, len(number)))
        if label.counts_something:
            return number not in outright and has_kin(number)
        return has_kin(number) if label.is_strong else number in with_child or weak_rise

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
