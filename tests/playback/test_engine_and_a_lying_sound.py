"""What the Engine makes of a sound that lies, repeats itself, stands still or dies."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from player.core.audio_source import AudioSource
from player.playback import engine as engine_module
from player.playback import watchdog
from player.playback.engine import Engine
from player.playback.state import EngineState
from tests.playback.lying_sound import LyingSound


class Scene:
    """An Engine over a lying sound and a clock of its own."""

    def __init__(self, qtbot: QtBot, source: AudioSource) -> None:
        self.qtbot = qtbot
        self.source = source
        self.wall_ms = 1_000_000.0
        self.sound = LyingSound()
        self.engine = Engine(
            make_sound=lambda parent: self.sound, load_sound=lambda: iter(()), wall_ms=lambda: self.wall_ms
        )
        self.told: list[tuple[str, object]] = []
        for name in ("ticked", "jumped", "ended", "stalled", "failed", "boundary_reached"):
            getattr(self.engine, name).connect(lambda value, name=name: self.told.append((name, value)))

    def play_from(self, ms: int) -> None:
        self.engine.load(self.source, ms, play=True)
        self.qtbot.waitUntil(lambda: ("open", "file") in self.sound.touches)
        self.sound.opened.emit()
        self.sound.moved.emit(ms)  # Qt tells the target before any sound
        self.go_on(ms, 3)

    def go_on(self, from_ms: int, ticks: int) -> int:
        """Honest ticks from ``from_ms`` at 1x; returns the last one."""
        for number in range(1, ticks + 1):
            self.wall_ms += 50
            self.sound.moved.emit(from_ms + 50 * number)
        return from_ms + 50 * ticks

    def values(self, name: str) -> list[object]:
        return [value for told, value in self.told if told == name]


@pytest.fixture
def scene(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    monkeypatch.setattr(watchdog, "LOOK_EVERY_MS", 10)
    path = tmp_path / "episode.flac"
    path.write_bytes(b"fLaC" + bytes(100))
    made = Scene(qtbot, AudioSource(str(path), duration_ms=60_000))
    yield made
    made.engine.unload()


def test_sound_is_loaded_step_by_step_and_the_window_goes_on_between(qtbot: QtBot, scene: Scene) -> None:
    seen: list[str] = []

    def load_sound() -> Iterator[None]:
        for step in ("one", "two"):
            seen.append(step)
            QTimer.singleShot(0, lambda: seen.append("window"))
            yield

    def make_sound(parent: QObject) -> Any:
        seen.append("made")
        return scene.sound

    engine = Engine(make_sound=make_sound, load_sound=load_sound)
    for _ in range(2):
        engine.load(scene.source)  # the second while the first is on its way: nothing is loaded twice
    qtbot.waitUntil(lambda: ("open", "file") in scene.sound.touches)
    assert seen == ["one", "window", "two", "window", "made"]
    engine.unload()


def test_the_target_is_told_before_the_ticks_and_ticks_only_after_sound(scene: Scene) -> None:
    scene.play_from(30_000)
    assert scene.told == [("jumped", 30_000), ("ticked", 30_050), ("ticked", 30_100), ("ticked", 30_150)]


@pytest.mark.parametrize("lie_ms", [0, 60_000, 29_000, 45_000])
def test_a_place_that_nobody_asked_for_is_never_told(scene: Scene, lie_ms: int) -> None:
    scene.play_from(30_000)
    scene.sound.moved.emit(lie_ms)
    assert scene.engine.position_ms == 30_150
    last = scene.go_on(30_150, 2)
    assert all(30_000 < tick <= last for tick in scene.values("ticked"))


def test_an_old_tick_after_a_seek_is_not_taken_for_its_confirmation(scene: Scene) -> None:
    scene.play_from(30_000)
    scene.told.clear()
    for target_ms in (50_000, 10_000):
        scene.engine.seek(target_ms)
        scene.sound.moved.emit(target_ms)
        scene.sound.moved.emit(30_200)
        assert scene.engine.position_ms == target_ms
    assert scene.told == []
    scene.go_on(10_000, 1)
    assert scene.told == [("jumped", 10_000), ("ticked", 10_050)]


def test_a_sound_that_insists_on_another_place_is_believed_after_a_while(scene: Scene) -> None:
    scene.play_from(30_000)
    last = scene.go_on(40_000, 12)
    assert scene.engine.position_ms == last


def test_zeros_are_not_believed_however_often_they_come(scene: Scene) -> None:
    scene.play_from(30_000)
    for _ in range(50):
        scene.wall_ms += 50
        scene.sound.moved.emit(0)
    assert 0 not in scene.values("ticked")
    assert scene.engine.position_ms == 30_150


def test_the_end_of_a_cut_file_is_where_it_was_really_heard(scene: Scene) -> None:
    scene.play_from(30_000)
    scene.sound.moved.emit(60_000)
    scene.sound.stopped.emit()
    scene.sound.ended.emit()
    assert scene.values("ended") == [30_150]
    assert scene.engine.position_ms == 30_150
    assert scene.engine.state is EngineState.PAUSED


def test_the_true_end_is_the_whole_duration(scene: Scene) -> None:
    scene.play_from(59_800)
    scene.sound.stopped.emit()
    scene.sound.ended.emit()
    assert scene.values("ended") == [60_000]


def test_a_boundary_beyond_the_end_of_a_cut_file_is_not_reached(scene: Scene) -> None:
    scene.play_from(30_000)
    scene.engine.arm_boundary(40_000)
    scene.sound.ended.emit()
    assert scene.values("boundary_reached") == []


def test_the_same_error_is_told_once_while_sound_goes_on(scene: Scene) -> None:
    scene.play_from(30_000)
    for _ in range(100):
        scene.sound.warned.emit("Could not decode a frame")
    assert scene.values("failed") == ["The sound reports a problem: Could not decode a frame."]
    assert scene.engine.state is EngineState.PLAYING
    scene.wall_ms += 11_000
    scene.sound.warned.emit("Could not decode a frame")
    assert len(scene.values("failed")) == 2


def test_four_seconds_without_progress_are_a_stall_and_nothing_touches_the_sound_after_it(scene: Scene) -> None:
    scene.play_from(30_000)
    scene.wall_ms += 3_900
    scene.qtbot.wait(60)
    assert scene.values("stalled") == []
    scene.wall_ms += 200
    scene.qtbot.waitUntil(lambda: bool(scene.values("stalled")))
    assert scene.engine.state is EngineState.STALLED
    assert scene.engine.needs_restart
    assert scene.engine.position_ms == 30_150
    scene.sound.touches.clear()
    scene.engine.play()
    scene.engine.pause()
    scene.engine.seek(5_000)
    scene.engine.set_speed(2.0)
    scene.engine.set_volume(0.5)
    scene.engine.fade_out(100)
    scene.engine.load(scene.source, 1_000, play=True)
    scene.engine.unload()
    scene.qtbot.wait(200)
    assert scene.sound.touches == []


def test_sound_that_was_only_slow_goes_on_by_itself(scene: Scene) -> None:
    scene.play_from(30_000)
    scene.wall_ms += 4_100
    scene.qtbot.waitUntil(lambda: bool(scene.values("stalled")))
    scene.go_on(30_150, 2)
    assert scene.engine.state is EngineState.PLAYING
    assert not scene.engine.needs_restart
    assert scene.engine.position_ms == 30_250


def test_a_stall_with_a_changed_file_blames_the_file_and_can_be_played_again(scene: Scene) -> None:
    scene.play_from(30_000)
    Path(scene.source.path).write_bytes(b"fLaC" + bytes(10))
    scene.wall_ms += 4_100
    scene.qtbot.waitUntil(lambda: bool(scene.values("stalled")))
    assert scene.values("stalled") == ["The file was changed or removed while it was playing."]
    assert not scene.engine.needs_restart
    scene.sound.touches.clear()
    scene.engine.play()
    scene.qtbot.waitUntil(lambda: ("open", "file") in scene.sound.touches)
    assert scene.engine.position_ms == 30_150


def test_a_plain_seek_may_take_its_time(scene: Scene) -> None:
    scene.play_from(30_000)
    scene.engine.seek(50_000)
    scene.wall_ms += 10_000
    scene.qtbot.wait(60)
    assert scene.engine.state is EngineState.PLAYING
    scene.wall_ms += 11_000
    scene.qtbot.waitUntil(lambda: bool(scene.values("stalled")))
    assert scene.engine.position_ms == 50_000


def test_all_output_devices_gone_is_a_stall_though_positions_run_on(scene: Scene) -> None:
    scene.play_from(30_000)
    scene.sound.outputs = 0
    scene.qtbot.waitUntil(lambda: bool(scene.values("stalled")))
    place_ms = scene.engine.position_ms
    scene.go_on(30_150, 5)
    assert scene.engine.state is EngineState.STALLED
    assert scene.engine.position_ms == place_ms


def test_no_output_device_from_the_start_is_no_stall(scene: Scene) -> None:
    scene.sound.outputs = 0
    scene.play_from(30_000)
    scene.qtbot.wait(120)
    assert scene.engine.state is EngineState.PLAYING


def test_a_file_without_duration_cannot_be_played(scene: Scene) -> None:
    scene.sound.duration_ms = 0
    scene.engine.load(scene.source, 5_000, play=True)
    scene.qtbot.waitUntil(lambda: ("open", "file") in scene.sound.touches)
    scene.sound.opened.emit()
    assert scene.engine.state is EngineState.FAILED
    assert scene.values("failed") == ["This file holds no sound that can be played."]
    assert scene.engine.position_ms == 5_000


def test_a_sound_that_stops_by_itself_is_told_and_keeps_the_place(scene: Scene) -> None:
    scene.play_from(30_000)
    scene.sound.moved.emit(0)
    scene.sound.stopped.emit()
    scene.qtbot.waitUntil(lambda: scene.engine.state is EngineState.FAILED)
    assert scene.values("failed") == ["The sound stopped unexpectedly."]
    assert scene.engine.position_ms == 30_150


def test_quick_changes_of_speed_are_thinned_out_and_the_last_one_holds(scene: Scene) -> None:
    scene.play_from(30_000)
    scene.sound.touches.clear()
    for speed in (1.1, 1.2, 1.3, 1.4, 1.5):
        scene.engine.set_speed(speed)
    assert scene.sound.touches == [("set_speed", 1.1)]
    assert scene.engine.speed == 1.5
    scene.qtbot.waitUntil(lambda: ("set_speed", 1.5) in scene.sound.touches)
    assert len(scene.sound.touches) == 2


def test_volume_is_what_the_ear_takes_and_a_fade_multiplies_it(scene: Scene) -> None:
    scene.play_from(30_000)
    scene.engine.set_volume(0.5)
    assert scene.sound.touches[-1] == ("set_volume", 0.125, False)
    scene.engine.fade_out(80)
    scene.qtbot.waitUntil(lambda: scene.sound.touches[-1] == ("set_volume", 0.0, False))
    scene.engine.cancel_fade()
    assert scene.sound.touches[-1] == ("set_volume", 0.125, False)


def _table(scene: Scene, tmp_path: Path) -> AudioSource:
    listing = tmp_path / "table.list"
    listing.write_bytes(b"")
    return AudioSource(
        scene.source.path,
        duration_ms=60_000,
        list_path=str(listing),
        file_size=Path(scene.source.path).stat().st_size,
        sync_points=((0, b"fLaC"),),
    )


@pytest.mark.parametrize("refuse", ["refused", "empty", "late"])
def test_a_table_that_does_not_open_gives_way_to_the_plain_file_at_the_same_place(
    scene: Scene, tmp_path: Path, refuse: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "TABLE_LOAD_LIMIT_MS", 100)
    scene.engine.load(_table(scene, tmp_path), 30_000, play=True)
    scene.qtbot.waitUntil(lambda: ("open", "concatf") in scene.sound.touches)
    ways: dict[str, Callable[[], object]] = {
        "refused": scene.sound.refused.emit,
        "empty": lambda: (setattr(scene.sound, "duration_ms", 0), scene.sound.opened.emit()),
        "late": lambda: None,
    }
    ways[refuse]()
    scene.qtbot.waitUntil(lambda: ("open", "file") in scene.sound.touches)
    scene.sound.duration_ms = 60_000
    scene.sound.opened.emit()
    scene.go_on(30_000, 2)
    assert scene.told == [("jumped", 30_000), ("ticked", 30_050), ("ticked", 30_100)]
    assert not scene.engine.plays_through_table


def test_a_file_changed_under_its_table_goes_on_plainly(scene: Scene, tmp_path: Path) -> None:
    scene.engine.load(_table(scene, tmp_path), 30_000, play=True)
    scene.qtbot.waitUntil(lambda: ("open", "concatf") in scene.sound.touches)
    scene.sound.opened.emit()
    scene.go_on(30_000, 2)
    Path(scene.source.path).write_bytes(b"fLaC and more than before" + bytes(100))
    scene.qtbot.waitUntil(lambda: ("open", "file") in scene.sound.touches)
    scene.sound.opened.emit()
    assert ("seek", 30_100) in scene.sound.touches
    scene.go_on(30_100, 1)
    assert scene.values("jumped") == [30_000, 30_100]
    assert scene.engine.state is EngineState.PLAYING


@pytest.mark.parametrize("command", ["pause", "seek", "load"])
def test_what_was_commanded_during_a_stall_is_done_when_the_sound_moves_again(scene: Scene, command: str) -> None:
    scene.play_from(30_000)
    scene.wall_ms += 4_100
    scene.qtbot.waitUntil(lambda: bool(scene.values("stalled")))
    commands: dict[str, Callable[[], None]] = {
        "pause": scene.engine.pause,
        "seek": lambda: scene.engine.seek(12_000),
        "load": lambda: scene.engine.load(scene.source, 12_000, play=True),
    }
    commands[command]()
    scene.sound.touches.clear()
    scene.told.clear()
    scene.go_on(30_150, 1)
    scene.qtbot.waitUntil(lambda: ("open", "file") in scene.sound.touches)
    scene.sound.opened.emit()
    expected_ms = 30_150 if command == "pause" else 12_000
    assert scene.engine.state is (EngineState.PAUSED if command == "pause" else EngineState.PLAYING)
    scene.go_on(expected_ms, 1)
    assert ("play",) in scene.sound.touches or command == "pause"
    assert scene.values("jumped") == [expected_ms]
    assert scene.values("ticked") == ([] if command == "pause" else [expected_ms + 50])


def test_silence_after_the_devices_vanished_is_not_listened_to(scene: Scene) -> None:
    scene.play_from(30_000)
    scene.qtbot.waitUntil(lambda: scene.engine._playhead._sure_ms == 30_150)
    scene.sound.outputs = 0
    scene.engine._watchdog._timer.stop()  # it looks only now and then
    last = scene.go_on(30_150, 8)
    assert scene.values("ticked")[-1] == last
    scene.sound.outputs_changed.emit()
    assert scene.values("stalled") == ["The connection to the sound device was lost."]
    assert scene.engine.needs_restart
    assert scene.engine.position_ms == 30_150


def test_a_seek_is_not_taken_back_when_the_devices_vanish(scene: Scene) -> None:
    scene.play_from(30_000)
    scene.qtbot.waitUntil(lambda: scene.engine._playhead._sure_ms == 30_150)
    scene.engine.seek(50_000)
    scene.sound.outputs = 0
    scene.sound.outputs_changed.emit()
    assert scene.engine.position_ms == 50_000


def test_a_device_that_is_taken_away_pauses_before_others_hear_it(scene: Scene) -> None:
    gone: list[None] = []
    scene.engine.output_gone.connect(lambda: gone.append(None))
    scene.play_from(30_000)
    scene.sound.outputs_changed.emit()  # another one came
    assert scene.engine.state is EngineState.PLAYING
    scene.sound.has_its_output = False
    scene.sound.outputs_changed.emit()
    assert scene.engine.state is EngineState.PAUSED
    assert scene.engine.position_ms == 30_150
    assert len(gone) == 1
    scene.sound.outputs_changed.emit()
    assert len(gone) == 1
    assert not scene.engine.needs_restart
