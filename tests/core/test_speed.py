import pytest

from player.core.speed import MAX_SPEED, MIN_SPEED, held_speed


@pytest.mark.parametrize(
    ("asked", "held"),
    [(1.25, 1.25), (MIN_SPEED, 0.5), (0.0, 0.5), (-1.0, 0.5), (MAX_SPEED, 4.0), (9.0, 4.0), (float("inf"), 4.0)],
)
def test_a_speed_is_held_within_the_limits(asked: float, held: float) -> None:
    assert held_speed(asked) == held
