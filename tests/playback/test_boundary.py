import time

import pytest
from pytestqt.qtbot import QtBot

from player.playback.boundary import FORESIGHT_MS, Boundary
from player.playback.heard_lag import heard_lag_ms


@pytest.fixture
def reached() -> list[int]:
    return []


@pytest.fixture
def boundary(qtbot: QtBot, reached: list[int]) -> Boundary:
    made = Boundary()
    made.reached.connect(reached.append)
    return made


@pytest.mark.parametrize("speed", [1.0, 2.0, 4.0])
def test_it_is_told_when_what_is_heard_comes_to_it(
    qtbot: QtBot, boundary: Boundary, reached: list[int], speed: float
) -> None:
    boundary.arm(10_000, 9_000)
    begun = time.monotonic()
    boundary.retime(10_000 + heard_lag_ms(speed) - 50 * speed, speed)
    qtbot.waitUntil(lambda: reached == [10_000])
    assert time.monotonic() - begun > 0.045  # never before; how soon after is for captured tones to say
    assert boundary.armed_ms is None


def test_what_is_far_is_left_to_later_ticks(qtbot: QtBot, boundary: Boundary, reached: list[int]) -> None:
    boundary.arm(10_000, 9_000)
    boundary.retime(10_000 - FORESIGHT_MS - 50, 1.0)
    qtbot.wait(FORESIGHT_MS + 120)
    assert reached == []


def test_holding_and_disarming_stop_it(qtbot: QtBot, boundary: Boundary, reached: list[int]) -> None:
    boundary.arm(10_000, 9_000)
    boundary.retime(9_980, 1.0)
    boundary.hold()
    qtbot.wait(80)
    boundary.retime(9_980, 1.0)
    boundary.arm(None, 9_980)
    qtbot.wait(80)
    assert reached == []


def test_at_or_behind_the_position_it_waits_for_a_seek_back(
    qtbot: QtBot, boundary: Boundary, reached: list[int]
) -> None:
    boundary.arm(10_000, 10_000)
    boundary.retime(10_050, 1.0)
    qtbot.wait(50)
    assert reached == []
    boundary.place(9_950)
    boundary.retime(9_990, 1.0)
    qtbot.waitUntil(lambda: reached == [10_000])


def test_the_end_reaches_a_boundary_up_to_it_and_none_beyond(boundary: Boundary, reached: list[int]) -> None:
    boundary.arm(10_000, 9_000)
    boundary.end(9_999)
    assert reached == []
    boundary.end(10_000)
    boundary.end(10_000)
    assert reached == [10_000]
