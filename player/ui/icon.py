"""The Lucide icons, tinted. Reads SVGs from the resources; knows nothing of what the icons stand for."""

from functools import cache

from PySide6.QtCore import QByteArray, QRect, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from player import resource

DISABLED = 0.4  # opacity


@cache
def icon(name: str, colour: str, *, is_filled: bool = False) -> QIcon:
    """The icon ``name`` in ``colour`` ("#rrggbb"); ``is_filled`` fills its outline. Sharp at every size."""
    svg = resource.path("icons", f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    return QIcon(_SvgEngine(svg.replace('fill="none"', f'fill="{colour}"', 1) if is_filled else svg))


def program_icon() -> QIcon:
    """The mark of Outspoken itself."""
    return QIcon(str(resource.path("icons", "outspoken.svg")))


class _SvgEngine(QIconEngine):
    """Draws an SVG at the size that is asked for, once."""

    def __init__(self, svg: str) -> None:
        super().__init__()
        self._svg = svg
        self._drawn: dict[tuple[int, int, bool], QPixmap] = {}

    def clone(self) -> QIconEngine:
        return _SvgEngine(self._svg)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        is_disabled = mode is QIcon.Mode.Disabled
        key = (size.width(), size.height(), is_disabled)
        if key not in self._drawn:
            pixmap = QPixmap(size)
            pixmap.fill(Qt.GlobalColor.transparent)
            with QPainter(pixmap) as painter:
                painter.setOpacity(DISABLED if is_disabled else 1.0)
                QSvgRenderer(QByteArray(self._svg.encode())).render(painter)
            self._drawn[key] = pixmap
        return self._drawn[key]

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(rect, self.pixmap(rect.size() * ratio, mode, state))
