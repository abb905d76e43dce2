"""The heard mark: an empty ring, a pie, or a filled tick. Painting only; its share comes from the model."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from player.ui.look import Look

SHARE_OF_ROW = 14 / 30


def paint_mark(painter: QPainter, rect: QRectF, share: float, look: Look, *, is_heard: bool) -> None:
    """Paint the mark into the square ``rect``: shape says the state, colour only helps."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    accent = look.colour("accent")
    if is_heard:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(accent)
        painter.drawEllipse(rect)
        _paint_tick(painter, rect, look.colour("on_accent"))
    else:
        painter.setPen(QPen(accent if share > 0 else look.colour("dim"), 1.4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(rect.adjusted(0.7, 0.7, -0.7, -0.7))
        if share > 0:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(accent)
            # At least a sliver, so that a begun section never looks untouched.
            painter.drawPie(rect.adjusted(2.6, 2.6, -2.6, -2.6), 90 * 16, -round(max(share, 0.06) * 360 * 16))
    painter.restore()


def _paint_tick(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    pen = QPen(colour, rect.width() * 0.13)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    points = [(0.29, 0.53), (0.44, 0.68), (0.72, 0.36)]
    painter.drawPolyline([QPointF(rect.x() + x * rect.width(), rect.y() + y * rect.height()) for x, y in points])
