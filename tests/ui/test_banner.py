import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from player.ui.banner import Banner
from player.ui.look import DARK, LIGHT


@pytest.fixture
def banner(qtbot: QtBot) -> Banner:
    banner = Banner(LIGHT)
    qtbot.addWidget(banner)
    return banner


def words_label(banner: Banner) -> QLabel:
    return next(label for label in banner.findChildren(QLabel) if label.text())


def test_it_is_not_there_before_something_is_said(banner: Banner):
    assert not banner.isVisible()


def test_what_is_said_is_shown_and_spoken(banner: Banner):
    banner.say("The file is gone.")
    assert banner.isVisible()
    assert banner.words == "The file is gone."
    assert words_label(banner).accessibleName() == "The file is gone."


def test_the_last_thing_said_stands(banner: Banner):
    banner.say("One.")
    banner.say("Two.")
    assert banner.words == "Two."


def test_it_can_be_closed(banner: Banner, qtbot: QtBot):
    banner.say("One.")
    (close,) = banner.findChildren(QToolButton)
    assert close.accessibleName() == "Close this message"
    qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert not banner.isVisible()


def test_without_something_to_do_there_is_no_button(banner: Banner):
    banner.say("One.")
    (button,) = banner.findChildren(QPushButton)
    assert not button.isVisible()


def test_its_button_does_the_one_thing_and_closes_it(banner: Banner, qtbot: QtBot):
    done: list[str] = []
    banner.say("The file is gone.", "Find it…", lambda: done.append("found"))
    (button,) = banner.findChildren(QPushButton)
    assert button.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert done == ["found"]
    assert not banner.isVisible()


def test_the_thing_to_do_is_that_of_the_last_message(banner: Banner, qtbot: QtBot):
    done: list[str] = []
    banner.say("One.", "First", lambda: done.append("first"))
    banner.say("Two.", "Second", lambda: done.append("second"))
    qtbot.mouseClick(banner.findChildren(QPushButton)[0], Qt.MouseButton.LeftButton)
    assert done == ["second"]


def test_a_long_sentence_is_shown_whole_in_a_narrow_window(banner: Banner):
    banner.say("“A very long name of a file.mp3” is not where it was. " * 4)
    banner.resize(320, banner.heightForWidth(320))
    label = words_label(banner)
    assert label.heightForWidth(label.width()) <= label.height()


def test_a_name_with_markup_is_shown_as_it_is(banner: Banner):
    banner.say("“<img src=x>.mp3” is gone.")
    assert words_label(banner).textFormat() == Qt.TextFormat.PlainText


def test_it_can_be_painted_in_both_schemes(banner: Banner):
    banner.say("One.")
    light = banner.grab().toImage()
    banner.set_look(DARK)
    assert banner.grab().toImage() != light
