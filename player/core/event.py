"""What happens to a listening: what the listener asked, and what the Engine said. Values only.

Milliseconds are on the whole time line.
"""

from collections.abc import Callable
from typing import NamedTuple

from player.core.timeline import Timeline


class PlayAsked(NamedTuple):
    """The listener wants to hear it go on."""


class PauseAsked(NamedTuple):
    """The listener, or the closing of the program, wants silence."""


class SeekAsked(NamedTuple):
    """The listener wants to be at ``ms``; ``then_play`` says that it should sound there whatever was before.

    ``is_along_trail``: by going back or forward.
    """

    ms: int
    then_play: bool = False
    is_along_trail: bool = False


class SpeedAsked(NamedTuple):
    """The listener wants another speed."""

    speed: float


class OutlineChanged(NamedTuple):
    """Other chapters are in use; the place stays."""

    timeline: Timeline


class DurationFound(NamedTuple):
    """The length became known while playing."""

    duration_ms: int


class FilesMoved(NamedTuple):
    """Files are of other lengths than was known; what was at a moment is at what ``moved`` makes of it now."""

    moved: Callable[[int], int]


class Ticked(NamedTuple):
    """The Engine played up to ``ms``."""

    ms: int


class Jumped(NamedTuple):
    """The Engine reached the target of a seek or a load."""

    ms: int


class Ended(NamedTuple):
    """The Engine came to the end of its file; ``last_ms`` is the last it really played.

    ``next_ms`` is where the episode's next file begins, None when this was its last.
    """

    last_ms: int
    next_ms: int | None = None


class SoundLost(NamedTuple):
    """The Engine stalled or failed and no longer plays; ``message`` says it to the listener.

    ``last_ms`` is the last that was really heard, where the Engine knows it: what came after was silence.
    """

    message: str
    code: str = "sound-lost"
    last_ms: int | None = None


class ErrorTold(NamedTuple):
    """The Engine reported an error while the sound goes on."""

    message: str


class Closing(NamedTuple):
    """The episode or the program is about to be closed, or the computer to sleep."""


Event = (
    PlayAsked
    | PauseAsked
    | SeekAsked
    | SpeedAsked
    | OutlineChanged
    | DurationFound
    | FilesMoved
    | Ticked
    | Jumped
    | Ended
    | SoundLost
    | ErrorTold
    | Closing
)
