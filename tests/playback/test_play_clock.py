import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.playback.play_clock import PlayClock


def started(position_ms: int = 10_000, speed: float = 1.0) -> PlayClock:
    clock = PlayClock()
    clock.start(position_ms, speed, 0.0)
    return clock


def test_before_a_tick_the_start_is_the_position_and_nothing_is_confirmed() -> None:
    clock = started()
    assert clock.position_at(5_000) == 10_000
    assert not clock.is_confirmed


def test_the_echo_of_the_target_confirms_nothing() -> None:
    clock = started()
    assert not clock.tick(10_000, 1)
    assert not clock.is_confirmed


@pytest.mark.parametrize("speed", [0.5, 1.0, 2.0, 4.0])
@pytest.mark.parametrize("frame_ms", [20, 26, 104])
def test_between_ticks_the_position_is_right_for_short_and_long_frames(speed: float, frame_ms: int) -> None:
    clock = started(speed=speed)
    for wall_ms in range(50, 1_000, 50):
        true_ms = 10_000 + wall_ms * speed
        clock.tick(int(true_ms // frame_ms * frame_ms), wall_ms)
    assert clock.position_at(1_000) == pytest.approx(10_000 + 1_000 * speed, abs=max(26.0, 26 * speed))


def test_a_late_tick_moves_nothing() -> None:
    clock = started()
    for wall_ms in (50, 100, 150):
        clock.tick(10_000 + wall_ms, wall_ms)
    clock.tick(10_200, 240)  # the window was busy for 40 ms
    assert clock.position_at(250) == 10_250


def test_after_the_sound_stood_still_the_old_pace_is_forgotten() -> None:
    clock = started()
    for wall_ms in (50, 100, 150):
        clock.tick(10_000 + wall_ms, wall_ms)
    clock.tick(10_200, 1_200)
    assert clock.position_at(1_210) == 10_210


@given(st.lists(st.integers(0, 3_600_000), max_size=30))
def test_believed_ticks_only_rise_while_the_sound_tells_rubbish(rubbish: list[int]) -> None:
    clock = started(1_800_000)
    believed = []
    for number, position_ms in enumerate(rubbish):
        if clock.tick(position_ms, 10.0 * number):
            believed.append(position_ms)
    assert believed == sorted(believed)
    assert all(1_800_000 < ms <= 1_800_000 + 700 for ms in believed)
