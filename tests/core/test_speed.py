import pytest

from player.core.speed import MAX_SPEED, MIN_SPEED, held_speed, next_speed


@pytest.mark.parametrize(
    ("asked", "held"),
    [(1.25, 1.25), (MIN_SPEED, 0.5), (0.0, 0.5), (-1.0, 0.5), (MAX_SPEED, 4.0), (9.0, 4.0), (float("inf"), 4.0)],
)
def test_a_speed_is_held_within_the_limits(asked: float, held: float) -> None:
    assert held_speed(asked) == held


@pytest.mark.parametrize(("speed", "by", "following"), [(1.0, 1, 1.1), (1.0, -1, 0.9), (1.3, 1, 1.5), (4.0, 1, 4.0)])
def test_keys_step_through_the_speeds_that_are_offered(speed: float, by: int, following: float) -> None:
    assert next_speed(speed, by) == following
