from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from player.library import intake
from player.readers.source import read_source
from player.session.locate_step import OTHER
from player.ui.locate_dialog import LocateDialog
from tests.files import put_mp3
from tests.ui.desk import SHORT, Desk, settle, texts

COPY = tuple((start + 1_000, title) for start, title in SHORT)


def offered(desk: Desk) -> list[str]:
    """The words of the button in the banner."""
    return [each.text() for each in desk.window.work.banner.findChildren(QPushButton) if each.isVisible()]


def act(desk: Desk) -> None:
    (button,) = [each for each in desk.window.work.banner.findChildren(QPushButton) if each.isVisible()]
    button.click()
    settle()


def wait(desk: Desk, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: desk.tasks.is_idle and not desk.locating.is_busy)
    settle()


@pytest.fixture
def missing(desk: Desk, tmp_path: Path, qtbot: QtBot) -> Path:
    """A talk is open whose file lies elsewhere by now, where the path says."""
    path = put_mp3(tmp_path / "shelf" / "talk.mp3", "A talk")
    episode = intake.add(desk.library, str(path), read_source(path), 1)
    desk.library.save_place(episode, desk.library.episode(episode).files[0].id, 500, 5)
    target = tmp_path / "elsewhere" / "renamed.mp3"
    target.parent.mkdir()
    path.rename(target)
    desk.show()
    desk.session.open(episode)
    wait(desk, qtbot)
    return target


def dialog_of(desk: Desk) -> LocateDialog:
    act(desk)
    (dialog,) = desk.window.findChildren(LocateDialog)
    return dialog


def press(dialog: LocateDialog, words: str) -> None:
    next(each for each in dialog.findChildren(QPushButton) if each.text() == words).click()


def test_a_missing_file_is_told_at_once_with_a_way_out(desk: Desk, missing: Path) -> None:
    assert desk.window.work.banner.words == "“talk.mp3” is not where it was. Your place is kept."
    assert offered(desk) == ["Locate…"]


def test_playing_it_says_the_same_once(desk: Desk, missing: Path, qtbot: QtBot) -> None:
    desk.session.play()
    settle()
    assert desk.window.work.banner.words == "“talk.mp3” is not where it was. Your place is kept."
    assert offered(desk) == ["Locate…"]


def test_the_file_is_chosen_and_all_is_well(
    desk: Desk, missing: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = dialog_of(desk)
    assert dialog.windowTitle() == "Locate “talk.mp3”"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(missing), ""))
    press(dialog, "Choose the file…")
    wait(desk, qtbot)
    assert desk.window.work.banner.words == ""
    assert desk.session.episode.files[0].path == str(missing)
    assert desk.session.place_ms == 500
    assert desk.window.findChildren(LocateDialog) == []


def test_a_wrong_file_is_said_in_the_dialog_and_the_banner_comes_back(
    desk: Desk, missing: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = put_mp3(missing.with_name("wrong.mp3"))
    dialog = dialog_of(desk)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(wrong), ""))
    press(dialog, "Choose the file…")
    wait(desk, qtbot)
    assert f"“wrong.mp3” was not taken; nothing was changed. {OTHER}" in texts(dialog)
    dialog.reject()
    wait(desk, qtbot)
    assert offered(desk) == ["Locate…"]


def test_a_folder_is_searched(desk: Desk, missing: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = dialog_of(desk)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(missing.parent.parent))
    press(dialog, "Search a folder…")
    assert texts(dialog)[-1].startswith("Searching ")
    assert [each.text() for each in dialog.findChildren(QPushButton) if each.isEnabled() and each.isVisible()] == [
        "Stop"
    ]
    wait(desk, qtbot)
    assert desk.window.work.banner.words == ""
    assert desk.window.work.brief.text() == "1 file was found."
    assert desk.session.episode.files[0].path == str(missing)


def test_choosing_nothing_does_nothing(desk: Desk, missing: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = dialog_of(desk)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    press(dialog, "Choose the file…")
    press(dialog, "Search a folder…")
    assert not desk.locating.is_busy
    dialog.close()


def test_what_is_offered_stays_when_the_copy_sounds(desk: Desk, qtbot: QtBot) -> None:
    talk = desk.put("talk.mp3", "A talk")
    desk.library.save_place(talk, desk.library.episode(talk).files[0].id, 185_000, desk.now_ms)
    desk.show()
    desk.session.open(desk.put("talk.m4b", "A talk again", COPY, 601_000), play=True)
    wait(desk, qtbot)
    desk.wait(5_000)
    assert offered(desk) == ["Take over its place"]
    assert desk.window.work.banner.is_good


def test_the_place_of_another_copy_is_offered_and_taken_over(desk: Desk, qtbot: QtBot) -> None:
    talk = desk.put("talk.mp3", "A talk")
    desk.library.save_place(talk, desk.library.episode(talk).files[0].id, 185_000, desk.now_ms)
    desk.show()
    copy = desk.put("talk.m4b", "A talk again", COPY, 601_000)
    desk.session.open(copy)
    wait(desk, qtbot)
    assert desk.window.work.banner.words == "“A talk” seems to be another copy of this; you were at 3:05 there."
    assert offered(desk) == ["Take over its place"]
    act(desk)
    assert (desk.session.episode.id, desk.session.place_ms) == (copy, 186_000)
    assert desk.window.work.banner.words == ""
    assert len(desk.library.episodes()) == 2
