"""The work pane: head, banner, filter and outline of the open episode, or the page that stands for them."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLabel, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from player.core.section import Section
from player.session.editing import Editing
from player.session.pasting import Pasting
from player.session.session import Session
from player.ui.banner import Banner
from player.ui.brief_notice import BriefNotice
from player.ui.header import Header
from player.ui.look import GRID, Look
from player.ui.outline_editor import OutlineEditor
from player.ui.outline_view import OutlineView
from player.ui.paste_sheet import PasteSheet
from player.ui.undo_words import undo_words
from player.ui.welcome import NoChapters, Welcome


class WorkPane(QWidget):
    """Shows the session's episode. Pages: welcome, outline, no chapters, paste."""

    opened_changed = Signal()

    def __init__(
        self, session: Session, editing: Editing, pasting: Pasting, look: Look, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._is_narrow = False
        self.header = Header(look)
        self.banner = Banner(look)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Filter sections, or type a number such as 2.3.1"))
        self.filter.setAccessibleName(self.tr("Filter sections"))
        self.filter.setClearButtonEnabled(True)
        self.filter.installEventFilter(self)
        self._nothing = QLabel(self.tr("No section has these words."))
        self._nothing.setObjectName("dim")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.outline = OutlineView(look)
        self.outline.installEventFilter(self)
        self.editor = OutlineEditor(session, editing, self.outline, look)
        self.brief = BriefNotice(self)
        self.welcome = Welcome(look)
        self.no_chapters = NoChapters(look)
        self.paste = PasteSheet(pasting, look)
        self.pages = QStackedWidget()
        self._sheets: list[QWidget] = [self.paste]  # pages that stay until they are closed
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        listing = QWidget()
        column = QVBoxLayout(listing)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        column.addWidget(self.filter)
        column.addWidget(self.editor.bar)
        column.addWidget(self._nothing)
        column.addWidget(self.outline, 1)
        self._listing = listing
        self._nothing.hide()
        for page in (self.welcome, listing, self.no_chapters, self.paste):
            self.pages.addWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(4 * GRID, 3 * GRID, 3 * GRID, 0)
        whole.setSpacing(2 * GRID)
        whole.addWidget(self.header)
        whole.addWidget(self.banner)
        whole.addWidget(self.pages, 1)

    def _connect(self) -> None:
        session = self._session
        session.section_changed.connect(lambda _: self._show_place())
        session.place_changed.connect(self._on_place)
        session.speed_changed.connect(lambda _: self._show_place())
        session.heard_changed.connect(self._show_heard)
        session.undone.connect(lambda deed: self.brief.say(undo_words(deed)))
        self.editor.mode_changed.connect(self._on_editing)
        self.editor.sight_lost.connect(self.filter.clear)
        self.filter.textChanged.connect(self._filter)
        self.outline.play_asked.connect(session.play_section)
        self.outline.heard_asked.connect(self.toggle_heard)
        self.outline.opened_changed.connect(self.opened_changed)
        self.no_chapters.edit_asked.connect(self.editor.toggle)
        self.paste.chosen.connect(self._use_chapters)
        self.paste.restored.connect(self._restore_chapters)
        self.paste.closed.connect(self.show_outline_page)
        self._shown_second = -1

    def set_look(self, look: Look) -> None:
        """Paint in another colour scheme."""
        for part in (
            self.header,
            self.banner,
            self.outline,
            self.editor.bar,
            self.welcome,
            self.no_chapters,
            self.paste,
        ):
            part.set_look(look)

    def set_narrow(self, is_narrow: bool) -> None:
        """Lay out for a narrow window."""
        self.header.set_narrow(is_narrow)
        self.paste.set_narrow(is_narrow)
        self._is_narrow = is_narrow
        self._show_filter()

    def _show_filter(self) -> None:
        """The filter gives way to the tools of editing where there is little room."""
        self.filter.setVisible(not (self._is_narrow and self.editor.is_on) or bool(self.filter.text()))

    # --- what is shown ---

    def show_episode(self, opened: frozenset[int]) -> None:
        """Show the session's episode with the branches that the listener had opened, or the welcome page."""
        self.banner.forget_episode()
        self.filter.clear()
        self.header.expect_picture(self._session.episode is not None and self._session.episode.has_cover)
        self.show_outline_page()
        self.show_chapters(opened)

    def show_chapters(self, opened: frozenset[int] | None = None) -> None:
        """Show the session's outline, with the branches starting at ``opened``; None keeps those that are open now.

        A page that covers the outline stays: an outline may also change because the length became known.
        """
        session = self._session
        self.header.setVisible(session.episode is not None)
        if self.editor.is_on:
            self.outline.show_edited(session.timeline, session.heard)
        else:
            opened = self.outline.opened_ms if opened is None else opened
            self.outline.show_outline(session.timeline, session.heard, opened)
            if self.pages.currentWidget() not in self._sheets:
                self.show_outline_page()
        self._show_place()
        self._show_facts()
        if not self.editor.is_on:
            self.outline.show_now_playing()

    def _on_editing(self, is_on: bool) -> None:
        """While it is edited an outline is shown even where it is empty."""
        self._show_filter()
        if is_on:
            self.pages.setCurrentWidget(self._listing)
            self.outline.setFocus()
        elif self.pages.currentWidget() is self._listing:
            self.show_outline_page()

    def show_outline_page(self) -> None:
        """Show the page that fits: the outline, or what stands for it."""
        if self._session.episode is None:
            self.pages.setCurrentWidget(self.welcome)
            self.welcome.setFocus()
        elif len(self._session.outline):
            self.pages.setCurrentWidget(self._listing)
            self.outline.setFocus()
        else:
            self.pages.setCurrentWidget(self.no_chapters)
            self.no_chapters.setFocus()

    def add_sheet(self, sheet: QWidget) -> None:
        """Add a page that covers the outline until it is closed."""
        self.pages.addWidget(sheet)
        self._sheets.append(sheet)

    def open_paste(self, text: str) -> None:
        """Show the paste page with ``text``."""
        episode = self._session.episode
        if episode is None:
            return
        self.pages.setCurrentWidget(self.paste)
        self.paste.open(text, self._session.duration_ms, can_restore=self._session.choosing.can_restore_chapters)

    def _on_place(self, ms: int) -> None:
        if ms // 1000 != self._shown_second:
            self._show_place()

    def _show_place(self) -> None:
        session = self._session
        self._shown_second = session.place_ms // 1000
        self.outline.set_place(session.place_ms, session.speed)

    def _show_heard(self, is_anywhere: bool) -> None:
        self.outline.set_coverage(self._session.heard, anywhere=is_anywhere)
        self._show_facts()

    def _show_facts(self) -> None:
        session = self._session
        if session.episode:
            count = len(session.outline)
            self.header.show_episode(session.episode, session.duration_ms, count, session.heard.total_ms)

    # --- asked ---

    def toggle_heard(self, section: Section) -> None:
        """Mark ``section`` as heard, or as not heard when it is."""
        row = self.outline.outline_model.row_of(section)
        self._session.set_section_heard(section, is_heard=not row.is_heard)

    def focus_filter(self) -> None:
        """Give the keyboard to the filter."""
        if self.pages.currentWidget() is self._listing:
            self.filter.show()
            self.filter.setFocus()
            self.filter.selectAll()

    def _filter(self, text: str) -> None:
        self.outline.set_filter(text)
        self._nothing.setVisible(self.outline.outline_model.found_count == 0)

    def _play_first(self) -> None:
        first = self.outline.outline_model.first_found
        if first:
            self._session.play_section(first)
            self.outline.setFocus()

    def _use_chapters(self, chapters: object) -> None:
        assert isinstance(chapters, tuple)
        self.show_outline_page()
        self._session.choosing.use_chapters(chapters)
        keys = QKeySequence(QKeySequence.StandardKey.Undo).toString(QKeySequence.SequenceFormat.NativeText)
        self.brief.say(self.tr("These chapters are used now. {0} takes that back.").format(keys))

    def _restore_chapters(self) -> None:
        self.show_outline_page()
        self._session.choosing.restore_chapters()

    # --- Qt's side ---

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if watched is self.filter:
                return self._filter_key(event.key())
            if watched is self.outline and event.key() == Qt.Key.Key_Escape and self.filter.text():
                self.filter.clear()
                return True
            if watched is self.outline and event.key() == Qt.Key.Key_Escape and self.editor.is_on:
                self.editor.toggle()
                return True
        return super().eventFilter(watched, event)

    def _filter_key(self, key: int) -> bool:
        """What a key in the filter does; False leaves it to the field."""
        match key:
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._play_first()
            case Qt.Key.Key_Down:
                self.outline.setFocus()
            case Qt.Key.Key_Escape:
                self.filter.clear()
                self.outline.setFocus()
            case _:
                return False
        return True
