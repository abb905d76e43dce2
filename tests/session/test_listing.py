import threading
from collections.abc import Iterator

import pytest
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from player.session.listing import Listing
from player.tasks import Tasks
from tests.session.conftest import Listener


@pytest.fixture
def tasks(qapp: object) -> Iterator[Tasks]:
    tasks = Tasks(workers=1)
    yield tasks
    tasks.close()


def test_it_lists_what_the_library_holds(listener: Listener, report: int, tasks: Tasks, qtbot: QtBot):
    listing, listed = Listing(tasks, listener.library), []
    listing.listed.connect(listed.append)
    listing.ask()
    qtbot.waitUntil(lambda: bool(listed))
    assert [[each.id for each in episodes] for episodes in listed] == [[report]]


def test_asked_many_times_while_it_reads_it_reads_once_more_after_that(
    listener: Listener, report: int, tasks: Tasks, qtbot: QtBot
):
    held = threading.Event()
    tasks.run(lambda: held.wait(60), lambda _: None, lambda _: None)
    listing, listed = Listing(tasks, listener.library), []
    listing.listed.connect(listed.append)
    for _ in range(5):
        listing.ask()
    held.set()
    qtbot.waitUntil(lambda: tasks.is_idle)
    assert len(listed) == 2


def test_of_a_library_that_cannot_be_read_nothing_is_listed(
    listener: Listener, report: int, tasks: Tasks, qtbot: QtBot
):
    listing, listed = Listing(tasks, listener.library), []
    listing.listed.connect(listed.append)
    listener.library.close()
    with capture_exceptions() as caught:
        listing.ask()
        qtbot.waitUntil(lambda: tasks.is_idle)
    assert (listed, caught) == ([], [])
