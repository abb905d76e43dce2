"""Where listening is: what was asked for, what is heard, and where Qt says it is. Pure; wall time is given.

Three places differ. The *target* of a load or a seek counts until the sound confirms it. What is *heard* lags behind
what Qt tells, the more the faster it plays. Both are milliseconds of media.
"""

from player.playback.heard_lag import heard_lag_ms
from player.playback.play_clock import PlayClock

NEAR_END_MS = 400  # of wall time: an end within this of the duration is the true end


class Playhead:
    """The place within one file."""

    def __init__(self) -> None:
        self._clock = PlayClock()
        self._target_ms: int | None = None
        self._heard_ms = 0
        self._sound_ms = 0
        self._sure_ms: int | None = None
        self._speed = 1.0

    @property
    def position_ms(self) -> int:
        """The asked target while one is on its way, else what was heard last."""
        return self._heard_ms if self._target_ms is None else self._target_ms

    @property
    def sound_ms(self) -> int:
        """Where Qt is, ahead of what is heard: playing goes on from here after a pause."""
        return self._sound_ms

    @property
    def is_on_its_way(self) -> bool:
        """Whether an asked target is not yet confirmed."""
        return self._target_ms is not None

    def ask(self, target_ms: int) -> None:
        """A load or a seek to ``target_ms`` is on its way."""
        self._target_ms = self._heard_ms = self._sound_ms = target_ms
        self._sure_ms = None

    def put(self, ms: int) -> None:
        """Nothing is playing, and the place is ``ms``."""
        self._target_ms = None
        self._heard_ms = self._sound_ms = ms
        self._sure_ms = None

    def start(self, speed: float, wall_ms: float) -> None:
        """Playing goes on from here at ``speed``."""
        self._speed = speed
        self._clock.start(self._sound_ms, speed, wall_ms)

    def tick(self, sound_ms: int, wall_ms: float) -> bool:
        """Takes in what Qt tells; returns whether it can be believed."""
        if not self._clock.tick(sound_ms, wall_ms):
            return False
        self._sound_ms = sound_ms
        return True

    def take_target(self) -> int | None:
        """The asked target, which is reached now; None when there was none."""
        target_ms, self._target_ms = self._target_ms, None
        return target_ms

    def hear(self) -> int:
        """What is heard after the last tick."""
        self._heard_ms = self._heard_at(self._sound_ms)
        return self._heard_ms

    def be_sure(self) -> None:
        """There is a device that sounds: what was heard until now was really heard."""
        if self._target_ms is None:
            self._sure_ms = self._heard_ms

    def go_back_to_sure(self) -> None:
        """The devices are gone: since one was seen last, what moved on may have been silence."""
        if self._target_ms is None and self._sure_ms is not None:
            self.put(min(self._sure_ms, self._heard_ms))

    def settle(self, wall_ms: float, duration_ms: int | None) -> None:
        """Playing was just paused: what was heard last lies between two ticks."""
        if self._target_ms is None and self._clock.is_confirmed:
            heard_ms = self._heard_at(self._clock.position_at(wall_ms))
            self._heard_ms = heard_ms if duration_ms is None else min(heard_ms, duration_ms)

    def sound_at(self, wall_ms: float) -> float | None:
        """Where Qt is at ``wall_ms``, between two ticks; None while nothing is confirmed."""
        if self._target_ms is not None or not self._clock.is_confirmed:
            return None
        return self._clock.position_at(wall_ms)

    def silent_ms(self, wall_ms: float) -> float:
        """For how much wall time nothing moved."""
        return wall_ms - self._clock.last_wall_ms

    def last_really_played_ms(self, wall_ms: float, duration_ms: int | None) -> int:
        """Where playing really was when Qt told an end, which it may do long before the end of a cut file."""
        last_ms = self._sound_ms if self._target_ms is None else self._target_ms
        if duration_ms is None:
            return last_ms
        reached_ms = last_ms + min(self.silent_ms(wall_ms), NEAR_END_MS) * self._speed
        is_true_end = duration_ms - reached_ms <= NEAR_END_MS * max(1.0, self._speed)
        return duration_ms if is_true_end else last_ms

    def _heard_at(self, sound_ms: float) -> int:
        """What is heard with Qt at ``sound_ms``; never back from what was heard, unless Qt itself went back."""
        heard_ms = max(0, int(sound_ms - max(0.0, heard_lag_ms(self._speed))))
        return max(heard_ms, self._heard_ms) if sound_ms >= self._heard_ms else heard_ms
