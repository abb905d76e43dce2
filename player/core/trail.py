"""The trail of one work: the places worth coming back to, and the way back and forward along them as in a browser.

What becomes a stop is decided by ``core.visit``; here stops are put in order. Values only.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from player.core.stop import NEAR_MS, Stop, StopKind

MOST = 200  # stops of one work; the oldest go first


@dataclass(frozen=True, slots=True)
class Trail:
    """Stops in the order in which they were left, oldest first. Made by ``of`` and by its own methods.

    ``cursor`` is where the stop stands that one went back or forward to, None when one is beyond the last. Unlike a
    browser's, a jump takes no stop away: what was ahead of the cursor is then farther back.
    """

    stops: tuple[Stop, ...] = ()
    cursor: int | None = None

    @classmethod
    def of(cls, stops: Sequence[Stop], present: Stop | None = None) -> "Trail":
        """The last of ``stops``; ``present`` is the one that one went back to."""
        kept = tuple(stops[-MOST:])
        return cls(kept, kept.index(present) if present in kept else None)

    @classmethod
    def read(cls, stops: Sequence[Stop], present: Stop | None = None) -> "Trail":
        """The trail of ``stops`` as they were kept: where copies of a library were merged, some may be near others."""
        kept: list[Stop] = []
        cells: dict[tuple[int, int], list[Stop]] = {}  # by file and time, so that only neighbours are compared
        for stop in reversed(stops[-2 * MOST :]):
            cell = stop.ms // NEAR_MS
            around = [new for at in (cell - 1, cell, cell + 1) for new in cells.get((stop.file, at), ())]
            is_again = stop in around or any(_are_one_step(stop, new) for new in around)
            if not is_again or stop == present:
                kept.append(stop)
                cells.setdefault((stop.file, cell), []).append(stop)
        return cls.of(kept[::-1], present)

    @property
    def present(self) -> Stop | None:
        """The stop at the cursor."""
        return None if self.cursor is None else self.stops[self.cursor]

    def add(self, stop: Stop) -> "Trail":
        """With ``stop``, in the place of those near it; one that a jump led away from is the last, and none is ahead.

        What is no step never takes the place of one.
        """
        if stop.kind.is_step:
            lasting = [old for old in self.stops if old.kind is not StopKind.PASSED]
            return Trail.of([*_apart(lasting, stop), _merged(stop, lasting)])
        near = [old for old in self.stops if old.is_near(stop)]
        is_known = near[-1:] == list(self.stops[-1:]) if stop.kind.is_rest else bool(near)
        if near and is_known:
            return self
        kept = [old for old in self.stops if old.kind.is_step or not old.is_near(stop)]
        return Trail.of([*kept, stop], self.present)

    def back(self, here: Stop) -> "Trail | None":
        """With the cursor on the step before ``here``, which becomes a stop itself; None when there is none before.

        ``here`` is LEFT where something was heard, else PASSED.
        """
        stops, first, _ = self._with_here(here)
        return _turned_to(stops, reversed(range(first)), here)

    def forward(self, here: Stop) -> "Trail | None":
        """With the cursor on the step after ``here``; None when one has not gone back."""
        stops, _, last = self._with_here(here)
        return _turned_to(stops, range(last + 1, len(stops)), here)

    def _with_here(self, here: Stop) -> tuple[list[Stop], int, int]:
        """The stops with ``here`` among them, and where the first and the last stand that are left by going now.

        The first is where one came to by going back or forward, the last is ``here``, up to where one listened on: one
        step together.
        """
        if self.cursor is None:
            known = [old for old in self.stops if old.kind.is_step and old.is_near(here)]
            last = known[-1] if known and here.kind is StopKind.PASSED else _merged(here, self.stops)
            stops = [*_apart(self.stops, here), last]
            return stops, len(stops) - 1, len(stops) - 1
        came_to = self.stops[self.cursor]
        if here.kind is StopKind.PASSED or (came_to.is_near(here) and not here.heard_ms):
            return list(self.stops), self.cursor, self.cursor
        before = _apart(self.stops[: self.cursor], here)
        after = _apart(self.stops[self.cursor + 1 :], here)
        visit = [_merged(here, self.stops)]
        if not came_to.is_near(here):
            visit.insert(0, came_to._replace(kind=StopKind.JUMP_TO))
        return [*before, *visit, *after], len(before), len(before) + len(visit) - 1


def _turned_to(stops: list[Stop], places: Iterable[int], here: Stop) -> Trail | None:
    for place in places:
        if stops[place].kind.is_step and not stops[place].is_near(here):
            return Trail.of(stops, stops[place])
    return None


def _are_one_step(one: Stop, other: Stop) -> bool:
    return one.kind.is_step and other.kind.is_step and one.is_near(other)


def _apart(stops: Sequence[Stop], here: Stop) -> list[Stop]:
    return [stop for stop in stops if not stop.is_near(here)]


def _merged(stop: Stop, others: Iterable[Stop]) -> Stop:
    """``stop`` standing for the ``others`` near it too."""
    near = [other.heard_ms for other in others if other.is_near(stop)]
    return stop._replace(heard_ms=max([stop.heard_ms, *near]))
