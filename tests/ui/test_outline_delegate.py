from itertools import pairwise

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from player.core.chapter import Chapter
from player.core.coverage import NOTHING_HEARD
from player.core.outline import build
from player.core.timeline import Timeline
from player.ui.look import LIGHT, Look
from player.ui.outline_delegate import NARROW_INDENT, OutlineDelegate
from player.ui.outline_model import OutlineModel

LEFT_TO_RIGHT, RIGHT_TO_LEFT = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft
ROW = QRect(0, 0, 600, 30)
TITLES = [".".join("1" * depth) + ". Title" for depth in range(1, 10)]
HOSTILE = [
    "1. <b>bold</b> <img src='http://example.com/x.png'>",
    "2. " + "W" * 1_000,
    "3. two\nlines\r\nand\ttabs",
    "4. \u202eturned around\u202c",
    "5. 👩‍👩‍👧‍👦" + "e\u0301" * 100,
    "6. &amp; && %s {0} %n",
    "7.",
]


@pytest.fixture
def delegate(qapp: object) -> OutlineDelegate:
    return OutlineDelegate(LIGHT)


def model_of(*titles: str) -> OutlineModel:
    model = OutlineModel()
    chapters = [Chapter(at * 60_000, title) for at, title in enumerate(titles)]
    model.show(Timeline(build(chapters, len(titles) * 60_000)), NOTHING_HEARD)
    return model


def option(state: QStyle.StateFlag = QStyle.StateFlag.State_Enabled) -> QStyleOptionViewItem:
    option = QStyleOptionViewItem()
    option.rect = QRect(ROW)
    option.font = QFont("Noto Sans", 10)
    option.direction = LEFT_TO_RIGHT
    option.state = state
    return option


def painted(delegate: OutlineDelegate, model: OutlineModel, row: int, asked: QStyleOptionViewItem) -> QImage:
    image = QImage(ROW.size(), QImage.Format.Format_RGB32)
    image.fill(QColor("#ffffff"))
    painter = QPainter(image)
    delegate.paint(painter, asked, model.index_of(row))
    painter.end()
    return image


def has(image: QImage, colour: QColor, left: int = 0, right: int = ROW.width()) -> bool:
    return any(image.pixelColor(x, y) == colour for x in range(left, right) for y in range(image.height()))


def test_deeper_levels_move_in_up_to_the_sixth(delegate: OutlineDelegate):
    sections = model_of(*TITLES).outline.sections
    assert [each.depth for each in sections] == list(range(1, 10))
    lefts = [delegate.mark_rect(ROW, each, LEFT_TO_RIGHT).left() for each in sections]
    assert [b - a for a, b in pairwise(lefts)] == [18] * 5 + [0] * 3


def test_a_narrow_window_moves_in_less(delegate: OutlineDelegate):
    delegate.indent = NARROW_INDENT
    sections = model_of(*TITLES).outline.sections
    lefts = [delegate.mark_rect(ROW, each, LEFT_TO_RIGHT).left() for each in sections[:2]]
    assert lefts[1] - lefts[0] == 12


@pytest.mark.parametrize("direction", [LEFT_TO_RIGHT, RIGHT_TO_LEFT])
def test_arrow_and_mark_lie_side_by_side_inside_the_row(delegate: OutlineDelegate, direction: Qt.LayoutDirection):
    for section in model_of(*TITLES).outline.sections:
        arrow, mark = (rect(ROW, section, direction) for rect in (delegate.arrow_rect, delegate.mark_rect))
        assert ROW.contains(arrow)
        assert ROW.contains(mark)
        assert not arrow.intersects(mark)
        assert mark.center().y() == pytest.approx(ROW.center().y(), abs=1)


def test_right_to_left_is_the_mirror(delegate: OutlineDelegate):
    (section,) = model_of("1. One").outline.sections
    left = delegate.mark_rect(ROW, section, LEFT_TO_RIGHT)
    right = delegate.mark_rect(ROW, section, RIGHT_TO_LEFT)
    assert right.left() == ROW.width() - left.right() - 1


def test_rows_are_high_enough_for_a_finger_and_for_large_text(delegate: OutlineDelegate):
    index = model_of("1. One").index(0, 0)
    assert delegate.sizeHint(option(), index).height() >= 30
    large = option()
    large.font = QFont("Noto Sans", 30)
    assert delegate.sizeHint(large, index).height() > 50


def test_the_current_row_is_tinted_and_has_an_edge(delegate: OutlineDelegate, look: Look):
    delegate.look = look
    model = model_of("1. One", "2. Two")
    model.set_place(70_000, 1.0)
    image = painted(delegate, model, 1, option())
    assert image.pixelColor(300, 3) == look.colour("tint")
    assert image.pixelColor(2, 15) == look.colour("accent")
    other = painted(delegate, model, 0, option())
    assert other.pixelColor(300, 3) == QColor("#ffffff")


def test_the_keyboards_row_has_a_frame(delegate: OutlineDelegate):
    model = model_of("1. One")
    flags = QStyle.StateFlag
    focused = flags.State_Enabled | flags.State_Selected | flags.State_HasFocus
    assert has(painted(delegate, model, 0, option(focused)), LIGHT.colour("accent"), 400, 500)
    assert not has(painted(delegate, model, 0, option()), LIGHT.colour("accent"), 400, 500)


def test_only_a_parent_has_an_arrow(delegate: OutlineDelegate):
    model = model_of("1. One", "1.1 Inner", "2. Two")

    def arrow_of(row: int) -> bool:
        rect = delegate.arrow_rect(ROW, model.outline[row], LEFT_TO_RIGHT)
        image = painted(delegate, model, row, option())
        columns = range(rect.left(), rect.right() + 1)
        return any(image.pixelColor(x, y) != QColor("#ffffff") for x in columns for y in range(image.height()))

    assert [arrow_of(row) for row in range(3)] == [True, False, False]


def test_a_long_title_never_runs_into_the_time(delegate: OutlineDelegate):
    model = model_of("1. " + "W" * 500, "2. Two")
    image = painted(delegate, model, 0, option())
    columns = [any(image.pixelColor(x, y).lightness() < 200 for y in range(image.height())) for x in range(ROW.width())]
    gap = max((len(run) for run in "".join(" x"[ink] for ink in columns[400:590]).split("x")), default=0)
    assert gap >= 8


@pytest.mark.parametrize("title", HOSTILE)
@pytest.mark.parametrize("width", [0, 10, 60, 600])
def test_hostile_titles_are_painted_as_one_plain_line(delegate: OutlineDelegate, title: str, width: int):
    model = model_of(title, "8. Eight")
    asked = option()
    asked.rect = QRect(0, 0, width, 30)
    image = painted(delegate, model, 0, asked)
    assert not image.isNull()


def test_markup_is_shown_and_not_obeyed(delegate: OutlineDelegate):
    plain = painted(delegate, model_of("1. b>same</b", "2. Two"), 0, option())
    marked = painted(delegate, model_of("1. <b>same</b>", "2. Two"), 0, option())
    assert plain != marked
    assert has(marked, LIGHT.colour("text"))


def test_no_row_paints_nothing(delegate: OutlineDelegate):
    model = model_of("1. One")
    image = QImage(ROW.size(), QImage.Format.Format_RGB32)
    image.fill(QColor("#ffffff"))
    painter = QPainter(image)
    delegate.paint(painter, option(), model.index(7, 0))
    painter.end()
    assert image.pixelColor(20, 15) == QColor("#ffffff")
