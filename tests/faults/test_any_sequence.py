"""Whatever the listener asks, the sound does wrong and the clock says, on the real Session and Library."""

import pytest
from hypothesis import HealthCheck, given, settings

from tests.faults.any_sequence import SEQUENCES, Action, play_through
from tests.faults.sound_side import FakeSide, QtSide


@pytest.mark.parametrize("make_side", [FakeSide, QtSide])
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(actions=SEQUENCES)
def test_no_sequence_moves_the_place_unasked_and_the_disk_agrees(
    qapp: object, make_side: type[FakeSide | QtSide], actions: list[Action]
):
    play_through(make_side, actions)
