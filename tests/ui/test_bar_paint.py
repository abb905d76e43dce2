import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from player.core.chapter import Chapter
from player.core.coverage import NOTHING_HEARD, Coverage
from player.core.outline import build
from player.core.scale import Scale
from player.ui.bar_paint import paint_labels, paint_overview, paint_scope, paint_ticks, paint_zoom
from player.ui.look import LIGHT, Look

WIDTH, HEIGHT = 400, 40
SCALE = Scale(0, 1_000_000, 0, WIDTH)
GROUND = QColor("#010203")


class Sheet:
    """An image to paint on, and what became of it."""

    def __init__(self) -> None:
        self.image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
        self.image.fill(GROUND)
        self.painter = QPainter(self.image)

    def at(self, x: float, y: float) -> QColor:
        return self.image.pixelColor(round(x), round(y))

    def changed(self, left: int = 0, right: int = WIDTH, top: int = 0, bottom: int = HEIGHT) -> set[tuple[int, int]]:
        points = ((x, y) for x in range(left, right) for y in range(top, bottom))
        return {(x, y) for x, y in points if self.image.pixelColor(x, y) != GROUND}


@pytest.fixture
def sheet(qapp: object):
    sheet = Sheet()
    yield sheet
    sheet.painter.end()


SECTIONS = build(
    [Chapter(0, "1. One"), Chapter(200_000, "1.1 Inner"), Chapter(300_000, "1.1.1 Deep"), Chapter(500_000, "2. Two")],
    1_000_000,
).sections


def test_heard_stretches_are_painted_where_they_are(sheet: Sheet, look: Look):
    heard = Coverage.of([(0, 250_000), (500_000, 600_000)])
    paint_scope(sheet.painter, SCALE, QRectF(0, 10, WIDTH, 6), heard, 900_000, look, has_focus=False)
    accent, groove = look.colour("accent"), look.colour("groove")
    assert [sheet.at(x, 13) for x in (50, 150, 220, 300)] == [accent, groove, accent, groove]


def test_the_handle_stands_on_the_place(sheet: Sheet):
    paint_scope(sheet.painter, SCALE, QRectF(0, 17, WIDTH, 6), NOTHING_HEARD, 500_000, LIGHT, has_focus=False)
    assert sheet.at(200, 20) == LIGHT.colour("base")
    assert sheet.changed(192, 209, 11, 14)
    assert not sheet.changed(150, 180, 0, 14)


def test_focus_is_seen_on_the_handle(qapp: object):
    images = []
    for has_focus in (False, True):
        sheet = Sheet()
        rect = QRectF(0, 17, WIDTH, 6)
        paint_scope(sheet.painter, SCALE, rect, NOTHING_HEARD, 500_000, LIGHT, has_focus=has_focus)
        sheet.painter.end()
        images.append(sheet.image)
    assert images[0] != images[1]


def test_the_overview_has_a_gap_between_top_level_sections(sheet: Sheet):
    segments = [(0, 500_000), (500_000, 1_000_000)]
    paint_overview(sheet.painter, SCALE, QRectF(0, 10, WIDTH, 6), segments, (0, 500_000), NOTHING_HEARD, 750_000, LIGHT)
    groove = LIGHT.colour("groove")
    assert sheet.at(100, 13) == groove
    assert sheet.at(250, 13) == groove
    assert sheet.at(199, 13) == GROUND


def test_the_segment_in_scope_stands_out_and_a_needle_shows_the_place(sheet: Sheet):
    segments = [(0, 500_000), (500_000, 1_000_000)]
    paint_overview(sheet.painter, SCALE, QRectF(0, 10, WIDTH, 6), segments, (0, 500_000), NOTHING_HEARD, 750_000, LIGHT)
    assert sheet.changed(80, 120, 9, 10)
    assert not sheet.changed(320, 360, 9, 10)
    assert sheet.at(300, 7) == LIGHT.colour("text")


def test_even_the_shortest_section_is_seen_on_the_overview(sheet: Sheet):
    segments = [(0, 500_000), (500_000, 500_001), (500_001, 1_000_000)]
    paint_overview(sheet.painter, SCALE, QRectF(0, 10, WIDTH, 6), segments, (0, 1), NOTHING_HEARD, 0, LIGHT)
    assert sheet.changed(200, 202, 10, 16)


def test_lines_lead_from_the_segment_to_the_bar_below(sheet: Sheet):
    inner = Scale(500_000, 600_000, 0, WIDTH)
    paint_zoom(sheet.painter, SCALE, inner, 0, HEIGHT, LIGHT)
    top = {x for x, y in sheet.changed() if y == 1}
    bottom = {x for x, y in sheet.changed() if y == HEIGHT - 2}
    assert 190 <= min(top) <= max(top) <= 245
    assert len(bottom) > 350


def test_a_tick_is_taller_the_higher_its_section(sheet: Sheet):
    paint_ticks(sheet.painter, SCALE, 5, SECTIONS, 0, LIGHT)

    def height(section) -> int:
        x = round(SCALE.x(section.start_ms))
        return max(len({y for px, y in sheet.changed() if px == column}) for column in (x - 1, x, x + 1) if column >= 0)

    one, inner, deep, two = SECTIONS
    assert height(two) == height(one)
    assert height(one) > height(inner) > height(deep) > 0


def test_labels_stand_beside_their_ticks(sheet: Sheet):
    paint_labels(sheet.painter, SCALE, 5, [SECTIONS[3]], QFont("Noto Sans", 8), LIGHT)
    columns = {x for x, _ in sheet.changed()}
    assert 200 <= min(columns) <= max(columns) < 230


def test_a_label_without_room_before_the_next_tick_is_left_out(sheet: Sheet):
    crowded = build([Chapter(at * 1_000, f"{at}. Section") for at in range(1, 400)], 1_000_000).sections
    paint_labels(sheet.painter, SCALE, 5, crowded[:-1], QFont("Noto Sans", 8), LIGHT)
    # Only the last has the room that it needs.
    assert min(x for x, _ in sheet.changed()) > SCALE.x(crowded[-2].start_ms)


def test_a_label_that_would_be_cut_at_the_end_is_left_out(sheet: Sheet):
    last = build([Chapter(0, "1 One"), Chapter(995_000, "2.10.11 Last")], 1_000_000).sections[-1:]
    paint_labels(sheet.painter, SCALE, 5, last, QFont("Noto Sans", 8), LIGHT)
    assert sheet.changed() == set()
