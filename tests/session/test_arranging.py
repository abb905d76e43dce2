from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from player.core.arrangement import Arrangement
from player.library.grouping import arrange_folder
from player.session.arranging import Arranging
from tests.session.conftest import Listener
from tests.session.test_groups import MINUTE, called, put


@pytest.fixture
def arranging(listener: Listener) -> Arranging:
    made = Arranging(listener.tasks, listener.library, listener.session, lambda: listener.now_ms)
    made.setParent(listener.session)
    return made


@pytest.fixture
def told(arranging: Arranging) -> list[str]:
    said: list[str] = []
    arranging.failed.connect(said.append)
    return said


def wait(listener: Listener, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: listener.tasks.is_idle)


def test_nothing_open_is_arranged_in_no_way(arranging: Arranging):
    assert arranging.arrangement is None
    arranging.arrange(Arrangement.BOOK)


def test_the_open_series_becomes_a_book_and_parts_and_a_series_again(
    listener: Listener, arranging: Arranging, told: list[str], qtbot: QtBot
):
    for number in (1, 2, 3):
        put(listener, f"{number}.m4b", f"{number}. T")
    (work,) = arrange_folder(listener.library, str(listener.folder / "shelf"), 2)
    session = listener.session
    session.open(work)
    session.play_section(called(listener, "2. T"))
    listener.wait(20_000)
    for arrangement in (Arrangement.BOOK, Arrangement.SEPARATE, Arrangement.SERIES):
        arranging.arrange(arrangement)
        wait(listener, qtbot)
        assert arranging.arrangement is arrangement
        assert session.is_playing
        assert session.episode is not None
        assert Path(session.episode.file_at(session.place_ms)[0].path).stem == "2"
        listener.wait(3_000)
    assert told == []


def test_a_recording_that_is_alone_in_its_folder_says_so(
    listener: Listener, arranging: Arranging, told: list[str], qtbot: QtBot
):
    put(listener, "1.m4b", "A talk")
    work = listener.library.episodes()[0].id
    listener.session.open(work)
    arranging.arrange(Arrangement.BOOK)
    wait(listener, qtbot)
    assert told == ["There is only this one recording in its folder."]
    assert listener.session.episode is not None
    assert listener.session.episode.id == work


def test_an_open_recording_that_became_part_of_a_series_is_taken_up_there(listener: Listener, arranging: Arranging):
    paths = [put(listener, f"{number}.m4b", f"{number}. T") for number in (1, 2)]
    single = listener.library.find_by_path(str(paths[1]))
    assert single is not None
    listener.session.open(single)
    listener.session.seek(10_000)
    arranging.take_up()
    assert listener.session.episode is not None
    assert listener.session.episode.id == single
    (work,) = arrange_folder(listener.library, str(listener.folder / "shelf"), 2)
    arranging.take_up()
    assert listener.session.episode.id == work
    assert listener.session.place_ms == MINUTE + 10_000
