"""The library pane: search, shelves, add; wired to the library and the session in one place."""

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from player.core.episode import EpisodeSummary
from player.core.errors import LibraryError
from player.library.library import Library
from player.session.adding import Adding
from player.session.folder_scan import FolderScan
from player.session.listing import Listing
from player.session.session import Session
from player.ui.icon import icon
from player.ui.library_delegate import LibraryDelegate
from player.ui.library_list import LibraryList
from player.ui.library_model import ITEM_ROLE, LibraryItem, LibraryModel
from player.ui.look import GRID, Look
from player.ui.scan_row import ScanRow

LIST_EVERY_MS = 1_000  # of sound
REST_MS = 250  # between two looks into the library while files are added


class LibraryPane(QWidget):
    """Search above, shelves, and "Add audio" below."""

    episode_chosen = Signal()  # it is open now
    emptied = Signal(bool)  # whether there is nothing to show
    refused = Signal(str)  # sentence: it cannot be opened
    add_asked = Signal()
    menu_asked = Signal(QPoint)

    def __init__(
        self,
        session: Session,
        library: Library,
        listing: Listing,
        adding: Adding,
        scan: FolderScan,
        look: Look,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._library, self._listing = session, library, listing
        self._adding, self._scan = adding, scan
        self._listed_ms = 0  # the place that the list shows
        self._is_behind = False
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._catch_up)
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
        clear = QShortcut(QKeySequence(Qt.Key.Key_Escape), self.search, context=Qt.ShortcutContext.WidgetShortcut)
        clear.activated.connect(self.search.clear)
        self._menu = QToolButton()
        self._menu.setToolTip(self.tr("Menu"))
        self._menu.setAccessibleName(self.tr("Menu"))
        self._menu.setMinimumSize(32, 32)
        self._menu.clicked.connect(lambda: self.menu_asked.emit(self._menu.mapToGlobal(self._menu.rect().bottomLeft())))
        self.scan_row = ScanRow(scan)
        self._add = QPushButton(self.tr("Add audio…"))
        self._add.clicked.connect(self.add_asked)
        self._list = self._make_list()
        self._arrange()
        self._connect()
        self.set_look(look)
        self._show(library.episodes())

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
        column.addWidget(self.scan_row)
        column.addLayout(bottom)

    def _connect(self) -> None:
        session = self._session
        session.episode_changed.connect(self._show_open)
        session.finished_changed.connect(self.refresh)
        self._listing.listed.connect(self._show)
        for changed in (session.playing_changed, session.section_changed, session.speed_changed):
            changed.connect(self._show_standing)
        session.place_changed.connect(self._on_place)
        self._adding.reading_changed.connect(self._on_adding)
        self._adding.added.connect(self._on_adding)
        self._scan.added.connect(self._on_adding)
        self._scan.changed.connect(lambda: self.emptied.emit(self.is_empty))

    # --- what is shown ---

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in the library and nothing on its way."""
        return self.model.is_empty and self._scan.progress is None

    def refresh(self) -> None:
        """Show what the library holds by now, as soon as it is read."""
        self._listing.ask()

    def _show(self, episodes: list[EpisodeSummary]) -> None:
        episode = self._session.episode
        self.model.show(episodes, episode.id if episode else None)
        self._show_standing()
        self.emptied.emit(self.is_empty)

    def _show_open(self) -> None:
        """Let the open episode stand out; the library is asked only where it is not shown yet."""
        episode = self._session.episode
        if self.model.set_open(episode.id if episode else None):
            self._show_standing()
        else:
            self.refresh()

    def _show_standing(self) -> None:
        """Show where the open episode stands by now, without asking the disk."""
        episode, section = self._session.episode, self._session.section
        if episode is None:
            return
        self._listed_ms = self._session.place_ms
        has_place = episode.place is not None or self._listed_ms > 0
        label = (section.label or "") if section else ""
        self.model.set_standing(episode.id, self._listed_ms if has_place else None, label, self._session.speed)

    def _on_place(self, ms: int) -> None:
        if abs(ms - self._listed_ms) >= LIST_EVERY_MS:
            self._show_standing()

    def _on_adding(self) -> None:
        """Files are read or were added: shown at once, then after a rest, since hundreds may come one by one."""
        self._is_behind = self._rest.isActive()
        if not self._is_behind:
            self._rest.start()
            self.model.set_reading(self._adding.reading)
            self.refresh()

    def _catch_up(self) -> None:
        if self._is_behind:
            self._on_adding()

    def let_go(self) -> None:
        """The library is about to be closed: it is asked nothing more."""
        self._rest.stop()

    def set_look(self, look: Look) -> None:
        """Paint in another colour scheme."""
        self._look = self._painter.look = look
        self._menu.setIcon(icon("menu", look.text))
        self._add.setIcon(icon("plus", look.text))
        self._list.viewport().update()

    def focus_list(self) -> None:
        """Give the keyboard to the list, on the open episode."""
        episode = self._session.episode
        row = self.model.row_of(episode.id) if episode else None
        if row is not None:
            self._list.setCurrentIndex(self.model.index(row))
        self._list.setFocus()

    def _choose(self, index: QModelIndex) -> None:
        item: LibraryItem = index.data(ITEM_ROLE)
        if item.is_heading:
            self.model.toggle(item.shelf)
        elif item.episode:
            self._open(item.episode.id)

    def _open(self, episode_id: int) -> None:
        try:
            self._session.open(episode_id)
        except LibraryError as error:
            self.refresh()  # another program arranged it anew, or removed it
            self.refused.emit(str(error))
        else:
            self.episode_chosen.emit()

    def _remove(self, episode_id: int) -> None:
        if self._session.episode and self._session.episode.id == episode_id:
            self._session.close()
        self._library.forget(episode_id)
        self._show([each for each in self.model.episodes if each.id != episode_id])

    def _open_context_menu(self, point: QPoint) -> None:
        item: LibraryItem | None = self._list.indexAt(point).data(ITEM_ROLE)
        if item is None or item.episode is None:
            return
        asked = item.episode.id
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Open")).triggered.connect(lambda: self._open(asked))
        remove = menu.addAction(self.tr("Remove from library (keeps the file and your place)"))
        remove.triggered.connect(lambda: self._remove(asked))
        menu.popup(self._list.viewport().mapToGlobal(point))
