"""The Engine: one QMediaPlayer made dependable. It loads, plays, seeks, fades and tells when a boundary is reached.

It knows one file at a time and none of the rules of listening. What it says of places can be believed: an asked
target counts until the sound confirms it, a value that nobody asked for is never told, positions are those of what is
heard, and what the sound server or the file does wrong ends in a sentence.
"""

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from player.core.audio_source import AudioSource
from player.core.errors import SourceError
from player.playback import gate
from player.playback.boundary import Boundary, heard_lag_ms
from player.playback.fade import Fade
from player.playback.play_clock import PlayClock
from player.playback.qt_sound import QtSound
from player.playback.state import MAX_SPEED, MIN_SPEED, EngineState
from player.playback.strategy import table_fits, url_of
from player.playback.watchdog import Watchdog

TABLE_LOAD_LIMIT_MS = 5_000
PLAIN_LOAD_LIMIT_MS = 30_000
STALL_MS = 4_000
SLOW_SEEK_MS = 20_000  # a plain seek in a long MP3 may take so long
SPEED_EVERY_MS = 150  # each change of speed drops sound for a moment
SAME_MESSAGE_EVERY_MS = 10_000
NEAR_END_MS = 400  # of wall time: an end within this of the duration is the true end

_NO_SOUND = "This file holds no sound that can be played."
_CANNOT_OPEN = "The file could not be opened as sound; it may be damaged."
_TOO_SLOW = "The file did not open in time."
_CHANGED = "The file was changed or removed while it was playing."
_SOUND_LOST = "The connection to the sound device was lost."


class Engine(QObject):
    """Plays one AudioSource. All times are milliseconds of media unless they say otherwise."""

    state_changed = Signal(EngineState)
    ticked = Signal(int)  # what is heard now, only while playing and once the last seek is confirmed
    jumped = Signal(int)  # the target of a load or a seek is reached
    boundary_reached = Signal(int)
    ended = Signal(int)  # the last ms really played
    stalled = Signal(str)
    failed = Signal(str)
    duration_changed = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = EngineState.EMPTY
        self._source: AudioSource | None = None
        self._container = ""
        self._through_table = False
        self._stat: tuple[int, int, int] | None = None
        self._duration_ms: int | None = None
        self._target_ms: int | None = None  # asked for and not yet confirmed
        self._heard_ms = 0
        self._sound_ms = 0  # where Qt is, ahead of what is heard
        self._wants_play = False
        self._is_at_end = False
        self._is_sound_lost = False
        self._is_sound_lost_for_good = False  # positions run on in silence then
        self._epoch = 0  # changes with every command: what was begun before it is void
        self._speed = 1.0
        self._applied_speed = 1.0
        self._volume = 1.0
        self._is_muted = False
        self._told: dict[str, float] = {}
        self._sound: QtSound | None = None
        self._clock = PlayClock()
        self._boundary = Boundary(self)
        self._boundary.reached.connect(self.boundary_reached)
        self._fade = Fade(self)
        self._fade.changed.connect(self._apply_volume)
        self._watchdog = Watchdog(QtSound.count_outputs, self)
        self._watchdog.looked.connect(self._look)
        self._watchdog.outputs_lost.connect(self._outputs_lost)
        self._load_limit = _single_shot(self, self._load_timed_out)
        self._speed_pause = _single_shot(self, self._apply_speed)

    @property
    def state(self) -> EngineState:
        """What is going on."""
        return self._state

    @property
    def source(self) -> AudioSource | None:
        """What is loaded or being loaded."""
        return self._source

    @property
    def position_ms(self) -> int:
        """Where listening is: the asked target while a seek is on its way, then what was heard last."""
        return self._heard_ms if self._target_ms is None else self._target_ms

    @property
    def duration_ms(self) -> int | None:
        """The exact duration, None when it is not known or cannot be believed."""
        return self._duration_ms

    @property
    def speed(self) -> float:
        """The speed asked for."""
        return self._speed

    @property
    def volume(self) -> float:
        """0 to 1, as the ear takes it."""
        return self._volume

    @property
    def is_muted(self) -> bool:
        """Whether it is muted."""
        return self._is_muted

    @property
    def needs_restart(self) -> bool:
        """Whether the sound connection is lost for good: only a new process can play again."""
        return self._is_sound_lost

    @property
    def plays_through_table(self) -> bool:
        """Whether the sample table is in use, not the plain file."""
        return self._through_table

    def load(self, source: AudioSource, at_ms: int = 0, *, play: bool = False) -> None:
        """Loads ``source`` to be at ``at_ms``; disarms the boundary. Failing is told by ``failed``, never raised."""
        self._epoch += 1
        self._watchdog.watch(False)
        self._boundary.arm(None, 0)
        self._fade.cancel()
        self._source = source
        self._duration_ms = source.duration_ms
        self._target_ms = self._clamped(at_ms)
        self._heard_ms = self._sound_ms = self._target_ms
        self._wants_play = play
        self._is_at_end = False
        self._through_table = False
        if self._is_sound_lost:
            self._set_state(EngineState.STALLED)
            self._later(lambda: self.stalled.emit(_SOUND_LOST))
            return
        self._set_state(EngineState.LOADING)
        self._later(self._open)

    def play(self) -> None:
        """Plays on; at the end ``ended`` is told again. After a failure the file is tried once more."""
        if self._source is None:
            return
        self._wants_play = True
        if self._is_sound_lost:
            self._later(lambda: self.stalled.emit(_SOUND_LOST))
        elif self._state in (EngineState.FAILED, EngineState.STALLED):
            self._reload()
        elif self._state is EngineState.PAUSED and self._is_at_end:
            self._epoch += 1
            self._later(lambda: self.ended.emit(self._heard_ms))
        elif self._state is EngineState.PAUSED:
            self._fade.cancel()
            if self._file_was_changed():
                self._reload()
            else:
                self._start(self._sound_ms)

    def pause(self) -> None:
        """Falls silent and keeps the place."""
        self._wants_play = False
        if self._state is not EngineState.PLAYING or self._sound is None:
            return
        self._epoch += 1
        self._sound.pause()
        self._boundary.hold()
        self._watchdog.watch(False)
        target_ms = self._settle_while_paused()
        self._set_state(EngineState.PAUSED)
        if target_ms is not None:
            self.jumped.emit(target_ms)

    def seek(self, ms: int) -> None:
        """Goes to ``ms``, within the duration. While loading the last one wins; ``jumped`` tells when it is reached."""
        if self._source is None:
            return
        target_ms = self._clamped(ms)
        self._boundary.place(target_ms)
        if self._state is EngineState.LOADING:
            self._target_ms = target_ms
            return
        self._epoch += 1
        self._is_at_end = False
        self._heard_ms = self._sound_ms = target_ms
        if self._state is EngineState.PLAYING and self._sound is not None:
            self._target_ms = target_ms
            self._sound.seek(target_ms)
            self._clock.start(target_ms, self._applied_speed, _now_ms())
        elif self._state is EngineState.PAUSED and self._sound is not None:
            self._sound.seek(target_ms)
            self._later(lambda: self.jumped.emit(target_ms))

    def set_speed(self, speed: float) -> None:
        """Speed from 0.5 to 4 with the pitch kept; quick changes are thinned out, the last one holds."""
        self._speed = min(MAX_SPEED, max(MIN_SPEED, speed))
        if not self._speed_pause.isActive():
            self._apply_speed()

    def set_volume(self, volume: float) -> None:
        """``volume`` from 0 to 1 as the ear takes it."""
        self._volume = min(1.0, max(0.0, volume))
        self._apply_volume()

    def set_muted(self, is_muted: bool) -> None:
        """Mutes or unmutes."""
        self._is_muted = is_muted
        self._apply_volume()

    def arm_boundary(self, ms: int | None) -> None:
        """Arms the one boundary, or disarms with None. It is told once, when what is heard comes to it by playing."""
        self._boundary.arm(ms, self.position_ms)
        self._retime_boundary()

    def fade_out(self, duration_ms: int) -> None:
        """Lets the volume fall to nothing; it stays there until ``cancel_fade``, ``play`` from a pause, or ``load``."""
        self._fade.start(duration_ms)

    def cancel_fade(self) -> None:
        """Gives the volume back at once."""
        self._fade.cancel()

    def unload(self) -> None:
        """Lets the file go."""
        self._epoch += 1
        self._load_limit.stop()
        self._watchdog.watch(False)
        self._boundary.arm(None, 0)
        self._source = self._target_ms = self._duration_ms = None
        self._heard_ms = self._sound_ms = 0
        self._wants_play = self._is_at_end = self._through_table = False
        self._set_state(EngineState.EMPTY)
        if self._sound is not None and not self._is_sound_lost:
            self._sound.close()

    # Loading.

    def _open(self) -> None:
        assert self._source is not None
        sound = self._sound_made()
        sound.close()
        try:
            self._container = gate.check(self._source.path)
        except SourceError as error:
            self._fail(str(error))
            return
        self._stat = _stat_of(self._source.path)
        self._open_with(sound, through_table=table_fits(self._source))

    def _open_with(self, sound: QtSound, *, through_table: bool) -> None:
        assert self._source is not None
        self._through_table = through_table
        self._load_limit.start(TABLE_LOAD_LIMIT_MS if through_table else PLAIN_LOAD_LIMIT_MS)
        sound.open(url_of(self._source, through_table=through_table))

    def _reload(self) -> None:
        """The same file again at the same place, by whichever way fits it now."""
        self._epoch += 1
        self._target_ms = self.position_ms
        self._set_state(EngineState.LOADING)
        self._later(self._open)

    def _opened(self) -> None:
        if self._state is not EngineState.LOADING or self._sound is None or self._source is None:
            return
        self._load_limit.stop()
        if not self._sound.has_sound or self._sound.duration_ms <= 0:
            self._could_not_open(_NO_SOUND)
            return
        epoch = self._epoch
        self._learn_duration(self._sound.duration_ms)
        if epoch != self._epoch:
            return
        self._apply_speed()
        self._apply_volume()
        target_ms = self._clamped(self._target_ms or 0)
        self._heard_ms = target_ms
        if target_ms > 0:
            self._sound.seek(target_ms)
        self._boundary.place(target_ms)
        if self._wants_play:
            self._target_ms = target_ms
            self._start(target_ms)
        else:
            self._sound_ms = target_ms
            self._target_ms = None
            self._set_state(EngineState.PAUSED)
            if epoch == self._epoch:
                self.jumped.emit(target_ms)

    def _learn_duration(self, qt_duration_ms: int) -> None:
        """Qt's own duration where ours is unknown, but not of streams that Qt can only guess at."""
        if self._duration_ms is None and self._container not in gate.GUESSED_DURATION:
            self._duration_ms = qt_duration_ms
            self.duration_changed.emit(qt_duration_ms)

    def _refused(self) -> None:
        if self._state is EngineState.LOADING:
            self._later(lambda: self._could_not_open(_CANNOT_OPEN))
        elif self._state is EngineState.PLAYING:
            self._later(lambda: self._fail(_CANNOT_OPEN))

    def _load_timed_out(self) -> None:
        self._could_not_open(_TOO_SLOW)

    def _could_not_open(self, sentence: str) -> None:
        """A table that cannot be opened is no reason not to play: the plain file comes next."""
        if self._state is not EngineState.LOADING or self._sound is None:
            return
        if self._through_table:
            self._open_with(self._sound, through_table=False)
        else:
            self._fail(sentence)

    def _fail(self, sentence: str) -> None:
        self._epoch += 1
        self._load_limit.stop()
        self._watchdog.watch(False)
        self._boundary.hold()
        self._heard_ms = self._sound_ms = self.position_ms
        self._target_ms = None
        if self._sound is not None:
            self._sound.close()
        self._set_state(EngineState.FAILED)
        self.failed.emit(sentence)

    # Playing.

    def _start(self, from_ms: int) -> None:
        assert self._sound is not None
        self._clock.start(from_ms, self._applied_speed, _now_ms())
        self._sound.play()
        self._watchdog.watch(True)
        self._set_state(EngineState.PLAYING)

    def _moved(self, sound_ms: int) -> None:
        if self._state not in (EngineState.PLAYING, EngineState.STALLED) or self._is_sound_lost_for_good:
            return
        if not self._clock.tick(sound_ms, _now_ms()):
            return
        self._sound_ms = sound_ms
        epoch = self._epoch
        if self._state is EngineState.STALLED:
            self._is_sound_lost = False
            self._watchdog.watch(True)
            self._set_state(EngineState.PLAYING)
        target_ms, self._target_ms = self._target_ms, None
        if target_ms is not None:
            self.jumped.emit(target_ms)
        if epoch == self._epoch:
            self._heard_ms = self._heard_at(sound_ms)
            self._retime_boundary()
            self.ticked.emit(self._heard_ms)

    def _heard_at(self, sound_ms: float) -> int:
        """What is heard when the sound is at ``sound_ms``; never back, unless the sound itself went back."""
        heard_ms = int(sound_ms - max(0.0, heard_lag_ms(self._applied_speed)))
        return max(heard_ms, self._heard_ms) if sound_ms >= self._heard_ms else max(0, heard_ms)

    def _settle_while_paused(self) -> int | None:
        """Takes over where the pause came; returns the target of a seek that is settled by it."""
        if self._target_ms is not None:
            target_ms, self._target_ms = self._target_ms, None
            return target_ms
        if self._clock.is_confirmed:
            heard_ms = self._heard_at(self._clock.position_at(_now_ms()))
            self._heard_ms = heard_ms if self._duration_ms is None else min(heard_ms, self._duration_ms)
        return None

    def _ended(self) -> None:
        if self._state not in (EngineState.PLAYING, EngineState.STALLED) or self._is_sound_lost:
            return
        self._epoch += 1
        epoch = self._epoch
        self._watchdog.watch(False)
        end_ms = self._last_really_played_ms()
        target_ms, self._target_ms = self._target_ms, None
        self._heard_ms = self._sound_ms = end_ms
        self._is_at_end = True
        self._wants_play = False
        self._set_state(EngineState.PAUSED)
        if target_ms is not None and epoch == self._epoch:
            self.jumped.emit(target_ms)
        if epoch == self._epoch:
            self._boundary.end(end_ms)
        if epoch == self._epoch:
            self.ended.emit(end_ms)

    def _last_really_played_ms(self) -> int:
        """Qt tells the full duration even when a cut file ended long before; the ticks know better."""
        last_ms = self._sound_ms if self._target_ms is None else self._target_ms
        if self._duration_ms is None:
            return last_ms
        reached_ms = last_ms + min(_now_ms() - self._clock.last_wall_ms, NEAR_END_MS) * self._applied_speed
        is_true_end = self._duration_ms - reached_ms <= NEAR_END_MS * max(1.0, self._applied_speed)
        return self._duration_ms if is_true_end else last_ms

    def _retime_boundary(self) -> None:
        if self._state is EngineState.PLAYING and self._target_ms is None and self._clock.is_confirmed:
            self._boundary.retime(self._clock.position_at(_now_ms()), self._applied_speed)

    def _apply_speed(self) -> None:
        if self._sound is None or self._is_sound_lost or self._applied_speed == self._speed:
            return
        self._applied_speed = self._speed
        self._speed_pause.start(SPEED_EVERY_MS)
        self._sound.set_speed(self._speed)
        if self._state is EngineState.PLAYING:
            self._boundary.hold()
            self._clock.start(self._sound_ms, self._speed, _now_ms())

    def _apply_volume(self) -> None:
        if self._sound is not None and not self._is_sound_lost:
            # a cube is close to what the ear takes as even steps, and what sound servers use
            self._sound.set_volume((self._volume * self._fade.factor) ** 3, is_muted=self._is_muted)

    # What goes wrong.

    def _look(self) -> None:
        silent_ms = _now_ms() - self._clock.last_wall_ms
        is_slow_seek = self._target_ms is not None and not self._through_table
        if silent_ms >= (SLOW_SEEK_MS if is_slow_seek else STALL_MS):
            self._stall(_CHANGED if self._file_was_changed() else _SOUND_LOST)
        elif self._through_table and self._file_was_changed():
            self._reload()

    def _outputs_lost(self) -> None:
        self._is_sound_lost_for_good = True
        self._stall(_SOUND_LOST)

    def _stall(self, sentence: str) -> None:
        self._epoch += 1
        self._watchdog.watch(False)
        self._boundary.hold()
        self._heard_ms = self.position_ms
        self._is_sound_lost = sentence == _SOUND_LOST
        self._set_state(EngineState.STALLED)
        self.stalled.emit(sentence)

    def _warned(self, message: str) -> None:
        """An error is a message, not a state: sound may go on. While loading, opening decides."""
        if self._state is EngineState.LOADING:
            return
        sentence = f"The sound reports a problem: {message.rstrip('.')}."
        now_ms = _now_ms()
        if now_ms - self._told.get(sentence, -SAME_MESSAGE_EVERY_MS) >= SAME_MESSAGE_EVERY_MS:
            self._told[sentence] = now_ms
            self.failed.emit(sentence)

    def _file_was_changed(self) -> bool:
        """Whether the bytes that are playing are others than those that were opened."""
        assert self._source is not None
        now = _stat_of(self._source.path)
        if now == self._stat:
            return False
        if now is None or self._stat is None or now[0] != self._stat[0]:
            return False  # removed or replaced: the open file is still the old one
        if self._through_table and table_fits(self._source):
            self._stat = now
            return False
        return True

    # Small things.

    def _sound_made(self) -> QtSound:
        if self._sound is None:
            self._sound = QtSound(self)
            self._sound.opened.connect(self._opened)
            self._sound.refused.connect(self._refused)
            self._sound.moved.connect(self._moved)
            self._sound.ended.connect(self._ended)
            self._sound.warned.connect(self._warned)
        return self._sound

    def _clamped(self, ms: int) -> int:
        return max(0, ms if self._duration_ms is None else min(ms, self._duration_ms))

    def _later(self, action: Callable[[], None]) -> None:
        """Runs ``action`` from the event loop, unless another command came in between."""
        epoch = self._epoch
        QTimer.singleShot(0, self, lambda: action() if epoch == self._epoch else None)

    def _set_state(self, state: EngineState) -> None:
        if state is not self._state:
            self._state = state
            self.state_changed.emit(state)


def _single_shot(parent: QObject, action: Callable[[], None]) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.timeout.connect(action)
    return timer


def _stat_of(path: str) -> tuple[int, int, int] | None:
    """(inode, size, time of change), None when the file is gone."""
    try:
        info = Path(path).stat()
    except OSError:
        return None
    return (info.st_ino, info.st_size, info.st_mtime_ns)


def _now_ms() -> float:
    return time.monotonic() * 1000
