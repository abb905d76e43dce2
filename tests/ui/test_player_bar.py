import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QSlider
from pytestqt.qtbot import QtBot

from player.core.coverage import Coverage
from player.playback.state import EngineState
from tests.ui.desk import Desk, buttons, settle

LEFT = Qt.MouseButton.LeftButton
ELAPSED = "Time gone by: in all, or in this section"
LEFT_OVER = "Time left: in all, or in this section"


def press(desk: Desk, name: str) -> None:
    QTest.mouseClick(buttons(desk.window.player)[name], LEFT)
    settle()


def steps(desk: Desk) -> list[str]:
    path = [each for each in desk.window.player.breadcrumb.findChildren(QMenu.__base__) if each.isVisible()]
    shown = [each for each in path if each.objectName() != "dim" and hasattr(each, "text")]
    return [each.text().split(" ", 1)[0] for each in sorted(shown, key=lambda each: each.x())]


def test_play_and_pause(seed: Desk):
    press(seed, "Play")
    assert seed.session.is_playing
    assert "Pause" in buttons(seed.window.player)
    seed.wait(1_000)
    assert seed.engine.state is EngineState.PLAYING
    press(seed, "Pause")
    assert not seed.session.is_playing
    assert "Play" in buttons(seed.window.player)


def test_skipping_and_sections(seed: Desk):
    seed.session.seek(seed.section("2.1").start_ms)
    press(seed, "Forward 30 seconds")
    assert seed.session.place_ms == seed.section("2.1").start_ms + 30_000
    press(seed, "Back 15 seconds")
    assert seed.session.place_ms == seed.section("2.1").start_ms + 15_000
    press(seed, "Next section")
    assert seed.label == "2.2"
    press(seed, "Previous section")
    assert seed.label == "2.1"


def test_a_click_on_the_bar_moves_the_place_without_starting_the_sound(seed: Desk):
    bar = seed.window.player.bar
    QTest.mouseClick(bar, LEFT, pos=QPoint(bar.width() // 2, 9))
    assert seed.session.place_ms == pytest.approx(seed.session.duration_ms / 2, abs=200_000)
    assert not seed.session.is_playing


def test_clocks_and_bar_move_on_while_playing(seed: Desk):
    seed.session.set_speed(2.0)
    seed.session.play()
    seed.wait(10_000)
    clocks = buttons(seed.window.player)
    assert clocks[ELAPSED].text() in ("0:19", "0:20")
    assert clocks[LEFT_OVER].text() == "−3:04:35"
    assert seed.window.player.bar.accessibleDescription().startswith(f"{clocks[ELAPSED].text()} of 6:09:30")


def test_clocks_switch_to_the_section(seed: Desk):
    seed.session.seek(seed.section("2.2.2.2.1").start_ms + 31_000)
    settle()
    press(seed, ELAPSED)
    clocks = buttons(seed.window.player)
    assert (clocks[ELAPSED].text(), clocks[LEFT_OVER].text()) == ("0:31", "−3:33")


def test_the_path_is_that_of_the_current_section(seed: Desk):
    seed.session.seek(seed.section("2.2.2.2.1").start_ms)
    settle()
    assert steps(seed) == ["2", "2.2", "2.2.2", "2.2.2.2", "2.2.2.2.1"]
    seed.session.seek(seed.section("5").start_ms)
    settle()
    assert steps(seed) == ["5"]


def test_a_sibling_chosen_on_the_path_is_gone_to(seed: Desk):
    seed.session.seek(seed.section("2.2.2.2.1").start_ms)
    settle()
    seed.window.player.breadcrumb.section_asked.emit(seed.section("2.4"))
    assert seed.label == "2.4"


def test_the_path_sets_the_scope_of_the_bar_and_playback_takes_it_along(seed: Desk):
    seed.session.seek(seed.section("2.2.2.2.1").start_ms)
    settle()
    seed.window.player.breadcrumb.scope_asked.emit(seed.section("2.2.2"))
    assert seed.window.player.bar.scope.label == "2.2.2"
    seed.session.seek(seed.section("3.2.1").start_ms)
    assert seed.window.player.bar.scope.label == "3"


def test_what_is_heard_is_painted_on_the_bar(seed: Desk):
    before = seed.window.player.bar.grab().toImage()
    seed.session.set_section_heard(seed.section("1"), is_heard=True)
    assert seed.window.player.bar.grab().toImage() != before


def test_speed_is_shown_and_kept(seed: Desk):
    seed.session.set_speed(1.5)
    assert buttons(seed.window.player)["Speed"].text() == "1.5×"
    assert seed.library.flush(5)
    assert seed.library.episode(seed.session.episode.id).speed == 1.5


def test_volume_and_silence(seed: Desk):
    (slider,) = seed.window.player.transport.findChildren(QSlider)
    slider.setValue(40)
    assert seed.engine.volume == pytest.approx(0.4)
    press(seed, "Mute")
    assert seed.engine.is_muted
    assert "Sound on" in buttons(seed.window.player)
    press(seed, "Sound on")
    assert not seed.engine.is_muted
    press(seed, "Mute")
    slider.setValue(60)
    assert not seed.engine.is_muted


def test_another_episode_is_shown_at_once(seed: Desk):
    seed.session.seek(seed.section("3.2.1").start_ms)
    other = seed.put("other.m4b", "Other")
    seed.session.open(other)
    settle()
    assert not seed.window.player.bar.has_two_scales
    assert buttons(seed.window.player)[ELAPSED].text() == "0:00"
    assert buttons(seed.window.player)[LEFT_OVER].text() == "−10:00"
    assert steps(seed) == ["1"]


def test_other_chapters_are_shown_at_once(seed: Desk):
    from player.core.chapter import Chapter

    seed.session.choosing.use_chapters((Chapter(0, "One"), Chapter(60_000, "Two")))
    settle()
    assert not seed.window.player.bar.has_two_scales


def test_the_controls_are_all_silent_without_an_episode(desk: Desk, qtbot: QtBot):
    desk.show()
    assert not desk.window.player.isVisible()
    qtbot.keyClick(desk.window, Qt.Key.Key_K)
    qtbot.keyClick(desk.window, Qt.Key.Key_L)
    assert not desk.session.is_playing
    assert desk.engine.commands == []
    assert desk.session.heard == Coverage()
