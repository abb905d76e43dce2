"""Converting between pixels and milliseconds: the only place that does. Pure arithmetic, no widgets."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """A stretch of time, ``start_ms`` to ``end_ms``, laid over ``width`` pixels from ``left`` on."""

    start_ms: int
    end_ms: int
    left: float
    width: float

    def x(self, ms: int) -> float:
        """The pixel of ``ms``, held within the stretch."""
        if self.end_ms <= self.start_ms:
            return self.left
        share = (min(max(ms, self.start_ms), self.end_ms) - self.start_ms) / (self.end_ms - self.start_ms)
        return self.left + share * self.width

    def ms(self, x: float) -> int:
        """The moment under pixel ``x``, held within the stretch."""
        if self.width <= 0:
            return self.start_ms
        share = min(max((x - self.left) / self.width, 0.0), 1.0)
        return self.start_ms + round(share * (self.end_ms - self.start_ms))

    def snap(self, x: float, ticks: Sequence[int], reach: float) -> int:
        """The moment under ``x``, or that of the nearest of the sorted ``ticks`` within ``reach`` pixels."""
        ms = self.ms(x)
        place = bisect_left(ticks, ms)
        near = [tick for tick in ticks[max(0, place - 1) : place + 1] if self.start_ms <= tick <= self.end_ms]
        best = min(near, key=lambda tick: abs(self.x(tick) - x), default=None)
        return best if best is not None and abs(self.x(best) - x) <= reach else ms
