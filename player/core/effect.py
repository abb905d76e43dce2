"""What the rules of listening want done. The session carries these out; places are whole-time-line milliseconds."""

from typing import NamedTuple

from player.core.notice import Notice
from player.core.stop import StopKind


class Load(NamedTuple):
    """Show the sound to the Engine at ``ms`` and start it."""

    ms: int


class Play(NamedTuple):
    """Start the sound where it is."""


class Pause(NamedTuple):
    """Stop the sound, keeping its position."""


class Seek(NamedTuple):
    """Move the sound to ``ms``."""

    ms: int


class SetSpeed(NamedTuple):
    """Play at ``speed``, and keep it for this episode."""

    speed: float


class SavePlace(NamedTuple):
    """Keep ``ms`` as the place."""

    ms: int


class AddHeard(NamedTuple):
    """The stretch from ``start_ms`` to ``end_ms`` was really played."""

    start_ms: int
    end_ms: int


class AddToTrail(NamedTuple):
    """``ms`` is worth coming back to: the listener was there at ``at_ms`` and had heard ``heard_ms`` without a jump."""

    ms: int
    kind: StopKind
    at_ms: int
    heard_ms: int = 0


class SetFinished(NamedTuple):
    """Keep whether the episode is finished."""

    is_finished: bool


class Tell(NamedTuple):
    """Say ``notice`` to the listener."""

    notice: Notice


Effect = Load | Play | Pause | Seek | SetSpeed | SavePlace | AddHeard | AddToTrail | SetFinished | Tell
Effects = tuple[Effect, ...]
