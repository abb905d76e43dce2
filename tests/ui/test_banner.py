import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from player.ui.banner import Banner, Remedy
from player.ui.look import DARK, LIGHT, style_sheet


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


def test_what_is_said_together_stands_together_once_each_and_the_oldest_goes_first(banner: Banner):
    for words in ("One.", "Two.", "One.", "Three.", "Four."):
        banner.say(words)
    assert banner.words == "One.\nThree.\nFour."


def test_another_episode_takes_back_what_concerned_the_one_before(banner: Banner):
    banner.say("A file was not added.")
    banner.say("The sound broke off.", of_episode=True)
    banner.forget_episode()
    assert banner.words == "A file was not added."
    banner.clear()
    assert not banner.isVisible()


def test_it_can_be_closed(banner: Banner, qtbot: QtBot):
    banner.say("One.")
    (close,) = banner.findChildren(QToolButton)
    assert close.accessibleName() == "Close this message"
    qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert not banner.isVisible()


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


def test_the_newest_remedy_has_the_button_and_takes_its_sentence_with_it(banner: Banner, qtbot: QtBot):
    done: list[str] = []
    banner.say("It is gone.", remedy=Remedy("Locate…", lambda: done.append("locate")))
    banner.say("No sound.", remedy=Remedy("Reconnect", lambda: done.append("reconnect")))
    button = banner.findChild(QPushButton)
    assert button.text() == "Reconnect"
    button.click()
    assert (banner.words, button.text()) == ("It is gone.", "Locate…")
    button.click()
    assert done == ["reconnect", "locate"]
    assert not banner.isVisible()


def test_without_a_remedy_there_is_no_button(banner: Banner):
    banner.say("The file is gone.")
    assert not banner.findChild(QPushButton).isVisible()


def test_good_news_alone_do_not_look_like_a_warning_and_make_room_for_what_is_said_next(banner: Banner):
    banner.setStyleSheet(style_sheet(LIGHT))
    banner.say("It was written.", is_good=True)
    assert banner.is_good
    assert banner.grab().toImage().pixelColor(20, 2) == LIGHT.colour("tint")
    banner.say("That was written too.", is_good=True)
    assert banner.words == "That was written too."
    banner.say("The file is gone.")
    assert banner.words == "The file is gone."
    assert banner.grab().toImage().pixelColor(20, 2) == LIGHT.colour("warning_ground")
    banner.say("It was written.", is_good=True)
    assert banner.words == "The file is gone.\nIt was written."
    assert not banner.is_good
