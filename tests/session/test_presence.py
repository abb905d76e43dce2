import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from player.session.presence import Presence
from tests.session.conftest import Listener


@pytest.fixture
def presence(listener: Listener) -> Iterator[Presence]:
    presence = Presence(listener.library)
    yield presence
    presence.close()


def test_what_is_gone_and_what_came_back_is_seen(presence: Presence, listener: Listener, qtbot: QtBot) -> None:
    here, gone = listener.add("here.m4b"), listener.add("gone.m4b")
    (listener.folder / "gone.m4b").rename(listener.folder / "away")
    with qtbot.waitSignal(presence.changed):
        presence.look()
    assert presence.missing == {gone}
    (listener.folder / "away").rename(listener.folder / "gone.m4b")
    (listener.folder / "here.m4b").unlink()
    with qtbot.waitSignal(presence.changed):
        presence.look()
    assert presence.missing == {here}


def test_a_disk_that_does_not_answer_holds_nothing_up(
    presence: Presence, listener: Listener, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = listener.add("gone.m4b")
    (listener.folder / "gone.m4b").unlink()
    answers, looks = threading.Event(), []

    def is_there(path: str) -> bool:
        looks.append(path)
        return not answers.wait(30)

    monkeypatch.setattr("player.session.presence.is_there", is_there)
    for _ in range(5):
        presence.look()
    assert presence.missing == frozenset()
    with qtbot.waitSignal(presence.changed):
        answers.set()
    assert presence.missing == {gone}
    qtbot.waitUntil(lambda: len(looks) == 2)  # the one that was on its way, and one for all that were asked since


def test_a_library_that_is_closed_is_looked_at_no_more(presence: Presence, listener: Listener, qtbot: QtBot) -> None:
    listener.library.close()
    with qtbot.assertNotEmitted(presence.changed, wait=50):
        presence.look()
    presence.close()
    presence.look()
    assert presence.missing == frozenset()
