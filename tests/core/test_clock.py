import pytest

from player.core.clock import at_speed, clock_text


@pytest.mark.parametrize(
    ("ms", "text"),
    [
        (0, "0:00"),
        (999, "0:00"),
        (1_000, "0:01"),
        (59_999, "0:59"),
        (60_000, "1:00"),
        (3_599_999, "59:59"),
        (3_600_000, "1:00:00"),
        (22_170_000, "6:09:30"),
        (360_000_000, "100:00:00"),
        (-5_000, "0:00"),
    ],
)
def test_a_time_reads_as_on_a_clock_and_parts_of_a_second_are_cut(ms: int, text: str):
    assert clock_text(ms) == text


@pytest.mark.parametrize(("speed", "ms"), [(1.0, 60_000), (2.0, 30_000), (0.5, 120_000), (1.25, 48_000)])
def test_a_stretch_takes_less_time_at_more_speed(speed: float, ms: int):
    assert at_speed(60_000, speed) == ms
