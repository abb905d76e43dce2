"""The trail as the listener meets it in the window: buttons, keys, the chip, the history."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QKeyCombination, QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from player.core.clock import clock_text
from player.core.visit import FAR_MS
from player.ui.history import History
from player.ui.jump_chip import SHOWN_FOR_MS, JumpChip
from player.ui.look import NARROW, Look
from tests.ui.desk import Desk, buttons, settle, texts

LEFT = Qt.MouseButton.LeftButton
PLACE, THERE = "2.2.2.2.1", "2.3"
NEAR_MS = 1_000


def press(widget: QWidget, keys: str) -> None:
    """Press the keys that Qt calls ``keys``."""
    combination: QKeyCombination = QKeySequence(keys)[0]
    QTest.keyClick(widget, combination.key(), combination.keyboardModifiers())
    settle()


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, LEFT)
    settle()


@pytest.fixture
def deep(seed: Desk) -> Desk:
    """Ten seconds heard of 2.2.2.2.1, which plays on; the outline has the keyboard."""
    seed.session.play_section(seed.section(PLACE))
    seed.wait(10_000)
    seed.outline.setFocus()
    settle()
    return seed


@pytest.fixture
def jumped(deep: Desk) -> Desk:
    """The same after a jump to 2.3; ``was_ms`` is where it was before."""
    deep.was_ms = deep.session.place_ms
    deep.session.play_section(deep.section(THERE))
    settle()
    return deep


def chip(desk: Desk) -> JumpChip:
    return desk.window.trail.chip


def history(desk: Desk) -> History:
    return desk.window.trail.history


def is_back(desk: Desk) -> bool:
    return abs(desk.session.place_ms - desk.was_ms) <= NEAR_MS


def rows(desk: Desk) -> list[str]:
    model = history(desk).model
    return [model.index(row).data() for row in range(model.rowCount())]


# --- keys and buttons -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("back", "forward"),
    [
        (lambda desk: press(desk.outline, "Alt+Left"), lambda desk: press(desk.outline, "Alt+Right")),
        (lambda desk: press(desk.window.player.bar, "Alt+Left"), lambda desk: press(desk.outline, "Alt+Right")),
        (
            lambda desk: click(buttons(desk.window)["Back to where you were"]),
            lambda desk: click(buttons(desk.window)["Forward again"]),
        ),
    ],
    ids=["keys", "keys on the bar", "buttons"],
)
def test_back_and_forward_lead_there_and_back(
    jumped: Desk, back: Callable[[Desk], None], forward: Callable[[Desk], None]
):
    jumped.wait(8_000)
    there_ms = jumped.session.place_ms
    back(jumped)
    assert is_back(jumped)
    assert jumped.label == PLACE
    forward(jumped)
    assert abs(jumped.session.place_ms - there_ms) <= NEAR_MS


def test_the_buttons_say_whether_they_lead_anywhere(deep: Desk):
    named = buttons(deep.window)
    back, forward = named["Back to where you were"], named["Forward again"]
    assert (back.isEnabled(), forward.isEnabled()) == (False, False)
    deep.session.play_section(deep.section(THERE))
    assert (back.isEnabled(), forward.isEnabled()) == (True, False)
    deep.session.trail.back()
    assert (back.isEnabled(), forward.isEnabled()) == (False, True)
    deep.session.close()
    assert (back.isEnabled(), forward.isEnabled()) == (False, False)


@pytest.mark.parametrize("width", [1100, NARROW - 1, 420, 360])
def test_the_buttons_are_large_enough_and_stand_beside_the_path(jumped: Desk, width: int):
    jumped.show(width, 720)
    for name in ("Back to where you were", "Forward again"):
        button = buttons(jumped.window)[name]
        assert min(button.width(), button.height()) >= 32
        assert button.toolTip().startswith(f"{name} (")


def test_ctrl_z_is_not_for_jumps(jumped: Desk):
    press(jumped.window, "Ctrl+Z")
    assert jumped.label == THERE


# --- the chip ---------------------------------------------------------------------------------------------------------


def test_a_jump_says_where_it_led_and_offers_the_way_back(jumped: Desk):
    assert chip(jumped).isVisible()
    assert chip(jumped).words == f"Jumped to 2.3 · Go back to {clock_text(jumped.was_ms)}"
    click(chip(jumped).back)
    assert is_back(jumped)
    assert not chip(jumped).isVisible()


def test_no_chip_for_a_short_skip_nor_for_what_was_never_heard(deep: Desk, seed: Desk):
    deep.session.skip(FAR_MS)
    assert not chip(deep).isVisible()
    deep.session.open(deep.put("other.m4b"))
    deep.session.seek(400_000)
    assert not chip(deep).isVisible()


def test_no_chip_for_going_back_itself(jumped: Desk):
    press(jumped.outline, "Alt+Left")
    assert not chip(jumped).isVisible()
    press(jumped.outline, "Alt+Right")
    assert not chip(jumped).isVisible()


def test_every_further_jump_offers_the_place_that_was_listened_at(jumped: Desk):
    jumped.session.play_section(jumped.section("5"))
    assert chip(jumped).words == f"Jumped to 5 · Go back to {clock_text(jumped.was_ms)}"


def test_the_chip_goes_after_a_while_and_with_the_episode(jumped: Desk):
    timer = chip(jumped)._timer
    assert (timer.isActive(), timer.interval(), timer.isSingleShot()) == (True, SHOWN_FOR_MS, True)
    timer.timeout.emit()
    assert not chip(jumped).isVisible()
    jumped.session.play_section(jumped.section("5"))
    assert chip(jumped).isVisible()
    jumped.session.close()
    assert not chip(jumped).isVisible()


def test_the_chip_stays_while_it_has_the_keyboard(jumped: Desk):
    chip(jumped).back.setFocus()
    chip(jumped)._timer.timeout.emit()
    assert chip(jumped).isVisible()
    assert chip(jumped)._timer.isActive()


def test_the_chip_can_be_reached_used_and_closed_by_keys(jumped: Desk):
    press(jumped.outline, "Tab")
    assert chip(jumped).back.hasFocus()
    press(chip(jumped).back, "Escape")
    assert not chip(jumped).isVisible()
    assert jumped.outline.hasFocus()
    jumped.session.play_section(jumped.section("5"))
    press(jumped.outline, "Tab")
    press(chip(jumped).back, "Return")
    assert is_back(jumped)
    assert jumped.outline.hasFocus()


def test_the_chip_can_be_closed_by_the_pointer(jumped: Desk):
    click(buttons(chip(jumped))["Close this message"])
    assert not chip(jumped).isVisible()
    assert jumped.label == THERE


@pytest.mark.parametrize("size", [(1100, 720), (420, 720), (360, 420)])
def test_the_chip_lies_above_the_bar_inside_the_window(jumped: Desk, size: tuple[int, int]):
    window = jumped.show(*size)
    lies = chip(jumped).geometry()
    assert window.rect().contains(lies)
    assert lies.bottom() < window.player.geometry().top()
    for button in (chip(jumped).back, chip(jumped).close_button):
        assert min(button.width(), button.height()) >= 32
        assert chip(jumped).rect().contains(button.geometry())


def test_where_room_is_short_the_way_back_stays_whole(jumped: Desk):
    jumped.show(360, 420)
    for _ in range(4):
        press(jumped.window, "Ctrl++")
    jumped.session.play_section(jumped.section(PLACE))
    jumped.session.play_section(jumped.section(THERE))
    settle()
    back = chip(jumped).back
    assert jumped.window.rect().contains(chip(jumped).geometry())
    assert chip(jumped).rect().contains(back.geometry())
    assert back.width() >= back.sizeHint().width()
    assert texts(chip(jumped)) == []
    assert chip(jumped).accessibleName() == chip(jumped).words


def test_a_hostile_title_is_plain_and_short_in_the_chip(deep: Desk):
    deep.session.open(deep.put("bad.m4b", marks=((0, "Start"), (300_000, "<h1>" + "x" * 500))))
    deep.session.play()
    deep.wait(8_000)
    deep.session.seek(400_000)
    settle()
    assert chip(deep).words.startswith("Jumped to <h1>xxx")
    assert deep.window.rect().contains(chip(deep).geometry())


# --- the history ------------------------------------------------------------------------------------------------------


def test_the_history_lists_where_one_was_the_last_place_first(jumped: Desk):
    jumped.wait(20_000)
    press(jumped.outline, "Ctrl+Shift+H")
    assert history(jumped).isVisible()
    assert history(jumped).list.hasFocus()
    landed, left = rows(jumped)
    assert landed.startswith("3:14:44, 2.3 Aiming at reward-on-the-episode")
    assert "Jumped here · " in landed
    assert left.startswith(f"{clock_text(jumped.was_ms)}, 2.2.2.2.1 Can gradient descent")
    assert "Jumped away · " in left
    assert left.endswith(" · listened 10 s")


def test_the_history_opens_from_the_menu_of_the_work(jumped: Desk):
    click(buttons(jumped.window)["More"])
    menu = next(menu for menu in jumped.window.findChildren(QMenu) if menu.isVisible())
    next(action for action in menu.actions() if action.text() == "History").trigger()
    menu.close()
    settle()
    assert history(jumped).isVisible()


@pytest.mark.parametrize("keys", ["Return", "Enter"])
def test_enter_goes_to_the_chosen_place_and_that_can_be_taken_back(jumped: Desk, keys: str):
    jumped.wait(8_000)
    there_ms = jumped.session.place_ms
    press(jumped.outline, "Ctrl+Shift+H")
    press(history(jumped).list, "Down")
    press(history(jumped).list, keys)
    assert is_back(jumped)
    assert not history(jumped).isVisible()
    assert chip(jumped).isVisible()
    press(jumped.outline, "Alt+Left")
    assert abs(jumped.session.place_ms - there_ms) <= NEAR_MS


def test_a_double_click_goes_there_too(jumped: Desk):
    jumped.wait(8_000)
    press(jumped.outline, "Ctrl+Shift+H")
    page = history(jumped)
    point: QPoint = page.list.visualRect(page.model.index(1)).center()
    QTest.mouseClick(page.list.viewport(), LEFT, pos=point)
    QTest.mouseDClick(page.list.viewport(), LEFT, pos=point)
    settle()
    assert is_back(jumped)


def test_escape_ctrl_shift_h_and_the_button_close_the_history(jumped: Desk):
    for close in (
        lambda: press(history(jumped).list, "Escape"),
        lambda: press(history(jumped).list, "Ctrl+Shift+H"),
        lambda: click(buttons(history(jumped))["Back to the outline"]),
    ):
        press(jumped.outline, "Ctrl+Shift+H")
        assert history(jumped).isVisible()
        close()
        assert not history(jumped).isVisible()
        assert jumped.outline.isVisible()
        assert jumped.outline.hasFocus()


def test_an_empty_history_says_so(seed: Desk):
    press(seed.outline, "Ctrl+Shift+H")
    assert any(words.startswith("Nothing here yet.") for words in texts(history(seed)))
    press(history(seed), "Escape")
    assert not history(seed).isVisible()


def test_without_an_episode_there_is_no_history(desk: Desk):
    desk.show()
    press(desk.window, "Ctrl+Shift+H")
    assert not history(desk).isVisible()


def test_the_open_history_follows_what_happens_and_keeps_what_is_chosen(jumped: Desk):
    press(jumped.outline, "Ctrl+Shift+H")
    before = rows(jumped)
    jumped.wait(8_000)
    assert len(rows(jumped)) == len(before) + 1
    page = history(jumped)
    assert page.list.currentIndex().row() == 1


def test_the_history_stays_when_the_outline_changes_and_goes_with_the_episode(jumped: Desk):
    press(jumped.outline, "Ctrl+Shift+H")
    jumped.session.outline_changed.emit()
    assert history(jumped).isVisible()
    jumped.session.open(jumped.put("other.m4b"))
    settle()
    assert not history(jumped).isVisible()


def test_in_a_narrow_window_the_history_is_shown_in_place_of_the_library(jumped: Desk):
    jumped.show(420, 720)
    click(buttons(jumped.window)["Back to the library"])
    press(jumped.window, "Ctrl+Shift+H")
    assert history(jumped).isVisible()


def test_the_history_is_painted_in_both_schemes(jumped: Desk, look: Look):
    page = history(jumped)
    press(jumped.outline, "Ctrl+Shift+H")
    page.set_look(look)
    picture = page.grab().toImage()
    assert picture.pixelColor(page.width() // 2, page.list.y() + 4).isValid()
    assert not picture.allGray()


# --- after a restart --------------------------------------------------------------------------------------------------


def test_after_a_restart_back_and_the_history_lead_where_they_did(jumped: Desk, qtbot: QtBot):
    jumped.wait(8_000)
    episode_id, there_ms = jumped.session.episode.id, jumped.session.place_ms
    jumped.session.keep_place()
    jumped.crash()
    jumped.session.open(episode_id)
    jumped.show()
    press(jumped.outline, "Ctrl+Shift+H")
    assert [row.split(",")[0] for row in rows(jumped)][-1] == clock_text(jumped.was_ms)
    press(history(jumped).list, "Escape")
    assert buttons(jumped.window)["Back to where you were"].isEnabled()
    press(jumped.outline, "Alt+Left")
    assert is_back(jumped)
    press(jumped.outline, "Alt+Right")
    assert abs(jumped.session.place_ms - there_ms) <= NEAR_MS
