import pytest

from player.playback.heard_lag import heard_lag_ms
from player.playback.playhead import Playhead

MINUTE = 60_000


def playing(speed: float = 1.0, at_ms: int = 10_000) -> Playhead:
    playhead = Playhead()
    playhead.ask(at_ms)
    playhead.start(speed, 0.0)
    return playhead


def run(playhead: Playhead, speed: float, until_wall_ms: int, at_ms: int = 10_000) -> list[int]:
    heard = []
    for wall_ms in range(50, until_wall_ms + 1, 50):
        assert playhead.tick(round(at_ms + wall_ms * speed), wall_ms)
        playhead.take_target()
        heard.append(playhead.hear())
    return heard


def test_an_asked_target_counts_until_the_sound_confirms_it() -> None:
    playhead = playing()
    assert playhead.position_ms == 10_000
    assert playhead.is_on_its_way
    run(playhead, 1.0, 100)
    assert not playhead.is_on_its_way
    assert playhead.position_ms == 10_100


@pytest.mark.parametrize("speed", [2.0, 4.0])
def test_what_is_heard_lags_and_never_lies_before_the_target(speed: float) -> None:
    heard = run(playing(speed), speed, 1_000)
    assert heard[0] >= 10_000
    assert heard == sorted(heard)
    assert heard[-1] == int(10_000 + 1_000 * speed - heard_lag_ms(speed))


def test_what_is_heard_does_not_go_back_when_the_speed_rises() -> None:
    playhead = playing()
    before = run(playhead, 1.0, 500)[-1]
    playhead.start(4.0, 500.0)
    playhead.tick(10_700, 550.0)
    assert playhead.hear() >= before


def test_a_pause_between_two_ticks_is_placed_between_them() -> None:
    playhead = playing()
    run(playhead, 1.0, 500)
    playhead.settle(530.0, MINUTE)
    assert playhead.position_ms == 10_530
    assert playhead.sound_ms == 10_500


def test_the_end_is_the_duration_only_near_it() -> None:
    near = playing(at_ms=MINUTE - 500)
    run(near, 1.0, 450, MINUTE - 500)
    assert near.last_really_played_ms(470.0, MINUTE) == MINUTE
    far = playing()
    run(far, 1.0, 450)
    assert far.last_really_played_ms(470.0, MINUTE) == 10_450
    assert far.last_really_played_ms(470.0, None) == 10_450


def test_waiting_long_does_not_make_an_end_true() -> None:
    playhead = playing(at_ms=MINUTE - 3_000)
    run(playhead, 1.0, 500, MINUTE - 3_000)
    assert playhead.last_really_played_ms(9_000.0, MINUTE) == MINUTE - 2_500


def test_the_lag_is_continuous_off_normal_speed_and_bounded() -> None:
    assert heard_lag_ms(1.0) < 0 < heard_lag_ms(1.1) < heard_lag_ms(2.0) < heard_lag_ms(4.0) == heard_lag_ms(9.0)
    assert heard_lag_ms(0.1) == heard_lag_ms(0.5)
    assert heard_lag_ms(1.5) == pytest.approx(133)
