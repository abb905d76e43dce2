"""The Lucide icons, tinted. Reads SVGs from the resources; knows nothing of what the icons stand for."""

from functools import cache

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from player import resource

DRAWN_AT = (16, 20, 24, 32, 48, 64)  # pixels; more than one, so that screens of any density get a sharp one


@cache
def _svg(name: str) -> str:
    return resource.path("icons", f"{name}.svg").read_text(encoding="utf-8")


@cache
def icon(name: str, colour: str, *, is_filled: bool = False) -> QIcon:
    """The icon ``name`` in ``colour`` ("#rrggbb"); ``is_filled`` fills its outline."""
    svg = _svg(name).replace("currentColor", colour)
    if is_filled:
        svg = svg.replace('fill="none"', f'fill="{colour}"', 1)
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    result = QIcon()
    for size in DRAWN_AT:
        result.addPixmap(_draw(renderer, size))
    return result


def _draw(renderer: QSvgRenderer, size: int) -> QPixmap:
    pixmap = QPixmap(QSize(size, size))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter)
    painter.end()
    return pixmap


def tinted(name: str, colour: QColor) -> QIcon:
    """The icon ``name`` in a palette's colour."""
    return icon(name, colour.name())


def program_icon() -> QIcon:
    """The mark of Outspoken itself."""
    return QIcon(str(resource.path("icons", "outspoken.svg")))
