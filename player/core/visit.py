"""Being somewhere in a recording, from one jump to the next: decides which places are worth a stop on the trail.

Only where something was heard counts, so that skipping about leaves no stops; a row of short skips is one jump.
Places are milliseconds on the whole time line.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple

ENOUGH_MS = 5_000  # of listening, by the clock, make a place count
FAR_MS = 30_000  # a seek farther than this is a jump
LONG_PAUSE_MS = 10 * 60_000


class Left(NamedTuple):
    """A place that counts: when one was there, and how much was heard there without a jump."""

    ms: int
    at_ms: int
    heard_ms: int


@dataclass(frozen=True, slots=True)
class Visit:
    """What was heard here.

    ``is_known`` says that this place counts unheard: it was kept, or is a stop already. ``listened_ms`` is by the
    clock, since the last seek; ``heard_ms`` is of the recording, since the last jump. ``left`` is the last place that
    counted before the seeks after which nothing was heard, ``landed_ms`` where a jump led that may yet come to count.
    """

    is_known: bool = False
    listened_ms: int = 0
    heard_ms: int = 0
    left: Left | None = None
    landed_ms: int | None = None

    @property
    def is_heard(self) -> bool:
        """Whether enough was heard here since the last seek."""
        return self.listened_ms >= ENOUGH_MS

    @property
    def counts(self) -> bool:
        """Whether this place is worth coming back to."""
        return self.is_known or self.is_heard

    def last(self, ms: int, at_ms: int) -> Left | None:
        """The last place that counts: ``ms``, where one is now, or where one was before."""
        return Left(ms, at_ms, self.heard_ms) if self.counts else self.left

    def hear(self, by_ms: int, speed: float) -> "Visit":
        """``by_ms`` more of the recording were heard at ``speed``."""
        return replace(
            self, listened_ms=self.listened_ms + round(by_ms / speed), heard_ms=self.heard_ms + max(0, by_ms)
        )

    def land(self) -> tuple["Visit", int | None]:
        """Where the last jump led, once, as soon as enough was heard there."""
        if self.landed_ms is None or not self.is_heard:
            return self, None
        return replace(self, landed_ms=None), self.landed_ms

    def moved(self, moved: Callable[[int], int]) -> "Visit":
        """The same visit, where each moment lies elsewhere on the whole time line."""
        left = self.left and self.left._replace(ms=moved(self.left.ms))
        return replace(self, left=left, landed_ms=None if self.landed_ms is None else moved(self.landed_ms))

    def seek(self, ms: int, at_ms: int, target_ms: int) -> tuple["Visit", Left | None]:
        """The visit after a seek from ``ms`` to ``target_ms``, and the place that was left if that makes it a jump."""
        last = self.last(ms, at_ms)
        if last is None:
            return Visit(), None
        if abs(target_ms - last.ms) <= FAR_MS:
            return Visit(heard_ms=last.heard_ms, left=last), None
        return Visit(left=last, landed_ms=target_ms), last


NOT_YET_ANYWHERE = Visit()
