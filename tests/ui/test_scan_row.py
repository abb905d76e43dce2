from pathlib import Path

import pytest
from PySide6.QtWidgets import QProgressBar
from pytestqt.qtbot import QtBot

from player.session import folder_scan
from tests.files import put_book, put_mp3, put_seed
from tests.ui.desk import Desk, settle
from tests.ui.test_opening import drop, files, wait


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    (tmp_path / "shelf").mkdir()
    return tmp_path / "shelf"


def open_folder(desk: Desk, qtbot: QtBot, folder: Path) -> None:
    desk.window.opening.open_paths([str(folder)])
    qtbot.waitUntil(lambda: desk.scan.progress is None, timeout=20_000)
    wait(desk, qtbot)


def rows(desk: Desk) -> list[str]:
    return [each.title for each in desk.window.pane.model.episodes]


def test_a_dropped_folder_of_one_book_is_opened_and_plays(desk: Desk, qtbot: QtBot, shelf: Path):
    desk.show()
    put_book(shelf / "Emma", 3)
    assert drop(desk, files(shelf / "Emma"))
    qtbot.waitUntil(lambda: desk.session.episode is not None, timeout=20_000)
    wait(desk, qtbot)
    qtbot.waitUntil(lambda: rows(desk) == ["Emma"])
    assert desk.session.is_playing
    assert desk.shown_labels() == ["Part 1", "Part 2", "Part 3"]


def test_a_folder_of_many_recordings_shows_the_first_in_silence(desk: Desk, qtbot: QtBot, shelf: Path):
    desk.show()
    put_mp3(shelf / "b.mp3", "B")
    put_mp3(shelf / "a.mp3", "A")
    open_folder(desk, qtbot, shelf)
    qtbot.waitUntil(lambda: sorted(rows(desk)) == ["A", "B"])
    assert desk.session.episode.title == "A"
    assert not desk.session.is_playing
    put_mp3(shelf / "c" / "c.mp3", "C")
    desk.session.open(desk.library.find_by_path(str(shelf / "b.mp3")))
    open_folder(desk, qtbot, shelf)
    assert desk.session.episode.title == "B"  # what is open stays


def test_a_series_is_one_row_and_its_outline_is_in_section_order(desk: Desk, qtbot: QtBot, shelf: Path):
    desk.show()
    put_seed(shelf)
    open_folder(desk, qtbot, shelf)
    qtbot.waitUntil(lambda: len(rows(desk)) == 2)
    series = next(each for each in desk.library.episodes() if desk.library.episode(each.id).is_series)
    desk.session.open(series.id)
    settle()
    labels = [section.label for section in desk.session.outline.sections]
    assert len(labels) == 118
    assert labels.index("4.4.2") + 1 == labels.index("4.4.3")


def test_the_row_counts_and_goes_when_all_is_done(desk: Desk, qtbot: QtBot, shelf: Path):
    desk.show()
    put_book(shelf, 9)
    row = desk.window.pane.scan_row
    assert not row.isVisible()
    said: list[str] = []
    desk.scan.changed.connect(lambda: said.append(row.words) if row.isVisible() else None)
    open_folder(desk, qtbot, shelf)
    assert not row.isVisible()
    assert said[0] == "Looking into “shelf”… 0 found"
    assert "Looking into “shelf”… 9 found" in said
    assert len({each for each in said if each.startswith("Adding “shelf”: ") and each.endswith(" of 9")}) > 2


def test_many_files_are_asked_about_in_the_pane_and_added_on_yes(
    desk: Desk, qtbot: QtBot, shelf: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(folder_scan, "ASKS_ABOVE", 5)
    desk.show()
    put_book(shelf, 6)
    row = desk.window.pane.scan_row
    desk.window.opening.open_paths([str(shelf)])
    qtbot.waitUntil(row.add.isVisible)
    assert row.words == "“shelf” holds 6 audio files that are not in the library yet. Add them?"
    assert row.add.hasFocus()
    assert min(row.add.height(), row.cancel.height()) >= 32
    assert not row.findChild(QProgressBar).isVisible()
    row.add.click()
    qtbot.waitUntil(lambda: desk.scan.progress is None, timeout=20_000)
    assert not row.isVisible()
    qtbot.waitUntil(lambda: rows(desk) == ["Emma"])


def test_a_no_leaves_the_library_as_it_was(desk: Desk, qtbot: QtBot, shelf: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(folder_scan, "ASKS_ABOVE", 5)
    desk.show(420, 720)
    put_book(shelf, 6)
    row = desk.window.pane.scan_row
    desk.window.opening.open_paths([str(shelf)])
    qtbot.waitUntil(row.add.isVisible)
    row.cancel.click()
    assert not row.isVisible()
    assert rows(desk) == []
    assert desk.window.work.welcome.isVisible()


def test_in_a_narrow_window_the_question_brings_the_library_into_view(
    seed: Desk, qtbot: QtBot, shelf: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(folder_scan, "ASKS_ABOVE", 5)
    seed.show(420, 720)
    assert not seed.window.pane.isVisible()
    put_book(shelf, 6)
    seed.window.opening.open_paths([str(shelf)])
    qtbot.waitUntil(seed.window.pane.scan_row.add.isVisible)
    assert seed.window.pane.isVisible()
    seed.scan.cancel()


def test_a_file_of_a_book_that_is_opened_goes_to_that_file(desk: Desk, qtbot: QtBot, shelf: Path):
    desk.show()
    paths = put_book(shelf, 3)
    open_folder(desk, qtbot, shelf)
    desk.session.pause()
    desk.window.opening.open_paths([str(paths[2])])
    wait(desk, qtbot)
    qtbot.waitUntil(lambda: rows(desk) == ["Emma"])
    assert desk.label == "Part 3"
    assert desk.session.is_playing


def test_a_file_that_is_added_later_joins_its_book(desk: Desk, qtbot: QtBot, shelf: Path):
    desk.show()
    paths = put_book(shelf, 4)
    later = paths[1].rename(shelf.parent / "later.mp3")
    open_folder(desk, qtbot, shelf)
    later.rename(paths[1])
    desk.window.opening.open_paths([str(paths[1])])
    wait(desk, qtbot)
    qtbot.waitUntil(lambda: rows(desk) == ["Emma"])
    assert [section.label for section in desk.session.outline.sections] == ["Part 1", "Part 2", "Part 3", "Part 4"]
    assert desk.label == "Part 2"


def test_the_menu_arranges_the_open_book_as_a_series_and_as_parts(desk: Desk, qtbot: QtBot, shelf: Path):
    desk.show()
    put_book(shelf, 3)
    open_folder(desk, qtbot, shelf)

    def choose(words: str) -> None:
        desk.window._open_work_menu(desk.window.work.header)
        menus = {each.text(): each.menu() for each in desk.window.findChildren(type(desk.window._actions["open"]))}
        chosen = next(each for each in menus["Arrange as"].actions() if each.text() == words)
        chosen.trigger()
        wait(desk, qtbot)

    choose("a series, in the order of its numbers")
    assert desk.session.episode.is_series
    qtbot.waitUntil(lambda: rows(desk) == ["Emma"])
    choose("separate episodes")
    qtbot.waitUntil(lambda: len(rows(desk)) == 3)
    assert desk.session.episode.title == "Part 1: Title"
