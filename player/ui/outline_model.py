"""The outline as an item model: four columns (mark, number, title, time), painted as one row by the delegate.

Holds what the window shows of each section; asks nobody and changes nothing of the listening.
"""

from enum import IntEnum
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from player.core.clock import at_speed, clock_text
from player.core.coverage import NOTHING_HEARD, Coverage
from player.core.outline import EMPTY_OUTLINE, Outline
from player.core.outline_filter import matching, with_ancestors
from player.core.section import Section
from player.core.timeline import Timeline
from player.ui.label import plain_tip

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole
HEARD_ENOUGH = 0.98  # a section with this share heard counts as heard: skips and clocks leave crumbs
NO_INDEX = QModelIndex()


class Column(IntEnum):
    """The columns of the outline."""

    MARK = 0
    NUMBER = 1
    TITLE = 2
    TIME = 3


class OutlineRow(NamedTuple):
    """What one row shows: ``share`` is how much of the whole section was heard, 0 to 1."""

    section: Section
    share: float
    is_current: bool
    is_on_path: bool
    time: str

    @property
    def is_heard(self) -> bool:
        """Whether the whole section counts as heard."""
        return self.share >= HEARD_ENOUGH


class OutlineModel(QAbstractItemModel):
    """Sections of one outline. Indexes carry the section's row in playing order; nothing hangs behind a pointer.

    While it ``is_editable``, a title that is put in its place is ``title_given``, which changes nothing here.
    """

    title_given = Signal(int, str)  # the row of a section in playing order, a title

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.is_editable = False
        self._outline = EMPTY_OUTLINE
        self._coverage = NOTHING_HEARD
        self._timeline = Timeline(EMPTY_OUTLINE)
        self._path: tuple[int, ...] = ()
        self._ms = 0
        self._speed = 1.0
        self._filter = ""
        self._found: tuple[Section, ...] | None = None
        self._lay_out()

    # --- what is shown ---

    @property
    def outline(self) -> Outline:
        """The outline that is shown."""
        return self._outline

    @property
    def path(self) -> tuple[int, ...]:
        """The rows from the top down to the current section."""
        return self._path

    @property
    def first_found(self) -> Section | None:
        """The first section that the filter found."""
        return self._found[0] if self._found else None

    @property
    def found_count(self) -> int | None:
        """How many sections the filter found; None without a filter."""
        return None if self._found is None else len(self._found)

    def show(self, timeline: Timeline, coverage: Coverage) -> None:
        """Show another outline."""
        self.beginResetModel()
        self._outline = timeline.outline
        self._timeline = timeline
        self._coverage = coverage
        self._path = ()
        self._lay_out()
        self.endResetModel()

    def set_filter(self, text: str) -> None:
        """Keep only sections that ``text`` finds, with those above them; all when there is nothing to look for."""
        if text.strip() == self._filter.strip():
            return
        self.beginResetModel()
        self._filter = text
        self._lay_out()
        self.endResetModel()

    def set_coverage(self, coverage: Coverage) -> None:
        """Show what is heard by now."""
        if coverage == self._coverage:
            return
        self._coverage = coverage
        for row in self._path:
            self._touch(row)

    def set_all_coverage(self, coverage: Coverage) -> None:
        """Show what is heard by now, when it changed anywhere."""
        self._coverage = coverage
        for siblings in self._children.values():
            if siblings:
                self.dataChanged.emit(self.index_of(siblings[0]), self.index_of(siblings[-1], Column.TIME))

    def set_place(self, ms: int, speed: float) -> bool:
        """Move the current path to ``ms``; times left are told at ``speed``. True when another section is current."""
        self._ms, self._speed = ms, speed
        path = tuple(section.row for section in self._timeline.path(self._timeline.section_at(ms)))
        before, self._path = self._path, path
        for row in {*before, *path}:
            self._touch(row)
        return before[-1:] != path[-1:]

    def row_of(self, section: Section) -> OutlineRow:
        """What the row of ``section`` shows."""
        is_on_path = section.row in self._path
        return OutlineRow(
            section,
            self._share(section),
            is_on_path and section.row == self._path[-1],
            is_on_path,
            self._time(section, is_on_path=is_on_path),
        )

    def index_of(self, row: int, column: int = 0) -> QModelIndex:
        """The index of the section with that row in playing order; invalid when the filter hides it."""
        if row not in self._position:
            return QModelIndex()
        return self.createIndex(self._position[row], column, row)

    def section(self, index: Index) -> Section | None:
        """The section behind ``index``."""
        return self._outline[index.internalId()] if index.isValid() else None

    # --- how it is worked out ---

    def _lay_out(self) -> None:
        """Which rows are shown, and where each stands among its siblings."""
        self._found = matching(self._outline, self._filter)
        kept = None if self._found is None else with_ancestors(self._outline, self._found)
        self._children: dict[int | None, list[int]] = {None: []}
        self._position: dict[int, int] = {}
        for section in self._outline.sections:
            if kept is None or section.row in kept:
                siblings = self._children.setdefault(section.parent, [])
                self._position[section.row] = len(siblings)
                siblings.append(section.row)

    def _touch(self, row: int) -> None:
        if row in self._position:
            self.dataChanged.emit(self.index_of(row), self.index_of(row, Column.TIME))

    def _share(self, section: Section) -> float:
        end_ms = section.whole_end_ms
        if end_ms is None or end_ms <= section.start_ms:
            return 0.0
        return self._coverage.within(section.start_ms, end_ms) / (end_ms - section.start_ms)

    def _time(self, section: Section, *, is_on_path: bool) -> str:
        if section.whole_ms is None or section.whole_end_ms is None:
            return ""
        if is_on_path:
            return self.tr("{0} left").format(clock_text(at_speed(section.whole_end_ms - self._ms, self._speed)))
        return clock_text(section.whole_ms)

    def _spoken(self, row: OutlineRow) -> str:
        parts = [
            row.section.title,
            self.tr("level {0}").format(row.section.depth),
            self.tr("{0} percent heard").format(round(row.share * 100)),
        ]
        if row.time:
            parts.append(self._spoken_time(row))
        if row.is_current:
            parts.append(self.tr("current"))
        return ", ".join(parts)

    def _spoken_time(self, row: OutlineRow) -> str:
        end_ms, start_ms = row.section.whole_end_ms, row.section.start_ms
        assert end_ms is not None  # a row without an end shows no time
        if row.is_on_path:
            return self.tr("{0} left").format(self._spoken_length(at_speed(end_ms - self._ms, self._speed)))
        return self._spoken_length(end_ms - start_ms)

    def _spoken_length(self, ms: int) -> str:
        minutes, seconds = divmod(max(0, ms) // 1000, 60)
        hours, minutes = divmod(minutes, 60)
        if hours:
            return self.tr("{0} hours {1} minutes").format(hours, minutes)
        return self.tr("{0} minutes {1}").format(minutes, seconds)

    def _tip(self, section: Section) -> str:
        lines = [section.title, self.tr("Starts at {0}").format(clock_text(section.start_ms))]
        if section.is_parent and section.own_ms is not None and section.whole_ms is not None:
            lines.append(
                self.tr("{0} in all, {1} of it before its first part").format(
                    clock_text(section.whole_ms), clock_text(section.own_ms)
                )
            )
        return "\n".join(lines)

    # --- Qt's side ---

    def index(self, row: int, column: int, parent: Index = NO_INDEX) -> QModelIndex:
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        above = parent.internalId() if parent.isValid() else None
        return self.createIndex(row, column, self._children[above][row])

    def parent(self, index: Index = NO_INDEX) -> QModelIndex:  # type: ignore[override]  # QObject.parent is overloaded
        section = self.section(index)
        if section is None or section.parent is None:
            return QModelIndex()
        return self.index_of(section.parent)

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        if parent.isValid() and parent.column() != 0:
            return 0
        return len(self._children.get(parent.internalId() if parent.isValid() else None, ()))

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        return len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        section = self.section(index)
        if section is None:
            return None
        match role:
            case Qt.ItemDataRole.UserRole:
                return self.row_of(section)
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                is_edited = role == Qt.ItemDataRole.EditRole
                return section.title if is_edited else self._text(section, index.column())
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(self._tip(section))
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(self.row_of(section))
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        section = self.section(index)
        if section is None or role != Qt.ItemDataRole.EditRole or not self.is_editable:
            return False
        self.title_given.emit(section.row, str(value))
        return True

    def _text(self, section: Section, column: int) -> str:
        match column:
            case Column.MARK:
                return self.tr("{0} %").format(round(self._share(section) * 100))
            case Column.NUMBER:
                return section.label or ""
            case Column.TITLE:
                return section.rest if section.label else section.title
        return self._time(section, is_on_path=section.row in self._path)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (self.tr("Heard"), self.tr("Number"), self.tr("Title"), self.tr("Time"))[section]
