"""A place worth coming back to, as the trail keeps it."""

from enum import StrEnum
from typing import NamedTuple

NEAR_MS = 10_000  # two stops of one file that are no further apart are the same


class StopKind(StrEnum):
    """Why the place is worth it; the values are kept on the disk."""

    JUMP_FROM = "jump-from"  # a jump led away from it
    LEFT = "left"  # one was there when one went back or forward
    MERGED = "merged"  # the place of another copy of the library, which was not the newest
    PASSED = "passed"  # as LEFT, but nothing was heard there: only the way forward leads to it, and it is not kept
    JUMP_TO = "jump-to"  # a jump led there, and some of it was heard
    STOP = "stop"  # listening ended there
    PAUSE = "pause"  # a pause there became long
    SLEEP = "sleep"  # the sleep timer ended there
    SUSPECT = "suspect"  # the sound leapt there by itself

    @property
    def is_step(self) -> bool:
        """Whether going back and forward leads to it. What is not is shown, and reached by choosing it."""
        return self in _STEPS

    @property
    def is_rest(self) -> bool:
        """Whether listening paused there and went on later."""
        return self in (StopKind.STOP, StopKind.PAUSE, StopKind.SLEEP)


_STEPS = frozenset((StopKind.JUMP_FROM, StopKind.LEFT, StopKind.MERGED, StopKind.PASSED))


class Stop(NamedTuple):
    """``ms`` of the file with the id ``file``; ``at_ms`` is when one was there, milliseconds since 1970 UTC.

    ``heard_ms`` is how much was heard there without a jump; 0 where that is not known.
    """

    file: int
    ms: int
    kind: StopKind
    at_ms: int
    heard_ms: int = 0

    def is_near(self, other: "Stop") -> bool:
        """Whether both are the same place, more or less."""
        return self.file == other.file and abs(self.ms - other.ms) <= NEAR_MS
