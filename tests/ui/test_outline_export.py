from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from player.readers.source import read_source
from tests.ui.desk import Desk, settle
from tests.ui.test_window import open_menu, trigger


class Chooser:
    """Stands for the file dialogue: what it was asked, and what it answers."""

    def __init__(self, answer: str) -> None:
        self.answer = answer
        self.proposed = ""

    def __call__(self, parent: object, title: str, path: str, kinds: str, **options: object) -> tuple[str, str]:
        self.proposed = path
        return self.answer, ""


@pytest.fixture
def chooser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Chooser:
    chooser = Chooser(str(tmp_path / "outline.xml"))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", chooser)
    return chooser


def formats(desk: Desk) -> QMenu:
    menu = open_menu(desk, "More")
    found = next(action.menu() for action in menu.actions() if action.text() == "Export outline")
    assert isinstance(found, QMenu)
    menu.close()
    return found


def export(desk: Desk, qtbot: QtBot, words: str) -> str:
    trigger(formats(desk), words)
    qtbot.waitUntil(lambda: desk.tasks.is_idle, timeout=20_000)
    settle()
    return desk.window.work.banner.words


def test_every_format_is_offered_and_a_copy_only_of_an_mp3(seed: Desk):
    assert [action.text() for action in formats(seed).actions()] == [
        "Podcasting 2.0 JSON…",
        "Podlove Simple Chapters…",
        "FFmpeg metadata…",
        "A cue sheet…",
        "Matroska XML…",
        "A list of times in text…",
        "Markdown…",
    ]
    seed.session.open(seed.put("talk.mp3"))
    settle()
    assert formats(seed).actions()[-1].text() == "A copy of the MP3 with these chapters…"


def test_the_banner_says_where_the_file_is_and_opens_its_folder(
    seed: Desk, qtbot: QtBot, chooser: Chooser, monkeypatch: pytest.MonkeyPatch
):
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    words = export(seed, qtbot, "Matroska XML…")
    assert words == f"The outline was written to {chooser.answer}."
    assert seed.window.work.banner.is_good
    assert Path(chooser.proposed) == seed.folder / "scheming.xml"
    (found,) = read_source(chooser.answer).chapter_lists
    assert [each.title for each in found.chapters] == [each.title for each in seed.session.outline.sections]
    button = next(each for each in seed.window.work.banner.findChildren(QPushButton) if each.isVisible())
    button.click()
    assert opened == [str(Path(chooser.answer).parent)]


def test_what_the_format_cannot_hold_is_said(seed: Desk, qtbot: QtBot, chooser: Chooser, tmp_path: Path):
    chooser.answer = str(tmp_path / "outline.cue")
    words = export(seed, qtbot, "A cue sheet…")
    assert "There is no room for levels in a cue sheet" in words
    assert "99 tracks" in words


def test_a_name_that_is_taken_is_told_and_nothing_is_overwritten(
    seed: Desk, qtbot: QtBot, chooser: Chooser, tmp_path: Path
):
    Path(chooser.answer).write_text("mine")
    assert "never overwritten" in export(seed, qtbot, "Matroska XML…")
    assert not seed.window.work.banner.is_good
    assert Path(chooser.answer).read_text() == "mine"


def test_choosing_no_file_writes_none(seed: Desk, qtbot: QtBot, chooser: Chooser, tmp_path: Path):
    chooser.answer = ""
    assert export(seed, qtbot, "Matroska XML…") == ""


def test_without_sections_there_is_nothing_to_export(desk: Desk):
    desk.session.open(desk.put("bare.m4b", marks=()))
    desk.show()
    menu = open_menu(desk, "More")
    assert "Export outline" not in [action.text() for action in menu.actions()]
    menu.close()
