"""Paints one line of the library: a heading, an episode, or a file that is being read. Painting only."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from player.ui.icon import icon
from player.ui.library_model import ITEM_ROLE, LibraryItem, Shelf
from player.ui.look import GRID, Look, tabular

PAD = 3 * GRID


class LibraryDelegate(QStyledItemDelegate):
    """Paints headings and episodes."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        item: LibraryItem = index.data(ITEM_ROLE)
        line = QFontMetrics(option.font).height()
        if item.is_heading:
            return QSize(0, max(32, line + 4 * GRID))
        return QSize(0, 2 * line + 5 * GRID)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        item: LibraryItem = index.data(ITEM_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if item.is_heading:
            self._paint_heading(painter, option, item)
        else:
            self._paint_episode(painter, option, item)
        painter.restore()

    def _paint_heading(self, painter: QPainter, option: QStyleOptionViewItem, item: LibraryItem) -> None:
        font = QFont(option.font)
        font.setPointSizeF(font.pointSizeF() * 0.85)
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(self.look.colour("dim"))
        rect = option.rect.adjusted(PAD, 2 * GRID, -PAD - 4 * GRID, -GRID)
        painter.drawText(_mirrored(option, rect), _MIDDLE, item.title)
        is_mirrored = option.direction is Qt.LayoutDirection.RightToLeft
        folded = "chevron-left" if is_mirrored else "chevron-right"
        arrow = icon(folded if item.is_folded else "chevron-down", self.look.dim)
        square = QRect(option.rect.right() - PAD - 12, rect.center().y() - 6, 13, 13)
        arrow.paint(painter, _mirrored(option, square))
        if option.state & QStyle.StateFlag.State_HasFocus:
            self._paint_focus(painter, option)

    def _paint_focus(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self.look.colour("accent"), 1.5))
        painter.drawRoundedRect(QRectF(option.rect).adjusted(GRID + 0.5, 1.5, -GRID - 0.5, -1.5), 6, 6)

    def _paint_episode(self, painter: QPainter, option: QStyleOptionViewItem, item: LibraryItem) -> None:
        ground = QRectF(option.rect).adjusted(GRID, 1, -GRID, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if item.is_open:
            painter.setBrush(self.look.colour("tint"))
            painter.drawRoundedRect(ground, 6, 6)
        elif option.state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_Selected):
            painter.setBrush(self.look.colour("raised"))
            painter.drawRoundedRect(ground, 6, 6)
        if option.state & QStyle.StateFlag.State_HasFocus:
            self._paint_focus(painter, option)
        title = QFont(option.font)
        title.setBold(item.is_open)
        metrics = QFontMetrics(title)
        rect = option.rect.adjusted(PAD, 2 * GRID - 2, -PAD, 0)
        is_done = item.shelf in (Shelf.FINISHED, Shelf.READING)
        painter.setFont(title)
        painter.setPen(self.look.colour("dim" if is_done else "text"))
        words = metrics.elidedText(item.title, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(QRect(rect.left(), rect.top(), rect.width(), metrics.height()), _MIDDLE, words)
        caption = tabular(option.font, scale=0.88)
        painter.setFont(caption)
        painter.setPen(self.look.colour("warning" if item.is_missing else "dim"))
        small = QFontMetrics(caption)
        words = small.elidedText(item.caption, Qt.TextElideMode.ElideRight, rect.width())
        below = rect.top() + metrics.height() + 1
        painter.drawText(QRect(rect.left(), below, rect.width(), small.height()), _MIDDLE, words)
        if item.share > 0:
            groove = QRectF(rect.left(), option.rect.bottom() - 6, rect.width(), 2.5)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.look.colour("groove"))
            painter.drawRoundedRect(groove, 1.2, 1.2)
            painter.setBrush(self.look.colour("accent"))
            painter.drawRoundedRect(QRectF(groove.x(), groove.y(), groove.width() * item.share, 2.5), 1.2, 1.2)


def _mirrored(option: QStyleOptionViewItem, rect: QRect) -> QRect:
    """``rect``, laid out from the left, as it lies where the language runs the other way."""
    return QStyle.visualRect(option.direction, option.rect, rect)


_MIDDLE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
