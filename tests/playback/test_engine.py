"""One suite of behaviour for the fake Engine and the real one, plain and through a sample table.

Where a test needs no particular encoding it runs on the fake and on one file of each strategy; what depends on the
encoding runs on all of them. No sound server is needed: without a device Qt plays in silence at the right pace.
"""

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Protocol

import pytest
from pytestqt.qtbot import QtBot

from player.core.audio_source import AudioSource
from player.playback.engine import Engine
from player.playback.state import EngineState
from tests.fakes import FakeEngine
from tests.playback.conftest import LENGTH_S

LENGTH_MS = LENGTH_S * 1000
SIGNALS = ("state_changed", "ticked", "jumped", "boundary_reached", "ended", "stalled", "failed", "duration_changed")
LATE_MS = 400  # how far beside the exact moment a busy machine may be
EVERY = ("fake", "plain.m4a", "vbr.mp3")
EVERY_ENCODING = ("fake", "plain.m4a", "plain.opus", "plain.flac", "cbr.mp3", "vbr.mp3", "noxing.mp3", "plain cbr.mp3")


class Rig(Protocol):
    """An Engine, what it told, and a way to let time pass."""

    engine: Engine | FakeEngine
    source: AudioSource
    told: list[tuple[str, object]]

    def run(self, wall_ms: int) -> None: ...
    def until(self, condition: Callable[[], bool]) -> None: ...
    def bad_source(self) -> AudioSource: ...


class _Told:
    def __init__(self, engine: Engine | FakeEngine) -> None:
        self.engine = engine
        self.told: list[tuple[str, object]] = []
        for name in SIGNALS:
            getattr(engine, name).connect(self._listener(name))

    def _listener(self, name: str) -> Callable[[object], None]:
        return lambda value: self.told.append((name, value))


class FakeRig(_Told):
    def __init__(self) -> None:
        super().__init__(FakeEngine())
        self.source = AudioSource("/fake/episode.mp3", duration_ms=LENGTH_MS)

    def run(self, wall_ms: int) -> None:
        self.engine.advance(wall_ms)

    def until(self, condition: Callable[[], bool]) -> None:
        for _ in range(2_000):
            if condition():
                return
            self.engine.advance(10)
        raise AssertionError("it never came")

    def bad_source(self) -> AudioSource:
        self.engine.refuse_next_load()
        return AudioSource("/fake/bad.mp3")


class RealRig(_Told):
    def __init__(self, qtbot: QtBot, source: AudioSource, directory: Path) -> None:
        super().__init__(Engine())
        self.qtbot = qtbot
        self.source = source
        self.directory = directory

    def run(self, wall_ms: int) -> None:
        self.qtbot.wait(wall_ms)

    def until(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=10_000)

    def bad_source(self) -> AudioSource:
        path = self.directory / "notes.mp3"
        path.write_text("ffconcat version 1.0\nfile /etc/passwd\n")
        return AudioSource(str(path))


@pytest.fixture
def rig(
    request: pytest.FixtureRequest,
    qtbot: QtBot,
    tmp_path: Path,
    media: Callable[[str], Path],
    table_source: Callable[[Path], AudioSource],
) -> Iterator[Rig]:
    name: str = request.param
    if name == "fake":
        yield FakeRig()
        return
    path = media(name.removeprefix("plain ") if name.endswith(".mp3") else name)
    is_table = name.endswith(".mp3") and not name.startswith("plain ")
    source = table_source(path) if is_table else AudioSource(str(path), duration_ms=LENGTH_MS)
    real = RealRig(qtbot, source, tmp_path)
    yield real
    assert real.engine.plays_through_table == is_table or real.engine.state in (EngineState.EMPTY, EngineState.FAILED)
    real.engine.unload()


def on(*kinds: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("rig", kinds, indirect=True)


def values(rig: Rig, name: str) -> list[object]:
    return [value for told, value in rig.told if told == name]


def loaded(rig: Rig, at_ms: int = 0, *, play: bool = False) -> None:
    rig.engine.load(rig.source, at_ms, play=play)
    rig.until(lambda: at_ms in values(rig, "jumped"))


@on(*EVERY_ENCODING)
def test_a_load_is_paused_at_its_place_and_tells_nothing_else(rig: Rig) -> None:
    rig.engine.load(rig.source, 12_345)
    assert rig.engine.state is EngineState.LOADING
    assert rig.engine.position_ms == 12_345
    rig.until(lambda: rig.engine.state is EngineState.PAUSED)
    rig.run(200)
    expected = [("state_changed", EngineState.LOADING), ("state_changed", EngineState.PAUSED), ("jumped", 12_345)]
    assert rig.told == expected
    assert rig.engine.position_ms == 12_345
    assert rig.engine.source == rig.source
    assert abs(rig.engine.duration_ms - LENGTH_MS) <= 60


@on(*EVERY_ENCODING)
def test_playing_from_a_place_tells_the_jump_and_then_rising_ticks_from_there(rig: Rig) -> None:
    loaded(rig, 20_000, play=True)
    rig.run(400)
    assert values(rig, "state_changed") == [EngineState.LOADING, EngineState.PLAYING]
    assert [name for name, _ in rig.told][2] == "jumped"
    ticks = values(rig, "ticked")
    assert len(ticks) >= 4
    assert all(before <= after for before, after in pairwise(ticks))
    assert 20_000 <= ticks[0] <= 20_000 + LATE_MS
    assert ticks[-1] <= 20_400 + LATE_MS
    assert rig.engine.position_ms == ticks[-1]


@on(*EVERY_ENCODING)
def test_a_seek_while_playing_counts_at_once_and_is_confirmed_before_any_tick(rig: Rig) -> None:
    loaded(rig, 30_000, play=True)
    for target_ms in (5_000, 33_333, 33_000, 0):
        rig.told.clear()
        rig.engine.seek(target_ms)
        assert rig.engine.position_ms == target_ms
        rig.until(lambda: len(values(rig, "ticked")) >= 2)
        assert rig.told[0] == ("jumped", target_ms)
        assert values(rig, "jumped") == [target_ms]
        assert all(target_ms <= tick <= target_ms + 2 * LATE_MS for tick in values(rig, "ticked"))


@on(*EVERY_ENCODING)
def test_the_true_end_is_the_duration_and_boundaries_up_to_it_come_first(rig: Rig) -> None:
    loaded(rig, 0)
    duration_ms = rig.engine.duration_ms
    rig.engine.seek(duration_ms - 700)
    rig.engine.arm_boundary(duration_ms)
    rig.engine.play()
    rig.until(lambda: bool(values(rig, "ended")))
    assert [told for told in rig.told if told[0] in ("boundary_reached", "ended")] == [
        ("boundary_reached", duration_ms),
        ("ended", duration_ms),
    ]
    assert rig.engine.state is EngineState.PAUSED
    assert rig.engine.position_ms == duration_ms
    rig.run(150)
    assert rig.engine.position_ms == duration_ms
    assert 0 not in values(rig, "ticked")


@on(*EVERY)
def test_playing_on_at_the_end_tells_the_end_again_and_never_starts_at_zero(rig: Rig) -> None:
    loaded(rig, LENGTH_MS - 500, play=True)
    rig.until(lambda: len(values(rig, "ended")) == 1)
    rig.engine.play()
    rig.until(lambda: len(values(rig, "ended")) == 2)
    rig.run(200)
    assert rig.engine.position_ms == rig.engine.duration_ms
    assert rig.engine.state is EngineState.PAUSED


@on(*EVERY)
def test_after_the_end_a_seek_back_plays_from_there(rig: Rig) -> None:
    loaded(rig, LENGTH_MS - 500, play=True)
    rig.until(lambda: bool(values(rig, "ended")))
    rig.engine.seek(10_000)
    rig.engine.play()
    rig.told.clear()
    rig.until(lambda: len(values(rig, "ticked")) >= 3)
    assert all(10_000 <= tick <= 10_000 + 2 * LATE_MS for tick in values(rig, "ticked"))


@on(*EVERY)
def test_of_several_seeks_while_loading_the_last_one_wins(rig: Rig) -> None:
    rig.engine.load(rig.source, 1_000, play=True)
    rig.engine.seek(2_000)
    rig.engine.seek(25_000)
    assert rig.engine.position_ms == 25_000
    rig.until(lambda: bool(values(rig, "ticked")))
    assert values(rig, "jumped") == [25_000]
    assert 25_000 <= values(rig, "ticked")[0] <= 25_000 + LATE_MS


@on(*EVERY)
def test_a_seek_while_paused_is_told_and_is_where_playing_starts(rig: Rig) -> None:
    loaded(rig, 1_000)
    rig.told.clear()
    rig.engine.seek(30_000)
    rig.engine.seek(15_000)
    assert rig.told == []
    assert rig.engine.position_ms == 15_000
    rig.run(50)
    assert rig.told == [("jumped", 15_000)]
    rig.engine.play()
    rig.until(lambda: bool(values(rig, "ticked")))
    assert 15_000 <= values(rig, "ticked")[0] <= 15_000 + LATE_MS


@on(*EVERY)
def test_seeks_stay_within_the_file(rig: Rig) -> None:
    loaded(rig, 1_000)
    rig.engine.seek(-5_000)
    assert rig.engine.position_ms == 0
    rig.engine.seek(99 * LENGTH_MS)
    assert rig.engine.position_ms == rig.engine.duration_ms


@on(*EVERY)
def test_a_pause_is_silent_and_keeps_the_place(rig: Rig) -> None:
    loaded(rig, 8_000, play=True)
    rig.until(lambda: len(values(rig, "ticked")) >= 3)
    rig.engine.pause()
    assert rig.engine.state is EngineState.PAUSED
    place_ms = rig.engine.position_ms
    assert values(rig, "ticked")[-1] <= place_ms <= values(rig, "ticked")[-1] + LATE_MS
    rig.told.clear()
    rig.run(250)
    assert rig.told == []
    assert rig.engine.position_ms == place_ms
    rig.engine.play()
    rig.until(lambda: bool(values(rig, "ticked")))
    assert place_ms - 60 <= values(rig, "ticked")[0] <= place_ms + LATE_MS


@on(*EVERY)
def test_a_pause_before_a_seek_is_confirmed_keeps_the_asked_target(rig: Rig) -> None:
    loaded(rig, 30_000, play=True)
    rig.until(lambda: bool(values(rig, "ticked")))
    rig.told.clear()
    rig.engine.seek(3_000)
    rig.engine.pause()
    rig.run(150)
    assert rig.told == [("state_changed", EngineState.PAUSED), ("jumped", 3_000)]
    assert rig.engine.position_ms == 3_000


@on(*EVERY)
def test_a_pause_while_loading_is_kept(rig: Rig) -> None:
    rig.engine.load(rig.source, 3_000, play=True)
    rig.engine.pause()
    rig.until(lambda: bool(values(rig, "jumped")))
    assert rig.engine.state is EngineState.PAUSED


@on(*EVERY)
def test_playing_while_loading_plays_when_loaded(rig: Rig) -> None:
    rig.engine.load(rig.source, 3_000)
    rig.engine.play()
    rig.until(lambda: bool(values(rig, "ticked")))
    assert rig.engine.state is EngineState.PLAYING


@on(*EVERY)
@pytest.mark.parametrize("speed", [1.0, 4.0])
def test_a_boundary_is_told_once_when_playing_reaches_it(rig: Rig, speed: float) -> None:
    rig.engine.set_speed(speed)
    loaded(rig, 10_000)
    boundary_ms = round(10_000 + 400 * speed)
    rig.engine.arm_boundary(boundary_ms)
    rig.engine.play()
    rig.until(lambda: bool(values(rig, "boundary_reached")))
    near_ms = LATE_MS * speed
    assert values(rig, "boundary_reached") == [boundary_ms]
    assert abs(rig.engine.position_ms - boundary_ms) <= near_ms
    rig.engine.seek(10_000)
    rig.run(600)
    assert values(rig, "boundary_reached") == [boundary_ms]


@on(*EVERY)
def test_a_seek_past_a_boundary_does_not_reach_it_but_coming_by_again_does(rig: Rig) -> None:
    loaded(rig, 10_000, play=True)
    rig.engine.arm_boundary(12_000)
    rig.engine.seek(12_500)
    rig.run(300)
    assert values(rig, "boundary_reached") == []
    rig.engine.seek(11_800)
    rig.until(lambda: bool(values(rig, "boundary_reached")))
    assert values(rig, "boundary_reached") == [12_000]


@on(*EVERY)
def test_a_boundary_is_not_reached_while_paused_nor_after_disarming_nor_after_a_load(rig: Rig) -> None:
    loaded(rig, 10_000, play=True)
    rig.until(lambda: bool(values(rig, "ticked")))
    rig.engine.arm_boundary(rig.engine.position_ms + 300)
    rig.engine.pause()
    rig.run(500)
    rig.engine.arm_boundary(None)
    rig.engine.play()
    rig.run(400)
    rig.engine.arm_boundary(10_500)
    rig.engine.load(rig.source, 10_300, play=True)
    rig.run(500)
    assert values(rig, "boundary_reached") == []


@on(*EVERY)
def test_a_boundary_armed_behind_the_position_waits(rig: Rig) -> None:
    loaded(rig, 10_000, play=True)
    rig.engine.arm_boundary(9_000)
    rig.run(300)
    assert values(rig, "boundary_reached") == []


@on(*EVERY)
def test_a_change_of_speed_moves_the_moment_of_the_boundary_and_not_its_place(rig: Rig) -> None:
    loaded(rig, 10_000, play=True)
    rig.engine.arm_boundary(12_000)
    rig.run(200)
    rig.engine.set_speed(4.0)
    assert rig.engine.speed == 4.0
    rig.run(200)
    assert values(rig, "boundary_reached") == []
    rig.until(lambda: bool(values(rig, "boundary_reached")))
    assert abs(rig.engine.position_ms - 12_000) <= LATE_MS * 4


@on(*EVERY)
def test_a_boundary_may_command_what_comes_next(rig: Rig) -> None:
    loaded(rig, 10_000)
    rig.engine.boundary_reached.connect(lambda _: rig.engine.seek(30_000))
    rig.engine.arm_boundary(10_300)
    rig.engine.play()
    rig.until(lambda: 30_000 in values(rig, "jumped"))
    after = rig.told[rig.told.index(("jumped", 30_000)) + 1 :]
    assert all(value >= 30_000 for name, value in after if name == "ticked")


@on(*EVERY)
def test_the_next_file_can_be_loaded_from_within_the_end(rig: Rig) -> None:
    loaded(rig, LENGTH_MS - 400)
    rig.engine.ended.connect(lambda _: rig.engine.load(rig.source, 5_000, play=True))
    rig.engine.play()
    rig.until(lambda: 5_000 in values(rig, "jumped"))
    rig.until(lambda: rig.told[-1][0] == "ticked")
    assert 5_000 <= rig.engine.position_ms <= 5_000 + 2 * LATE_MS
    assert len(values(rig, "ended")) == 1


@on(*EVERY)
def test_loading_while_playing_tells_nothing_more_of_the_old_place(rig: Rig) -> None:
    loaded(rig, 30_000, play=True)
    rig.until(lambda: bool(values(rig, "ticked")))
    rig.told.clear()
    rig.engine.load(rig.source, 2_000, play=True)
    assert rig.engine.position_ms == 2_000
    rig.until(lambda: len(values(rig, "ticked")) >= 2)
    assert [name for name, _ in rig.told][:3] == ["state_changed", "state_changed", "jumped"]
    assert all(2_000 <= tick <= 2_000 + 2 * LATE_MS for tick in values(rig, "ticked"))


@on(*EVERY)
def test_of_two_loads_in_a_row_only_the_second_is_told(rig: Rig) -> None:
    rig.engine.load(rig.source, 30_000, play=True)
    rig.engine.load(rig.source, 2_000)
    rig.run(300)
    assert values(rig, "jumped") == [2_000]
    assert values(rig, "ticked") == []


@on(*EVERY)
def test_unloading_empties_and_tells_no_zero(rig: Rig) -> None:
    loaded(rig, 30_000, play=True)
    rig.until(lambda: bool(values(rig, "ticked")))
    rig.told.clear()
    rig.engine.unload()
    rig.run(200)
    assert rig.told == [("state_changed", EngineState.EMPTY)]
    assert rig.engine.source is None
    assert rig.engine.duration_ms is None


@on(*EVERY)
def test_ticks_run_at_the_speed_asked_for(rig: Rig) -> None:
    rig.engine.set_speed(4.0)
    loaded(rig, 2_000, play=True)
    rig.until(lambda: len(values(rig, "ticked")) >= 3)
    before_ms = rig.engine.position_ms
    rig.run(500)
    assert 1_200 <= rig.engine.position_ms - before_ms <= 2_000 + 4 * LATE_MS


@on(*EVERY)
def test_a_file_that_cannot_be_played_is_one_sentence_and_keeps_the_place(rig: Rig) -> None:
    rig.engine.load(rig.bad_source(), 7_000, play=True)
    assert values(rig, "failed") == []
    rig.until(lambda: rig.engine.state is EngineState.FAILED)
    (sentence,) = values(rig, "failed")
    assert isinstance(sentence, str)
    assert sentence.endswith(".")
    assert rig.engine.position_ms == 7_000
    assert not {"ticked", "jumped", "ended"} & {name for name, _ in rig.told}


@on(*EVERY)
def test_after_a_failure_another_file_plays(rig: Rig) -> None:
    rig.engine.load(rig.bad_source(), 7_000, play=True)
    rig.until(lambda: rig.engine.state is EngineState.FAILED)
    loaded(rig, 4_000, play=True)
    rig.until(lambda: bool(values(rig, "ticked")))
    assert rig.engine.state is EngineState.PLAYING


@on(*EVERY)
def test_volume_mute_and_fade_can_be_set_at_any_time(rig: Rig) -> None:
    rig.engine.set_volume(0.4)
    rig.engine.set_muted(True)
    loaded(rig, 4_000, play=True)
    rig.engine.fade_out(200)
    rig.run(300)
    assert (rig.engine.volume, rig.engine.is_muted) == (0.4, True)
    rig.engine.cancel_fade()
    rig.engine.set_muted(False)
    assert not rig.engine.is_muted


@on(*EVERY)
def test_a_thousand_connects_and_disconnects_leave_everything_whole(rig: Rig) -> None:
    loaded(rig, 4_000, play=True)
    heard: list[int] = []
    for _ in range(1_000):
        rig.engine.ticked.connect(heard.append)
        rig.engine.ticked.disconnect(heard.append)
    rig.run(150)
    assert heard == []
    assert rig.engine.state is EngineState.PLAYING
