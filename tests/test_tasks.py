import threading
import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QThread
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from player.core.errors import OutspokenError
from player.tasks import WORKERS, Tasks


class Door(Tasks):
    """A Tasks that knows whether it was closed, so that tests may close it themselves."""

    is_open = True

    def close(self) -> None:
        self.is_open = False
        super().close()


@pytest.fixture(name="tasks")
def door(qapp: object) -> Iterator[Door]:
    tasks = Door()
    yield tasks
    if tasks.is_open:
        tasks.close()


def never(outcome: object) -> None:
    raise AssertionError(f"not expected: {outcome!r}")


def test_a_function_runs_elsewhere_and_its_outcome_comes_back_here(tasks: Tasks, qtbot: QtBot):
    here, outcomes = threading.get_ident(), []
    tasks.run(threading.get_ident, lambda there: outcomes.append((there, threading.get_ident())), never)
    qtbot.waitUntil(lambda: bool(outcomes))
    ((there, back),) = outcomes
    assert there != here
    assert back == here


def test_nothing_comes_back_before_the_caller_is_done(tasks: Tasks, qtbot: QtBot):
    outcomes: list[int] = []
    tasks.run(lambda: 1, outcomes.append, never)
    QThread.msleep(50)
    assert outcomes == []
    assert not tasks.is_idle
    qtbot.waitUntil(lambda: outcomes == [1])
    assert tasks.is_idle


def test_an_error_for_the_listener_is_handed_over(tasks: Tasks, qtbot: QtBot):
    told: list[str] = []

    def fail() -> None:
        raise OutspokenError("This cannot be read.")

    tasks.run(fail, never, lambda error: told.append(str(error)))
    qtbot.waitUntil(lambda: told == ["This cannot be read."])
    assert tasks.is_idle


def test_a_bug_is_told_to_who_waits_and_raised_where_it_is_seen(tasks: Tasks, qtbot: QtBot):
    told: list[str] = []
    with capture_exceptions() as seen:
        tasks.run(lambda: 1 // 0, never, lambda error: told.append(str(error)))
        qtbot.waitUntil(lambda: bool(seen))
    assert [kind for kind, _, _ in seen] == [ZeroDivisionError]
    assert told == ["Something went wrong inside Outspoken."]
    assert tasks.is_idle


def test_a_bug_in_what_is_done_with_an_outcome_is_seen_too(tasks: Tasks, qtbot: QtBot):
    with capture_exceptions() as seen:
        tasks.run(lambda: "outcome", never, never)
        qtbot.waitUntil(lambda: bool(seen))
    assert [kind for kind, _, _ in seen] == [AssertionError]


def test_many_run_and_each_outcome_comes_back_once(tasks: Tasks, qtbot: QtBot):
    outcomes: list[int] = []
    for number in range(200):
        tasks.run(lambda number=number: number, outcomes.append, never)
    qtbot.waitUntil(lambda: tasks.is_idle)
    assert sorted(outcomes) == list(range(200))


def test_a_slow_one_does_not_hold_up_the_others(tasks: Tasks, qtbot: QtBot):
    gate, outcomes = threading.Event(), []
    tasks.run(lambda: gate.wait(10), lambda _: outcomes.append("slow"), never)
    tasks.run(lambda: "quick", outcomes.append, never)
    qtbot.waitUntil(lambda: outcomes == ["quick"])
    gate.set()
    qtbot.waitUntil(lambda: outcomes == ["quick", "slow"])


def test_an_outcome_may_ask_for_more(tasks: Tasks, qtbot: QtBot):
    outcomes: list[int] = []
    tasks.run(lambda: 1, lambda one: tasks.run(lambda: one + 1, outcomes.append, never), never)
    qtbot.waitUntil(lambda: outcomes == [2])


def test_closing_waits_for_what_runs_and_drops_the_rest(tasks: Tasks, qtbot: QtBot):
    gate, begun = threading.Event(), []

    def work() -> None:
        begun.append(1)
        gate.wait(10)

    for _ in range(WORKERS + 3):
        tasks.run(work, never, never)
    qtbot.waitUntil(lambda: len(begun) == WORKERS)
    threading.Timer(0.05, gate.set).start()
    tasks.close()
    qtbot.wait(20)
    assert len(begun) == WORKERS


def test_what_waits_can_be_dropped_while_what_runs_goes_on(tasks: Tasks, qtbot: QtBot):
    gate, begun, ended = threading.Event(), [], []

    def work() -> None:
        begun.append(1)
        gate.wait(10)

    for _ in range(WORKERS + 3):
        tasks.run(work, ended.append, never)
    qtbot.waitUntil(lambda: len(begun) == WORKERS)
    tasks.drop_waiting()
    gate.set()
    qtbot.waitUntil(lambda: tasks.is_idle)
    assert len(begun) == len(ended) == WORKERS


def test_an_outcome_that_is_on_its_way_when_it_closes_is_not_delivered(tasks: Tasks, qtbot: QtBot) -> None:
    came: list[object] = []
    tasks.run(lambda: 1, came.append, came.append)
    time.sleep(0.2)  # done, and waiting in the loop of events
    tasks.close()
    qtbot.wait(50)
    assert came == []


def test_what_is_asked_while_it_holds_begins_when_it_lets_go(tasks: Tasks, qtbot: QtBot):
    begun: list[int] = []
    outcomes: list[int | None] = []
    tasks.hold()
    for number in range(3):
        tasks.run(lambda number=number: begun.append(number), outcomes.append, never)
    QThread.msleep(50)
    assert begun == []
    assert not tasks.is_idle
    tasks.let_go()
    qtbot.waitUntil(lambda: len(outcomes) == 3)
    assert sorted(begun) == [0, 1, 2]
    assert tasks.is_idle


def test_what_is_held_when_it_is_closed_never_begins(tasks: Tasks):
    begun: list[int] = []
    tasks.hold()
    tasks.run(lambda: begun.append(1), never, never)
    tasks.close()
    tasks.let_go()
    assert begun == []
