"""The state of a listening: where the sound is, what is kept of it, and what is believed. The rules are elsewhere."""

from dataclasses import dataclass

from player.core.timeline import Timeline
from player.core.visit import NOT_YET_ANYWHERE, Visit

TAIL_MS = 30_000  # playing within the last 30 s, or the last hundredth if that is less, finishes an episode


@dataclass(frozen=True, slots=True)
class Listening:
    """Listening to one work.

    ``position_ms`` is where the sound is, or will be when it starts; ``place_ms`` is what is kept, which differs from
    it only while a rewound stretch is played again (``kept_until_ms``: how far that goes). ``is_confirmed`` says that
    ticks have borne out the last load or seek. ``heard_from_ms`` starts the stretch that is being heard and not yet
    added. ``is_chosen`` says that the listener picked this position, so that playing starts exactly there.
    ``drift_ms`` is how far ticks have run off what the time explains, ``leapt_at_ms`` when the sound was last set back.
    ``visit`` knows whether this place counts as one that was listened at.
    """

    timeline: Timeline
    duration_ms: int | None
    position_ms: int = 0
    kept_until_ms: int = 0
    speed: float = 1.0
    is_finished: bool = False
    is_fresh: bool = True  # not played since it was opened or came to its end
    is_loaded: bool = False
    is_playing: bool = False
    is_confirmed: bool = False
    is_chosen: bool = False
    left_at_ms: int | None = None
    heard_from_ms: int | None = None
    saved_at_ms: int = 0
    ticked_at_ms: int = 0
    drift_ms: int = 0
    strange_ticks: int = 0
    leapt_at_ms: int | None = None
    visit: Visit = NOT_YET_ANYWHERE

    @property
    def place_ms(self) -> int:
        """The exact place: what is saved."""
        return max(self.position_ms, self.kept_until_ms)

    def was_here_at_ms(self, now_ms: int) -> int:
        """When the listener was last at the place: now, unless it has been silent since."""
        return now_ms if self.is_playing or self.left_at_ms is None else self.left_at_ms

    @property
    def shown_ms(self) -> int:
        """What the window shows: the sound's position while playing, the exact place otherwise."""
        return self.position_ms if self.is_playing else self.place_ms

    @property
    def tail_ms(self) -> int | None:
        """Where the last stretch begins in which playing finishes the episode; None at unknown length."""
        if self.duration_ms is None:
            return None
        return self.duration_ms - min(TAIL_MS, self.duration_ms // 100)
