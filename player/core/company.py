"""Which labels of a list count: those that others in the list bear out. Years, counts and lone numbers drop out.

Works on the labels of all rows at once; where rows hang is ``numbering``'s to say.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from player.core.label import Label
from player.core.label_word import ALPHABET, APPENDIX, BARE, CONTAINERS, DECIMAL, ROMAN
from player.core.section_number import SectionNumber

MIN_WEAK = 3  # weak integers ("3 Title") without company count from this many on

Labels = Sequence[Label | None]


def keep_company(labels: Labels) -> list[Label | None]:
    """Only the labels that count; each capital that may be a letter or Roman is the one that its list makes it."""
    if any(label is not None and label.series for label in labels):
        return _keep_each_series(_settle_letters(labels))
    return _keep_decimals(labels)


def _keep_each_series(labels: Labels) -> list[Label | None]:
    series: dict[str, set[SectionNumber]] = {}
    for label in labels:
        if label:
            series.setdefault(label.series, set()).add(label.number)
    parents = {name: _prefixes(numbers) for name, numbers in series.items() if name in BARE}
    kept = _keep_decimals(labels)

    def counts(label: Label) -> bool:
        if label.series not in BARE or label.is_appendix:
            return True  # the word says that it is a label
        return _has_kin(label.number, series[label.series], parents[label.series])

    return [
        kept[row] if label is None or label.series == DECIMAL else label if counts(label) else None
        for row, label in enumerate(labels)
    ]


def _keep_decimals(labels: Labels) -> list[Label | None]:
    decimals = [label for label in labels if label and label.series == DECIMAL]
    numbers = {label.number for label in decimals}
    with_child = _prefixes(numbers)
    # Where a row has the number outright, another that begins with as many things is only counting.
    outright = {label.number for label in decimals if not label.counts_something}
    weak_rise = _weak_rise(labels)

    def counts(label: Label) -> bool:
        number = label.number
        if len(number) > 1:
            return _has_kin(number, numbers, with_child)
        if label.counts_something:
            return number not in outright and _has_kin(number, numbers, with_child)
        return _has_kin(number, numbers, with_child) if label.is_strong else number in with_child or weak_rise

    return [label if label and label.series == DECIMAL and counts(label) else None for label in labels]


def _has_kin(number: SectionNumber, numbers: set[SectionNumber], with_child: set[tuple[int, ...]]) -> bool:
    """Whether ``numbers`` hold a child, an ancestor or a neighbour of ``number``."""
    if number[:-1] in numbers or number in with_child or not numbers.isdisjoint(number.neighbours()):
        return True
    return any(number[:length] in numbers for length in range(1, len(number) - 1))


def _weak_rise(labels: Labels) -> bool:
    """Whether the weak integers are a numbering: three or more, half of the list, rising within each container."""
    weak = [
        label
        for label in labels
        if label
        and (label.series in CONTAINERS if label.series else not label.is_strong and not label.counts_something)
    ]
    count = sum(not label.series for label in weak)
    if count < MIN_WEAK or count * 2 < len(labels):
        return False
    return all(first.series or second.series or first.number < second.number for first, second in pairwise(weak))


def _prefixes(numbers: Iterable[SectionNumber]) -> set[tuple[int, ...]]:
    """All proper prefixes of all numbers; a chain that is known is not walked twice."""
    prefixes: set[tuple[int, ...]] = set()
    for number in numbers:
        prefix = number[:-1]
        while prefix and prefix not in prefixes:
            prefixes.add(prefix)
            prefix = prefix[:-1]
    return prefixes


def _settle_letters(labels: Labels) -> list[Label | None]:
    """Each "C." or "Part C" is Roman where a Roman neighbour is in the list (XCIX, CI), else a letter.

    With a word it needs a letter beside it to be one: "Part V" on its own is the fifth.
    """
    roman: set[tuple[str, int]] = set()
    letters: set[tuple[str, int]] = set()
    for label in labels:
        if label and label.letter is not None:
            letters.add((_lettered_series(label), label.letter))
            roman.add((label.series, label.number[0]))
        elif label:
            (letters if label.is_lettered else roman).add((label.series, label.number[0]))

    def settled(label: Label) -> Label:
        if label.letter is None:
            return label
        value = label.number[0]
        if not roman.isdisjoint(((label.series, value - 1), (label.series, value + 1))):
            return label
        series = _lettered_series(label)
        if label.series == ROMAN or not letters.isdisjoint(((series, label.letter - 1), (series, label.letter + 1))):
            return label._replace(number=SectionNumber((label.letter,)), series=series, is_lettered=True)
        return label

    return [label and settled(label) for label in labels]


def _lettered_series(label: Label) -> str:
    return ALPHABET if label.series in {ROMAN, APPENDIX} else label.series
