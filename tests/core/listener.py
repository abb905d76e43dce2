"""One who listens by the pure rules alone: steps the machine, keeps what it saves, and plays sound that never fails."""

from player.core.chapter import Chapter
from player.core.coverage import NOTHING_HEARD, Coverage
from player.core.effect import AddHeard, AddToTrail, Effect, Effects, SavePlace, SetFinished, Tell
from player.core.event import Event, Jumped, Ticked
from player.core.listening import begin, step
from player.core.listening_state import Listening
from player.core.notice import Notice
from player.core.outline import build
from player.core.timeline import Timeline

TICK_MS = 50
NOON = 1_700_000_000_000
MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000


def timeline_of(*starts_ms: int, duration_ms: int | None = None) -> Timeline:
    """A flat outline with sections at ``starts_ms``."""
    return Timeline(build([Chapter(start_ms, "Section") for start_ms in starts_ms], duration_ms))


class Listener:
    """A listening with a clock (``now_ms``) and a disk of its own (``place_ms``, ``heard``, ``stops`` and so on)."""

    def __init__(
        self,
        place_ms: int | None = None,
        *,
        away_ms: int = 0,
        sections: tuple[int, ...] = (0,),
        duration_ms: int | None = HOUR,
        is_finished: bool = False,
    ) -> None:
        self.now_ms = NOON
        self.place_ms = place_ms
        self.saved_at_ms = None if place_ms is None else self.now_ms - away_ms
        self.is_finished = is_finished
        self.heard: Coverage = NOTHING_HEARD
        self.saves: list[int] = []
        self.stops: list[AddToTrail] = []
        self.timeline = timeline_of(*sections, duration_ms=duration_ms)
        self.duration_ms = duration_ms
        self.effects: Effects = ()
        self.state: Listening = self._begin()

    def _begin(self) -> Listening:
        return begin(self.timeline, self.duration_ms, self.place_ms, self.saved_at_ms, is_finished=self.is_finished)

    def open_again(self, after_ms: int = 0) -> None:
        """As after a crash: only what was kept is left."""
        self.now_ms += after_ms
        self.state = self._begin()

    def does(self, event: Event, after_ms: int = 0) -> Effects:
        """One step, ``after_ms`` later; what it kept is kept, and what it wants is returned, but for stops."""
        self.now_ms += after_ms
        self.state, effects = step(self.state, event, self.now_ms)
        for effect in effects:
            self._keep(effect)
        self.effects = tuple(effect for effect in effects if not isinstance(effect, AddToTrail))
        return self.effects

    def _keep(self, effect: Effect) -> None:
        match effect:
            case SavePlace(ms):
                self.place_ms, self.saved_at_ms = ms, self.now_ms
                self.saves.append(ms)
            case AddHeard(start_ms, end_ms):
                assert start_ms < end_ms
                self.heard = self.heard.add(start_ms, end_ms)
            case AddToTrail():
                self.stops.append(effect)
            case SetFinished(is_finished):
                self.is_finished = is_finished

    def hears(self, wall_ms: int) -> None:
        """Sound plays on for ``wall_ms``, from where the machine wants it, with a tick every 50 ms."""
        if not self.state.is_confirmed:
            self.does(Jumped(self.state.position_ms))
        for _ in range(wall_ms // TICK_MS):
            self.does(Ticked(self.state.position_ms + round(TICK_MS * self.state.speed)), TICK_MS)

    def wants(self, kind: type[Effect]) -> list[Effect]:
        """What the last step wanted of one kind."""
        return [effect for effect in self.effects if isinstance(effect, kind)]

    @property
    def told(self) -> list[Notice]:
        """What the last step said."""
        return [effect.notice for effect in self.effects if isinstance(effect, Tell)]
