"""Paints one row of the outline: fold arrow, heard mark, number, title, time. Knows where each of them is."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from player.core.chapter import MAX_TITLE
from player.core.section import Section
from player.ui.look import GRID, Look, tabular
from player.ui.mark import SHARE_OF_ROW, paint_mark
from player.ui.outline_model import ROW_ROLE, OutlineRow

WIDE_INDENT, NARROW_INDENT = 18, 12
DEEPEST_INDENT = 6  # levels; deeper ones do not move further in
ARROW = 16
PAD = 2 * GRID
EDIT = Qt.ItemDataRole.EditRole


class OutlineDelegate(QStyledItemDelegate):
    """Paints rows; the four columns of the model appear as one line."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.indent = WIDE_INDENT

    def arrow_rect(self, row: QRect, section: Section, direction: Qt.LayoutDirection) -> QRect:
        """Where the fold arrow of ``section`` is within ``row``."""
        rect = QRect(row.left() + self._arrow_left(section), row.top(), ARROW, row.height())
        return QStyle.visualRect(direction, row, rect)

    def mark_rect(self, row: QRect, section: Section, direction: Qt.LayoutDirection) -> QRect:
        """Where the heard mark of ``section`` is within ``row``."""
        left, side = row.left() + self._arrow_left(section) + ARROW + GRID, _mark_side(row)
        rect = QRect(left, row.top() + (row.height() - side) // 2, side, side)
        return QStyle.visualRect(direction, row, rect)

    def _arrow_left(self, section: Section) -> int:
        """Pixels from the side where rows begin; everything is laid out from there and mirrored where needed."""
        return PAD + self.indent * (min(section.depth, DEEPEST_INDENT) - 1)

    def _words_left(self, row: QRect, section: Section) -> int:
        """Pixels from the side where rows begin to the number, or to the title of a section without one."""
        return self._arrow_left(section) + ARROW + GRID + _mark_side(row) + PAD

    def title_rect(self, option: QStyleOptionViewItem, row: OutlineRow) -> QRect:
        """Where the title with its number is, and where it is edited."""
        width = QFontMetrics(tabular(option.font)).horizontalAdvance(row.time)
        left, right = self._words_left(option.rect, row.section) - GRID, option.rect.width() - width - 3 * PAD
        rect = QRect(option.rect.left() + left, option.rect.top(), max(0, right - left), option.rect.height())
        return QStyle.visualRect(option.direction, option.rect, rect)

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        field = QLineEdit(parent)
        field.setMaxLength(MAX_TITLE)
        field.setAccessibleName(self.tr("Title of the section"))
        return field

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        # Rows change while sound plays; what is being typed stays, and so does what is selected.
        if isinstance(editor, QLineEdit) and not editor.isModified() and editor.text() != index.data(EDIT):
            super().setEditorData(editor, index)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        editor.setGeometry(self.title_rect(option, index.data(ROW_ROLE)))

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, max(30, QFontMetrics(option.font).height() + 3 * GRID))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row: OutlineRow = index.data(ROW_ROLE)
        if row is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option, row)
        if row.section.is_parent:
            is_open = bool(option.state & QStyle.StateFlag.State_Open)
            arrow = self.arrow_rect(option.rect, row.section, option.direction)
            self._paint_arrow(painter, QRectF(arrow), option.direction, is_open=is_open)
        mark = QRectF(self.mark_rect(option.rect, row.section, option.direction))
        paint_mark(painter, mark, row.share, self.look, is_heard=row.is_heard)
        self._paint_words(painter, option, row)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, row: OutlineRow) -> None:
        ground = QRectF(option.rect).adjusted(1, 1, -1, -1)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        has_focus = bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.setPen(Qt.PenStyle.NoPen)
        if row.is_current:
            painter.setBrush(self.look.colour("tint"))
            painter.drawRoundedRect(ground, 6, 6)
            painter.setBrush(self.look.colour("accent"))
            edge = QRect(option.rect.left() + 1, option.rect.top() + 6, 3, option.rect.height() - 12)
            painter.drawRoundedRect(QRectF(QStyle.visualRect(option.direction, option.rect, edge)), 1.5, 1.5)
        elif is_selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(self.look.colour("raised"))
            painter.drawRoundedRect(ground, 6, 6)
        if is_selected and has_focus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self.look.colour("accent"), 1.5))
            painter.drawRoundedRect(ground.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)

    def _paint_arrow(self, painter: QPainter, rect: QRectF, direction: Qt.LayoutDirection, *, is_open: bool) -> None:
        pen = QPen(self.look.colour("dim"), 1.6)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        centre = rect.center()
        shape = ((-3.5, -1.8), (0, 1.8), (3.5, -1.8)) if is_open else ((-1.8, -3.5), (1.8, 0), (-1.8, 3.5))
        ahead = -1 if direction is Qt.LayoutDirection.RightToLeft else 1
        painter.drawPolyline([QPointF(centre.x() + ahead * x, centre.y() + y) for x, y in shape])

    def _paint_words(self, painter: QPainter, option: QStyleOptionViewItem, row: OutlineRow) -> None:
        def place(left: int, width: int) -> QRect:
            rect = QRect(option.rect.left() + left, option.rect.top(), width, option.rect.height())
            return QStyle.visualRect(option.direction, option.rect, rect)

        left = self._words_left(option.rect, row.section)
        right = option.rect.width() - PAD - GRID
        if row.time:
            font = tabular(option.font)
            width = QFontMetrics(font).horizontalAdvance(row.time) + 1
            painter.setFont(font)
            painter.setPen(self.look.colour("accent" if row.is_current else "dim"))
            painter.drawText(place(right - width, width), _MIDDLE, row.time)
            right -= width + 2 * PAD
        if row.section.label:
            font = tabular(option.font, is_bold=row.is_on_path)
            width = QFontMetrics(font).horizontalAdvance(row.section.label) + 1
            painter.setFont(font)
            painter.setPen(self.look.colour("accent" if row.is_on_path else "dim"))
            painter.drawText(place(left, width), _MIDDLE, row.section.label)
            left += width + PAD
        font = QFont(option.font)
        font.setBold(row.is_on_path)
        painter.setFont(font)
        is_quiet = row.is_heard and not row.is_on_path
        painter.setPen(self.look.colour("dim" if is_quiet else "text"))
        title = " ".join((row.section.rest if row.section.label else row.section.title).split())
        space = max(0, right - left)
        words = QFontMetrics(font).elidedText(title, Qt.TextElideMode.ElideRight, space)
        painter.drawText(place(left, space), _MIDDLE, words)


def _mark_side(row: QRect) -> int:
    return round(row.height() * SHARE_OF_ROW)


_MIDDLE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
