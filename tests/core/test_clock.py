import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.core.chapter import MAX_TIME_MS
from player.core.clock import at_speed, clock_text, exact_clock_text, typed_ms


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


def test_parts_of_a_second_are_shown_where_there_are_any():
    assert exact_clock_text(3_723_250) == "1:02:03.25"
    assert exact_clock_text(61_007) == "1:01.007"
    assert exact_clock_text(61_000) == "1:01"
    assert exact_clock_text(-5) == "0:00"


@pytest.mark.parametrize(
    ("text", "ms"),
    [("1:02:03", 3_723_000), (" 62:03.5 ", 3_723_500), ("0:00,25", 250), ("90", 90_000), ("1:2:3.1234", 3_723_123)],
)
def test_a_typed_time_is_understood(text: str, ms: int):
    assert typed_ms(text) == ms


@pytest.mark.parametrize("text", ["", "soon", "1:60", "1:60:00", "1:2:3:4", "-1:00", "1:", "1.2.3", "9" * 99])
def test_what_is_no_time_is_none(text: str):
    assert typed_ms(text) is None


@given(st.integers(0, MAX_TIME_MS))
def test_an_exact_time_is_typed_back(ms: int):
    assert typed_ms(exact_clock_text(ms)) == ms
