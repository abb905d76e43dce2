"""What kind of file stands where the library should be, found without changing a byte of it."""

import sqlite3
from contextlib import closing
from enum import Enum
from pathlib import Path

from player.library.connection import beside, connect_to_read
from player.library.schema import APPLICATION_ID, VERSION, user_version
from player.library.trouble import is_damage

QUICK_CHECK_PAGES = 2_000  # 8 MB take some 10 ms; larger files are checked row by row as they are read

_MAGIC = b"SQLite format 3\0"


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
        if file.read(len(_MAGIC)) != _MAGIC:
            return Standing.DAMAGED
    try:
        with closing(connect_to_read(path, is_alone=True)) as db:
            return _standing(db)
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        if is_damage(error):
            return Standing.DAMAGED
        raise


def _standing(db: sqlite3.Connection) -> Standing:
    (pages,) = db.execute("PRAGMA page_count").fetchone()
    if pages <= QUICK_CHECK_PAGES and db.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        return Standing.DAMAGED
    (application,) = db.execute("PRAGMA application_id").fetchone()
    version = user_version(db)
    if application != APPLICATION_ID:
        (tables,) = db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        return Standing.FOREIGN if tables or application else Standing.NEW
    if version > VERSION:
        return Standing.NEWER
    return Standing.OURS if version == VERSION else Standing.OLDER


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0
