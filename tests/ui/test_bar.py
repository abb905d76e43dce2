import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from player.core.chapter import Chapter
from player.core.coverage import NOTHING_HEARD
from player.core.outline import build
from player.core.scale import Scale
from player.core.timeline import Timeline
from player.ui.bar import EDGE, TWO_SCALES_FROM, Bar
from player.ui.look import LIGHT
from tests.builders import SEED_SECONDS, seed_chapters

SEED_MS = SEED_SECONDS * 1000
SEED = Timeline(build([Chapter(start, title) for start, title in seed_chapters()], SEED_MS))
LEFT = Qt.MouseButton.LeftButton
SHIFT = Qt.KeyboardModifier.ShiftModifier
OVERVIEW_Y = 9


def flat(count: int, length_ms: int = 1_000_000) -> Timeline:
    step = length_ms // count
    return Timeline(build([Chapter(at * step, f"{at + 1}. Section") for at in range(count)], length_ms))


def section(label: str):
    return next(each for each in SEED.outline.sections if each.label == label)


@pytest.fixture
def bar(qtbot: QtBot) -> Bar:
    bar = Bar(LIGHT)
    qtbot.addWidget(bar)
    bar.resize(1060, bar.sizeHint().height())
    bar.show()
    show(bar, SEED, SEED_MS)
    bar.asked = []
    bar.seek_asked.connect(bar.asked.append)
    return bar


def show(bar: Bar, timeline: Timeline, duration_ms: int | None) -> None:
    bar.show_outline(timeline, duration_ms, NOTHING_HEARD)
    bar.resize(1060, bar.sizeHint().height())
    bar.set_place(0)


def lower_y(bar: Bar) -> int:
    return bar.height() * 3 // 4 - 8 if bar.has_two_scales else 10


def scale_of(bar: Bar, start_ms: int, end_ms: int) -> Scale:
    return Scale(start_ms, end_ms, EDGE, bar.width() - 2 * EDGE)


def lower(bar: Bar) -> Scale:
    scope = bar.scope
    return scale_of(bar, scope.start_ms, scope.whole_end_ms) if scope else scale_of(bar, 0, SEED_MS)


def click(bar: Bar, x: float, y: int, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> int:
    QTest.mouseClick(bar, LEFT, modifier, QPoint(round(x), y))
    return bar.asked.pop()


def hint(bar: Bar) -> QLabel:
    return next(label for label in bar.window().findChildren(QLabel) if label.objectName() == "chip")


# --- one scale or two ---


@pytest.mark.parametrize(("count", "has_two"), [(0, False), (1, False), (12, False), (13, True), (119, True)])
def test_two_scales_stand_from_thirteen_sections_on(bar: Bar, count: int, has_two: bool):
    assert TWO_SCALES_FROM == 13
    show(bar, flat(count) if count else Timeline(build(())), 1_000_000)
    assert bar.has_two_scales is has_two
    assert (bar.scope is not None) is has_two


def test_two_scales_are_given_the_room_they_need(bar: Bar):
    two = bar.sizeHint().height()
    show(bar, flat(5), 1_000_000)
    assert bar.sizeHint().height() < two


def test_the_scope_is_the_top_level_section_around_the_place(bar: Bar):
    bar.set_place(section("2.2.2.2.1").start_ms + 5_000)
    assert bar.scope.label == "2"
    bar.set_place(section("3.1").start_ms)
    assert bar.scope.label == "3"


def test_a_chosen_scope_holds_while_the_place_is_in_it(bar: Bar):
    bar.set_place(section("2.2.2.2.1").start_ms)
    bar.set_scope(section("2.2.2"))
    assert bar.scope.label == "2.2.2"
    bar.set_place(section("2.2.2.1.1").start_ms)
    assert bar.scope.label == "2.2.2"
    bar.set_place(section("2.3").start_ms)
    assert bar.scope.label == "2"
    bar.set_place(section("2.2.2.1.1").start_ms)
    assert bar.scope.label == "2"


def test_a_scope_away_from_the_place_is_not_taken(bar: Bar):
    bar.set_place(section("2.1").start_ms)
    bar.set_scope(section("3"))
    assert bar.scope.label == "2"


def test_the_scope_follows_again_when_it_is_let_go(bar: Bar):
    bar.set_place(section("2.2.2.2.1").start_ms)
    bar.set_scope(section("2.2.2"))
    bar.set_scope(None)
    assert bar.scope.label == "2"


def test_another_outline_begins_anew(bar: Bar):
    bar.set_place(section("2.2.2.2.1").start_ms)
    bar.set_scope(section("2.2.2"))
    show(bar, flat(5), 1_000_000)
    assert bar.scope is None


# --- asking for another place ---


def test_a_click_on_the_lower_scale_seeks_inside_the_scope(bar: Bar):
    bar.set_place(section("2.1").start_ms)
    scale = lower(bar)
    x = scale.x(section("2.3").start_ms + 600_000)
    asked = click(bar, x, lower_y(bar), SHIFT)
    assert asked == scale.ms(round(x))
    assert section("2").start_ms <= asked <= section("2").whole_end_ms


def test_a_click_on_the_overview_seeks_in_the_whole(bar: Bar):
    bar.set_place(section("2.1").start_ms)
    x = bar.width() // 2
    assert click(bar, x, OVERVIEW_Y, SHIFT) == scale_of(bar, 0, SEED_MS).ms(x)


def test_a_click_near_a_tick_goes_to_the_section(bar: Bar):
    bar.set_place(section("2.1").start_ms)
    start_ms = section("2.3").start_ms
    assert click(bar, lower(bar).x(start_ms) + 3, lower_y(bar)) == start_ms


def test_the_reach_of_a_tick_is_six_pixels(bar: Bar):
    show(bar, flat(3, 3_000_000), 3_000_000)
    x = scale_of(bar, 0, 3_000_000).x(1_000_000)
    assert click(bar, round(x) + 5, lower_y(bar)) == 1_000_000
    assert click(bar, round(x) - 5, lower_y(bar)) == 1_000_000
    assert click(bar, round(x) + 9, lower_y(bar)) != 1_000_000


def test_shift_keeps_a_click_from_snapping(bar: Bar):
    show(bar, flat(3, 3_000_000), 3_000_000)
    scale = scale_of(bar, 0, 3_000_000)
    x = round(scale.x(1_000_000)) + 4
    assert click(bar, x, lower_y(bar), SHIFT) == scale.ms(x) != 1_000_000


def test_the_ends_of_the_bar_are_the_ends_of_the_sound(bar: Bar):
    show(bar, flat(3, 3_000_000), 3_000_000)
    assert click(bar, 0, lower_y(bar)) == 0
    assert click(bar, bar.width() - 1, lower_y(bar)) == 3_000_000


def test_dragging_asks_once_where_it_is_let_go(bar: Bar):
    y = lower_y(bar)
    QTest.mousePress(bar, LEFT, SHIFT, QPoint(100, y))
    for x in (200, 300, 400):
        QTest.mouseMove(bar, QPoint(x, y))
    assert bar.asked == []
    QTest.mouseRelease(bar, LEFT, SHIFT, QPoint(400, y))
    (asked,) = bar.asked
    assert asked == pytest.approx(lower(bar).ms(400), abs=lower(bar).ms(407) - lower(bar).ms(400))


def test_a_drag_stays_on_the_scale_where_it_began(bar: Bar):
    QTest.mousePress(bar, LEFT, SHIFT, QPoint(100, OVERVIEW_Y))
    QTest.mouseMove(bar, QPoint(500, lower_y(bar)))
    QTest.mouseRelease(bar, LEFT, SHIFT, QPoint(500, lower_y(bar)))
    assert bar.asked[0] == pytest.approx(scale_of(bar, 0, SEED_MS).ms(500), abs=7 * SEED_MS // 1040)


def test_escape_cancels_a_drag(bar: Bar):
    y = lower_y(bar)
    QTest.mousePress(bar, LEFT, pos=QPoint(100, y))
    QTest.mouseMove(bar, QPoint(500, y))
    QTest.keyClick(bar, Qt.Key.Key_Escape)
    assert not hint(bar).isVisible()
    QTest.mouseRelease(bar, LEFT, pos=QPoint(500, y))
    assert bar.asked == []


def test_the_other_buttons_ask_nothing(bar: Bar):
    QTest.mouseClick(bar, Qt.MouseButton.RightButton, pos=QPoint(300, lower_y(bar)))
    QTest.mouseClick(bar, Qt.MouseButton.MiddleButton, pos=QPoint(300, lower_y(bar)))
    assert bar.asked == []


def test_a_sound_of_unknown_length_cannot_be_pointed_at(bar: Bar):
    show(bar, Timeline(build(())), None)
    QTest.mouseMove(bar, QPoint(300, 10))
    QTest.mouseClick(bar, LEFT, pos=QPoint(300, 10))
    assert bar.asked == []


# --- telling ---


def test_pointing_tells_the_time_and_the_section(bar: Bar):
    bar.set_place(section("2.1").start_ms)
    QTest.mouseMove(bar, QPoint(round(lower(bar).x(section("2.2.4.1").start_ms)), lower_y(bar)))
    words = hint(bar).text()
    assert words == "2:58:42 · 2.2.4.1 Training the model on long episodes"
    assert hint(bar).textFormat() == Qt.TextFormat.PlainText


def test_the_hint_stays_inside_the_window_and_goes_with_the_pointer(bar: Bar, qtbot: QtBot):
    for x in (0, 500, bar.width() - 1):
        QTest.mouseMove(bar, QPoint(x, lower_y(bar)))
        area = hint(bar).geometry()
        assert 0 <= area.left() <= area.right() <= bar.window().width()
        assert hint(bar).isVisible()
    QTest.mouseMove(bar, QPoint(-50, -50))
    qtbot.waitUntil(lambda: not hint(bar).isVisible())


def test_a_hostile_title_makes_a_short_plain_hint(bar: Bar):
    title = "<h1>" + "W" * 2_000
    show(bar, Timeline(build([Chapter(0, title), Chapter(500_000, "2. Two")], 1_000_000)), 1_000_000)
    QTest.mouseMove(bar, QPoint(200, lower_y(bar)))
    assert "<h1>" in hint(bar).text()
    assert hint(bar).width() <= bar.window().width()


def test_the_bar_speaks_place_length_and_section(bar: Bar):
    bar.set_place((2 * 3600 + 35 * 60 + 50) * 1000)
    assert bar.accessibleName() == "Place"
    assert bar.accessibleDescription() == "2:35:50 of 6:09:30, section 2.2.2.2.1"


def test_a_section_without_a_number_is_spoken_by_its_title(bar: Bar):
    show(bar, Timeline(build([Chapter(0, "Welcome"), Chapter(500_000, "Goodbye")], 1_000_000)), 1_000_000)
    bar.set_place(600_000)
    assert bar.accessibleDescription() == "10:00 of 16:40, section Goodbye"


def test_the_bar_can_have_the_keyboard(bar: Bar):
    assert bar.focusPolicy() & Qt.FocusPolicy.TabFocus
    bar.activateWindow()
    bar.clearFocus()
    before = bar.grab().toImage()
    bar.setFocus()
    assert bar.hasFocus()
    assert bar.grab().toImage() != before


@pytest.mark.parametrize("width", [200, 360, 1060, 3000])
def test_every_width_and_outline_can_be_painted(bar: Bar, width: int):
    for timeline, duration_ms in ((SEED, SEED_MS), (flat(3), 1_000_000), (Timeline(build(())), None)):
        bar.show_outline(timeline, duration_ms, NOTHING_HEARD)
        bar.resize(width, bar.sizeHint().height())
        assert not bar.grab().isNull()


def test_a_move_of_less_than_a_pixel_paints_nothing(bar: Bar, qtbot: QtBot):
    show(bar, flat(3, 36_000_000), 36_000_000)
    bar.set_place(10_000_000)
    QTest.qWait(20)
    before = bar.grab().toImage()
    bar.set_place(10_000_050)
    assert bar.grab().toImage() == before
