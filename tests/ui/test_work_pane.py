import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from player.core.notice import Notice
from tests.ui.desk import Desk, settle, texts

CTRL = Qt.KeyboardModifier.ControlModifier


def type_filter(desk: Desk, qtbot: QtBot, text: str) -> None:
    qtbot.keyClick(desk.window, Qt.Key.Key_F, CTRL)
    qtbot.keyClicks(desk.window.work.filter, text)


def test_without_an_episode_the_welcome_page_is_shown(desk: Desk):
    desk.show()
    assert desk.window.work.welcome.isVisible()
    assert not desk.window.work.header.isVisible()


def test_an_episode_without_chapters_says_so_and_can_be_played(desk: Desk):
    desk.session.open(desk.put("bare.m4b", "An interview", ()))
    desk.show()
    assert desk.window.work.no_chapters.isVisible()
    assert "An interview" in texts(desk.window.work.header)
    desk.session.play()
    desk.wait(1_000)
    assert desk.session.place_ms > 0


def test_an_episode_with_chapters_shows_its_outline(seed: Desk):
    assert seed.outline.isVisible()
    assert seed.outline.hasFocus()
    assert "Joe Carlsmith Audio · 6:09:30 · 0 % heard · 119 sections" in texts(seed.window.work.header)


def test_the_head_tells_how_much_is_heard(seed: Desk):
    seed.session.set_section_heard(seed.section("2"), is_heard=True)
    assert "37 % heard" in texts(seed.window.work.header)[1]


def test_ctrl_f_gives_the_keyboard_to_the_filter(seed: Desk, qtbot: QtBot):
    type_filter(seed, qtbot, "goal")
    assert seed.window.work.filter.hasFocus()
    qtbot.keyClick(seed.window, Qt.Key.Key_F, CTRL)
    assert seed.window.work.filter.selectedText() == "goal"


def test_digits_in_the_filter_match_numbers(seed: Desk, qtbot: QtBot):
    type_filter(seed, qtbot, "2.2.2.2")
    assert seed.shown_labels() == ["2", "2.2", "2.2.2", "2.2.2.2", "2.2.2.2.1", "2.2.2.2.2"]
    assert not seed.window.go_to.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_in_the_filter_plays_the_first_that_was_found(seed: Desk, qtbot: QtBot, key: Qt.Key):
    type_filter(seed, qtbot, "crystallization")
    qtbot.keyClick(seed.window.work.filter, key)
    assert seed.session.is_playing
    assert seed.label == "2.3.1.1.1"


def test_enter_with_nothing_found_plays_nothing(seed: Desk, qtbot: QtBot):
    type_filter(seed, qtbot, "xylophone")
    qtbot.keyClick(seed.window.work.filter, Qt.Key.Key_Return)
    assert not seed.session.is_playing


def test_nothing_found_is_said(seed: Desk, qtbot: QtBot):
    type_filter(seed, qtbot, "xylophone")
    assert "No section has these words." in texts(seed.window.work)
    qtbot.keyClick(seed.window.work.filter, Qt.Key.Key_Escape)
    assert "No section has these words." not in texts(seed.window.work)


def test_escape_clears_the_filter_and_leaves_it(seed: Desk, qtbot: QtBot):
    type_filter(seed, qtbot, "goal")
    qtbot.keyClick(seed.window.work.filter, Qt.Key.Key_Escape)
    settle()
    assert seed.window.work.filter.text() == ""
    assert seed.outline.hasFocus()
    assert len(seed.shown_labels()) == 8


def test_down_leads_from_the_filter_into_the_outline(seed: Desk, qtbot: QtBot):
    type_filter(seed, qtbot, "crystallization")
    qtbot.keyClick(seed.window.work.filter, Qt.Key.Key_Down)
    assert seed.outline.hasFocus()
    qtbot.keyClick(seed.outline, Qt.Key.Key_Return)
    assert seed.label == "2.3.1.1.1"


def test_letters_in_the_filter_are_text(seed: Desk, qtbot: QtBot):
    type_filter(seed, qtbot, "jklmh[]= ")
    assert seed.window.work.filter.text() == "jklmh[]= "
    assert not seed.session.is_playing


def test_another_episode_begins_without_a_filter_or_what_concerned_the_one_before(seed: Desk, qtbot: QtBot):
    type_filter(seed, qtbot, "goal")
    seed.session.told.emit(Notice("odd", "Something odd."))
    seed.session.open(seed.put("other.m4b", "Other"))
    settle()
    assert seed.window.work.filter.text() == ""
    assert not seed.window.work.banner.isVisible()
    assert seed.shown_labels() == ["1", "1.1", "2", "3"]


def test_a_removed_episode_leaves_the_welcome_page(seed: Desk):
    seed.session.close()
    settle()
    assert seed.window.work.welcome.isVisible()
    assert seed.window.windowTitle() == "Outspoken"


def test_what_the_session_tells_stands_in_the_banner(seed: Desk):
    seed.session.play()
    seed.wait(2_000)
    seed.engine.false_end()
    settle()
    words = seed.window.work.banner.words
    assert seed.window.work.banner.isVisible()
    assert words.startswith("The sound broke off at 0:0")
    assert words.endswith("Your place is kept.")


def test_a_length_that_becomes_known_closes_neither_branches_nor_the_page_of_pasted_text(desk: Desk, qtbot: QtBot):
    desk.session.open(desk.put("odd.m4b", duration_ms=None))
    desk.show()
    desk.session.seek(500_000)
    desk.outline.expand(desk.index("1"))
    desk.window.work.open_paste("what was typed so far")
    desk.engine.true_durations[str(desk.folder / "odd.m4b")] = 600_000
    desk.session.play()
    desk.wait(500)
    settle()
    assert desk.session.duration_ms == 600_000
    assert desk.window.work.paste.isVisible()
    assert desk.window.work.paste.text.toPlainText() == "what was typed so far"
    assert desk.outline.opened_ms == {0}
    assert desk.outline.isExpanded(desk.index("1"))
