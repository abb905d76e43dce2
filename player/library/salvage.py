"""Reading what can still be read of a damaged database into a whole one in memory. The damaged file is not changed.

Which of the rows are believed is not decided here: seals and checksums come with them.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from player.library.connection import FrozenConnection, connect_to_read
from player.library.schema import APPLICATION_ID, VERSION, create, migrate, user_version
from player.library.seal import columns

_WITH_ID = ("cover", "episode", "file", "chapter_list", "trail", "place", "heard")
_WITHOUT_ID = ("meta", "counter", "setting", "chapter")
_FARTHEST = 1 << 20  # how far behind a broken row the next readable one is looked for


def salvage(path: Path) -> FrozenConnection:
    """A library in memory, of this version, with every row of the one at ``path`` that can be read; to be closed.

    Where nothing can be read, it is empty.
    """
    rescued = in_memory()
    try:
        with closing(connect_to_read(path, is_alone=True)) as db:
            older = _older(db)
            if older:
                rescued.close()
                return older
            for table in _WITH_ID:
                _copy_by_id(db, rescued, table)
            for table in _WITHOUT_ID:
                _copy_from_both_ends(db, rescued, table)
    except (sqlite3.Error, UnicodeDecodeError, OSError):
        return rescued  # with what was read until here
    return rescued


def _older(db: sqlite3.Connection) -> FrozenConnection | None:
    """A library of an earlier version, whole or not at all; None too where only its number says so."""
    if not 0 < user_version(db) < VERSION:
        return None
    try:
        return in_memory_copy(db)
    except (sqlite3.Error, UnicodeDecodeError):
        return None


def in_memory() -> FrozenConnection:
    """An empty library of this version."""
    db = _connect_to_memory()
    create(db)
    db.execute(f"PRAGMA user_version = {VERSION}")
    return db


def in_memory_copy(db: sqlite3.Connection) -> FrozenConnection:
    """A copy of a library of this version or an earlier one, brought to this version. Raises sqlite3.Error."""
    copy = _connect_to_memory()
    try:
        db.backup(copy)
        if copy.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise sqlite3.DatabaseError("this is not a library of ours")
        migrate(copy)
    except BaseException:
        copy.close()
        raise
    return copy


def _connect_to_memory() -> FrozenConnection:
    db = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False, factory=FrozenConnection)
    db.text_factory = _text
    return db


def _copy_by_id(db: sqlite3.Connection, into: sqlite3.Connection, table: str) -> None:
    """Copy the rows in the order of their ids; behind one that cannot be read, go on a little farther each time."""
    key = "file" if table in ("place", "heard") else "id"
    select, insert = _statements(into, table)
    at, step = -(1 << 62), 1
    while True:
        reached = _copy_rows(db, into, f"{select} WHERE {key} > {at} ORDER BY {key}", insert, key)
        if reached is None:
            return
        if reached > at:
            at, step = reached + 1, 1
        else:
            at, step = max(at, 0) + step, step * 2
        if step > _FARTHEST:
            return


def _copy_from_both_ends(db: sqlite3.Connection, into: sqlite3.Connection, table: str) -> None:
    select, insert = _statements(into, table)
    keys = [row[1] for row in into.execute(f"PRAGMA table_info({table})") if row[5]]
    for direction in ("", " DESC"):
        order = ", ".join(key + direction for key in keys)
        if _copy_rows(db, into, f"{select} ORDER BY {order}", insert, keys[0]) is None:
            return


def _copy_rows(db: sqlite3.Connection, into: sqlite3.Connection, select: str, insert: str, key: str) -> int | None:
    """Copy rows until one cannot be read; gives the last key before it, None when all were read."""
    reached = -(1 << 62)
    try:
        cursor = db.execute(select)
        at = [column[0] for column in cursor.description].index(key)
        for row in cursor:
            reached = row[at] if isinstance(row[at], int) else reached
            try:
                into.execute(insert, row)
            except sqlite3.Error:
                continue  # no row of ours: a value of a kind that its column does not take
    except (sqlite3.Error, UnicodeDecodeError):
        return reached
    return None


def _statements(db: sqlite3.Connection, table: str) -> tuple[str, str]:
    names = [*columns(db, table), *_crc(db, table)]
    select = f"SELECT {', '.join(names)} FROM {table}"
    return select, f"INSERT OR IGNORE INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"


def _crc(db: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in db.execute(f"PRAGMA table_info({table})") if row[1] == "crc"]


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")
