import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from player.isolation.child import LimitError
from player.isolation.children import Children
from tests.isolation import work


def test_none_is_started_before_it_is_needed_and_one_caller_needs_one():
    with Children(3) as children:
        assert (children.count, children.running) == (3, 0)
        assert {children.call(work.total, number)[0] for number in range(5)} != {os.getpid()}
        assert children.running == 1


def test_calls_run_side_by_side():
    with Children(2) as children, ThreadPoolExecutor(2) as threads:
        both = list(threads.map(lambda _: children.call(work.total_slowly, 0.5), range(2)))
        assert len({pid for pid, _ in both}) == 2
        assert all(begun > 0 for _, begun in both)


def test_a_call_that_hangs_is_killed_and_the_others_go_on():
    with Children(2) as children, ThreadPoolExecutor(5) as threads:
        hanging = threads.submit(children.call, time.sleep, 60, timeout_s=0.5)
        others = [threads.submit(children.call, work.total, number) for number in range(20)]
        assert [other.result()[1] for other in others] == list(range(20))
        assert isinstance(hanging.exception(), LimitError)
        assert children.call(work.total, 5)[1] == 5


def test_more_calls_than_children_wait():
    with Children(2) as children, ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda number: children.call(work.total, number), range(40)))
    assert [total for _, total in found] == list(range(40))
    assert len({pid for pid, _ in found}) <= 2


def test_closing_ends_calls_that_run_and_calls_that_wait():
    children = Children(2)
    with ThreadPoolExecutor(4) as threads:
        calls = [threads.submit(children.call, time.sleep, 60) for _ in range(4)]
        threading.Event().wait(0.3)
        children.close()
        assert all(isinstance(call.exception(timeout=20), LimitError) for call in calls)
    with pytest.raises(LimitError, match="closing"):
        children.call(work.total)
