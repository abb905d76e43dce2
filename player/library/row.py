"""Rows of place, heard and counter: how they are written with seq and checksum, and when they are believed.

SQLite has no checksums, and a flipped bit looks like a time; so each of these rows carries one over its meaning, which
holds in a copy, a snapshot or a journal too. Which change makes which row is not decided here.
"""

import json
import sqlite3
from typing import NamedTuple
from zlib import crc32

from player.core.coverage import Coverage
from player.library.seal import SEALED, read_sealed


class PlaceRow(NamedTuple):
    """A row of ``place``; ``file`` is the id of the file's row."""

    file: int
    ms: int
    saved_at_ms: int
    seq: int
    device: str
    crc: int

    @property
    def is_believed(self) -> bool:
        """Whether the row is what was once written."""
        return self.crc == _place_crc(*self[:-1])


class HeardRow(NamedTuple):
    """A row of ``heard``: ``spans`` is JSON."""

    file: int
    spans: str
    total_ms: int
    seq: int
    device: str
    crc: int

    @property
    def is_believed(self) -> bool:
        """Whether the row is what was once written."""
        return self.crc == _heard_crc(*self[:-1])

    @property
    def coverage(self) -> Coverage:
        """The stretches; to be asked of a believed row only."""
        return Coverage(tuple((start, end) for start, end in json.loads(self.spans)))


class TrailRow(NamedTuple):
    """A row of ``trail``."""

    id: int
    file: int
    ms: int
    kind: str
    heard_ms: int
    at_ms: int
    seq: int
    device: str
    crc: int

    @property
    def is_believed(self) -> bool:
        """Whether the row is what was once written; its id says nothing."""
        return self.crc == _trail_crc(*self[1:-1])


def write_place(db: sqlite3.Connection, file: int, ms: int, saved_at_ms: int, *, device: str) -> None:
    """Put the place in the file of that id, in the transaction that is open."""
    old = read_place(db, file)
    if old and not old.is_believed:
        _set_aside(db, "place", old)
    insert_place(db, file, ms, saved_at_ms, next_seq(db), device)


def insert_place(db: sqlite3.Connection, file: int, ms: int, saved_at_ms: int, seq: int, device: str) -> None:
    """Put a place that has its seq already."""
    values = (file, ms, saved_at_ms, seq, device)
    db.execute(
        "INSERT OR REPLACE INTO place (file, ms, saved_at_ms, seq, device, crc) VALUES (?, ?, ?, ?, ?, ?)",
        (*values, _place_crc(*values)),
    )


def read_place(db: sqlite3.Connection, file: int) -> PlaceRow | None:
    """The row of ``file``, believed or not."""
    row = db.execute(f"SELECT {', '.join(PlaceRow._fields)} FROM place WHERE file = ?", (file,)).fetchone()
    return PlaceRow(*row) if row else None


def write_heard(db: sqlite3.Connection, file: int, heard: Coverage, *, device: str, adds: bool) -> None:
    """Put what was heard of ``file``, or add to it, in the transaction that is open."""
    old = read_heard(db, file)
    if old and not old.is_believed:
        _set_aside(db, "heard", old)
    elif old and adds:
        heard = Coverage.of((*old.coverage.spans, *heard.spans))
        if heard == old.coverage:
            return
    insert_heard(db, file, heard, next_seq(db), device)


def insert_heard(db: sqlite3.Connection, file: int, heard: Coverage, seq: int, device: str) -> None:
    """Put what was heard, as it is, with a seq that it has already."""
    values = (file, json.dumps(heard.spans, separators=(",", ":")), heard.total_ms, seq, device)
    db.execute(
        "INSERT OR REPLACE INTO heard (file, spans, total_ms, seq, device, crc) VALUES (?, ?, ?, ?, ?, ?)",
        (*values, _heard_crc(*values)),
    )


def read_heard(db: sqlite3.Connection, file: int) -> HeardRow | None:
    """The row of ``file``, believed or not."""
    row = db.execute(f"SELECT {', '.join(HeardRow._fields)} FROM heard WHERE file = ?", (file,)).fetchone()
    return HeardRow(*row) if row else None


def write_trail(
    db: sqlite3.Connection, file: int, ms: int, kind: str, heard_ms: int, at_ms: int, *, device: str
) -> int:
    """Add a place worth coming back to, in the transaction that is open; gives the id of its row."""
    return insert_trail(db, file, ms, kind, heard_ms, at_ms, next_seq(db), device)


def insert_trail(
    db: sqlite3.Connection, file: int, ms: int, kind: str, heard_ms: int, at_ms: int, seq: int, device: str
) -> int:
    """Add a row that has its seq already."""
    values = (file, ms, kind, heard_ms, at_ms, seq, device)
    id = db.execute(
        "INSERT INTO trail (file, ms, kind, heard_ms, at_ms, seq, device, crc) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (*values, _trail_crc(*values)),
    ).lastrowid
    assert id is not None
    return id


def next_seq(db: sqlite3.Connection) -> int:
    """One more than the highest seq ever seen (Lamport's clock); the open transaction keeps two from being equal."""
    seq = highest_seq(db) + 1
    _put_seq(db, seq)
    return seq


def highest_seq(db: sqlite3.Connection) -> int:
    """The highest seq ever seen, 0 in a new library; counted anew where the counter is not believed."""
    row = db.execute("SELECT value, crc FROM counter WHERE name = 'seq'").fetchone()
    return int(row[0]) if row and row[1] == _counter_crc(row[0]) else _highest_seq(db)


def raise_seq(db: sqlite3.Connection, seq: int) -> None:
    """Let ``seq`` be the highest seen, unless a higher one was, in the transaction that is open."""
    _put_seq(db, max(seq, highest_seq(db)))


def _put_seq(db: sqlite3.Connection, seq: int) -> None:
    db.execute("INSERT OR REPLACE INTO counter (name, value, crc) VALUES ('seq', ?, ?)", (seq, _counter_crc(seq)))


def _highest_seq(db: sqlite3.Connection) -> int:
    rows: list[PlaceRow | HeardRow | TrailRow] = [
        *(TrailRow(*row) for row in db.execute(f"SELECT {', '.join(TrailRow._fields)} FROM trail")),
        *(PlaceRow(*row) for row in db.execute(f"SELECT {', '.join(PlaceRow._fields)} FROM place")),
        *(HeardRow(*row) for row in db.execute(f"SELECT {', '.join(HeardRow._fields)} FROM heard")),
    ]
    sealed = [row["seq"] for table in SEALED for row, is_believed in read_sealed(db, table) if is_believed]
    return max([*(row.seq for row in rows if row.is_believed), *sealed], default=0)


def _set_aside(db: sqlite3.Connection, kind: str, row: PlaceRow | HeardRow) -> None:
    db.execute("INSERT INTO set_aside (kind, row) VALUES (?, ?)", (kind, json.dumps(row._asdict())))


# Written out, because ten thousand rows are checked before the library is shown.


def _place_crc(file: int, ms: int, saved_at_ms: int, seq: int, device: str) -> int:
    return crc32(f"place|{file}|{ms}|{saved_at_ms}|{seq}|{device}".encode())


def _heard_crc(file: int, spans: str, total_ms: int, seq: int, device: str) -> int:
    return crc32(f"heard|{file}|{spans}|{total_ms}|{seq}|{device}".encode())


def _trail_crc(file: int, ms: int, kind: str, heard_ms: int, at_ms: int, seq: int, device: str) -> int:
    return crc32(f"trail|{file}|{ms}|{kind}|{heard_ms}|{at_ms}|{seq}|{device}".encode())


def _counter_crc(seq: int) -> int:
    return crc32(f"counter|seq|{seq}".encode())
