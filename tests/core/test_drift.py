import pytest

from player.core.drift import LONGEST_GAP_MS, SLACK_MS, drift_after, slack_ms


@pytest.mark.parametrize(("speed", "slack"), [(0.5, SLACK_MS), (1.0, SLACK_MS), (4.0, 4 * SLACK_MS)])
def test_slack_is_time_of_the_listener_and_never_less_than_at_plain_speed(speed: float, slack: int):
    assert slack_ms(speed) == slack


def test_a_steady_sound_does_not_drift_and_wears_drift_off():
    assert drift_after(0, 50, 50, 1.0) == 0
    assert drift_after(0, 200, 50, 4.0) == 0
    assert drift_after(500, 50, 50, 1.0) == 500 + 50 - 62


def test_steps_too_far_and_steps_back_add_up():
    assert drift_after(0, 900, 100, 1.0) == 775
    assert drift_after(775, 900, 100, 1.0) == 1_550
    assert drift_after(100, -60, 50, 1.0) == 160


def test_a_clock_set_back_explains_nothing_and_one_set_forward_not_much():
    assert drift_after(0, 50, -3_600_000, 1.0) == 50
    assert drift_after(0, 3_600_000, 10**12, 1.0) == 3_600_000 - LONGEST_GAP_MS * 5 // 4
