"""The window: library pane, work pane and player bar side by side or page by page, its menu and its keys.

Connects widgets to the session; the rules of listening, the disk and the sound are elsewhere.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QSplitter, QVBoxLayout, QWidget

from player.core.destination import Destination
from player.core.notice import Notice
from player.core.speed import next_speed
from player.library.library import Library
from player.session.adding import Adding
from player.session.arranging import Arranging
from player.session.covers import Covers
from player.session.editing import Editing
from player.session.exporting import Exporting
from player.session.folder_scan import FolderScan
from player.session.listing import Listing
from player.session.locating import Locating
from player.session.pasting import Pasting
from player.session.session import Session
from player.session.taking_over import TakingOver
from player.ui.action import digit_actions, make_actions, switch_single_keys
from player.ui.appearance import Appearance
from player.ui.banner import Remedy
from player.ui.icon import program_icon
from player.ui.key_map import EDIT_KEYS
from player.ui.library_pane import LibraryPane
from player.ui.look import NARROW, style_sheet
from player.ui.notes_view import NotesView
from player.ui.opening import Opening
from player.ui.outline_export import OutlineExport
from player.ui.player_bar import PlayerBar
from player.ui.rescue import Rescue
from player.ui.thumb_buttons import ThumbButtons
from player.ui.trail_view import TrailView
from player.ui.work_pane import WorkPane

if TYPE_CHECKING:
    from player.ui.go_to import GoTo

VOLUME_STEP = 0.05


@dataclass(frozen=True, slots=True)
class Parts:
    """What the window is given to work with."""

    session: Session
    library: Library
    adding: Adding
    pasting: Pasting
    editing: Editing
    exporting: Exporting
    locating: Locating
    taking_over: TakingOver
    listing: Listing
    covers: Covers
    scan: FolderScan
    arranging: Arranging


class Window(QWidget):
    """Outspoken's one window."""

    closing = Signal()
    reconnect_asked = Signal()  # only a new process can sound again

    def __init__(self, parts: Parts) -> None:
        appearance = Appearance(parts.library)  # first: what is made at another size of the text keeps it
        super().__init__()
        self._session, self._library, self._arranging = parts.session, parts.library, parts.arranging
        self._is_starting = False  # asked to play, and nothing heard yet
        # what can be done about a notice of that code
        self._remedies = {"sound-lost": Remedy(self.tr("Reconnect"), self.reconnect_asked.emit)}
        self.opening = Opening(self, parts.session, parts.library, parts.adding, parts.scan)
        self._export = OutlineExport(self, parts.session, parts.library, parts.exporting)
        self._is_library_shown = True  # in a narrow window: the page
        self._is_narrow = False
        self._thumbs: ThumbButtons | None = None  # from the first showing on
        self.setWindowIcon(program_icon())
        self.setMinimumSize(360, 420)
        self.setAcceptDrops(True)
        self.appearance = appearance
        appearance.setParent(self)
        look = self.appearance.look
        self.pane = LibraryPane(parts.session, parts.library, parts.listing, parts.adding, parts.scan, look)
        self.work = WorkPane(self._session, parts.editing, parts.pasting, look)
        rescue = Rescue(self, self._library, parts.locating, parts.taking_over, self.work, self._leave_library)
        self._remedies["file-missing"] = rescue.locate
        parts.covers.found.connect(self.work.header.show_picture)
        self.player = PlayerBar(self._session, look)
        self.notes = NotesView(self._session, self._library, look, self.work)
        self.trail = TrailView(self._session, look, self, self.work, self.player)
        self._actions = make_actions(self, self._does())
        self._digits = digit_actions(self, self._open_go_to)
        self._switch_edit_keys(is_on=False)
        self._arrange()
        self._connect()
        self._apply_look()
        self._restore_geometry()
        self._show_episode()

    # --- building ---

    def _arrange(self) -> None:
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.addWidget(self.pane)
        self._splitter.addWidget(self.work)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        self._splitter.setSizes([250, 850])
        self.pane.setMinimumWidth(180)
        self._rule = QFrame()
        self._rule.setObjectName("rule")
        self._rule.setFixedHeight(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._splitter, 1)
        column.addWidget(self._rule)
        column.addWidget(self.player)

    def _connect(self) -> None:
        session = self._session
        session.episode_changed.connect(self._show_episode)
        session.outline_changed.connect(self.work.show_chapters)
        session.told.connect(self._tell)
        session.playing_changed.connect(self._on_playing)
        session.heard_changed.connect(self._on_heard)
        self.opening.opened.connect(self._leave_library)
        self.opening.text_given.connect(self._open_paste)
        self.opening.told.connect(self.say)
        self._export.told.connect(self.say)
        self._arranging.failed.connect(self.say)
        self._arranging.arranged.connect(self.pane.refresh)
        self.pane.episode_chosen.connect(self._leave_library)
        self.pane.refused.connect(self.say)
        self.pane.emptied.connect(self._show_panes)
        self.pane.add_asked.connect(self.opening.choose_files)
        self.pane.menu_asked.connect(self._open_menu)
        self.pane.scan_row.asked.connect(lambda: self._show_page(is_library=True))
        self.work.header.back_asked.connect(lambda: self._show_page(is_library=True))
        self.work.header.menu_asked.connect(self._open_work_menu)
        self.work.opened_changed.connect(self._keep_opened)
        self.work.editor.mode_changed.connect(self._switch_edit_keys)
        self.work.welcome.open_asked.connect(self.opening.choose_files)
        self.work.welcome.folder_asked.connect(self.opening.choose_folder)
        self.work.welcome.tour_asked.connect(self.opening.take_tour)
        self.work.no_chapters.paste_asked.connect(self.opening.paste)
        self.appearance.look_changed.connect(self._apply_look)
        self.appearance.text_size_changed.connect(self._apply_look)  # under a style sheet, fonts change only with it

    def _does(self) -> dict[str, Callable[[], Any]]:
        """What every key of the key map does."""
        session = self._session
        return {
            "play_pause": session.toggle_play,
            "back": lambda: session.skip(-15_000),
            "forward": lambda: session.skip(30_000),
            "back_little": lambda: session.skip(-5_000),
            "forward_little": lambda: session.skip(5_000),
            "previous_section": session.moves.previous_section,
            "next_section": session.moves.next_section,
            "previous_sibling": session.moves.previous_sibling,
            "next_sibling": session.moves.next_sibling,
            "enclosing_section": session.moves.enclosing_section,
            "trail_back": session.trail.back,
            "trail_forward": session.trail.forward,
            "history": self._toggle_history,
            "slower": lambda: session.set_speed(next_speed(session.speed, -1)),
            "faster": lambda: session.set_speed(next_speed(session.speed, 1)),
            "normal_speed": lambda: session.set_speed(1.0),
            "louder": lambda: session.volume.set(session.volume.level + VOLUME_STEP),
            "quieter": lambda: session.volume.set(session.volume.level - VOLUME_STEP),
            "mute": session.volume.toggle_mute,
            "go_to": lambda: self._open_go_to(""),
            "now_playing": self._show_now_playing,
            "filter": self._focus_filter,
            "search": self._focus_search,
            "mark_heard": self._mark_heard,
            "undo": session.undo,
            "open": self.opening.choose_files,
            "open_folder": self.opening.choose_folder,
            "paste": self.opening.paste,
            "keys": self._show_keys,
            "library_pane": self._toggle_library,
            "full_screen": self._toggle_full_screen,
            "larger_text": lambda: self.appearance.step_text_size(1),
            "smaller_text": lambda: self.appearance.step_text_size(-1),
            "quit": self.close,
            **self.work.editor.does,
            **self.notes.does,
        }

    def _switch_edit_keys(self, is_on: bool) -> None:
        for key in EDIT_KEYS:
            self._actions[key.name].setEnabled(is_on)
        if is_on:
            self._leave_library()

    def _apply_look(self) -> None:
        look = self.appearance.look
        self.setStyleSheet(style_sheet(look))
        for part in (self.pane, self.work, self.player, self.notes, self.trail):
            part.set_look(look)

    # --- wide and narrow ---

    def _lay_out(self) -> None:
        is_narrow = self.width() < NARROW
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self.work.set_narrow(is_narrow)
            self.player.transport.set_narrow(is_narrow)
            if not is_narrow:
                self._is_library_shown = True
            elif self._session.episode:
                self._is_library_shown = False
        self._show_panes()

    def _show_panes(self) -> None:
        has_episode = self._session.episode is not None
        has_library = not self.pane.is_empty
        if self._is_narrow:
            self.pane.setVisible(self._is_library_shown and has_library)
            self.work.setVisible(not self.pane.isVisibleTo(self))
        else:
            self.pane.setVisible(self._is_library_shown and has_library)
            self.work.setVisible(True)
        self.player.setVisible(has_episode)
        self._rule.setVisible(has_episode)

    def _show_page(self, *, is_library: bool) -> None:
        self._is_library_shown = is_library
        self._show_panes()
        (self.pane.focus_list if is_library else self.work.outline.setFocus)()

    def _leave_library(self) -> None:
        if self._is_narrow:
            self._show_page(is_library=False)

    def _toggle_library(self) -> None:
        self._is_library_shown = not self._is_library_shown
        self._show_panes()

    def _toggle_full_screen(self) -> None:
        (self.showNormal if self.isFullScreen() else self.showFullScreen)()

    # --- the open episode ---

    def _show_episode(self) -> None:
        episode = self._session.episode
        self.setWindowTitle(f"{episode.title} — Outspoken" if episode else "Outspoken")
        opened: list[int] = self._library.setting(f"opened/{episode.id}", []) if episode else []
        self.work.show_episode(frozenset(opened))
        if episode:
            self._library.set_setting("open_episode", episode.id)
        self._show_panes()

    def _keep_opened(self) -> None:
        if self._session.episode:
            opened = sorted(self.work.outline.opened_ms)
            self._library.set_setting(f"opened/{self._session.episode.id}", opened)

    def _on_playing(self, is_playing: bool) -> None:
        self._is_starting = is_playing

    def _on_heard(self, is_anywhere: bool) -> None:
        if self._is_starting and not is_anywhere:  # it sounds again: what was wrong before is over
            self._is_starting = False
            self.work.banner.forget_trouble()

    def _tell(self, notice: Notice) -> None:
        self.work.banner.say(notice.message, of_episode=True, remedy=self._remedies.get(notice.code))
        self._leave_library()

    def say(self, sentence: str, remedy: Remedy | None = None, is_good: bool = False) -> None:
        """Say something in the banner, which is brought into view; an empty sentence takes it back."""
        if sentence:
            self.work.banner.say(sentence, remedy=remedy, is_good=is_good)
            self._leave_library()
        else:
            self.work.banner.clear()

    def _open_paste(self, text: str) -> None:
        self._leave_library()
        self.work.open_paste(text)

    def _show_now_playing(self) -> None:
        self._leave_library()
        self.work.outline.show_now_playing()
        self.work.outline.setFocus()

    def _toggle_history(self) -> None:
        self._leave_library()
        self.trail.toggle_history()

    def _focus_filter(self) -> None:
        self._leave_library()
        self.work.focus_filter()

    def _focus_search(self) -> None:
        self._is_library_shown = True
        self._show_panes()
        self.pane.search.setFocus()
        self.pane.search.selectAll()

    def _mark_heard(self) -> None:
        section = self.work.outline.selected_section() if self.work.outline.hasFocus() else None
        if section:
            self.work.toggle_heard(section)

    @cached_property
    def go_to(self) -> "GoTo":
        """The field for going somewhere, made when it is first asked for."""
        from player.ui.go_to import GoTo

        field = GoTo(self)
        field.chosen.connect(self._go)
        return field

    def _open_go_to(self, text: str) -> None:
        if self._session.episode:
            self.go_to.open(text, self._session.timeline, self._session.duration_ms)

    def _go(self, destination: Destination) -> None:
        if destination.is_section and destination.section:
            self._session.play_section(destination.section)
            self.work.outline.select(destination.section)
        else:
            self._session.seek(destination.ms)
        self.work.outline.setFocus()

    # --- menus ---

    def _open_menu(self, point: QPoint) -> None:
        from player.ui.program_menu import program_menu  # loaded when it is asked for, as all menus and pages are

        has_single_keys = self._library.setting("single_keys", True)
        parts = (self._actions, self.opening, self.appearance, self._switch_single_keys)
        program_menu(self, *parts, has_single_keys=has_single_keys).popup(point)

    def _open_work_menu(self, button: QWidget) -> None:
        from player.ui.work_menu import place_below, work_menu

        menu = work_menu(self, self._session, self._actions, self.opening, self._export, self._arranging)
        if self._is_narrow:
            menu.addSeparator()
            menu.addMenu(self.player.transport.speed_menu(menu))
            menu.addAction(self._actions["mute"])
        menu.popup(place_below(button, menu))

    def _show_keys(self) -> None:
        from player.ui.help import key_page

        key_page(self).show()

    def _switch_single_keys(self, is_on: bool) -> None:
        self._library.set_setting("single_keys", is_on)
        switch_single_keys(self._actions, self._digits, is_on)

    # --- Qt's side ---

    def _restore_geometry(self) -> None:
        size: list[int] = self._library.setting("window_size", [])
        width, height = size if len(size) == 2 and all(isinstance(side, int) for side in size) else (1100, 720)
        self.resize(width, height)
        panes: list[int] = self._library.setting("panes", [])
        if len(panes) == 2 and all(isinstance(side, int) for side in panes):
            self._splitter.setSizes(panes)
        switch_single_keys(self._actions, self._digits, self._library.setting("single_keys", True))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._thumbs is None:
            self._thumbs = ThumbButtons(self._session.trail, self.windowHandle())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that the focused view did not want."""
        match event.key():
            case Qt.Key.Key_Space:
                self._session.toggle_play()
            case Qt.Key.Key_Left if not event.modifiers():
                self._session.skip(-15_000)
            case Qt.Key.Key_Right if not event.modifiers():
                self._session.skip(30_000)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if isinstance(self.focusWidget(), QAbstractButton):
                self.focusWidget().click()  # type: ignore[attr-defined]  # a button, as was just asked
            case Qt.Key.Key_Escape if self.isFullScreen():
                self.showNormal()
            case _:
                super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.opening.can_take(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.opening.take(event.mimeData())
        event.acceptProposedAction()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.isFullScreen():
            self._library.set_setting("window_size", [self.width(), self.height()])
        if not self._is_narrow and self.pane.isVisible():
            self._library.set_setting("panes", self._splitter.sizes())
        self.closing.emit()
        super().closeEvent(event)
