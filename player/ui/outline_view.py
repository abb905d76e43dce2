"""The outline as the listener uses it: follows the playhead, folds behind it, leaves alone what the listener opened.

Emits what was asked; the listening itself is the session's.
"""

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QFrame,
    QLineEdit,
    QPushButton,
    QTreeView,
    QWidget,
)

from player.core.coverage import Coverage
from player.core.section import Section
from player.core.timeline import Timeline
from player.ui.look import GRID, NARROW, Look
from player.ui.outline_delegate import NARROW_INDENT, WIDE_INDENT, OutlineDelegate
from player.ui.outline_model import OutlineModel

ROW_HEIGHT = 30  # pixels, at the usual size of text
FOLLOW_AGAIN_MS = 20_000  # after the listener scrolled


class OutlineView(QTreeView):
    """The tree of sections."""

    play_asked = Signal(object)  # Section
    heard_asked = Signal(object)  # Section: its mark was clicked
    opened_changed = Signal()  # which branches the listener opened

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = OutlineModel(self)
        self._painter = OutlineDelegate(look)
        self._opened: set[int] = set()  # by the listener
        self._followed: set[int] = set()  # by us, to be closed behind the playhead
        self._is_ours = False
        self._is_held = False  # by editing: nothing moves by itself
        self._titled: int | None = None  # the row whose title was edited last
        self._scrolled = QTimer(self, singleShot=True, interval=FOLLOW_AGAIN_MS)
        self._scrolled.timeout.connect(self.follow)
        self.setModel(self._model)
        self.setItemDelegate(self._painter)
        self._set_up()
        self._pill = QPushButton(self.tr("Back to now playing"), self)
        self._pill.setCursor(Qt.CursorShape.PointingHandCursor)
        self._pill.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._pill.clicked.connect(self.show_now_playing)
        self._pill.hide()
        self.expanded.connect(self._on_expanded)
        self.collapsed.connect(self._on_collapsed)
        self.doubleClicked.connect(self._ask_to_play)
        self.verticalScrollBar().sliderMoved.connect(self._on_scrolled)
        self.verticalScrollBar().valueChanged.connect(self._place_pill)

    def _set_up(self) -> None:
        self.setAccessibleName(self.tr("Outline"))
        self.setUniformRowHeights(True)  # without it a jump in a large tree takes seconds
        self.setHeaderHidden(True)
        self.setIndentation(0)  # the delegate indents, so that deep levels stop moving in
        self.setRootIsDecorated(False)
        self.setExpandsOnDoubleClick(False)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMinimumHeight(ROW_HEIGHT)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        for column in range(1, self._model.columnCount()):
            self.setColumnHidden(column, True)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, self.header().ResizeMode.Stretch)

    # --- what is shown ---

    @property
    def outline_model(self) -> OutlineModel:
        """The model behind the view."""
        return self._model

    @property
    def opened_ms(self) -> frozenset[int]:
        """The starts of the branches that the listener opened: rows change with the chapters, starts do not."""
        return frozenset(self._model.outline[row].start_ms for row in self._opened)

    def show_outline(self, timeline: Timeline, coverage: Coverage, opened: frozenset[int] = frozenset()) -> None:
        """Show another outline, with the branches starting at ``opened`` that the listener had opened."""
        self._model.show(timeline, coverage)
        self._opened = {each.row for each in timeline.outline.sections if each.is_parent and each.start_ms in opened}
        self._followed.clear()
        self._scrolled.stop()
        self._restore_folds()

    def set_editable(self, is_editable: bool) -> None:
        """Let titles be edited in place; meanwhile the view stays where it is, whatever plays."""
        self._model.is_editable = self._is_held = is_editable

    def edit_title(self, section: Section) -> None:
        """Open the field in which the title of ``section`` is edited."""
        self.reveal(section)
        index = self._model.index_of(section.row)
        if self._model.is_editable and index.isValid():
            self._titled = section.row
            # Not ``edit``, which asks the model about every row it lays out whether that may be edited.
            self.openPersistentEditor(index)
            field = self.indexWidget(index)
            field.setFocus()
            if isinstance(field, QLineEdit):
                field.selectAll()

    @property
    def _has_field(self) -> bool:
        """Whether a title is being edited."""
        return self._titled is not None and self.isPersistentEditorOpen(self._model.index_of(self._titled))

    def reveal(self, section: Section) -> None:
        """Put the keyboard on ``section``, and move no further than it takes to see it."""
        index = self._model.index_of(section.row)
        if index.isValid():
            self._unfold_to(section.row)
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def show_edited(self, timeline: Timeline, coverage: Coverage) -> None:
        """Show an outline that was edited: folds, scrolling and the row of the keyboard stay."""
        before, scrolled = self._model.outline, self.verticalScrollBar().value()
        current = self.currentIndex()
        row = current.internalId() if current.isValid() else 0
        parents = (each.row for each in before.sections if each.is_parent)
        unfolded = {each for each in parents if self.isExpanded(self._model.index_of(each))}
        if len(timeline.outline) != len(before):  # rows are others now, starts are not
            starts = {before[each].start_ms for each in unfolded}
            unfolded = {each.row for each in timeline.outline.sections if each.start_ms in starts}
        self._model.show(timeline, coverage)
        self._opened = {each for each in unfolded if timeline.outline[each].is_parent}
        self._followed.clear()
        for each in self._opened:
            self._set_open(each, is_open=True)
        if len(timeline.outline):
            self.setCurrentIndex(self._model.index_of(min(row, len(timeline.outline) - 1)))
        self.verticalScrollBar().setValue(scrolled)

    def set_look(self, look: Look) -> None:
        """Paint in another colour scheme."""
        self._painter.look = look
        self.viewport().update()

    def set_coverage(self, coverage: Coverage, *, anywhere: bool = False) -> None:
        """Show what is heard by now; ``anywhere`` when it changed beyond the current path."""
        (self._model.set_all_coverage if anywhere else self._model.set_coverage)(coverage)

    def set_place(self, ms: int, speed: float) -> None:
        """Show where the listening is, and follow it unless the listener looks elsewhere."""
        before = self._model.path[-1:]
        if self._model.set_place(ms, speed) and not self._is_held:
            self._fold_behind()
            selected = self.selected_section()
            is_looking_elsewhere = self._scrolled.isActive()
            if not is_looking_elsewhere and (selected is None or (selected.row,) == before):
                self.setCurrentIndex(self._now_playing())
            if not self._scrolled.isActive():
                self.follow()
            self._place_pill()

    def set_filter(self, text: str) -> None:
        """Show only what ``text`` finds."""
        self._model.set_filter(text)
        if self._model.found_count is None:
            self._restore_folds()
            self.follow()
        else:
            self._expand_all()
            first = self._model.first_found
            if first:
                self.setCurrentIndex(self._model.index_of(first.row))
                self._show_from_the_top()
        self._place_pill()

    def selected_section(self) -> Section | None:
        """The section that the keyboard is on."""
        return self._model.section(self.currentIndex())

    def select(self, section: Section) -> None:
        """Put the keyboard on ``section`` and bring it into view."""
        index = self._model.index_of(section.row)
        if index.isValid():
            self._unfold_to(section.row)
            self.setCurrentIndex(index)
            self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    def _show_from_the_top(self) -> None:
        """Show the first found section below those that enclose it, as far as there is room for all of them."""
        selected = self.visualRect(self.currentIndex())
        if self.verticalOffset() + selected.bottom() <= self.viewport().height():
            self.scrollToTop()

    # --- following the playhead ---

    def show_now_playing(self) -> None:
        """Bring the current section into view and follow it again."""
        self._scrolled.stop()
        self.follow()
        index = self._now_playing()
        if index.isValid():
            self.setCurrentIndex(index)

    def follow(self) -> None:
        """Bring the current section into view."""
        index = self._now_playing()
        if not index.isValid() or self._is_held:
            return
        self._unfold_to(self._model.path[-1])
        rect = self.visualRect(index)
        comfort = self.viewport().rect().adjusted(0, 2 * rect.height(), 0, -2 * rect.height())
        if not comfort.contains(rect.center()):
            self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        self._place_pill()

    def _now_playing(self) -> QModelIndex:
        return self._model.index_of(self._model.path[-1]) if self._model.path else QModelIndex()

    def _fold_behind(self) -> None:
        """Open the current path, and close what was opened for an earlier one."""
        if self._model.found_count is not None:
            return
        path = set(self._model.path)
        for row in self._followed - path:
            self._set_open(row, is_open=False)
        self._followed = {row for row in self._followed if row in path}
        self._unfold_to(self._model.path[-1], with_itself=True) if path else None

    def _unfold_to(self, row: int, *, with_itself: bool = False) -> None:
        chain: list[int] = [row] if with_itself else []
        above = self._model.outline[row].parent
        while above is not None:
            chain.append(above)
            above = self._model.outline[above].parent
        for each in reversed(chain):
            if not self.isExpanded(self._model.index_of(each)):
                self._set_open(each, is_open=True)
                self._followed.add(each)

    def _set_open(self, row: int, *, is_open: bool) -> None:
        self._is_ours = True
        self.setExpanded(self._model.index_of(row), is_open)
        self._is_ours = False

    def _restore_folds(self) -> None:
        for row in self._opened | self._followed:
            self._set_open(row, is_open=True)
        self._fold_behind()

    def _expand_all(self) -> None:
        self._is_ours = True
        self.expandAll()
        self._is_ours = False

    def _on_expanded(self, index: QModelIndex) -> None:
        if self._is_ours or self._model.found_count is not None:
            return
        self._opened.add(index.internalId())
        self.opened_changed.emit()

    def _on_collapsed(self, index: QModelIndex) -> None:
        if self._is_ours or self._model.found_count is not None:
            return
        self._opened.discard(index.internalId())
        self._followed.discard(index.internalId())
        self.opened_changed.emit()

    def _on_scrolled(self) -> None:
        self._scrolled.start()
        self._place_pill()

    def _place_pill(self) -> None:
        """The way back is offered when the current section is out of sight."""
        index = self._now_playing()
        is_away = index.isValid() and not self.viewport().rect().intersects(self.visualRect(index))
        self._pill.setVisible(is_away)
        if is_away:
            self._pill.adjustSize()
            area = self.viewport().rect()
            self._pill.move(area.center().x() - self._pill.width() // 2, area.bottom() - self._pill.height() - 2 * GRID)

    # --- asking ---

    def _ask_to_play(self, index: QModelIndex) -> None:
        section = self._model.section(index)
        if section:
            self.play_asked.emit(section)

    def _press_part(self, point: QPoint) -> bool:
        """Fold or unfold, or ask for another heard mark, if ``point`` is on the arrow or the mark of a row."""
        index = self.indexAt(point)
        section = self._model.section(index)
        if section is None:
            return False
        row = self.visualRect(index)
        if section.is_parent and self._painter.arrow_rect(row, section, self.layoutDirection()).adjusted(
            -6, 0, 2, 0
        ).contains(point):
            self.setExpanded(index, not self.isExpanded(index))
            return True
        if self._painter.mark_rect(row, section, self.layoutDirection()).adjusted(-3, -8, 3, 8).contains(point):
            self.heard_asked.emit(section)
            return True
        return False

    # --- Qt's side ---

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._press_part(event.position().toPoint()):
            event.accept()
            return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._press_part(event.position().toPoint()):
            event.accept()
            return
        super().mouseDoubleClickEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._has_field:
            return  # what the field of a title has no use for: Enter there plays nothing
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._ask_to_play(self.currentIndex())
            case Qt.Key.Key_Space:
                event.ignore()  # the window plays and pauses
            case Qt.Key.Key_Asterisk:
                self.expandAll()
            case Qt.Key.Key_Up | Qt.Key.Key_Down | Qt.Key.Key_PageUp | Qt.Key.Key_PageDown:
                self._scrolled.start()
                super().keyPressEvent(event)
            case _:
                super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        # Not on to the next row: a title that is given changes the outline, and with it every row.
        row, self._titled = self._titled, None
        if row is not None:
            had_focus = editor.hasFocus()
            self.closePersistentEditor(self._model.index_of(row))
            if had_focus:
                self.setFocus()

    def keyboardSearch(self, search: str) -> None:
        """Letters are keys of the program, digits open "Go to": typing never moves the selection."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        super().wheelEvent(event)
        self._on_scrolled()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._painter.indent = NARROW_INDENT if self.window().width() < NARROW else WIDE_INDENT
        self._follow_soon()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.scheduleDelayedItemsLayout()
            self._follow_soon()

    def _follow_soon(self) -> None:
        """Keep the current section in view when rows have moved: once they stand where they belong."""
        QTimer.singleShot(0, self, self._follow_on)

    def _follow_on(self) -> None:
        # A section that the listener folded away is left so: folding, too, may change the room there is.
        is_folded = self.visualRect(self._now_playing()).isEmpty()
        (self._place_pill if is_folded or self._scrolled.isActive() else self.follow)()
