"""The Engine: one QMediaPlayer made dependable. It loads, plays, seeks, fades and tells when a boundary is reached.

It knows one file at a time and none of the rules of listening. What it says of places can be believed: an asked
target counts until the sound confirms it, a value that nobody asked for is never told, positions are those of what is
heard, and what the sound server or the file does wrong ends in a sentence.
"""

import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from player.core.audio_source import AudioSource
from player.core.errors import SourceError
from player.core.speed import held_speed
from player.playback.boundary import Boundary
from player.playback.fade import Fade
from player.playback.playhead import Playhead
from player.playback.qt_sound import QtSound, load_sound
from player.playback.state import EngineState
from player.playback.watchdog import Watchdog

if TYPE_CHECKING:
    from player.playback.opened_file import OpenedFile

TABLE_LOAD_LIMIT_MS = 5_000
PLAIN_LOAD_LIMIT_MS = 30_000
STALL_MS = 4_000
SLOW_SEEK_MS = 20_000  # a plain seek in a long MP3 may take so long
SPEED_EVERY_MS = 150  # each change of speed drops sound for a moment
SAME_MESSAGE_EVERY_MS = 10_000

_LOADED = object()
_NO_SOUND = "This file holds no sound that can be played."
_CANNOT_OPEN = "The file could not be opened as sound; it may be damaged."
_TOO_SLOW = "The file did not open in time."
_STOPPED = "The sound stopped unexpectedly."
_CHANGED = "The file was changed or removed while it was playing."
_SOUND_LOST = "The connection to the sound device was lost."


def _monotonic_ms() -> float:
    return time.monotonic() * 1000


class Engine(QObject):
    """Plays one AudioSource. All times are milliseconds of media unless they say otherwise."""

    state_changed = Signal(EngineState)
    ticked = Signal(int)  # what is heard now, only while playing and once the last seek is confirmed
    jumped = Signal(int)  # the target of a load or a seek is reached
    boundary_reached = Signal(int)
    ended = Signal(int)  # the last ms really played
    stalled = Signal(str)
    output_gone = Signal()  # the device that sounded was taken away while there are others: paused
    failed = Signal(str)  # a sentence; only with the state FAILED does the sound stop
    duration_changed = Signal(int)

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        make_sound: Callable[[QObject], QtSound] = QtSound,
        load_sound: Callable[[], Iterator[None]] = load_sound,
        wall_ms: Callable[[], float] = _monotonic_ms,
    ) -> None:
        super().__init__(parent)
        self._make_sound = make_sound
        self._loading_sound = load_sound()
        self._wall_ms = wall_ms
        self._sound: QtSound | None = None  # made at the first load, so that the window paints first
        self._state = EngineState.EMPTY
        self._source: AudioSource | None = None
        self._file: OpenedFile | None = None  # what it is made with is loaded with the first file
        self._duration_ms: int | None = None
        self._playhead = Playhead()
        self._wants_play = False
        self._is_at_end = False
        self._is_sound_lost = False
        self._is_deaf = False  # the devices are gone: what Qt tells runs on in silence
        self._epoch = 0  # changes with every command: what was begun before it is void
        self._speed = self._applied_speed = 1.0
        self._volume = 1.0
        self._is_muted = False
        self._told_at_ms: dict[str, float] = {}
        self._boundary = Boundary(self)
        self._boundary.reached.connect(self.boundary_reached)
        self._fade = Fade(self)
        self._fade.changed.connect(self._apply_volume)
        self._watchdog = Watchdog(self._count_outputs, self)
        self._watchdog.looked.connect(self._look)
        self._watchdog.outputs_lost.connect(self._lose_outputs)
        self._load_limit = self._single_shot(lambda: self._could_not_open(_TOO_SLOW))
        self._speed_limit = self._single_shot(self._apply_speed)

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
        return self._playhead.position_ms

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
        """Whether the sound connection is lost: touching it again could abort the process, only a new one can play."""
        return self._is_sound_lost

    def has_output(self) -> bool:
        """Whether there is a device to sound on, asked before anything was loaded."""
        self._sound = self._sound or self._connected(self._make_sound(self))
        return self._sound.count_outputs() > 0

    @property
    def plays_through_table(self) -> bool:
        """Whether the sample table is in use, not the plain file."""
        return self._file is not None and self._file.through_table

    # Commands.

    def load(self, source: AudioSource, at_ms: int = 0, *, play: bool = False) -> None:
        """Loads ``source`` to be at ``at_ms``; disarms the boundary. Failing is told by ``failed``, never raised."""
        self._forget_file()
        self._fade.cancel()
        self._source = source
        self._duration_ms = source.duration_ms
        self._playhead.ask(self._clamped(at_ms))
        self._wants_play = play
        if self._is_sound_lost:
            self._set_state(EngineState.STALLED)
            self._later(lambda: self.stalled.emit(_SOUND_LOST))
        else:
            self._set_state(EngineState.LOADING)
            self._later(self._open)

    def unload(self) -> None:
        """Lets the file go."""
        self._forget_file()
        self._source = self._duration_ms = None
        self._playhead.put(0)
        self._wants_play = False
        self._set_state(EngineState.EMPTY)
        if self._sound is not None and not self._is_sound_lost:
            self._sound.close()

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
            self._later(lambda: self.ended.emit(self.position_ms))
        elif self._state is EngineState.PAUSED:
            self._fade.cancel()
            if self._file is None or self._file.was_changed():
                self._reload()
            else:
                self._start()

    def pause(self) -> None:
        """Falls silent and keeps the place."""
        self._wants_play = False
        if self._state is not EngineState.PLAYING or self._sound is None:
            return
        self._epoch += 1
        self._sound.pause()
        self._boundary.hold()
        self._watchdog.watch(False)
        self._playhead.settle(self._wall_ms(), self._duration_ms)
        target_ms = self._playhead.take_target()
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
            self._playhead.ask(target_ms)
            return
        self._epoch += 1
        self._is_at_end = False
        if self._state is EngineState.PLAYING and self._sound is not None:
            self._playhead.ask(target_ms)
            self._sound.seek(target_ms)
            self._playhead.start(self._applied_speed, self._wall_ms())
            return
        if self._state is EngineState.STALLED:
            self._playhead.ask(target_ms)
            return
        self._playhead.put(target_ms)
        if self._state is EngineState.PAUSED and self._sound is not None:
            self._sound.seek(target_ms)
            self._later(lambda: self.jumped.emit(target_ms))

    def set_speed(self, speed: float) -> None:
        """Speed from 0.5 to 4 with the pitch kept; quick changes are thinned out, the last one holds."""
        self._speed = held_speed(speed)
        if not self._speed_limit.isActive():
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

    # Opening.

    def _forget_file(self) -> None:
        self._epoch += 1
        self._load_limit.stop()
        self._watchdog.watch(False)
        self._boundary.arm(None, 0)
        self._is_at_end = False
        self._file = None

    def _reload(self) -> None:
        """The same file again at the same place, by whichever way fits it now."""
        self._epoch += 1
        self._watchdog.watch(False)
        self._boundary.hold()
        self._playhead.ask(self.position_ms)
        self._set_state(EngineState.LOADING)
        self._later(self._open)

    def _open(self) -> None:
        if self._source is None:
            return
        if self._sound is None and next(self._loading_sound, _LOADED) is not _LOADED:
            self._later(self._open)  # another step of loading, once the window has had its turn
            return
        self._sound = self._sound or self._connected(self._make_sound(self))
        self._sound.close()
        from player.playback.opened_file import OpenedFile
        from player.playback.strategy import table_fits

        try:
            self._file = OpenedFile(self._source)
        except SourceError as error:
            self._fail(str(error))
            return
        self._open_by(self._sound, self._file, through_table=table_fits(self._source))

    def _open_by(self, sound: QtSound, file: "OpenedFile", *, through_table: bool) -> None:
        from player.playback.strategy import url_of

        file.through_table = through_table
        self._load_limit.start(TABLE_LOAD_LIMIT_MS if through_table else PLAIN_LOAD_LIMIT_MS)
        sound.open(url_of(file.source, through_table=through_table))

    def _on_opened(self) -> None:
        if self._state is not EngineState.LOADING or self._sound is None:
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
        target_ms = self._clamped(self.position_ms)
        if target_ms > 0:
            self._sound.seek(target_ms)
        self._boundary.place(target_ms)
        if self._wants_play:
            self._playhead.ask(target_ms)
            self._start()
            return
        self._playhead.put(target_ms)
        self._set_state(EngineState.PAUSED)
        if epoch == self._epoch:
            self.jumped.emit(target_ms)

    def _learn_duration(self, qt_duration_ms: int) -> None:
        """Qt's own duration where ours is unknown, but not of streams that Qt can only guess at."""
        if self._duration_ms is None and self._file is not None and self._file.has_trusted_duration:
            self._duration_ms = qt_duration_ms
            self.duration_changed.emit(qt_duration_ms)

    def _could_not_open(self, sentence: str) -> None:
        """A table that cannot be opened is no reason not to play: the plain file comes next."""
        if self._state is not EngineState.LOADING or self._sound is None or self._file is None:
            return
        if self._file.through_table:
            self._sound.close()
            self._open_by(self._sound, self._file, through_table=False)
        else:
            self._fail(sentence)

    # Playing.

    def _start(self) -> None:
        if self._sound is None:
            return
        self._playhead.start(self._applied_speed, self._wall_ms())
        self._sound.play()
        self._watchdog.watch(True)
        self._set_state(EngineState.PLAYING)

    def _on_moved(self, sound_ms: int) -> None:
        if self._state not in (EngineState.PLAYING, EngineState.STALLED) or self._is_deaf:
            return
        if not self._playhead.tick(sound_ms, self._wall_ms()):
            return
        if self._state is EngineState.STALLED:
            self._recover()
            return
        epoch = self._epoch
        target_ms = self._playhead.take_target()
        if target_ms is not None:
            self.jumped.emit(target_ms)
        if epoch == self._epoch:
            heard_ms = self._playhead.hear()
            self._retime_boundary()
            self.ticked.emit(heard_ms)

    def _on_ended(self) -> None:
        if self._state not in (EngineState.PLAYING, EngineState.STALLED) or self._is_deaf:
            return
        self._epoch += 1
        epoch = self._epoch
        self._watchdog.watch(False)
        end_ms = self._playhead.last_really_played_ms(self._wall_ms(), self._duration_ms)
        target_ms = self._playhead.take_target()
        self._playhead.put(end_ms)
        self._is_at_end = True
        self._wants_play = self._is_sound_lost = False
        self._set_state(EngineState.PAUSED)
        if target_ms is not None and epoch == self._epoch:
            self.jumped.emit(target_ms)
        if epoch == self._epoch:
            self._boundary.end(end_ms)
        if epoch == self._epoch:
            self.ended.emit(end_ms)

    def _retime_boundary(self) -> None:
        if self._state is EngineState.PLAYING:
            sound_ms = self._playhead.sound_at(self._wall_ms())
            if sound_ms is not None:
                self._boundary.retime(sound_ms, self._applied_speed)

    def _apply_speed(self) -> None:
        if self._sound is None or self._is_sound_lost or self._applied_speed == self._speed:
            return
        self._applied_speed = self._speed
        self._speed_limit.start(SPEED_EVERY_MS)
        self._sound.set_speed(self._speed)
        if self._state is EngineState.PLAYING:
            self._boundary.hold()
            self._playhead.start(self._speed, self._wall_ms())

    def _apply_volume(self) -> None:
        if self._sound is not None and not self._is_sound_lost:
            # a cube is close to what the ear takes as even steps, and what sound servers use
            self._sound.set_volume((self._volume * self._fade.factor) ** 3, is_muted=self._is_muted)

    # What goes wrong.

    def _on_refused(self) -> None:
        if self._state is EngineState.LOADING:
            self._later(lambda: self._could_not_open(_CANNOT_OPEN))
        elif self._state is EngineState.PLAYING:
            self._later(lambda: self._fail(_CANNOT_OPEN))

    def _on_stopped(self) -> None:
        """Qt stopped. Asked or at the end another command or event follows at once, and this is void."""
        if self._state is EngineState.PLAYING:
            self._later(lambda: self._fail(_STOPPED))

    def _on_warned(self, message: str) -> None:
        """An error is a message, not a state: sound may go on. While loading, opening decides."""
        if self._state in (EngineState.EMPTY, EngineState.LOADING):
            return
        sentence = f"The sound reports a problem: {message.rstrip('.')}."
        wall_ms = self._wall_ms()
        if wall_ms - self._told_at_ms.get(sentence, -SAME_MESSAGE_EVERY_MS) >= SAME_MESSAGE_EVERY_MS:
            self._told_at_ms[sentence] = wall_ms
            self.failed.emit(sentence)

    def _fail(self, sentence: str) -> None:
        self._epoch += 1
        self._load_limit.stop()
        self._watchdog.watch(False)
        self._boundary.hold()
        self._playhead.put(self.position_ms)
        self._set_state(EngineState.FAILED)
        if self._sound is not None:
            self._sound.close()
        self.failed.emit(sentence)

    def _look(self) -> None:
        if self._file is None:
            return
        self._playhead.be_sure()
        is_slow_seek = self._playhead.is_on_its_way and not self._file.through_table
        if self._playhead.silent_ms(self._wall_ms()) >= (SLOW_SEEK_MS if is_slow_seek else STALL_MS):
            self._stall(_CHANGED if self._file.is_to_blame() else _SOUND_LOST)
        elif self._file.through_table and self._file.was_changed():
            self._reload()

    def _on_outputs_changed(self) -> None:
        """What sounded in the listener's ears must not go on aloud in the room."""
        if self._state is not EngineState.PLAYING or self._sound is None:
            return
        if not self._sound.count_outputs():
            self._watchdog.look()
        elif not self._sound.has_its_output:
            self.pause()
            self.output_gone.emit()

    def _lose_outputs(self) -> None:
        self._is_deaf = True
        self._playhead.go_back_to_sure()
        self._stall(_SOUND_LOST)

    def _stall(self, sentence: str) -> None:
        """Nothing moves. From here on nothing touches the sound, unless it moves again or the file was to blame."""
        self._epoch += 1
        self._watchdog.watch(False)
        self._boundary.hold()
        self._is_sound_lost = sentence == _SOUND_LOST
        self._set_state(EngineState.STALLED)
        self.stalled.emit(sentence)

    def _recover(self) -> None:
        """It moves again: it was only slow. What was commanded meanwhile is done now."""
        self._is_sound_lost = False
        if self._sound is None or self._file is None:
            self._reload()
        elif self._playhead.is_on_its_way or not self._wants_play:
            self._sound.pause()
            self._reload()
        else:
            self._watchdog.watch(True)
            self._set_state(EngineState.PLAYING)

    # Small things.

    def _connected(self, sound: QtSound) -> QtSound:
        sound.opened.connect(self._on_opened)
        sound.refused.connect(self._on_refused)
        sound.moved.connect(self._on_moved)
        sound.ended.connect(self._on_ended)
        sound.stopped.connect(self._on_stopped)
        sound.warned.connect(self._on_warned)
        sound.outputs_changed.connect(self._on_outputs_changed)
        return sound

    def _count_outputs(self) -> int:
        return self._sound.count_outputs() if self._sound is not None else 0

    def _clamped(self, ms: int) -> int:
        return max(0, ms if self._duration_ms is None else min(ms, self._duration_ms))

    def _later(self, action: Callable[[], None]) -> None:
        """Runs ``action`` from the event loop, unless another command came in between."""
        epoch = self._epoch
        QTimer.singleShot(0, self, lambda: action() if epoch == self._epoch else None)

    def _single_shot(self, action: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(action)
        return timer

    def _set_state(self, state: EngineState) -> None:
        if state is not self._state:
            self._state = state
            self.state_changed.emit(state)
