"""Two sounds that misbehave by name, and that know what they really played.

``FakeSide`` is the strict FakeEngine: what an Engine may tell the session. ``QtSide`` is the real Engine over a model
of QMediaPlayer: what Qt may tell the Engine.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QUrl
from PySide6.QtWidgets import QApplication

from player.playback import engine as engine_module
from player.playback.engine import Engine
from player.playback.state import EngineState
from tests.fakes import UNKNOWN_LENGTH_MS, FakeEngine
from tests.playback.lying_sound import LyingSound

TICK_MS = 50
LOOK_EVERY_TICKS = 10
Play = Callable[[str, float, float], None]  # file name, from, to: really sounded


class FakeSide:
    """The FakeEngine; ``played`` is told every stretch that sounds."""

    TOLERANCE_MS = 2

    def __init__(self, played: Play, lengths: dict[str, int | None]) -> None:
        self.engine: Any = FakeEngine()
        self._played = played

    def advance(self) -> None:
        before, source = self.engine._heard_ms, self.engine.source
        self.engine.advance(TICK_MS)
        if source is self.engine.source and source is not None and before < self.engine._heard_ms:
            self._played(Path(source.path).name, before, self.engine._heard_ms)

    @property
    def _is_playing(self) -> bool:
        return self.engine.state is EngineState.PLAYING

    def tell(self, ms: int) -> None:
        """A position that is not where the sound is."""
        if self._is_playing and not self.engine.needs_restart:
            self.engine.stray_tick(ms)

    def end_falsely(self) -> None:
        if self._is_playing:
            self.engine.false_end()

    def freeze(self) -> None:
        if self._is_playing:
            self.engine.stall()

    def thaw(self) -> None:
        if self.engine.state is EngineState.STALLED:
            self.engine.recover()

    def lose_devices(self) -> None:
        if self._is_playing:
            self.engine.lose_all_devices(0)

    def take_device_away(self) -> None:
        if self._is_playing:
            self.engine.take_device_away()

    def fail(self) -> None:
        if self.engine.state in (EngineState.PLAYING, EngineState.LOADING):
            self.engine.fail()

    def warn(self) -> None:
        if self.engine.source is not None:
            self.engine.warn()

    def refuse_next(self) -> None:
        self.engine.refuse_next_load()

    def stop(self) -> None:
        self.fail()


class PlayerModel(LyingSound):
    """What a QMediaPlayer does: opens after a while, plays, ends; and lies when it is told to."""

    def __init__(self, played: Play, lengths: dict[str, int | None]) -> None:
        super().__init__()
        self._played = played
        self._lengths = lengths
        self.name = ""
        self.at_ms = 0.0
        self.is_playing = self.is_frozen = self.is_silent = self.refuses_next = False
        self._speed = 1.0
        self._opens_in: int | None = None
        self._ignored = 0  # ticks that it needs before it sounds after a start or a seek

    def open(self, url: QUrl) -> None:
        self.name = Path(url.toLocalFile()).name
        self.at_ms, self.is_playing, self.is_frozen, self._opens_in = 0.0, False, False, 1
        self.duration_ms = self._lengths[self.name] or UNKNOWN_LENGTH_MS

    def close(self) -> None:
        self.name, self.is_playing, self._opens_in = "", False, None

    def play(self) -> None:
        self.is_playing, self._ignored = True, 1
        self.moved.emit(int(self.at_ms))

    def pause(self) -> None:
        self.is_playing = False

    def seek(self, ms: int) -> None:
        self.at_ms, self._ignored = float(ms), 1
        self.moved.emit(ms)

    def set_speed(self, factor: float) -> None:
        self._speed = factor

    def tick(self) -> None:
        if self._opens_in is not None:
            self._open_on()
        elif self.is_playing and not self.is_frozen:
            self._play_on()

    def _open_on(self) -> None:
        assert self._opens_in is not None
        if self._opens_in:
            self._opens_in -= 1
            return
        self._opens_in = None
        if self.refuses_next:
            self.refuses_next = False
            self.refused.emit()
        else:
            self.opened.emit()

    def _play_on(self) -> None:
        if self._ignored:
            self._ignored -= 1
            return
        before_ms, name = self.at_ms, self.name
        self.at_ms = min(self.duration_ms, before_ms + TICK_MS * self._speed)
        if not self.is_silent:
            self._played(name, before_ms, self.at_ms)
        self.moved.emit(int(self.at_ms))
        if self.is_playing and self.name == name and self.at_ms >= self.duration_ms:
            self.end()

    def end(self) -> None:
        self.is_playing = False
        self.stopped.emit()
        self.ended.emit()


class QtSide:
    """The real Engine over the model; wall time is that of ``advance``."""

    TOLERANCE_MS = 350  # what is heard lags behind what Qt tells

    def __init__(self, played: Play, lengths: dict[str, int | None]) -> None:
        engine_module.SPEED_EVERY_MS = 0  # that is of real time
        self._wall_ms = 1_000_000.0
        self._ticks = 0
        self.model = PlayerModel(played, lengths)
        self.engine: Any = Engine(make_sound=self._made, load_sound=lambda: iter(()), wall_ms=lambda: self._wall_ms)

    def _made(self, _: QObject) -> Any:
        return self.model

    def advance(self) -> None:
        self._wall_ms += TICK_MS
        self._ticks += 1
        QApplication.processEvents()
        self.model.tick()
        if self._ticks % LOOK_EVERY_TICKS == 0 and self.engine._watchdog._timer.isActive():
            self.engine._watchdog.look()
        QApplication.processEvents()

    def tell(self, ms: int) -> None:
        self.model.moved.emit(ms)

    def end_falsely(self) -> None:
        """A cut file: Qt tells the whole duration, then the end."""
        if self.model.is_playing:
            self.model.moved.emit(self.model.duration_ms)
            self.model.end()

    def freeze(self) -> None:
        self.model.is_frozen = True

    def thaw(self) -> None:
        self.model.is_frozen = False

    def lose_devices(self) -> None:
        """All are gone; the position runs on in silence."""
        self.model.outputs, self.model.is_silent = 0, True

    def take_device_away(self) -> None:
        self.model.has_its_output = False
        self.model.outputs_changed.emit()
        self.model.has_its_output = True

    def fail(self) -> None:
        if self.model.is_playing:
            self.model.is_playing = False
            self.model.refused.emit()

    def warn(self) -> None:
        self.model.warned.emit("Something is odd.")

    def refuse_next(self) -> None:
        self.model.refuses_next = True

    def stop(self) -> None:
        """It stops by itself and goes back to 0, as QMediaPlayer does."""
        if self.model.is_playing:
            self.model.is_playing, self.model.at_ms = False, 0.0
            self.model.moved.emit(0)
            self.model.stopped.emit()
