"""The union of stretches of one file, in milliseconds: what was really heard. Half-open spans, pure values."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Disjoint, sorted, non-touching half-open spans ``(start_ms, end_ms)``. Made by ``of``; never changed."""

    spans: tuple[Span, ...] = ()

    @classmethod
    def of(cls, spans: Iterable[Span]) -> "Coverage":
        """The union of ``spans`` in any order; empty and backward ones add nothing."""
        merged: list[Span] = []
        for start, end in sorted(span for span in spans if span[0] < span[1]):
            if merged and start <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        return cls(tuple(merged))

    def __bool__(self) -> bool:
        return bool(self.spans)

    def add(self, start_ms: int, end_ms: int) -> "Coverage":
        """With the stretch from ``start_ms`` to ``end_ms`` heard too."""
        if start_ms >= end_ms:
            return self
        first = bisect_left(self.spans, start_ms, key=lambda span: span[1])
        last = bisect_right(self.spans, end_ms, key=lambda span: span[0])
        touched = self.spans[first:last]
        if touched:
            start_ms, end_ms = min(start_ms, touched[0][0]), max(end_ms, touched[-1][1])
        return Coverage((*self.spans[:first], (start_ms, end_ms), *self.spans[last:]))

    def remove(self, start_ms: int, end_ms: int) -> "Coverage":
        """With nothing heard between ``start_ms`` and ``end_ms``."""
        kept: list[Span] = []
        for start, end in self.spans:
            kept.append((start, min(end, start_ms)))
            kept.append((max(start, end_ms), end))
        return Coverage.of(kept)

    def clip(self, start_ms: int, end_ms: int | None) -> "Coverage":
        """Only what was heard between ``start_ms`` and ``end_ms``; None sets no end."""
        return Coverage.of(
            (max(start, start_ms), end if end_ms is None else min(end, end_ms)) for start, end in self.spans
        )

    def shift(self, by_ms: int) -> "Coverage":
        """Moved along the time line by ``by_ms``."""
        return Coverage(tuple((start + by_ms, end + by_ms) for start, end in self.spans))

    @property
    def total_ms(self) -> int:
        """How much was heard in all."""
        return sum(end - start for start, end in self.spans)

    def within(self, start_ms: int, end_ms: int) -> int:
        """How many milliseconds between ``start_ms`` and ``end_ms`` were heard."""
        return self.measure(((start_ms, end_ms),))[0]

    def measure(self, stretches: Iterable[Span]) -> list[int]:
        """``within`` for many stretches at once, each in logarithmic time: what a whole outline needs."""
        starts = [start for start, _ in self.spans]
        sums = [0, *accumulate(end - start for start, end in self.spans)]

        def heard_before(ms: int) -> int:
            index = bisect_right(starts, ms)
            if not index:
                return 0
            return sums[index] - max(0, self.spans[index - 1][1] - ms)

        return [max(0, heard_before(end) - heard_before(start)) for start, end in stretches]


NOTHING_HEARD = Coverage()
