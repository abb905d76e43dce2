from collections.abc import Callable

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from player.ui.look import LIGHT, Look
from player.ui.mark import paint_mark

SIDE = 140  # ten times as large as on the screen, so that shapes can be measured


def painted(share: float, look: Look = LIGHT, *, is_heard: bool = False) -> QImage:
    image = QImage(SIDE, SIDE, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    paint_mark(painter, QRectF(0, 0, SIDE, SIDE), share, look, is_heard=is_heard)
    painter.end()
    return image


def inked(image: QImage, is_counted: Callable[[int, int], bool] = lambda x, y: True) -> int:
    return sum(1 for x in range(SIDE) for y in range(SIDE) if is_counted(x, y) and image.pixelColor(x, y).alpha() > 127)


def is_inside(x: int, y: int) -> bool:
    """Well within the ring."""
    return (x - SIDE / 2) ** 2 + (y - SIDE / 2) ** 2 < (SIDE / 2 - 6) ** 2


def test_nothing_heard_is_an_empty_ring(qapp: object):
    image = painted(0)
    assert inked(image, is_inside) == 0
    assert inked(image) > 0


@pytest.mark.parametrize("share", [0.25, 0.5, 0.75])
def test_the_pie_is_as_large_as_the_share(qapp: object, share: float):
    whole = inked(painted(1.0), is_inside)
    assert inked(painted(share), is_inside) / whole == pytest.approx(share, abs=0.02)


def test_a_quarter_is_the_upper_right_one(qapp: object):
    image = painted(0.25)
    assert inked(image, lambda x, y: is_inside(x, y) and x > SIDE / 2 and y < SIDE / 2) > 0
    assert inked(image, lambda x, y: is_inside(x, y) and x < SIDE / 2 - 2 and y > SIDE / 2 + 2) == 0


def test_a_begun_section_never_looks_untouched(qapp: object):
    assert inked(painted(0.0001), is_inside) > 0


def test_heard_is_a_disc_with_a_tick(qapp: object, look: Look):
    image = painted(1.0, look, is_heard=True)
    assert image.pixelColor(SIDE // 2, 12) == look.colour("accent")
    ticked = QColor(look.on_accent)
    assert sum(image.pixelColor(x, y) == ticked for x in range(SIDE) for y in range(SIDE)) > 100


def test_shape_alone_tells_the_three_states(qapp: object):
    def shape(image: QImage) -> bytes:
        grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
        return bytes(grey.constBits())

    states = [painted(0), painted(0.5), painted(1.0, is_heard=True)]
    assert len({shape(state) for state in states}) == 3


def test_the_painter_is_left_as_it_was(qapp: object):
    image = QImage(SIDE, SIDE, QImage.Format.Format_ARGB32)
    painter = QPainter(image)
    painter.setPen(QColor("#123456"))
    paint_mark(painter, QRectF(0, 0, SIDE, SIDE), 0.5, LIGHT, is_heard=False)
    assert painter.pen().color() == QColor("#123456")
    painter.end()
