"""Stand-ins that behave like the real thing, insist on correct use, and can fail by name."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from player.core.audio_source import AudioSource
from player.core.errors import OutspokenError
from player.core.speed import MAX_SPEED, MIN_SPEED
from player.playback.state import EngineState

T = TypeVar("T")
LOAD_MS = 20
TICK_MS = 50
STEP_MS = 10
UNKNOWN_LENGTH_MS = 3_600_000


class TasksAtOnce:
    """The face of Tasks; what is run is done before ``run`` returns, so that tests have no threads to wait for."""

    def run(
        self, func: Callable[[], T], on_done: Callable[[T], None], on_error: Callable[[OutspokenError], None]
    ) -> None:
        try:
            outcome = func()
        except OutspokenError as error:
            on_error(error)
        else:
            on_done(outcome)


class FakeEngine(QObject):
    """The Engine's face over a clock that only ``advance`` moves; one suite (tests/playback) holds it to the real one.

    ``commands`` lists every call as (name, arguments), for tests that ask what was commanded. Wrong use fails at once.
    """

    state_changed = Signal(EngineState)
    ticked = Signal(int)
    jumped = Signal(int)
    boundary_reached = Signal(int)
    ended = Signal(int)
    stalled = Signal(str)
    output_gone = Signal()
    failed = Signal(str)
    duration_changed = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.commands: list[tuple[object, ...]] = []
        self.true_durations: dict[str, int] = {}  # by path, for sources that come without one; else untold
        self.speed = 1.0
        self.volume = 1.0
        self.is_muted = False
        self.is_fading = False
        self.needs_restart = False
        self.outputs = 1
        self.plays_through_table = False
        self.state = EngineState.EMPTY
        self.source: AudioSource | None = None
        self.duration_ms: int | None = None
        self.boundary_ms: int | None = None
        self.wall_ms = 0
        self._is_boundary_ahead = False
        self._wants_play = False
        self._is_at_end = False
        self._target_ms: int | None = None
        self._heard_ms = 0.0
        self._since_tick_ms = 0
        self._loading_ms = 0
        self._next_refusal: str | None = None
        self._pending: list[Callable[[], None]] = []

    @property
    def position_ms(self) -> int:
        return int(self._heard_ms) if self._target_ms is None else self._target_ms

    def load(self, source: AudioSource, at_ms: int = 0, *, play: bool = False) -> None:
        assert isinstance(source, AudioSource)
        assert isinstance(at_ms, int)
        self.commands.append(("load", source.path, at_ms, play))
        self._pending.clear()
        self.source = source
        self.duration_ms = source.duration_ms
        self.plays_through_table = False
        self.boundary_ms = None
        self.is_fading = False
        self._is_at_end = False
        self._wants_play = play
        self._target_ms = self._clamped(at_ms)
        self._heard_ms = float(self._target_ms)
        self._loading_ms = 0
        if self.needs_restart:
            self._set_state(EngineState.STALLED)
            self._pending.append(self._tell_lost)
        else:
            self._set_state(EngineState.LOADING)

    def play(self) -> None:
        self._used("play")
        self._wants_play = True
        if self.needs_restart:
            self._pending.append(self._tell_lost)
        elif self.state in (EngineState.FAILED, EngineState.STALLED):
            self._target_ms = self.position_ms
            self._loading_ms = 0
            self._set_state(EngineState.LOADING)
        elif self.state is EngineState.PAUSED and self._is_at_end:
            self._pending = [lambda: self.ended.emit(self.position_ms)]
        elif self.state is EngineState.PAUSED:
            self.is_fading = False
            self._since_tick_ms = 0
            self._set_state(EngineState.PLAYING)

    def pause(self) -> None:
        self._used("pause")
        self._wants_play = False
        if self.state is not EngineState.PLAYING:
            return
        self._pending.clear()
        target_ms, self._target_ms = self._target_ms, None
        if target_ms is not None:
            self._heard_ms = float(target_ms)
        self._set_state(EngineState.PAUSED)
        if target_ms is not None:
            self.jumped.emit(target_ms)

    def seek(self, ms: int) -> None:
        assert isinstance(ms, int)
        self._used("seek", ms)
        target_ms = self._clamped(ms)
        self._place_boundary(target_ms)
        if self.state is EngineState.LOADING:
            self._target_ms = target_ms
            return
        self._pending.clear()
        self._is_at_end = False
        self._heard_ms = float(target_ms)
        self._since_tick_ms = 0
        if self.state is EngineState.PLAYING:
            self._target_ms = target_ms
        elif self.state is EngineState.PAUSED:
            self._pending.append(lambda: self.jumped.emit(target_ms))

    def set_speed(self, speed: float) -> None:
        assert MIN_SPEED <= speed <= MAX_SPEED, f"no speed of {speed}"
        self.commands.append(("set_speed", speed))
        self.speed = speed

    def set_volume(self, volume: float) -> None:
        assert 0 <= volume <= 1, f"no volume of {volume}"
        self.commands.append(("set_volume", volume))
        self.volume = volume

    def set_muted(self, is_muted: bool) -> None:
        self.commands.append(("set_muted", is_muted))
        self.is_muted = is_muted

    def arm_boundary(self, ms: int | None) -> None:
        assert ms is None or isinstance(ms, int)
        if ms is not None:
            assert self.source is not None, "a boundary of nothing"
        self.commands.append(("arm_boundary", ms))
        self.boundary_ms = ms
        self._place_boundary(self.position_ms)

    def fade_out(self, duration_ms: int) -> None:
        self._used("fade_out", duration_ms)
        assert duration_ms >= 0
        self.is_fading = True

    def cancel_fade(self) -> None:
        self.commands.append(("cancel_fade",))
        self.is_fading = False

    def has_output(self) -> bool:
        return self.outputs > 0

    def unload(self) -> None:
        self.commands.append(("unload",))
        self._pending.clear()
        self.source = self.duration_ms = self.boundary_ms = self._target_ms = None
        self._heard_ms = 0.0
        self._wants_play = self._is_at_end = self.plays_through_table = False
        self._set_state(EngineState.EMPTY)

    # The clock.

    def advance(self, wall_ms: int) -> None:
        """Lets ``wall_ms`` of wall time pass: loading, playing, ticking, reaching."""
        self._run_pending()
        for _ in range(wall_ms // STEP_MS):
            self.wall_ms += STEP_MS
            if self.state is EngineState.LOADING:
                self._load_on()
            elif self.state is EngineState.PLAYING:
                self._play_on()
            self._run_pending()

    def _load_on(self) -> None:
        self._loading_ms += STEP_MS
        if self._loading_ms < LOAD_MS:
            return
        if self._next_refusal is not None:
            sentence, self._next_refusal = self._next_refusal, None
            self.fail(sentence)
            return
        assert self.source is not None
        source = self.source
        self.plays_through_table = source.is_table
        if self.duration_ms is None and source.path in self.true_durations:
            self.duration_ms = self.true_durations[source.path]
            self.duration_changed.emit(self.duration_ms)
            if self.source is not source or self.state is not EngineState.LOADING:
                return
        target_ms = self._clamped(self._target_ms or 0)
        self._heard_ms = float(target_ms)
        self._place_boundary(target_ms)
        self._since_tick_ms = 0
        if self._wants_play:
            self._target_ms = target_ms
            self._set_state(EngineState.PLAYING)
        else:
            self._target_ms = None
            self._set_state(EngineState.PAUSED)
            if self.source is source and self.state is EngineState.PAUSED:
                self.jumped.emit(target_ms)

    def _play_on(self) -> None:
        before_ms = self._heard_ms
        length_ms = UNKNOWN_LENGTH_MS if self.duration_ms is None else self.duration_ms
        self._heard_ms = min(float(length_ms), before_ms + STEP_MS * self.speed)
        self._since_tick_ms += STEP_MS
        if self._reaches_boundary():
            return
        if self._heard_ms >= length_ms:
            self._end(length_ms)
        elif self._since_tick_ms >= TICK_MS:
            self._tick()

    def _tick(self) -> None:
        self._since_tick_ms = 0
        commands = len(self.commands)
        target_ms, self._target_ms = self._target_ms, None
        if target_ms is not None:
            self.jumped.emit(target_ms)
        if commands == len(self.commands) and self.state is EngineState.PLAYING:
            self.ticked.emit(int(self._heard_ms))

    def _reaches_boundary(self) -> bool:
        boundary_ms = self.boundary_ms
        if boundary_ms is None or not self._is_boundary_ahead or self._heard_ms < boundary_ms:
            return False
        if self._target_ms is not None:
            self._tick()
            if self.boundary_ms != boundary_ms or self.state is not EngineState.PLAYING:
                return True
        self.boundary_ms = None
        self._is_boundary_ahead = False
        self.boundary_reached.emit(boundary_ms)
        return True

    def _end(self, end_ms: int) -> None:
        commands = len(self.commands)
        target_ms, self._target_ms = self._target_ms, None
        self._heard_ms = float(end_ms)
        self._is_at_end = True
        self._wants_play = False
        self._set_state(EngineState.PAUSED)
        if target_ms is not None and commands == len(self.commands):
            self.jumped.emit(target_ms)
        if commands == len(self.commands):
            self.ended.emit(end_ms)

    # Failures, by name.

    def zero_spike(self) -> None:
        """What a bare QMediaPlayer does at times and the Engine must never let through: a tick of 0, unasked."""
        self.ticked.emit(0)

    def stray_tick(self, ms: int) -> None:
        """A tick far from where playing is."""
        self.ticked.emit(ms)

    def false_end(self) -> None:
        """A cut file: the end comes long before the duration, and its own last ms is told."""
        assert self.state is EngineState.PLAYING
        self._end(self.position_ms)

    def stall(self, sentence: str = "The file was changed or removed while it was playing.") -> None:
        """Sound stands still for a reason that a new load can mend."""
        assert self.state is EngineState.PLAYING
        self._heard_ms = float(self.position_ms)
        self._set_state(EngineState.STALLED)
        self.stalled.emit(sentence)

    def recover(self) -> None:
        """Sound moves again after a stall, by itself."""
        assert self.state is EngineState.STALLED
        self.needs_restart = False
        self._set_state(EngineState.PLAYING)

    def lose_device(self) -> None:
        """The sound server is gone: nothing may touch sound any more in this process."""
        self.needs_restart = True
        self.stall("The connection to the sound device was lost.")

    def lose_all_devices(self, silent_ms: int) -> None:
        """All devices vanish, seen only after ``silent_ms`` of media ran on in silence."""
        assert self.state is EngineState.PLAYING
        self._heard_ms = max(0.0, self._heard_ms - silent_ms)
        self.lose_device()

    def take_device_away(self) -> None:
        """Headphones are unplugged: the Engine falls silent by itself and says why."""
        assert self.state is EngineState.PLAYING
        self.pause()
        self.output_gone.emit()

    def fail(self, sentence: str = "The file could not be opened as sound; it may be damaged.") -> None:
        """The file cannot be played on; the place is kept."""
        self._heard_ms = float(self.position_ms)
        self._target_ms = None
        self._set_state(EngineState.FAILED)
        self.failed.emit(sentence)

    def warn(self, sentence: str = "The sound reports a problem: something odd.") -> None:
        """An error that is only a message: sound goes on."""
        self.failed.emit(sentence)

    def refuse_next_load(self, sentence: str = "This file is empty.") -> None:
        """The next file that is loaded cannot be played."""
        self._next_refusal = sentence

    # Small things.

    def _used(self, name: str, *arguments: object) -> None:
        assert self.source is not None, f"{name} with nothing loaded"
        self.commands.append((name, *arguments))

    def _tell_lost(self) -> None:
        self.stalled.emit("The connection to the sound device was lost.")

    def _place_boundary(self, position_ms: int) -> None:
        self._is_boundary_ahead = self.boundary_ms is not None and position_ms < self.boundary_ms

    def _clamped(self, ms: int) -> int:
        return max(0, ms if self.duration_ms is None else min(ms, self.duration_ms))

    def _run_pending(self) -> None:
        pending, self._pending = self._pending, []
        for action in pending:
            action()

    def _set_state(self, state: EngineState) -> None:
        if state is not self.state:
            self.state = state
            self.state_changed.emit(state)
