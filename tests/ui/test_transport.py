import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication, QMenu, QSlider
from pytestqt.qtbot import QtBot

from player.core.chapter import Chapter
from player.core.outline import build
from player.core.speed import OFFERED
from player.ui.look import DARK, LIGHT, style_sheet
from player.ui.transport import Transport, speed_text
from tests.ui.desk import buttons, settle

LEFT = Qt.MouseButton.LeftButton
SECTION = build([Chapter(0, "1. One"), Chapter(600_000, "2. Two"), Chapter(900_000, "3. Three")], 7_200_000).sections[1]
ELAPSED, LEFT_OVER = "Time gone by: in all, or in this section", "Time left: in all, or in this section"


@pytest.fixture
def transport(qtbot: QtBot) -> Transport:
    transport = Transport(LIGHT)
    qtbot.addWidget(transport)
    transport.resize(900, 60)
    transport.show_speed(1.0)
    transport.show_times(0, 7_200_000, SECTION, 1.0)
    transport.show()
    return transport


def clocks(transport: Transport) -> tuple[str, str]:
    shown = buttons(transport)
    return shown[ELAPSED].text(), shown[LEFT_OVER].text()


@pytest.mark.parametrize(
    ("name", "signal", "asked"),
    [
        ("Play", "play_asked", []),
        ("Back 15 seconds", "skip_asked", [-15_000]),
        ("Forward 30 seconds", "skip_asked", [30_000]),
        ("Previous section", "previous_asked", []),
        ("Next section", "next_asked", []),
        ("Mute", "mute_asked", []),
    ],
)
def test_every_button_asks_for_its_own(transport: Transport, qtbot: QtBot, name: str, signal: str, asked: list[int]):
    spy = QSignalSpy(getattr(transport, signal))
    qtbot.mouseClick(buttons(transport)[name], LEFT)
    assert spy.count() == 1
    assert [value for value in spy.at(0) if not isinstance(value, bool)] == asked


def test_play_becomes_pause_and_back(transport: Transport):
    transport.show_playing(True)
    assert "Pause" in buttons(transport)
    transport.show_playing(False)
    assert "Play" in buttons(transport)


def test_the_play_button_looks_different_while_playing(transport: Transport):
    before = transport.grab().toImage()
    transport.show_playing(True)
    assert transport.grab().toImage() != before


def test_times_tell_what_is_gone_and_what_is_left(transport: Transport):
    transport.show_times(700_000, 7_200_000, SECTION, 1.0)
    assert clocks(transport) == ("11:40", "−1:48:20")


def test_what_is_left_is_told_at_the_speed(transport: Transport):
    transport.show_times(1_200_000, 7_200_000, SECTION, 2.0)
    assert clocks(transport) == ("20:00", "−50:00")


@pytest.mark.parametrize("clock", [ELAPSED, LEFT_OVER])
def test_a_click_on_a_time_switches_between_whole_and_section(transport: Transport, qtbot: QtBot, clock: str):
    transport.times_toggled.connect(lambda: transport.show_times(700_000, 7_200_000, SECTION, 1.0))
    qtbot.mouseClick(buttons(transport)[clock], LEFT)
    assert clocks(transport) == ("1:40", "−3:20")
    qtbot.mouseClick(buttons(transport)[clock], LEFT)
    assert clocks(transport) == ("11:40", "−1:48:20")


def test_an_unknown_length_leaves_no_false_time(transport: Transport):
    transport.show_times(700_000, None, None, 1.0)
    assert clocks(transport) == ("11:40", "")


def test_nothing_is_left_past_the_end(transport: Transport):
    transport.show_times(7_300_000, 7_200_000, SECTION, 1.0)
    assert clocks(transport)[1] == "−0:00"


@pytest.mark.parametrize("width", [344, 420, 900])
def test_times_of_many_hours_are_whole_in_every_window(transport: Transport, width: int):
    transport.set_narrow(width < 640)
    transport.show_times(100 * 3_600_000, 300 * 3_600_000, SECTION, 1.0)
    transport.resize(width, transport.height())
    settle()
    for name in (ELAPSED, LEFT_OVER):
        clock = buttons(transport)[name]
        assert clock.fontMetrics().horizontalAdvance(clock.text()) <= clock.width()
        assert transport.rect().contains(clock.geometry())


@pytest.mark.parametrize("scale", [1, 1.5])
@pytest.mark.parametrize("width", [344, 420, 640, 900])
def test_times_and_speed_are_whole_in_large_text_too(transport: Transport, width: int, scale: float):
    font = transport.font()
    font.setPointSizeF(font.pointSizeF() * scale)
    transport.setFont(font)
    transport.setStyleSheet(style_sheet(LIGHT))
    transport.set_narrow(width < 640)
    transport.show_speed(1.25)
    transport.show_times(2 * 3_600_000, 12 * 3_600_000, SECTION, 1.0)
    transport.resize(width, transport.height())
    settle()
    for name in (ELAPSED, LEFT_OVER, "Speed"):
        button = buttons(transport).get(name)
        if button:
            assert button.width() >= button.sizeHint().width()
            assert transport.rect().contains(button.geometry())


def test_speeds_are_written_short():
    assert [speed_text(speed) for speed in (0.5, 1.0, 1.25, 2.0)] == ["0.5×", "1×", "1.25×", "2×"]


def test_the_menu_of_speeds_ticks_the_current_one_and_asks_for_another(transport: Transport, qtbot: QtBot):
    transport.show_speed(1.25)
    qtbot.mouseClick(buttons(transport)["Speed"], LEFT)
    menu = next(menu for menu in transport.findChildren(QMenu) if menu.isVisible())
    assert [action.text() for action in menu.actions()] == [speed_text(speed) for speed in OFFERED]
    assert [action.text() for action in menu.actions() if action.isChecked()] == ["1.25×"]
    with qtbot.waitSignal(transport.speed_asked) as asked:
        menu.actions()[-1].trigger()
    assert asked.args == [4.0]
    menu.close()


@pytest.mark.parametrize(("turn", "speed"), [(120, 1.3), (-120, 1.2)])
def test_the_wheel_over_the_speed_changes_it_a_little(transport: Transport, qtbot: QtBot, turn: int, speed: float):
    transport.show_speed(1.25)
    settle()
    point = QPointF(buttons(transport)["Speed"].geometry().center())
    none = Qt.KeyboardModifier.NoModifier
    event = QWheelEvent(
        point, transport.mapToGlobal(point), QPoint(), QPoint(0, turn), Qt.MouseButton.NoButton, none,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    with qtbot.waitSignal(transport.speed_asked) as asked:
        QApplication.sendEvent(transport, event)
    assert asked.args == [pytest.approx(speed)]


def test_the_slider_asks_for_a_volume_and_shows_one_without_asking(transport: Transport, qtbot: QtBot):
    (slider,) = transport.findChildren(QSlider)
    asked = QSignalSpy(transport.volume_asked)
    transport.show_volume(0.3, is_muted=False)
    assert slider.value() == 30
    assert asked.count() == 0
    slider.setValue(70)
    assert asked.at(0) == [0.7]


def test_silence_is_seen_and_can_be_ended(transport: Transport):
    transport.show_volume(0.8, is_muted=False)
    before = transport.grab().toImage()
    transport.show_volume(0.8, is_muted=True)
    assert "Sound on" in buttons(transport)
    assert transport.grab().toImage() != before


def test_a_narrow_window_leaves_speed_and_volume_to_the_menu(transport: Transport):
    transport.set_narrow(True)
    assert "Speed" not in buttons(transport)
    assert "Mute" not in buttons(transport)
    assert not transport.findChildren(QSlider)[0].isVisible()
    transport.set_narrow(False)
    assert "Speed" in buttons(transport)


def test_targets_are_large_enough(transport: Transport):
    for name, button in buttons(transport).items():
        assert button.height() >= 32, name
        assert button.width() >= 32, name


def test_everything_can_be_reached_with_the_keyboard(transport: Transport):
    transport.activateWindow()
    for name, button in buttons(transport).items():
        assert button.focusPolicy() & Qt.FocusPolicy.TabFocus, name


def test_both_schemes_can_be_painted(transport: Transport):
    light = transport.grab().toImage()
    transport.set_look(DARK)
    assert transport.grab().toImage() != light


def test_what_times_and_speed_show_is_spoken(transport: Transport):
    transport.show_times(700_000, 7_200_000, SECTION, 1.25)
    transport.show_speed(1.25)
    spoken = {button.accessibleDescription() for button in buttons(transport).values()}
    assert {"11:40", "−1:26:40", "1.25×"} <= spoken
