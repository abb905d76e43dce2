from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from player.core.stop import Stop, StopKind
from player.session.trail import Stopped
from player.ui.bar import EDGE, OVERVIEW_TOP, Bar
from player.ui.bar_stops import HEIGHT, MOST, REACH
from player.ui.look import Look, palette_of
from tests.ui.test_bar import LEFT, SEED, SEED_MS, flat, hint, lower, show
from tests.ui.test_look import contrast

NOW = 1_800_000_000_000
SHORT_MS = 1_000_000


def stopped(ms: int) -> Stopped:
    return Stopped(ms, Stop(1, ms, StopKind.JUMP_FROM, NOW, 720_000))


@pytest.fixture
def bar(qtbot: QtBot, look: Look) -> Bar:
    """A bar in one scale, with a place at 300 s and at 700 s."""
    bar = Bar(look)
    qtbot.addWidget(bar)
    bar.show()
    show(bar, flat(3), SHORT_MS)
    bar.asked = []
    bar.seek_asked.connect(bar.asked.append)
    bar.stops.show([stopped(300_123), stopped(700_000)], lambda: NOW)
    return bar


def hint_words(bar: Bar) -> str:
    return hint(bar).text()


def point_at(bar: Bar, x: float, y: int) -> None:
    """Move the pointer there, from elsewhere."""
    QTest.mouseMove(bar, QPoint(bar.width() // 2, bar.height() - 1))
    QTest.mouseMove(bar, QPoint(round(x), y))


def groove_top(bar: Bar) -> int:
    return round(bar._groove().top())


def x_of(bar: Bar, ms: int) -> int:
    return round(bar._lower().x(ms))


def test_pointing_above_the_groove_at_a_place_says_what_it_is(bar: Bar):
    point_at(bar, x_of(bar, 300_123) + 2, groove_top(bar) - 3)
    assert hint_words(bar).startswith("5:00 · You were here ")
    assert hint_words(bar).endswith(", listened 12 min")


def test_pointing_beside_it_or_below_says_what_is_playing_there(bar: Bar):
    x, y = x_of(bar, 300_123), groove_top(bar)
    for point in ((x + REACH + 2, y - 3), (x, y + 4)):
        point_at(bar, *point)
        assert hint_words(bar)
        assert "You were here" not in hint_words(bar)


def test_a_click_on_a_place_goes_exactly_there(bar: Bar):
    QTest.mouseClick(bar, LEFT, pos=QPoint(x_of(bar, 300_123) + 2, groove_top(bar) - 3))
    assert bar.asked == [300_123]


def test_dragging_away_from_a_place_leaves_it(bar: Bar):
    start = QPoint(x_of(bar, 300_123), groove_top(bar) - 3)
    QTest.mousePress(bar, LEFT, pos=start)
    QTest.mouseMove(bar, start + QPoint(0, 3))
    QTest.mouseMove(bar, QPoint(x_of(bar, 500_000), groove_top(bar) - 3))
    QTest.mouseRelease(bar, LEFT, Qt.KeyboardModifier.NoModifier, QPoint(x_of(bar, 500_000), groove_top(bar) - 3))
    assert bar.asked[0] == pytest.approx(500_000, abs=2_000)


def test_places_are_painted_above_the_groove_and_stand_out(bar: Bar, look: Look):
    picture = bar.grab().toImage()
    for ms, is_there in ((300_123, True), (700_000, True), (500_000, False)):
        pixel = picture.pixelColor(x_of(bar, ms), groove_top(bar) - HEIGHT + 1)
        assert (pixel == QColor(look.accent)) == is_there


def test_a_pennant_stands_out_from_what_is_behind_it(bar: Bar, look: Look):
    bar.setPalette(palette_of(look))
    bar.setAutoFillBackground(True)
    show(bar, SEED, SEED_MS)
    ms = SEED.outline.top[0].start_ms
    bar.stops.show([stopped(ms + 60_000)], lambda: NOW)
    picture = bar.grab().toImage()
    for scale, y in ((bar._lower(), groove_top(bar) - HEIGHT), (bar._overview(), OVERVIEW_TOP - HEIGHT)):
        x = round(scale.x(ms + 60_000))
        behind = [picture.pixelColor(x + aside, y) for aside in (-12, 12)]
        assert min(contrast(picture.pixelColor(x, y), ground) for ground in behind) >= 3


def test_on_two_scales_a_place_stands_on_both(qtbot: QtBot, look: Look):
    bar = Bar(look)
    qtbot.addWidget(bar)
    bar.show()
    show(bar, SEED, SEED_MS)
    first = SEED.outline.top[1]
    inside_ms = first.start_ms + 600_000
    bar.set_place(first.start_ms)
    bar.stops.show([stopped(inside_ms), stopped(SEED_MS - 600_000)], lambda: NOW)
    bar.update()
    picture = bar.grab().toImage()
    accent = QColor(look.accent)
    on_lower = [x for x in range(bar.width()) if picture.pixelColor(x, groove_top(bar) - HEIGHT + 1) == accent]
    on_overview = {x for x in range(bar.width()) if picture.pixelColor(x, OVERVIEW_TOP - HEIGHT) == accent}
    assert round(lower(bar).x(inside_ms)) in on_lower
    assert max(on_lower) < lower(bar).x(inside_ms) + 6, "the one elsewhere is not in scope"
    for ms in (inside_ms, SEED_MS - 600_000):
        assert round(bar._overview().x(ms)) in on_overview
    point_at(bar, bar._overview().x(SEED_MS - 600_000), OVERVIEW_TOP - 2)
    assert "You were here" in hint_words(bar)


def test_only_the_last_places_are_shown_and_none_on_top_of_another(bar: Bar, look: Look):
    bar.stops.show([stopped(ms) for ms in range(0, SHORT_MS, SHORT_MS // (2 * MOST))], lambda: NOW)
    picture = bar.grab().toImage()
    y = groove_top(bar) - HEIGHT + 1
    inked = [picture.pixelColor(x, y) == QColor(look.accent) for x in range(2 * EDGE, bar.width())]  # beside the handle
    pennants = sum(1 for before, here in pairwise(inked) if here and not before)
    assert pennants == MOST
    bar.stops.show([stopped(500_000), stopped(500_900), stopped(501_800)], lambda: NOW)
    point_at(bar, x_of(bar, 501_800), groove_top(bar) - 3)
    assert hint_words(bar).startswith("8:21 · ")


def test_a_trail_of_another_length_is_no_trouble(bar: Bar):
    bar.stops.show([stopped(5 * SHORT_MS)], lambda: NOW)
    bar.grab()
    point_at(bar, bar.width() - 3, groove_top(bar) - 3)
    assert "You were here" not in hint_words(bar)
