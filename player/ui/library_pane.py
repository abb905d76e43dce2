"""The library pane: search, shelves, add. Shows what is there and says which episode was chosen."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QMenu,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from player.ui.icon import icon
from player.ui.library_model import ITEM_ROLE, LibraryItem, LibraryModel, Shelf
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
            return QSize(0, line + 4 * GRID)
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
        painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, item.title)
        arrow = icon("chevron-right" if item.is_folded else "chevron-down", self.look.dim)
        arrow.paint(painter, QRect(option.rect.right() - PAD - 12, rect.center().y() - 6, 13, 13))
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
        painter.drawText(rect.left(), rect.top() + metrics.ascent(), words)
        caption = tabular(option.font, scale=0.88)
        painter.setFont(caption)
        painter.setPen(self.look.colour("dim"))
        small = QFontMetrics(caption)
        words = small.elidedText(item.caption, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect.left(), rect.top() + metrics.height() + small.ascent() + 1, words)
        if item.share > 0:
            groove = QRectF(rect.left(), option.rect.bottom() - 6, rect.width(), 2.5)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.look.colour("groove"))
            painter.drawRoundedRect(groove, 1.2, 1.2)
            painter.setBrush(self.look.colour("accent"))
            painter.drawRoundedRect(QRectF(groove.x(), groove.y(), groove.width() * item.share, 2.5), 1.2, 1.2)


class LibraryList(QListView):
    """The list itself: a click or Enter chooses."""

    chosen = Signal(QModelIndex)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.chosen.emit(self.currentIndex())
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are keys of the program: typing never moves the selection."""


class LibraryPane(QWidget):
    """Search above, shelves, and "Add audio" below."""

    episode_chosen = Signal(int)
    remove_asked = Signal(int)
    add_asked = Signal()
    menu_asked = Signal(QPoint)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._look = look
        self.model = LibraryModel(self)
        self._painter = LibraryDelegate(look)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search library"))
        self.search.setAccessibleName(self.tr("Search library"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self.model.set_filter)
        self._menu = QToolButton()
        self._menu.setToolTip(self.tr("Menu"))
        self._menu.setAccessibleName(self.tr("Menu"))
        self._menu.setMinimumSize(32, 32)
        self._menu.clicked.connect(lambda: self.menu_asked.emit(self._menu.mapToGlobal(self._menu.rect().bottomLeft())))
        self._add = QPushButton(self.tr("Add audio…"))
        self._add.clicked.connect(self.add_asked)
        self._list = self._make_list()
        self._arrange()
        self.set_look(look)

    def _make_list(self) -> LibraryList:
        view = LibraryList()
        view.setModel(self.model)
        view.setItemDelegate(self._painter)
        view.setAccessibleName(self.tr("Library"))
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setMouseTracking(True)
        view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._open_context_menu)
        view.clicked.connect(self._choose)
        view.chosen.connect(self._choose)
        return view

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 0)
        top.setSpacing(GRID)
        top.addWidget(self.search)
        top.addWidget(self._menu)
        bottom = QHBoxLayout()
        bottom.setContentsMargins(2 * GRID, GRID, 2 * GRID, 2 * GRID)
        bottom.addWidget(self._add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(top)
        column.addWidget(self._list)
        column.addLayout(bottom)

    def set_look(self, look: Look) -> None:
        """Paint in another colour scheme."""
        self._look = self._painter.look = look
        self._menu.setIcon(icon("menu", look.text))
        self._add.setIcon(icon("plus", look.text))
        self._list.viewport().update()

    def focus_list(self) -> None:
        """Give the keyboard to the list."""
        self._list.setFocus()

    def _choose(self, index: QModelIndex) -> None:
        item: LibraryItem = index.data(ITEM_ROLE)
        if item.is_heading:
            self.model.toggle(item.shelf)
        elif item.episode:
            self.episode_chosen.emit(item.episode.id)

    def _open_context_menu(self, point: QPoint) -> None:
        item: LibraryItem | None = self._list.indexAt(point).data(ITEM_ROLE)
        if item is None or item.episode is None:
            return
        asked = item.episode.id
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Open")).triggered.connect(lambda: self.episode_chosen.emit(asked))
        remove = menu.addAction(self.tr("Remove from library (keeps the file and your place)"))
        remove.triggered.connect(lambda: self.remove_asked.emit(asked))
        menu.popup(self._list.viewport().mapToGlobal(point))
