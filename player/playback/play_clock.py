"""Where playing is between two ticks of the sound, and which ticks can be believed. Pure arithmetic on given times.

Ticks come every 50 ms, step by whole frames and may come late, never early: so of the last few the one that is
furthest ahead of its time tells the position best, for short and long frames alike.
"""

from collections import deque

KEPT_TICKS = 10
HICCUP_MS = 80  # of wall time
TOLERANCE_MS = 350  # wall time by which a tick may lie off before it is called implausible
BELIEVE_AFTER = 8  # implausible ticks in a row that agree with each other: then the sound is really there


class PlayClock:
    """The position of playing as a function of wall time, both in milliseconds."""

    def __init__(self) -> None:
        self._offsets: deque[float] = deque(maxlen=KEPT_TICKS)
        self._strange: list[tuple[float, int]] = []
        self._speed = 1.0
        self._start_ms = 0
        self._start_wall_ms = 0.0
        self._last_ms: int | None = None
        self._last_wall_ms = 0.0

    def start(self, position_ms: int, speed: float, wall_ms: float) -> None:
        """Playing is asked to go on from ``position_ms``; nothing is confirmed yet."""
        self._offsets.clear()
        self._strange.clear()
        self._speed = speed
        self._start_ms = position_ms
        self._start_wall_ms = wall_ms
        self._last_ms = None
        self._last_wall_ms = wall_ms

    @property
    def is_confirmed(self) -> bool:
        """Whether a believable tick came since the start."""
        return self._last_ms is not None

    @property
    def last_ms(self) -> int | None:
        """The last believable tick."""
        return self._last_ms

    @property
    def last_wall_ms(self) -> float:
        """When progress was last seen (or the start)."""
        return self._last_wall_ms

    def tick(self, position_ms: int, wall_ms: float) -> bool:
        """Takes a tick in; returns whether it can be believed."""
        if not self._is_plausible(position_ms, wall_ms) and not self._is_consistently_strange(position_ms, wall_ms):
            return False
        self._strange.clear()
        self._last_ms = position_ms
        self._last_wall_ms = wall_ms
        offset = position_ms - wall_ms * self._speed
        if self._offsets and max(self._offsets) - offset > HICCUP_MS * self._speed:
            self._offsets.clear()  # the sound stood still for a moment: what was known of its pace is void
        self._offsets.append(offset)
        return True

    def position_at(self, wall_ms: float) -> float:
        """The position at ``wall_ms``, as the ticks tell it; the start while none came."""
        if not self._offsets:
            return float(self._start_ms)
        return max(self._offsets) + wall_ms * self._speed

    def _is_plausible(self, position_ms: int, wall_ms: float) -> bool:
        """A tick may be late (a slow seek, a slow device) but never run ahead or back by more than the tolerance."""
        if self._last_ms is None:
            latest = self._start_ms + (wall_ms - self._start_wall_ms + TOLERANCE_MS) * self._speed
            return self._start_ms < position_ms <= latest
        latest = self._last_ms + (wall_ms - self._last_wall_ms + TOLERANCE_MS) * self._speed
        return self._last_ms < position_ms <= latest

    def _is_consistently_strange(self, position_ms: int, wall_ms: float) -> bool:
        """Whether the sound insists: many ticks in a row elsewhere, running at the right pace, none of them near 0."""
        if self._strange:
            before_wall_ms, before_ms = self._strange[-1]
            latest = before_ms + (wall_ms - before_wall_ms + TOLERANCE_MS) * self._speed
            if not before_ms < position_ms <= latest:
                self._strange.clear()
        self._strange.append((wall_ms, position_ms))
        if len(self._strange) < BELIEVE_AFTER:
            return False
        self._offsets.clear()
        return True
