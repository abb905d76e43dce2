import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget
from pytestqt.qtbot import QtBot

from tests.ui.desk import Desk, settle

CTRL = Qt.KeyboardModifier.ControlModifier


def offered(desk: Desk) -> list[str]:
    (view,) = desk.window.go_to.findChildren(QListWidget)
    return [view.item(row).text() for row in range(view.count())] if view.isVisible() else []


def open_and_type(desk: Desk, qtbot: QtBot, text: str) -> None:
    qtbot.keyClick(desk.window, Qt.Key.Key_G, CTRL)
    qtbot.keyClicks(desk.window.go_to.field, text)


def enter(desk: Desk, qtbot: QtBot) -> None:
    qtbot.keyClick(desk.window.go_to.field, Qt.Key.Key_Return)
    settle()


def test_ctrl_g_opens_an_empty_field_with_the_keyboard(seed: Desk, qtbot: QtBot):
    qtbot.keyClick(seed.window, Qt.Key.Key_G, CTRL)
    assert seed.window.go_to.isVisible()
    assert seed.window.go_to.field.hasFocus()
    assert seed.window.go_to.field.text() == ""
    assert offered(seed) == []


@pytest.mark.parametrize("digit", "0123456789")
def test_a_digit_typed_anywhere_opens_it_with_that_digit(seed: Desk, qtbot: QtBot, digit: str):
    seed.outline.setFocus()
    qtbot.keyClick(seed.outline, digit)
    assert seed.window.go_to.isVisible()
    assert seed.window.go_to.field.text() == digit


def test_digits_typed_on_are_text(seed: Desk, qtbot: QtBot):
    qtbot.keyClick(seed.outline, "2")
    qtbot.keyClicks(seed.window.go_to.field, ".3.1")
    assert seed.window.go_to.field.text() == "2.3.1"
    assert offered(seed)[0] == "2.3.1 The classic goal-guarding story"


def test_a_number_plays_its_section(seed: Desk, qtbot: QtBot):
    open_and_type(seed, qtbot, "2.2.2.1.1")
    enter(seed, qtbot)
    assert not seed.window.go_to.isVisible()
    assert seed.session.is_playing
    assert seed.label == "2.2.2.1.1"
    assert seed.outline.hasFocus()
    assert seed.outline.selected_section().label == "2.2.2.1.1"


def test_words_lead_to_their_section(seed: Desk, qtbot: QtBot):
    open_and_type(seed, qtbot, "crystallization")
    enter(seed, qtbot)
    assert seed.label == "2.3.1.1.1"


def test_a_time_is_gone_to_without_starting_the_sound(seed: Desk, qtbot: QtBot):
    open_and_type(seed, qtbot, "1:23:45")
    enter(seed, qtbot)
    assert seed.session.place_ms == (3600 + 23 * 60 + 45) * 1000
    assert not seed.session.is_playing


def test_a_percentage_is_gone_to(seed: Desk, qtbot: QtBot):
    open_and_type(seed, qtbot, "50 %")
    enter(seed, qtbot)
    assert seed.session.place_ms == seed.session.duration_ms // 2


def test_what_leads_nowhere_says_so_and_stays(seed: Desk, qtbot: QtBot):
    open_and_type(seed, qtbot, "xylophone")
    assert offered(seed) == ["Leads nowhere"]
    enter(seed, qtbot)
    assert seed.window.go_to.isVisible()
    assert seed.session.place_ms == 0


def test_arrows_choose_among_what_is_offered(seed: Desk, qtbot: QtBot):
    open_and_type(seed, qtbot, "2.3.1")
    field = seed.window.go_to.field
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Up)
    enter(seed, qtbot)
    assert seed.label == "2.3.1.1"


def test_arrows_go_round(seed: Desk, qtbot: QtBot):
    open_and_type(seed, qtbot, "2.3.1.1")
    qtbot.keyClick(seed.window.go_to.field, Qt.Key.Key_Up)
    enter(seed, qtbot)
    assert seed.label == "2.3.1.1.4"


def test_a_click_chooses(seed: Desk, qtbot: QtBot):
    open_and_type(seed, qtbot, "2.3.1")
    (view,) = seed.window.go_to.findChildren(QListWidget)
    rect = view.visualItemRect(view.item(2))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    settle()
    assert seed.label == "2.3.1.1.1"
    assert not seed.window.go_to.isVisible()


def test_escape_closes_it_and_goes_nowhere(seed: Desk, qtbot: QtBot):
    open_and_type(seed, qtbot, "2.3.1")
    qtbot.keyClick(seed.window.go_to.field, Qt.Key.Key_Escape)
    assert not seed.window.go_to.isVisible()
    assert seed.session.place_ms == 0


def test_the_keyboard_goes_back_to_the_window_after_escape(seed: Desk, qtbot: QtBot):
    open_and_type(seed, qtbot, "2.3.1")
    qtbot.keyClick(seed.window.go_to.field, Qt.Key.Key_Escape)
    settle()
    assert seed.window.focusWidget() is not seed.window.go_to.field
    qtbot.keyClick(seed.window, Qt.Key.Key_K)
    assert seed.session.is_playing


def test_it_closes_when_the_keyboard_goes_elsewhere(seed: Desk, qtbot: QtBot):
    open_and_type(seed, qtbot, "2")
    seed.window.work.filter.setFocus()
    assert not seed.window.go_to.isVisible()


def test_letters_in_the_field_are_text_and_play_nothing(seed: Desk, qtbot: QtBot):
    open_and_type(seed, qtbot, "kjlm h[]= b")
    assert seed.window.go_to.field.text() == "kjlm h[]= b"
    assert not seed.session.is_playing


@pytest.mark.parametrize("width", [360, 420, 640, 1100])
def test_it_fits_the_window(seed: Desk, qtbot: QtBot, width: int):
    seed.show(width, 480)
    open_and_type(seed, qtbot, "2")
    settle()
    assert seed.window.rect().contains(seed.window.go_to.geometry())


def test_without_an_episode_it_does_not_open(desk: Desk, qtbot: QtBot):
    desk.show()
    qtbot.keyClick(desk.window, Qt.Key.Key_G, CTRL)
    qtbot.keyClick(desk.window, "2")
    assert not desk.window.go_to.isVisible()
