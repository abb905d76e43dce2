import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from player.ui import outline_view
from tests.ui.desk import Desk, settle

TOP = ['Full audio for "Scheming AIs: Will AIs fake alignment during training in order to get power?"', *"0123456"]


def go(desk: Desk, label: str) -> None:
    desk.session.seek(desk.section(label).start_ms)
    settle()


def mark_of(desk: Desk, label: str) -> QPoint:
    rect = desk.outline.visualRect(desk.index(label))
    delegate = desk.outline.itemDelegate()
    return delegate.mark_rect(rect, desk.section(label), desk.outline.layoutDirection()).center()


def arrow_of(desk: Desk, label: str) -> QPoint:
    rect = desk.outline.visualRect(desk.index(label))
    delegate = desk.outline.itemDelegate()
    return delegate.arrow_rect(rect, desk.section(label), desk.outline.layoutDirection()).center()


def title_of(desk: Desk, label: str) -> QPoint:
    return desk.outline.visualRect(desk.index(label)).center()


def click(desk: Desk, point: QPoint) -> None:
    QTest.mouseClick(desk.outline.viewport(), Qt.MouseButton.LeftButton, pos=point)
    settle()


def double_click(desk: Desk, point: QPoint) -> None:
    click(desk, point)
    QTest.mouseDClick(desk.outline.viewport(), Qt.MouseButton.LeftButton, pos=point)
    settle()


def wheel(desk: Desk, pixels: int) -> None:
    viewport = desk.outline.viewport()
    centre = QPointF(viewport.rect().center())
    event = QWheelEvent(
        centre,
        viewport.mapToGlobal(centre),
        QPoint(0, -pixels),
        QPoint(0, -pixels),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(viewport, event)
    settle()


def is_seen(desk: Desk, label: str) -> bool:
    rect = desk.outline.visualRect(desk.index(label))
    return not rect.isEmpty() and desk.outline.viewport().rect().contains(rect)


def pill(desk: Desk) -> QPushButton:
    (button,) = desk.outline.findChildren(QPushButton)
    return button


# --- folds ---


def test_at_first_only_the_top_level_is_shown(seed: Desk):
    assert seed.shown_labels() == TOP


def test_the_current_path_is_unfolded_and_nothing_else(seed: Desk):
    go(seed, "2.2.2.2.1")
    shown = seed.shown_labels()
    assert shown == [
        *TOP[:4],
        *("2.1", "2.2", "2.2.1", "2.2.2", "2.2.2.1", "2.2.2.2", "2.2.2.2.1", "2.2.2.2.2", "2.2.3", "2.2.4"),
        *("2.3", "2.4", "2.5"),
        *TOP[4:],
    ]


def test_branches_that_we_opened_close_behind_the_playhead(seed: Desk):
    go(seed, "2.2.2.2.1")
    go(seed, "3.1")
    assert "2.2" not in seed.shown_labels()
    assert "3.2" in seed.shown_labels()


def test_a_branch_that_the_listener_opened_stays(seed: Desk):
    click(seed, arrow_of(seed, "1"))
    assert "1.3" in seed.shown_labels()
    go(seed, "2.2.2.2.1")
    go(seed, "3.1")
    assert "1.3" in seed.shown_labels()
    assert "2.2" not in seed.shown_labels()


def test_a_branch_that_the_listener_closed_stays_closed_while_the_place_moves_in_it(seed: Desk):
    go(seed, "2.2.2.2.1")
    click(seed, arrow_of(seed, "2.2"))
    seed.session.seek(seed.session.place_ms + 2_000)
    settle()
    assert "2.2.2" not in seed.shown_labels()


def test_a_new_current_section_is_shown_even_where_the_listener_had_closed(seed: Desk):
    go(seed, "2.2.2.2.1")
    click(seed, arrow_of(seed, "2.2"))
    go(seed, "2.2.2.2.2")
    assert "2.2.2.2.2" in seed.shown_labels()


def test_a_parent_that_is_current_itself_is_unfolded(seed: Desk):
    go(seed, "2.2")
    assert "2.2.1" in seed.shown_labels()
    assert "2.2.1.1" not in seed.shown_labels()


def test_a_click_on_the_arrow_folds_and_unfolds_and_plays_nothing(seed: Desk):
    click(seed, arrow_of(seed, "1"))
    assert "1.1" in seed.shown_labels()
    click(seed, arrow_of(seed, "1"))
    assert "1.1" not in seed.shown_labels()
    assert not seed.session.is_playing


def test_two_quick_clicks_on_the_arrow_play_nothing(seed: Desk):
    double_click(seed, arrow_of(seed, "1"))
    assert not seed.session.is_playing


def test_star_unfolds_the_whole_outline(seed: Desk, qtbot: QtBot):
    qtbot.keyClick(seed.outline, Qt.Key.Key_Asterisk)
    assert len(seed.shown_labels()) == 119


def test_arrows_move_and_fold(seed: Desk, qtbot: QtBot):
    seed.select("1")
    qtbot.keyClick(seed.outline, Qt.Key.Key_Right)
    assert "1.1" in seed.shown_labels()
    qtbot.keyClick(seed.outline, Qt.Key.Key_Down)
    assert seed.outline.selected_section().label == "1.1"
    qtbot.keyClick(seed.outline, Qt.Key.Key_Up)
    qtbot.keyClick(seed.outline, Qt.Key.Key_Left)
    assert "1.1" not in seed.shown_labels()
    assert not seed.session.is_playing


def test_what_the_listener_opened_is_there_after_a_restart(seed: Desk):
    click(seed, arrow_of(seed, "1"))
    click(seed, arrow_of(seed, "1.3"))
    opened = seed.outline.opened_ms
    episode_id = seed.session.episode.id
    seed.window.close()
    seed.session.close()
    seed.begin()
    seed.session.open(episode_id)
    seed.show()
    assert seed.outline.opened_ms == opened
    assert "1.3.2" in seed.shown_labels()


# --- playing ---


def test_a_click_selects_and_plays_nothing(seed: Desk):
    click(seed, title_of(seed, "3"))
    assert seed.outline.selected_section().label == "3"
    assert not seed.session.is_playing
    assert seed.session.place_ms == 0


def test_a_double_click_plays_the_section(seed: Desk):
    double_click(seed, title_of(seed, "3"))
    assert seed.session.is_playing
    assert seed.session.place_ms == seed.section("3").start_ms


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_plays_the_section(seed: Desk, qtbot: QtBot, key: Qt.Key):
    seed.select("2.2.2.1.1")
    qtbot.keyClick(seed.outline, key)
    assert seed.session.is_playing
    assert seed.label == "2.2.2.1.1"


def test_a_click_below_the_last_row_does_nothing(seed: Desk):
    area = seed.outline.viewport().rect()
    click(seed, QPoint(area.center().x(), area.bottom() - 4))
    assert not seed.session.is_playing


# --- heard ---


def test_a_click_on_the_mark_marks_the_whole_branch_as_heard_and_back(seed: Desk):
    click(seed, mark_of(seed, "2"))
    assert all(seed.model.row_of(seed.section(label)).is_heard for label in ("2", "2.2.2.2.1", "2.5"))
    assert not seed.model.row_of(seed.section("3")).is_heard
    click(seed, mark_of(seed, "2"))
    assert seed.model.row_of(seed.section("2.2.2.2.1")).share == 0
    assert not seed.session.is_playing


def test_ctrl_z_takes_a_marking_back(seed: Desk, qtbot: QtBot):
    seed.session.play()
    seed.wait(5_000)
    seed.session.pause()
    before = seed.session.heard
    assert before
    click(seed, mark_of(seed, "1"))
    assert seed.session.heard != before
    qtbot.keyClick(seed.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert seed.session.heard == before


def test_h_marks_the_selected_section(seed: Desk, qtbot: QtBot):
    seed.select("2.1")
    qtbot.keyClick(seed.outline, Qt.Key.Key_H)
    assert seed.model.row_of(seed.section("2.1")).is_heard
    qtbot.keyClick(seed.outline, Qt.Key.Key_H)
    assert not seed.model.row_of(seed.section("2.1")).is_heard


def test_a_marking_is_on_the_disk(seed: Desk):
    click(seed, mark_of(seed, "1"))
    section = seed.section("1")
    assert seed.library.flush(5)
    heard = seed.library.episode(seed.session.episode.id).heard
    assert heard.spans == ((section.start_ms, section.whole_end_ms),)


def test_listening_paints_the_marks_of_the_path(seed: Desk):
    seed.session.play_section(seed.section("2.2.2.2.1"))
    seed.wait(60_000)
    shares = [seed.model.row_of(seed.section(label)).share for label in ("2.2.2.2.1", "2.2.2.2", "2")]
    assert shares[0] == pytest.approx(60 / 244, abs=0.02)
    assert shares[0] > shares[1] > shares[2] > 0


# --- following ---


def test_the_view_follows_the_playhead(seed: Desk):
    go(seed, "6.8")
    assert is_seen(seed, "6.8")
    go(seed, "0.2.6")
    assert is_seen(seed, "0.2.6")


def test_after_a_turn_of_the_wheel_the_view_stays_where_the_listener_looks(seed: Desk, qtbot: QtBot):
    qtbot.keyClick(seed.outline, Qt.Key.Key_Asterisk)
    go(seed, "0.1")
    wheel(seed, 1_500)
    before = seed.outline.verticalScrollBar().value()
    assert before > 0
    go(seed, "0.2")
    assert seed.outline.verticalScrollBar().value() == before


def test_following_goes_on_after_a_while(seed: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch):
    assert outline_view.FOLLOW_AGAIN_MS == 20_000
    qtbot.keyClick(seed.outline, Qt.Key.Key_Asterisk)
    go(seed, "0.1")
    # Twenty seconds are too long for a test: the same timer, with less on it.
    for timer in seed.outline.findChildren(type(seed.outline._scrolled)):
        if timer.interval() == outline_view.FOLLOW_AGAIN_MS:
            timer.setInterval(400)
    wheel(seed, 1_500)
    assert not is_seen(seed, "0.1")
    qtbot.waitUntil(lambda: is_seen(seed, "0.1"))


def test_a_pill_leads_back_to_now_playing(seed: Desk, qtbot: QtBot):
    qtbot.keyClick(seed.outline, Qt.Key.Key_Asterisk)
    go(seed, "0.1")
    assert not pill(seed).isVisible()
    wheel(seed, 1_500)
    assert pill(seed).isVisible()
    assert pill(seed).text() == "Back to now playing"
    assert seed.outline.viewport().rect().contains(pill(seed).geometry())
    qtbot.mouseClick(pill(seed), Qt.MouseButton.LeftButton)
    settle()
    assert is_seen(seed, "0.1")
    assert not pill(seed).isVisible()
    go(seed, "6.8")
    assert is_seen(seed, "6.8")


def test_the_pill_is_there_when_unfolding_pushes_the_current_row_away(seed: Desk, qtbot: QtBot):
    go(seed, "5")
    assert not pill(seed).isVisible()
    qtbot.keyClick(seed.outline, Qt.Key.Key_Asterisk)
    settle()
    assert is_seen(seed, "5") or pill(seed).isVisible()


def test_ctrl_l_shows_now_playing(seed: Desk, qtbot: QtBot):
    qtbot.keyClick(seed.outline, Qt.Key.Key_Asterisk)
    go(seed, "0.1")
    wheel(seed, 1_500)
    qtbot.keyClick(seed.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert is_seen(seed, "0.1")
    assert seed.outline.hasFocus()
    assert seed.outline.selected_section().label == "0.1"


def test_the_current_row_stays_in_view_when_the_window_shrinks(seed: Desk):
    go(seed, "2.2.2.2.2")
    seed.show(1100, 430)
    assert is_seen(seed, "2.2.2.2.2")


# --- the filter ---


def test_the_filter_keeps_ancestors_and_unfolds_them(seed: Desk, qtbot: QtBot):
    qtbot.keyClicks(seed.window.work.filter, "crystallization")
    assert seed.shown_labels() == ["2", "2.3", "2.3.1", "2.3.1.1", "2.3.1.1.1"]
    assert seed.outline.selected_section().label == "2.3.1.1.1"


def test_filtering_leaves_the_listeners_branches_as_they_were(seed: Desk, qtbot: QtBot):
    click(seed, arrow_of(seed, "1"))
    go(seed, "2.1")
    before, opened = seed.shown_labels(), seed.outline.opened_ms
    qtbot.keyClicks(seed.window.work.filter, "simplicity")
    assert seed.shown_labels() != before
    qtbot.keyClick(seed.window.work.filter, Qt.Key.Key_Escape)
    assert seed.shown_labels() == before
    assert seed.outline.opened_ms == opened


def test_folding_what_was_found_is_not_kept(seed: Desk, qtbot: QtBot):
    qtbot.keyClicks(seed.window.work.filter, "crystallization")
    click(seed, arrow_of(seed, "2.3"))
    assert seed.outline.opened_ms == frozenset()


def test_the_playhead_moves_on_behind_a_filter(seed: Desk, qtbot: QtBot):
    qtbot.keyClicks(seed.window.work.filter, "crystallization")
    go(seed, "3.1")
    assert seed.shown_labels()[0] == "2"
    qtbot.keyClick(seed.window.work.filter, Qt.Key.Key_Escape)
    settle()
    assert "3.1" in seed.shown_labels()
    assert is_seen(seed, "3.1")


# --- access ---


def test_the_view_has_a_name_and_speaks_its_rows(seed: Desk):
    assert seed.outline.accessibleName() == "Outline"
    go(seed, "2.2.2.2.1")
    words = seed.index("2.2.2.2.1").data(Qt.ItemDataRole.AccessibleTextRole)
    assert words.startswith("2.2.2.2.1 Can gradient descent")
    assert words.endswith("current")


def test_typing_letters_never_moves_the_selection(seed: Desk, qtbot: QtBot):
    seed.select("2")
    qtbot.keyClicks(seed.outline, "se")
    assert seed.outline.selected_section().label == "2"


def test_ten_thousand_sections_are_followed_without_delay(desk: Desk):
    marks = [(at * 1_000, f"{at // 100 + 1}.{at % 100 + 1} Section") for at in range(10_000)]
    desk.session.open(desk.put("many.m4b", "Many", marks, 10_000_000))
    desk.show()
    for at in (9_999, 3, 5_000):
        desk.session.seek(at * 1_000)
        settle()
        index = desk.model.index_of(desk.model.path[-1])
        assert desk.outline.viewport().rect().intersects(desk.outline.visualRect(index))
