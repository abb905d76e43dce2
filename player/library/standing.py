"""What kind of file stands where the library should be, found without changing a byte of it."""

import sqlite3
from contextlib import closing
from enum import Enum
from pathlib import Path

from player.library.connection import beside, connect_to_read
from player.library.schema import APPLICATION_ID, VERSION, user_version
from player.library.trouble import is_unreadable

QUICK_CHECK_PAGES = 2_000  # 8 MB take some 10 ms; larger files are checked row by row as they are read

_MAGIC = b"SQLite format 3\0"
_FORMATS = (b"\1\1", b"\2\2")  # with a rollback journal, with a write-ahead log
_OURS = {"episode", "file", "place", "heard", "counter"}
_LATEST = 1_000  # no version of ours is that high: a higher number is damage


class Standing(Enum):
    """What stands at the path of the library."""

    NEW = "new"  # nothing yet, or an empty file
    OURS = "ours"
    OLDER = "older"  # ours, to be brought up to date before it is read
    NEWER = "newer"  # of a later version than this program knows
    FOREIGN = "foreign"  # somebody else's database
    DAMAGED = "damaged"


def standing(path: Path) -> Standing:
    """What stands at ``path``. Raises sqlite3.Error or OSError where that cannot be read."""
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        return Standing.NEW
    if size == 0:
        # SQLite throws away the log of an empty file, and with it all that was saved.
        return Standing.DAMAGED if _size(beside(path, "-wal")) else Standing.NEW
    with path.open("rb") as file:
        header = file.read(20)
    if header[:16] != _MAGIC or header[18:20] not in _FORMATS:
        return Standing.DAMAGED
    try:
        with closing(connect_to_read(path, is_alone=True)) as db:
            return _standing(db)
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        if is_unreadable(error):
            return Standing.DAMAGED
        raise


def _standing(db: sqlite3.Connection) -> Standing:
    (pages,) = db.execute("PRAGMA page_count").fetchone()
    if pages <= QUICK_CHECK_PAGES and db.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        return Standing.DAMAGED
    (application,) = db.execute("PRAGMA application_id").fetchone()
    version = user_version(db)
    if application != APPLICATION_ID:
        tables = {name for (name,) in db.execute("SELECT name FROM sqlite_schema")}
        if tables >= _OURS:
            return Standing.DAMAGED
        return Standing.FOREIGN if tables or application else Standing.NEW
    if not 0 < version < _LATEST:
        return Standing.DAMAGED
    if version > VERSION:
        return Standing.NEWER
    return Standing.OURS if version == VERSION else Standing.OLDER


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0
