import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.core.scale import Scale

SCALE = Scale(start_ms=10_000, end_ms=20_000, left=8, width=500)


def test_ends_of_the_stretch_are_ends_of_the_bar():
    assert SCALE.x(10_000) == 8
    assert SCALE.x(20_000) == 508


def test_moments_outside_the_stretch_are_held_at_its_ends():
    assert SCALE.x(0) == 8
    assert SCALE.x(99_000) == 508
    assert SCALE.ms(-50) == 10_000
    assert SCALE.ms(9_999) == 20_000


@given(st.integers(10_000, 20_000))
def test_a_moment_survives_the_way_to_a_pixel_and_back(ms):
    assert SCALE.ms(SCALE.x(ms)) == pytest.approx(ms, abs=1)


def test_a_stretch_without_length_or_width_has_one_moment():
    assert Scale(5, 5, 3, 100).x(7) == 3
    assert Scale(5, 50, 3, 0).ms(40) == 5


def test_snapping_takes_the_nearest_tick_within_reach_only():
    ticks = [10_000, 15_000, 15_200, 30_000]
    assert SCALE.snap(SCALE.x(15_090), ticks, 6) == 15_000
    assert SCALE.snap(SCALE.x(15_110), ticks, 6) == 15_200
    assert SCALE.snap(SCALE.x(13_000), ticks, 6) == 13_000
    assert SCALE.snap(SCALE.x(13_000), [], 6) == 13_000


def test_a_tick_outside_the_stretch_never_attracts():
    assert SCALE.snap(508, [20_001], 6) == 20_000
