"""Which labels of a list count: those that others in the list bear out. Years, counts and lone numbers drop out.

Works on the labels of all rows at once; where rows hang is ``numbering``'s to say.
"""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from player.core.label import Label
from player.core.label_word import ALPHABET, APPENDIX, BARE, DECIMAL, ROMAN
from player.core.section_number import SectionNumber

MIN_WEAK = 3  # weak integers ("3 Title") without company count from this many on

Labels = Sequence[Label | None]


def keep_company(labels: Labels) -> list[Label | None]:
    """Only the labels that count; each capital that may be a letter or Roman is the one that its list makes it."""
    if not any(label is not None and label.series for label in labels):
        return _keep_decimals(labels, frozenset())
    settled = _settle_letters(labels)
    others = [(row, label) for row, label in enumerate(settled) if label is not None and label.series]
    kept = _keep_decimals(settled, {label.number for _, label in others if not label.is_lettered})
    bare = [label for _, label in others if label.series in BARE]
    kin = {series: _Kin(label.number for label in bare if label.series == series) for series in BARE - {DECIMAL}}
    for row, label in others:
        series_kin = kin.get(label.series)
        if series_kin is None or label.is_appendix or series_kin.has(label.number):
            kept[row] = label
    return kept


class _Kin:
    """The numbers of one series, asked for the company of each; ``above`` may be ancestors from other series."""

    __slots__ = ("_ancestors", "numbers", "with_child")

    def __init__(self, numbers: Iterable[SectionNumber], above: AbstractSet[SectionNumber] = frozenset()) -> None:
        self.numbers = set(numbers)
        self.with_child = _prefixes(self.numbers)
        self._ancestors = self.numbers | above if above else self.numbers

    def has(self, number: SectionNumber) -> bool:
        """Whether a child, an ancestor or a neighbour of ``number`` is there."""
        return (
            number[:-1] in self._ancestors
            or number in self.with_child
            or not self.numbers.isdisjoint(number.neighbours())
            or any(number[:length] in self._ancestors for length in range(1, len(number) - 1))
        )


def _keep_decimals(labels: Labels, above: AbstractSet[SectionNumber]) -> list[Label | None]:
    """The decimals that count; ``above`` are the numbers behind words, which may have decimals beneath them."""
    decimals = [label for label in labels if label is not None and not label.series]
    if not decimals:
        return [None] * len(labels)
    kin = _Kin([label.number for label in decimals], above)
    numbers = kin.numbers
    # Where a row has the number outright, another that begins with as many things is only counting.
    weak = [label for label in decimals if not label.is_strong]
    has_counts = any(label.counts_something for label in weak)
    outright = {label.number for label in decimals if not label.counts_something} if has_counts else frozenset()
    has_weak = len(weak) * 2 >= len(labels)
    weak_rise = has_weak and (_weak_rise(labels, False) or _weak_rise(labels, True))

    def counts(label: Label) -> bool:
        number = label.number
        if len(number) > 1:
            return kin.has(number)
        if label.counts_something:
            return number not in outright and kin.has(number)
        return kin.has(number) if label.is_strong else number in kin.with_child or weak_rise

    return [
        label if label is not None and not label.series and (label.number[:-1] in numbers or counts(label)) else None
        for label in labels
    ]


def _weak_rise(labels: Labels, is_counting: bool) -> bool:
    """Whether the weak integers are a numbering: three or more, half of the list, and rising.

    What a word's label opens may count again. With ``is_counting`` those that count something are weak integers too
    ("1 Seed", "2 Roots", "3 Bark").
    """
    count, last = 0, None
    for label in labels:
        if label is None or (label.is_strong and label.series in BARE) or (label.counts_something and not is_counting):
            continue
        if label.series:
            last = None
            continue
        if last is not None and label.number <= last:
            return False
        last = label.number
        count += 1
    return count >= MIN_WEAK and count * 2 >= len(labels)


def _prefixes(numbers: Iterable[SectionNumber]) -> set[tuple[int, ...]]:
    """All proper prefixes of all numbers; one that is known is not shortened twice."""
    prefixes: set[tuple[int, ...]] = set()
    shorter = {number[:-1] for number in numbers}
    while shorter:
        prefixes |= shorter
        shorter = {prefix[:-1] for prefix in shorter if prefix} - prefixes
    return prefixes - {()}


def _settle_letters(labels: Labels) -> list[Label | None]:
    """Each "C." or "Part C" is Roman where a Roman neighbour is in the list (XCIX, CI), else a letter.

    With a word other than "Appendix" it needs a letter beside it to be one: "Part V" on its own is the fifth.
    """
    if not any(label is not None and label.letter is not None for label in labels):
        return list(labels)
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
        if label.series in {ROMAN, APPENDIX} or not letters.isdisjoint(
            ((series, label.letter - 1), (series, label.letter + 1))
        ):
            return label._replace(number=SectionNumber((label.letter,)), series=series, is_lettered=True)
        return label

    return [label and settled(label) for label in labels]


def _lettered_series(label: Label) -> str:
    return ALPHABET if label.series in {ROMAN, APPENDIX} else label.series
