"""The trail of a work on the disk: how it is read, and the change that adds and takes away stops.

A row is written once and never changed. One that is damaged, or of a kind that is not known here, is not shown and
stays where it is.
"""

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from player.core.episode import Episode
from player.core.errors import LibraryError
from player.core.notice import Notice
from player.core.stop import Stop, StopKind
from player.library.change import Change, EpisodeChange
from player.library.row import TrailRow, write_trail

_KINDS = frozenset(kind.value for kind in StopKind)


@dataclass(frozen=True, slots=True)
class ChangeTrail(EpisodeChange):
    """Stops of one work that came, in the order in which they were left, and stops that went."""

    came: tuple[Stop, ...]
    went: tuple[Stop, ...]

    def after(self, older: Change) -> Change:
        """Both as one: what came and went again was never there."""
        if not isinstance(older, ChangeTrail):
            return self
        came = [stop for stop in older.came if stop not in self.went]
        went = [stop for stop in self.went if stop not in older.came]
        return ChangeTrail(self.episode, (*came, *self.came), (*older.went, *went))

    def write(self, db: sqlite3.Connection, device: str) -> None:
        """Carry it out in the open transaction."""
        for stop in self.went:
            db.execute(
                "DELETE FROM trail WHERE file = ? AND ms = ? AND kind = ? AND at_ms = ? AND heard_ms = ?",
                (stop.file, stop.ms, stop.kind.value, stop.at_ms, stop.heard_ms),
            )
        for stop in self.came:
            if db.execute("SELECT 1 FROM file WHERE id = ?", (stop.file,)).fetchone() is None:
                raise LibraryError(f"The library holds no file {stop.file}.")
            write_trail(db, stop.file, stop.ms, stop.kind.value, stop.heard_ms, stop.at_ms, device=device)

    def show(self, episode: Episode) -> Episode:
        """``episode``, which holds no trail."""
        return episode

    def put_in(self, stops: Iterable[Stop]) -> list[Stop]:
        """``stops`` with it, whether it was written already or not."""
        return [*(stop for stop in stops if stop not in self.went and stop not in self.came), *self.came]


def read_trail(db: sqlite3.Connection, work: int, tell: Callable[[Notice], None]) -> list[Stop]:
    """The stops in all files of a work, in the order in which they were left: by seq, never by a clock."""
    columns = ", ".join(f"trail.{name}" for name in TrailRow._fields)
    rows = [
        TrailRow(*row)
        for row in db.execute(
            f"SELECT {columns} FROM trail JOIN file ON file.id = trail.file "
            "JOIN episode AS member ON member.id = file.episode WHERE member.id = ? OR member.series = ?",
            (work, work),
        )
    ]
    if not all(row.is_believed for row in rows):
        tell(Notice("trail-damaged", "Some places of the history are damaged on the disk and are not used."))
    believed = sorted((row for row in rows if row.is_believed), key=lambda row: (row.seq, row.device, row.id))
    return [
        Stop(row.file, row.ms, StopKind(row.kind), row.at_ms, row.heard_ms) for row in believed if row.kind in _KINDS
    ]
