"""The trail of the open work: kept as it grows, and the way back and forward along it.

Which places become stops is decided by the rules of listening; their order is that of ``core.trail``.
"""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from player.core.effect import AddToTrail
from player.core.episode import Episode
from player.core.listening_state import Listening
from player.core.stop import Stop, StopKind
from player.core.trail import Trail
from player.library.library import Library
from player.library.trail import ChangeTrail


class Stopped(NamedTuple):
    """A stop at ``ms`` on the whole time line."""

    ms: int
    stop: Stop


class KeptTrail(QObject):
    """``listening`` gives the state of the listening, ``go`` goes to a place without leaving a stop."""

    changed = Signal()  # the stops, or where one is among them
    jumped = Signal(int)  # away from the place at that ms of the whole time line
    returned = Signal()  # went back or forward

    def __init__(
        self,
        library: Library,
        now: Callable[[], int],
        listening: Callable[[], Listening],
        go: Callable[[int], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._library = library
        self.now = now
        self._listening = listening
        self._go = go
        self._episode: Episode | None = None
        self._trail = Trail()
        self._stored: tuple[Stop, ...] = ()  # what the library holds

    def open(self, episode: Episode, stops: tuple[Stop, ...]) -> None:
        """Follow the listening to ``episode``, from where its trail of ``stops`` was left."""
        self._episode = episode
        self._stored = stops
        self._trail = Trail.read(stops, self._last_present())
        self.changed.emit()

    def follow(self, episode: Episode) -> None:
        """The open work is now known like this: what lies where on the whole time line may have changed."""
        self._episode = episode
        self.changed.emit()

    def _last_present(self) -> Stop | None:
        """The stop that one had gone back to when the work was left, if any."""
        mark: list[int] = self._library.setting(self._mark_setting, [])
        present = next((stop for stop in reversed(self._stored) if _mark(stop) == mark), None)
        here = self._here()
        if present is None or present.is_near(here):
            return present
        # The program ended so soon after going back that the place is still that of before.
        at_hand = [stop for stop in self._stored if stop.kind.is_step and stop.is_near(here)]
        return at_hand[-1] if at_hand else present

    def close(self) -> None:
        """Follow nothing."""
        self._episode = None
        self._stored = ()
        self._trail = Trail()
        self.changed.emit()

    @property
    def stops(self) -> tuple[Stopped, ...]:
        """The places worth coming back to, the last one last."""
        return tuple(
            Stopped(self._whole_ms(stop), stop) for stop in self._trail.stops if stop.kind is not StopKind.PASSED
        )

    @property
    def can_go_back(self) -> bool:
        """Whether there is a place to go back to from here."""
        return self._trail.back(self._here()) is not None

    @property
    def can_go_forward(self) -> bool:
        """Whether one went back and can go forward again."""
        return self._trail.forward(self._here()) is not None

    def back(self) -> None:
        """Go to where one was before; where one is now is then ahead."""
        self._turn(self._trail.back(self._here()))

    def forward(self) -> None:
        """Take going back back."""
        self._turn(self._trail.forward(self._here()))

    def add(self, worth: AddToTrail) -> None:
        """Keep a place that the rules of listening found worth it."""
        if self._episode is None:
            return
        file, ms = self._episode.file_at(worth.ms)
        self._keep(self._trail.add(Stop(file.id, ms, worth.kind, worth.at_ms, worth.heard_ms)))
        if worth.kind is StopKind.JUMP_FROM:
            self.jumped.emit(worth.ms)

    def _here(self) -> Stop:
        listening = self._listening()
        kind = StopKind.LEFT if listening.visit.counts else StopKind.PASSED
        if self._episode is None:
            return Stop(0, 0, StopKind.PASSED, 0)
        file, ms = self._episode.file_at(listening.place_ms)
        return Stop(file.id, ms, kind, listening.was_here_at_ms(self.now()), listening.visit.heard_ms)

    def _turn(self, turned: Trail | None) -> None:
        if turned and turned.present:
            self._keep(turned)
            self._go(self._whole_ms(turned.present))
            self.returned.emit()

    def _keep(self, trail: Trail) -> None:
        assert self._episode is not None
        before, self._trail = self._trail, trail
        lasting = tuple(stop for stop in trail.stops if stop.kind is not StopKind.PASSED)
        came = tuple(stop for stop in lasting if stop not in self._stored)
        went = tuple(stop for stop in self._stored if stop not in lasting)
        if came or went:
            self._stored = (*(stop for stop in self._stored if stop not in went), *came)
            self._library.submit(ChangeTrail(self._episode.id, came, went))
        if trail.present != before.present:
            self._library.set_setting(self._mark_setting, _mark(trail.present))
        self.changed.emit()

    @property
    def _mark_setting(self) -> str:
        assert self._episode is not None
        return f"trail/{self._episode.id}"

    def _whole_ms(self, stop: Stop) -> int:
        assert self._episode is not None
        position = self._episode.position_of(stop.file)
        return 0 if position is None else self._episode.starts_ms[position] + stop.ms


def _mark(stop: Stop | None) -> list[int]:
    """What a stop is known again by."""
    return [stop.file, stop.ms, stop.at_ms] if stop else []
