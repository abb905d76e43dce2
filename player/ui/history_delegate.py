"""Paints one line of the history: the time, the section, and what happened there. Painting only."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from player.ui.history_model import ROW_ROLE, HistoryRow
from player.ui.look import GRID, Look, tabular

PAD = 3 * GRID
WIDEST_TIME = "00:00:00"


class HistoryDelegate(QStyledItemDelegate):
    """Paints places of the trail."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, 2 * QFontMetrics(option.font).height() + 4 * GRID)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option)
        self._paint_row(painter, option, index.data(ROW_ROLE))
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        ground = QRectF(option.rect).adjusted(1, 1, -1, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(self.look.colour("tint" if is_chosen else "raised"))
            painter.drawRoundedRect(ground, 6, 6)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self.look.colour("accent"), 1.5))
            painter.drawRoundedRect(ground.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)

    def _paint_row(self, painter: QPainter, option: QStyleOptionViewItem, row: HistoryRow) -> None:
        rect = option.rect.adjusted(PAD, 2 * GRID, -PAD, -2 * GRID)
        figures = tabular(option.font, is_bold=True)
        height = QFontMetrics(option.font).height()
        clock = QFontMetrics(figures).horizontalAdvance(WIDEST_TIME) + 2 * GRID
        self._write(painter, option, QRect(rect.left(), rect.top(), clock, height), row.time, figures, "text")
        beside = QRect(rect.left() + clock, rect.top(), rect.width() - clock, height)
        self._write(painter, option, beside, row.path, QFont(option.font), "text")
        small = tabular(option.font, scale=0.88)
        fits = QFontMetrics(small).horizontalAdvance(row.caption) <= beside.width()
        below = (beside if fits else QRect(rect.left(), rect.top(), rect.width(), height)).translated(0, height)
        self._write(painter, option, below, row.caption, small, "dim")

    def _write(
        self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect, words: str, font: QFont, colour: str
    ) -> None:
        painter.setFont(font)
        painter.setPen(self.look.colour(colour))
        cut = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
        flags = QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QStyle.visualRect(option.direction, option.rect, rect), flags, cut)
