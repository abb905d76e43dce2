"""The places of the trail as a list, the last one first. Shows; changes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from player.core.clock import clock_text
from player.core.timeline import Timeline
from player.session.trail import Stopped
from player.ui.label import plain_tip
from player.ui.stop_words import how_long, path_words, when, why

ROW_ROLE = Qt.ItemDataRole.UserRole
NO_INDEX = QModelIndex()


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One place: its time, the way to its section, and what happened there, when, for how long."""

    stopped: Stopped
    time: str
    path: str
    caption: str

    @property
    def words(self) -> str:
        """All of it in one line."""
        return ", ".join(part for part in (self.time, self.path, self.caption) if part)


class HistoryModel(QAbstractListModel):
    """Each row is a place."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[HistoryRow] = []

    def show(self, stops: Sequence[Stopped], timeline: Timeline, now_ms: int) -> None:
        """Show ``stops``, told from ``now_ms`` (milliseconds since 1970 UTC)."""
        rows = [_row(stopped, timeline, now_ms) for stopped in reversed(stops)]
        if rows != self._rows:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    def row_at(self, index: QModelIndex | QPersistentModelIndex) -> HistoryRow | None:
        """What stands there."""
        return self._rows[index.row()] if index.isValid() else None

    def row_of(self, stopped: Stopped) -> int | None:
        """Where a place stands."""
        return next((at for at, row in enumerate(self._rows) if row.stopped == stopped), None)

    # --- Qt's side ---

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row_at(index)
        if row is None:
            return None
        match role:
            case Qt.ItemDataRole.UserRole:
                return row
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return row.words
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(f"{row.path}\n{row.caption}" if row.path else row.caption)
        return None


def _row(stopped: Stopped, timeline: Timeline, now_ms: int) -> HistoryRow:
    stop = stopped.stop
    facts = [why(stop.kind), when(stop.at_ms, now_ms), how_long(stop.heard_ms)]
    return HistoryRow(
        stopped, clock_text(stopped.ms), path_words(timeline, stopped.ms), " · ".join(fact for fact in facts if fact)
    )
