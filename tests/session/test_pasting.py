import threading
from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from player.core.errors import SourceError
from player.core.reading import Reading
from player.readers.text import read_text
from player.session.pasting import Pasting
from player.tasks import Tasks
from tests.builders import SEED_PAGE, SEED_SECONDS


class Paster:
    """A Pasting that keeps what it said."""

    def __init__(self, read: Callable[[str, int | None], Reading]) -> None:
        self.tasks = Tasks()
        self.pasting = Pasting(self.tasks, read)
        self.readings: list[Reading] = []
        self.failed: list[str] = []
        self.pasting.read.connect(self.readings.append)
        self.pasting.failed.connect(self.failed.append)

    def wait(self, qtbot: QtBot) -> None:
        qtbot.waitUntil(lambda: self.tasks.is_idle)


@pytest.fixture
def make(qapp: object) -> Iterator[Callable[..., Paster]]:
    pasters: list[Paster] = []

    def made(read: Callable[[str, int | None], Reading] = read_text) -> Paster:
        pasters.append(Paster(read))
        return pasters[-1]

    yield made
    for paster in pasters:
        paster.tasks.close()


def test_the_seeds_page_gives_its_chapters(make, qtbot: QtBot):
    paster = make()
    paster.pasting.ask(SEED_PAGE.read_text(encoding="utf-8"), SEED_SECONDS * 1000)
    paster.wait(qtbot)
    (reading,) = paster.readings
    assert len(reading.chapter_lists[0].chapters) == 119


def test_text_without_chapters_is_said_in_a_sentence(make, qtbot: QtBot):
    paster = make()
    paster.pasting.ask("Thank you for listening.", None)
    paster.wait(qtbot)
    assert paster.readings == []
    assert len(paster.failed) == 1
    assert paster.failed[0].endswith(".")


def test_only_the_last_text_asked_for_is_answered(make, qtbot: QtBot):
    gate = threading.Event()

    def read(text: str, duration_ms: int | None) -> Reading:
        if text == "slow":
            gate.wait(10)
        return Reading(title=text)

    paster = make(read)
    paster.pasting.ask("slow", None)
    paster.pasting.ask("quick", None)
    qtbot.waitUntil(lambda: bool(paster.readings))
    gate.set()
    paster.wait(qtbot)
    assert [reading.title for reading in paster.readings] == ["quick"]


def test_the_failure_of_an_earlier_text_is_not_told(make, qtbot: QtBot):
    gate = threading.Event()

    def read(text: str, duration_ms: int | None) -> Reading:
        if text == "slow":
            gate.wait(10)
            raise SourceError("No list of chapters.")
        return Reading(title=text)

    paster = make(read)
    paster.pasting.ask("slow", None)
    paster.pasting.ask("quick", None)
    gate.set()
    paster.wait(qtbot)
    assert paster.failed == []
    assert len(paster.readings) == 1


def test_the_length_of_the_episode_reaches_the_reader(make, qtbot: QtBot):
    lengths: list[int | None] = []

    def read(text: str, duration_ms: int | None) -> Reading:
        lengths.append(duration_ms)
        return Reading()

    paster = make(read)
    paster.pasting.ask("0:00 One", 90_000)
    paster.wait(qtbot)
    assert lengths == [90_000]
