import ast
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPixmap

import player.ui
from player import resource
from player.ui.icon import icon, program_icon

SIDES = (13, 16, 20, 26, 48, 72)


def colours(image: QImage) -> set[str]:
    """The colours that cover something wholly."""
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {pixel.name() for pixel in pixels if pixel.alpha() == 255}


def named_icons() -> set[str]:
    """Every text in the window's code that is the name of an icon's file, and every first word given to ``icon``."""
    names: set[str] = set()
    for path in Path(player.ui.__path__[0]).glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "icon"
            if is_call and node.args:
                names |= {each.value for each in ast.walk(node.args[0]) if isinstance(each, ast.Constant)}
    return {name for name in names if isinstance(name, str)}


def test_every_icon_that_the_window_names_is_there():
    names = named_icons()
    assert len(names) >= 8
    missing = [name for name in names if not resource.path("icons", f"{name}.svg").exists()]
    assert missing == []


def test_an_icon_has_the_colour_it_was_asked_for(qapp: object):
    image = icon("menu", "#cc3300").pixmap(QSize(48, 48)).toImage()
    assert colours(image) == {"#cc3300"}


def test_two_colours_are_two_icons(qapp: object):
    assert colours(icon("x", "#112233").pixmap(48).toImage()) == {"#112233"}
    assert colours(icon("x", "#445566").pixmap(48).toImage()) == {"#445566"}


@pytest.mark.parametrize("side", SIDES)
def test_an_icon_is_drawn_at_the_size_it_is_shown(qapp: object, side: int):
    pixmap = icon("play", "#000000").pixmap(QSize(side, side))
    assert (pixmap.width(), pixmap.height()) == (side, side)


def test_a_dense_screen_gets_as_many_pixels_as_it_has(qapp: object):
    pixmap = icon("play", "#000000").pixmap(QSize(20, 20), 2.0)
    assert pixmap.width() == 40
    assert pixmap.devicePixelRatio() == 2


def test_a_filled_icon_is_filled(qapp: object):
    outline = icon("play", "#000000").pixmap(48).toImage()
    filled = icon("play", "#000000", is_filled=True).pixmap(48).toImage()
    centre = (24, 24)
    assert outline.pixelColor(*centre).alpha() == 0
    assert filled.pixelColor(*centre).alpha() == 255


def test_a_disabled_icon_is_faint_and_leaves_the_painter_as_it_was(qapp: object):
    pixmap = QPixmap(40, 20)
    pixmap.fill(Qt.GlobalColor.white)
    painter = QPainter(pixmap)
    icon("volume-2", "#000000").paint(painter, QRect(0, 0, 20, 20), mode=QIcon.Mode.Disabled)
    opacity = painter.opacity()
    painter.fillRect(20, 0, 20, 20, QColor("#000000"))
    painter.end()
    assert opacity == 1
    image = pixmap.toImage()
    assert image.pixelColor(30, 10) == QColor("#000000")
    assert min(image.pixelColor(x, y).lightness() for x in range(20) for y in range(20)) > 100


def test_the_program_has_a_mark_of_its_own(qapp: object):
    assert not program_icon().pixmap(QSize(64, 64)).isNull()


def test_an_icon_that_is_not_there_is_a_bug_that_is_seen(qapp: object):
    with pytest.raises(FileNotFoundError):
        icon("no-such-icon", "#000000")
