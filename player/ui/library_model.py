"""The library as a list: headings, episodes, and files that are being read. Shows; changes nothing.

Of ten thousand episodes a screen shows ten: what a line says is worked out when it is asked for.
"""

from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from player.core.clock import at_speed, clock_text
from player.core.episode import EpisodeSummary
from player.core.outline_filter import has_words
from player.ui.label import plain_tip

ITEM_ROLE = Qt.ItemDataRole.UserRole
NO_INDEX = QModelIndex()


class Shelf(Enum):
    """Where an episode stands in the list."""

    READING = "reading"
    CONTINUE = "continue"
    NOT_STARTED = "not started"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class LibraryItem:
    """One line of the list: a heading (no episode), an episode, or a file that is being read."""

    shelf: Shelf
    title: str
    episode: EpisodeSummary | None = None
    caption: str = ""
    share: float = 0.0
    is_open: bool = False
    is_folded: bool = False
    is_missing: bool = False  # its file is not where it was

    @property
    def is_heading(self) -> bool:
        """Whether this is the name of a shelf."""
        return self.episode is None and self.shelf is not Shelf.READING


class Heading(NamedTuple):
    """What stands in a row that is no episode: the name of a shelf, or a file that is being read."""

    shelf: Shelf
    title: str
    is_folded: bool = False


Row = Heading | int
"""An episode stands in its row by its id: there may be very many."""


class LibraryModel(QAbstractListModel):
    """All episodes by shelf: Continue (last listened to first), Not started, Finished (folded at first)."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._episodes: list[EpisodeSummary] = []
        self._reading: tuple[str, ...] = ()
        self._by_id: dict[int, EpisodeSummary] = {}
        self._rows: list[Row] = []
        self._items: dict[int, LibraryItem] = {}  # by row, of those that were asked for
        self._sections: dict[int, str] = {}
        self._missing: frozenset[int] = frozenset()
        self._filter = ""
        self._open: int | None = None
        self._folded = {Shelf.FINISHED}

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in the library and nothing on its way."""
        return not self._episodes and not self._reading

    @property
    def episodes(self) -> list[EpisodeSummary]:
        """All episodes, the last listened to first."""
        return self._episodes

    def show(self, episodes: list[EpisodeSummary], open_id: int | None) -> None:
        """Show these episodes; the one that is open stands out."""
        self._episodes, self._open = episodes, open_id
        self._by_id = {episode.id: episode for episode in episodes}
        self._lay_out()

    def set_open(self, open_id: int | None) -> bool:
        """Let this episode stand out from now on; False where it is not known."""
        self._open = open_id
        self._replace(self._rows)
        return open_id is None or open_id in self._by_id

    def set_standing(self, episode_id: int, place_ms: int | None, label: str, speed: float) -> None:
        """Show an episode at ``place_ms``, in the section with that label, listened to at ``speed``."""
        self._sections[episode_id] = label
        if episode_id not in self._by_id:
            return
        at = self._episodes.index(self._by_id[episode_id])
        moved = self._episodes[at]._replace(place_ms=place_ms, speed=speed)
        others = [*self._episodes[:at], *self._episodes[at + 1 :]]
        # The last listened to stands first.
        new_at = 0 if place_ms != self._episodes[at].place_ms else at
        is_same_shelf = new_at == at and shelf_of(moved) is shelf_of(self._episodes[at])
        self._episodes = [*others[:new_at], moved, *others[new_at:]]
        self._by_id[episode_id] = moved
        row = self.row_of(episode_id)
        if is_same_shelf and row is not None:
            self._items.pop(row, None)
            self.dataChanged.emit(self.index(row), self.index(row))
        else:
            self._lay_out()

    def set_missing(self, episodes: frozenset[int]) -> None:
        """Show that the files of these are not where they were."""
        self._missing = episodes
        self._lay_out()

    def set_reading(self, paths: tuple[str, ...]) -> None:
        """Show that these files are being read."""
        self._reading = paths
        self._lay_out()

    def set_filter(self, text: str) -> None:
        """Show only episodes whose title or author has all words of ``text``."""
        self._filter = text
        self._lay_out()

    def toggle(self, shelf: Shelf) -> None:
        """Fold or unfold a shelf."""
        self._folded ^= {shelf}
        self._lay_out()

    def row_of(self, episode_id: int) -> int | None:
        """The row in which an episode stands."""
        return self._rows.index(episode_id) if episode_id in self._rows else None

    # --- how it is worked out ---

    def _lay_out(self) -> None:
        is_filtered = bool(self._filter.strip())
        shown = [each for each in self._episodes if self._is_wanted(each)] if is_filtered else self._episodes
        shelves = {
            Shelf.CONTINUE: [each.id for each in shown if each.place_ms is not None and not each.is_finished],
            Shelf.NOT_STARTED: [each.id for each in shown if each.place_ms is None and not each.is_finished],
            Shelf.FINISHED: [each.id for each in shown if each.is_finished],
        }
        rows: list[Row] = [Heading(Shelf.READING, Path(path).stem) for path in self._reading]
        for shelf, name in (
            (Shelf.CONTINUE, self.tr("Continue")),
            (Shelf.NOT_STARTED, self.tr("Not started")),
            (Shelf.FINISHED, self.tr("Finished")),
        ):
            here = shelves[shelf]
            if here:
                is_folded = shelf in self._folded and not is_filtered
                rows.append(Heading(shelf, f"{name} · {len(here)}" if is_folded else name, is_folded))
                rows += [] if is_folded else here
        self._replace(rows)

    def _replace(self, rows: list[Row]) -> None:
        if rows == self._rows:
            self._items.clear()
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows = rows
        self._items.clear()
        self.endResetModel()

    def _is_wanted(self, episode: EpisodeSummary) -> bool:
        return has_words(f"{episode.title} {episode.author or ''}", self._filter)

    def _item_at(self, at: int) -> LibraryItem:
        if at not in self._items:
            row = self._rows[at]
            if isinstance(row, int):
                self._items[at] = self._item(self._by_id[row])
            else:
                caption = self.tr("Reading…") if row.shelf is Shelf.READING else ""
                self._items[at] = LibraryItem(row.shelf, row.title, caption=caption, is_folded=row.is_folded)
        return self._items[at]

    def _item(self, episode: EpisodeSummary) -> LibraryItem:
        duration_ms, place_ms = episode.duration_ms, episode.place_ms or 0
        return LibraryItem(
            shelf_of(episode),
            episode.title,
            episode,
            self.tr("File not found") if episode.id in self._missing else self._caption(episode),
            place_ms / duration_ms if duration_ms and shelf_of(episode) is Shelf.CONTINUE else 0.0,
            is_open=episode.id == self._open,
            is_missing=episode.id in self._missing,
        )

    def _caption(self, episode: EpisodeSummary) -> str:
        if episode.duration_ms is None:
            return episode.author or self.tr("Length not known")
        if shelf_of(episode) is not Shelf.CONTINUE:
            length = clock_text(episode.duration_ms)
            return f"{length} · {episode.author}" if episode.author else length
        left = self.tr("{0} left").format(
            clock_text(at_speed(episode.duration_ms - (episode.place_ms or 0), episode.speed))
        )
        section = self._sections.get(episode.id)
        return f"{left} · {section}" if section else left

    # --- Qt's side ---

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        item = self._item_at(index.row())
        match role:
            case Qt.ItemDataRole.UserRole:
                return item
            case Qt.ItemDataRole.DisplayRole:
                return item.title
            case Qt.ItemDataRole.ToolTipRole if item.episode:
                author = item.episode.author
                return plain_tip(f"{item.title}\n{author}" if author else item.title)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{item.title}, {item.caption}" if item.caption else item.title
        return None

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        row = self._rows[index.row()]
        if isinstance(row, Heading) and row.shelf is Shelf.READING:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


def shelf_of(episode: EpisodeSummary) -> Shelf:
    """The shelf on which an episode stands."""
    if episode.is_finished:
        return Shelf.FINISHED
    return Shelf.NOT_STARTED if episode.place_ms is None else Shelf.CONTINUE
