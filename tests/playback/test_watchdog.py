import pytest
from pytestqt.qtbot import QtBot

from player.playback import watchdog
from player.playback.watchdog import Watchdog


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watchdog, "LOOK_EVERY_MS", 10)


def test_it_looks_only_while_watching(qtbot: QtBot) -> None:
    looks: list[None] = []
    dog = Watchdog(lambda: 1)
    dog.looked.connect(lambda: looks.append(None))
    qtbot.wait(50)
    assert looks == []
    dog.watch(True)
    qtbot.waitUntil(lambda: len(looks) >= 3)
    dog.watch(False)
    looks.clear()
    qtbot.wait(50)
    assert looks == []


def test_devices_that_vanish_are_told_once_and_then_it_looks_no_more(qtbot: QtBot) -> None:
    counts = [1, 1, 0, 0]
    asked: list[int] = []

    def count() -> int:
        asked.append(counts[min(len(asked), 3)])
        return asked[-1]

    dog = Watchdog(count)
    lost: list[None] = []
    dog.outputs_lost.connect(lambda: lost.append(None))
    dog.watch(True)
    qtbot.waitUntil(lambda: bool(lost))
    qtbot.wait(100)
    assert len(lost) == 1
    assert asked == [1, 1, 0]


def test_a_machine_without_devices_loses_none_and_one_that_comes_later_can_be_lost(qtbot: QtBot) -> None:
    counts = [0]
    dog = Watchdog(lambda: counts[0])
    lost: list[None] = []
    dog.outputs_lost.connect(lambda: lost.append(None))
    dog.watch(True)
    qtbot.wait(100)
    assert lost == []
    counts[0] = 1
    qtbot.wait(100)
    counts[0] = 0
    qtbot.waitUntil(lambda: bool(lost))
