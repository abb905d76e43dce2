"""Which files count as the sections of one numbering, by the labels of their titles, and in which order.

In a series the numbers decide the order between files, whatever their names, dates and tracks say.
"""

from collections.abc import Sequence
from typing import NamedTuple

from player.core.company import keep_company
from player.core.label import Label
from player.core.label_word import ALPHABET, APPENDIX, BARE, DECIMAL

Key = tuple[bool, tuple[int, ...]]


class FileNumbering(NamedTuple):
    """The rows that belong to one numbering in the order of their numbers, with the key by which each is ordered.

    ``has_levels``: some number has several parts.
    """

    rows: tuple[int, ...]
    keys: dict[int, Key]
    has_levels: bool

    def of(self, rows: Sequence[int]) -> "FileNumbering":
        """The same where each row is a place in ``rows``."""
        return FileNumbering(
            tuple(rows[at] for at in self.rows), {rows[at]: key for at, key in self.keys.items()}, self.has_levels
        )


def find_numberings(labels: Sequence[Label | None]) -> list[FileNumbering]:
    """The numberings among files with these ``labels``, given in the order of their names; the largest first.

    A file belongs to one numbering at most. Numbers that mostly repeat, or stand far apart without a sign that they
    are labels, are none.
    """
    kept = _in_company(labels)
    families: dict[str, list[int]] = {}
    appended: list[int] = []
    for row, label in enumerate(kept):
        if label is None:
            continue
        if label.is_appendix or _root(label) in (ALPHABET, APPENDIX):
            appended.append(row)
        else:
            families.setdefault(_root(label), []).append(row)
    ordered = sorted(families.values(), key=len, reverse=True)
    if appended and ordered:
        ordered[0] += appended  # appendices count on where the numbers end
    elif appended:
        ordered = [appended]
    found = [_numbering(kept, rows) for rows in ordered]
    return [numbering for numbering in found if numbering is not None]


def _in_company(labels: Sequence[Label | None]) -> list[Label | None]:
    """What counts, asked in the order of the numbers: that of the names may be any."""
    order = sorted(range(len(labels)), key=lambda row: _key(labels[row]))
    kept: list[Label | None] = [None] * len(labels)
    for row, label in zip(order, keep_company([labels[row] for row in order]), strict=True):
        kept[row] = label
    firsts = {label.number[0] for label in kept if label is not None and label.series == DECIMAL}

    def stands_beside(label: Label) -> bool:
        """Whether it is as "5 Summing up" beside 4.7: a file left out would be missing from its series."""
        beside = (label.number[0] - 1, label.number[0] + 1)
        return label.series == DECIMAL and not label.counts_something and not firsts.isdisjoint(beside)

    return [
        had if had or label is None or not stands_beside(label) else label
        for had, label in zip(kept, labels, strict=True)
    ]


def _numbering(kept: Sequence[Label | None], rows: Sequence[int]) -> FileNumbering | None:
    keys = {row: _key(kept[row]) for row in rows}
    distinct = set(keys.values())
    if len(distinct) < 2 or len(distinct) * 5 < len(rows) * 4:
        return None
    labels = [label for row in rows if (label := kept[row])]
    has_levels = any(len(number) > 1 for _, number in distinct)
    is_plain = not has_levels and all(label.series in BARE and not label.is_strong for label in labels)
    first, last = min(distinct)[1][0], max(distinct)[1][0]
    if is_plain and last - first >= len(distinct) + len(distinct) // 4 + 1:
        return None
    return FileNumbering(tuple(sorted(rows, key=lambda row: (keys[row], row))), keys, has_levels)


def _key(label: Label | None) -> Key:
    if label is None:
        return False, ()
    above = tuple(part for step in label.above for part in step.number)
    return label.is_appendix or label.is_lettered, above + tuple(label.number)


def _root(label: Label) -> str:
    return label.above[0].series if label.above else label.series
