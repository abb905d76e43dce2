import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from player.ui.look import DARK, LIGHT
from player.ui.welcome import EmptyPage, NoChapters, Welcome
from tests.ui.desk import settle, texts


def button(page: EmptyPage, words: str) -> QPushButton:
    return next(each for each in page.findChildren(QPushButton) if each.text() == words)


def test_the_first_page_says_what_this_is_and_that_nothing_leaves_the_computer(qtbot: QtBot):
    page = Welcome(LIGHT)
    qtbot.addWidget(page)
    page.show()
    title, words = texts(page)
    assert title == "Listen to something long."
    assert "Nothing leaves this computer." in words


def test_the_first_page_leads_on(qtbot: QtBot):
    page = Welcome(LIGHT)
    qtbot.addWidget(page)
    page.show()
    with qtbot.waitSignal(page.open_asked):
        qtbot.mouseClick(button(page, "Open audio…"), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(page.folder_asked):
        qtbot.mouseClick(button(page, "Open folder…"), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(page.tour_asked):
        qtbot.mouseClick(button(page, "Take the tour"), Qt.MouseButton.LeftButton)
    assert button(page, "Open audio…").isDefault()


def test_without_chapters_pasting_is_offered(qtbot: QtBot):
    page = NoChapters(LIGHT)
    qtbot.addWidget(page)
    page.show()
    assert texts(page)[0] == "No chapters in this file"
    with qtbot.waitSignal(page.paste_asked):
        qtbot.mouseClick(button(page, "Paste chapters…"), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(page.edit_asked):
        qtbot.mouseClick(button(page, "Add sections"), Qt.MouseButton.LeftButton)


def test_buttons_without_room_beside_each_other_stand_one_above_the_other(qtbot: QtBot):
    window = QWidget()
    qtbot.addWidget(window)
    page = Welcome(LIGHT, window)
    page.resize(200, 700)
    window.show()
    settle()
    found = page.findChildren(QPushButton)
    assert len({each.x() for each in found}) == 1
    assert all(each.width() >= each.sizeHint().width() for each in found)


@pytest.mark.parametrize("kind", [Welcome, NoChapters])
@pytest.mark.parametrize(("width", "height"), [(360, 420), (420, 720), (1100, 720)])
def test_every_word_is_whole_in_every_window(qtbot: QtBot, kind: type[EmptyPage], width: int, height: int):
    page = kind(LIGHT)
    qtbot.addWidget(page)
    page.resize(width, height)
    page.show()
    settle()
    for label in page.findChildren(QLabel):
        if label.text():
            needed = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
            assert label.height() >= needed, label.text()
    for each in page.findChildren(QPushButton):
        assert page.rect().contains(each.geometry())
        assert each.height() >= 32


def test_both_schemes_can_be_painted(qtbot: QtBot):
    page = NoChapters(LIGHT)
    qtbot.addWidget(page)
    page.resize(600, 500)
    page.show()
    light = page.grab().toImage()
    page.set_look(DARK)
    assert page.grab().toImage() != light


def test_a_page_that_is_not_high_enough_leaves_out_its_picture(qtbot: QtBot):
    page = NoChapters(LIGHT)
    qtbot.addWidget(page)
    page.show()
    seen = []
    for height in (500, 250):
        page.resize(600, height)
        qtbot.waitUntil(lambda height=height: page.height() == height)
        seen.append(any(label.isVisible() for label in page.findChildren(QLabel) if not label.text()))
    assert seen == [True, False]
