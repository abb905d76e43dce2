"""Painting the bar's two scales: the overview of top-level sections and the section in scope. Painting only."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from player.core.coverage import Coverage
from player.core.scale import Scale
from player.core.section import Section
from player.ui.look import Look

TICK_HEIGHTS = (11, 7, 4)  # pixels, by level below the scope; deeper ones are as low as the last
LABEL_GAP = 6
HANDLE = 8  # radius
LEAST_SEGMENT = 4  # pixels


def paint_overview(
    painter: QPainter,
    scale: Scale,
    rect: QRectF,
    segments: Iterable[tuple[int, int]],
    scope: tuple[int, int],
    heard: Coverage,
    place_ms: int,
    look: Look,
) -> None:
    """One segment a top-level section, heard painted; the one in scope stands out, a needle shows the place."""
    painter.setPen(Qt.PenStyle.NoPen)
    for start_ms, end_ms in segments:
        left, right = scale.x(start_ms), scale.x(end_ms)
        segment = QRectF(left, rect.top(), max(2.0, right - left - 2), rect.height())
        if (start_ms, end_ms) == scope:
            segment.adjust(0, -1.5, 0, 1.5)
        _paint_stretch(painter, scale, segment, (start_ms, end_ms), heard, look)
    needle = scale.x(place_ms)
    painter.setBrush(look.colour("text"))
    painter.drawRoundedRect(QRectF(needle - 1.25, rect.top() - 4, 2.5, rect.height() + 8), 1, 1)


def paint_zoom(painter: QPainter, overview: Scale, scope: Scale, top: float, bottom: float, look: Look) -> None:
    """The two lines that show which stretch of the overview the bar below spreads out."""
    corners = [
        QPointF(overview.x(scope.start_ms), top),
        QPointF(overview.x(scope.end_ms) - 2, top),
        QPointF(scope.left + scope.width, bottom),
        QPointF(scope.left, bottom),
    ]
    ground = look.colour("groove")
    ground.setAlpha(45)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawPolygon(corners)


def paint_scope(
    painter: QPainter, scale: Scale, rect: QRectF, heard: Coverage, place_ms: int, look: Look, *, has_focus: bool
) -> None:
    """The groove of the section in scope, heard painted, and the handle."""
    painter.setPen(Qt.PenStyle.NoPen)
    _paint_stretch(painter, scale, rect, (scale.start_ms, scale.end_ms), heard, look)
    centre = QPointF(scale.x(place_ms), rect.center().y())
    painter.setPen(QPen(look.colour("accent"), 3 if has_focus else 2.2))
    painter.setBrush(look.colour("base"))
    painter.drawEllipse(centre, HANDLE, HANDLE)


def merged(scale: Scale, stretches: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Neighbouring ``stretches`` joined until each can be told apart on ``scale``: ten thousand are some hundreds."""
    joined: list[tuple[int, int]] = []
    for start_ms, end_ms in stretches:
        if joined and scale.x(joined[-1][1]) - scale.x(joined[-1][0]) < LEAST_SEGMENT:
            joined[-1] = (joined[-1][0], end_ms)
        else:
            joined.append((start_ms, end_ms))
    return joined


def paint_ticks(
    painter: QPainter, scale: Scale, top: float, sections: Sequence[Section], depth: int, look: Look
) -> None:
    """A tick where each of ``sections`` starts, taller the nearer it is to the scope's own ``depth``."""
    levels: dict[int, int] = {}  # by pixel: of ticks on one pixel the tallest alone is seen
    for section in sections:
        pixel = round(scale.x(section.start_ms))
        level = max(section.depth - depth - 1, 0)
        levels[pixel] = min(level, levels.get(pixel, level))
    for pixel, level in levels.items():
        painter.setPen(QPen(look.colour("dim"), 1.4 if level == 0 else 1.0))
        height = TICK_HEIGHTS[min(level, len(TICK_HEIGHTS) - 1)]
        painter.drawLine(QPointF(pixel, top), QPointF(pixel, top + height))


def paint_labels(
    painter: QPainter, scale: Scale, top: float, sections: Sequence[Section], font: QFont, look: Look
) -> None:
    """The numbers of ``sections`` beside their ticks, as far as there is room for them."""
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    painter.setPen(look.colour("dim"))
    free_from = -1.0
    starts = [*(scale.x(section.start_ms) for section in sections), scale.left + scale.width]
    for section, (start, edge) in zip(sections, pairwise(starts), strict=True):
        if not section.label:
            continue
        x = start + 3
        width = metrics.horizontalAdvance(section.label)
        if x >= free_from and x + width <= edge:
            painter.drawText(QPointF(x, top + metrics.ascent()), section.label)
            free_from = x + width + LABEL_GAP


def _paint_stretch(
    painter: QPainter, scale: Scale, rect: QRectF, stretch: tuple[int, int], heard: Coverage, look: Look
) -> None:
    """A rounded groove with the heard parts of ``stretch`` painted in."""
    radius = rect.height() / 2
    shape = QPainterPath()
    shape.addRoundedRect(rect, min(radius, rect.width() / 2), radius)
    painter.fillPath(shape, look.colour("groove"))
    accent: QColor = look.colour("accent")
    start_ms, end_ms = stretch
    painter.save()
    painter.setClipPath(shape)
    first = bisect_right(heard.spans, start_ms, key=lambda span: span[1])
    for heard_from, heard_to in heard.spans[first:]:
        if heard_from >= end_ms:
            break
        if heard_to > start_ms:
            left, right = scale.x(max(heard_from, start_ms)), scale.x(min(heard_to, end_ms))
            painter.fillRect(QRectF(left, rect.top(), max(1.0, right - left), rect.height()), accent)
    painter.restore()
