"""The labels that are open while a list plays, from the top down, and where the next one hangs among them.

One label at a time; the list as a whole is ``numbering``'s.
"""

from collections.abc import Iterable
from typing import NamedTuple

from player.core.label import Label
from player.core.label_word import ALPHABET, APPENDIX, CONTAINERS, DECIMAL, kind_of
from player.core.section_number import SectionNumber
from player.core.word_label import Step

Labels = Iterable[Label | None]
_make = tuple.__new__  # quicker than the class itself, and this is asked for every row
_APPENDED = frozenset((ALPHABET, APPENDIX))


class _Open(NamedTuple):
    """A label that is open, and the row that what hangs beneath it has for a parent.

    A step that only a label of several steps names ("Part II, Chapter 4" without a row for Part II) is open too; its
    ``row`` is that of what encloses it.
    """

    series: str
    kind: str
    number: SectionNumber
    row: int | None


class _Kinds(dict[str, str]):
    """The kind of each series, asked twice a row."""

    def __missing__(self, series: str) -> str:
        self[series] = kind = kind_of(series)
        return kind


class OpenPath:
    """What is open. ``above_all`` are the containers that never lie within a leaf or a number of this list."""

    __slots__ = ("_above_all", "_appendix", "_has_steps", "_kinds", "_path")

    def __init__(self, labels: Labels) -> None:
        counting = tuple(label for label in labels if label is not None)
        self._path: list[_Open] = []
        self._appendix: int | None = None  # where on the path an appendix is open
        self._has_steps = False  # then a series may be open twice
        self._above_all = _above_all(counting)
        # Where letters have parts ("A.1") they go on counting where the numbers end.
        has_parts = any(label.series == ALPHABET and len(label.number) > 1 for label in counting)
        self._kinds = _Kinds({ALPHABET: DECIMAL if has_parts else ALPHABET})

    def restarts(self, label: Label) -> bool:
        """Whether ``label`` counts from its beginning again, within what is open."""
        return label.number[-1] <= 1 and any(
            each.series == label.series and label.number < each.number for each in self._path
        )

    def close(self) -> None:
        """Nothing is open any more."""
        self._path.clear()
        self._appendix = None

    def hang(self, row: int, label: Label, following: Label | None) -> int | None:
        """Open ``label`` of ``row``; returns the row that it hangs under, None at the top.

        ``following`` is the next label that belongs to no appendix, or None behind the last: an appendix stands where
        that will, at the top where it will or where it counts from its beginning again.
        """
        series, number, steps = label.series, label.number, label.above
        if self._path and len(number) == 1 and not (steps or self._has_steps or label.is_appendix):
            last = self._path[-1]
            if last.series == series and len(last.number) == 1 and self._appendix is None:
                self._path.pop()  # the next of the same, as most are: no need to look farther up
                return self._open(series, number, row)
        if self._appendix is not None and (steps[0].series if steps else series) not in _APPENDED:
            self._cut(self._appendix)
        base = self._enter(label) if steps else 0
        if label.is_appendix and (self._appendix is None or len(number) == 1):
            if self._appendix is None:
                self._make_room(following)
            else:
                self._cut(self._appendix)
            self._appendix = len(self._path)
        else:
            place, is_known = self._place(series, number, base)
            self._cut(base if base and not is_known else place)
        return self._open(series, number, row)

    def _make_room(self, following: Label | None) -> None:
        if following is None or self.restarts(following):
            self.close()
        else:
            first = following.above[0] if following.above else Step(following.series, following.number)
            self._cut(self._place(*first, 0)[0])

    def _enter(self, label: Label) -> int:
        """Open what a label of several steps names above its last; returns how much of the path that is."""
        self._has_steps = True
        base = 0
        for index, (series, number) in enumerate(label.above):
            at = self._find(series, number, base)
            if at is None:
                place, is_known = self._place(series, number, base)
                if not is_known:  # what the label names below it cannot enclose it
                    lower = {label.series, *(step.series for step in label.above[index + 1 :])}
                    place = self._first(base, frozenset(map(self._kinds.__getitem__, lower)))
                self._cut(place)
                at = len(self._path)
                self._open(series, number, self._parent())
            base = at + 1
        return base

    def _find(self, series: str, number: SectionNumber, base: int) -> int | None:
        return next(
            (at for at, each in enumerate(self._path) if at >= base and (each.series, each.number) == (series, number)),
            None,
        )

    def _first(self, base: int, kinds: frozenset[str]) -> int:
        """Where the first of ``kinds`` is open; the whole path where none is."""
        return next((at for at in range(base, len(self._path)) if self._path[at].kind in kinds), len(self._path))

    def _parent(self) -> int | None:
        return self._path[-1].row if self._path else None

    def _open(self, series: str, number: SectionNumber, row: int | None) -> int | None:
        """Open a label under what is open, and return the row of that."""
        parent = self._path[-1].row if self._path else None
        self._path.append(_make(_Open, (series, self._kinds[series], number, row)))
        return parent

    def _place(self, series: str, number: SectionNumber, base: int) -> tuple[int, bool]:
        """How much of the path stays open for a label, and whether what is open there knows it.

        The longest proper prefix has it for a child; the same series, else the same kind, for a sibling.
        """
        path, kind = self._path, self._kinds[series]
        same_series = same_kind = None
        for at in range(len(path) - 1, base - 1, -1):
            each = path[at]
            if each.series == series:
                if number.is_under(each.number):
                    return at + 1, True
                same_series = at
            elif each.kind == kind:
                same_kind = at
        known = same_kind if same_series is None else same_series
        if known is not None:
            return known, True
        if kind in self._above_all:
            return next((at for at in range(base, len(path)) if path[at].kind not in CONTAINERS), len(path)), False
        return len(path), False

    def _cut(self, length: int) -> None:
        del self._path[length:]
        if self._appendix is not None and self._appendix >= length:
            self._appendix = None


def _above_all(labels: tuple[Label, ...]) -> frozenset[str]:
    """The containers whose numbers never repeat and which are always followed by something smaller.

    Where chapters come before Part I, it does not lie within the last of them. Parts that count from one in each
    chapter do, and so do parts without anything in them.
    """
    seen: dict[str, set[SectionNumber]] = {}
    below: set[str] = set()
    for at, label in enumerate(labels):
        if label.series not in CONTAINERS:
            continue
        numbers = seen.setdefault(label.series, set())
        followed = at + 1 < len(labels) and labels[at + 1].series != label.series
        if label.number in numbers or not followed:
            below.add(label.series)
        numbers.add(label.number)
    return frozenset(seen.keys() - below)
