"""Opening the database file, to write or to read, with the settings that the promises rest on. No table is named here.

Settings: write-ahead log with a sync at every commit, so that what is acknowledged survives a kill and a power cut;
where shared memory is refused (network homes) a rollback journal with the same sync.
"""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from urllib.parse import quote

from player.core.errors import LibraryError
from player.library.schema import migrate
from player.library.trouble import is_busy, is_refusal

OLDEST_SQLITE = (3, 37, 0)  # STRICT tables
BUSY_S = 2.0
OPEN_S = 5.0

_WAL_VERSION = 2  # of the file format, bytes 18 and 19 of the header


class FrozenConnection(sqlite3.Connection):
    """Shows the file as it was when it was opened, whatever is written since."""


def connect_to_write(path: Path) -> sqlite3.Connection:
    """A connection that may write, with every table in place and the file made if need be.

    Raises sqlite3.Error, or LibraryError where this Python's SQLite is too old.
    """
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        needed = ".".join(map(str, OLDEST_SQLITE[:2]))
        raise LibraryError(f"The library needs SQLite {needed}; this Python carries {sqlite3.sqlite_version}.")
    give_up_at = time.monotonic() + OPEN_S
    while True:
        try:
            return _connect_to_write(path)
        except sqlite3.OperationalError as error:
            if not is_busy(error) or time.monotonic() > give_up_at:
                raise
            # Several processes may begin a new library at once, and the switch to WAL does not wait its turn.
            time.sleep(0.02)


def connect_to_read(path: Path, *, is_alone: bool = False) -> sqlite3.Connection:
    """A connection that never changes the database file. Raises sqlite3.Error.

    It is a FrozenConnection where SQLite could not keep its own files beside the library (read-only disk), and, with
    ``is_alone``, where no program has the library open: then nothing at all is made beside it.
    """
    if is_alone and _is_at_rest(path):
        return _connect(path, "mode=ro&immutable=1", FrozenConnection)
    try:
        return _connect(path, "mode=ro", sqlite3.Connection)
    except sqlite3.OperationalError as error:
        if not is_refusal(error) or not os.access(path, os.R_OK, effective_ids=os.access in os.supports_effective_ids):
            raise
        return _connect(path, "mode=ro&immutable=1", FrozenConnection)


def beside(path: Path, suffix: str) -> Path:
    """SQLite's own file next to ``path``: "-wal", "-shm" or "-journal"."""
    return path.with_name(path.name + suffix)


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """Write all or nothing; once it is left without an exception, all of it is on the disk."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def _connect_to_write(path: Path) -> sqlite3.Connection:
    with suppress(FileExistsError):
        path.touch(mode=0o600, exist_ok=False)
    db = _connect(path, "mode=rw", sqlite3.Connection)
    try:
        if db.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            (mode,) = db.execute("PRAGMA journal_mode = WAL").fetchone()
            if mode != "wal":
                db.execute("PRAGMA journal_mode = DELETE")
        db.execute("PRAGMA synchronous = FULL")
        db.execute("PRAGMA fullfsync = ON")  # macOS: its plain fsync does not reach the disk
        db.execute("PRAGMA checkpoint_fullfsync = ON")
        migrate(db)
        with transaction(db):
            pass  # a read-only disk says so here, and not at the first save
    except BaseException:
        db.close()
        raise
    return db


def _connect(path: Path, how: str, factory: type[sqlite3.Connection]) -> sqlite3.Connection:
    db = sqlite3.connect(
        f"{_uri(path)}?{how}",
        uri=True,
        timeout=BUSY_S,
        isolation_level=None,  # transactions are opened where they are meant
        check_same_thread=False,  # the library guards each connection itself
        factory=factory,
    )
    # One broken byte in a title must not hide the whole library.
    db.text_factory = _text
    db.execute("PRAGMA trusted_schema = OFF")
    db.execute("PRAGMA cell_size_check = ON")
    db.execute("PRAGMA foreign_keys = ON")
    try:
        _read_schema(db, path)
    except BaseException:
        db.close()
        raise
    return db


def _read_schema(db: sqlite3.Connection, path: Path) -> None:
    """Read the schema, so that what is wrong with it shows here and as an error of SQLite."""
    try:
        db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except UnicodeDecodeError as error:  # the message quotes the broken schema
        damage = sqlite3.DatabaseError(f"the schema of {path} is no text")
        damage.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise damage from error


_text = partial(str, encoding="utf-8", errors="replace")  # a function of ours would be called for every title


def _uri(path: Path) -> str:
    plain = quote(os.fsencode(path.absolute().as_posix()))
    return f"file://{plain}" if plain.startswith("/") else f"file:///{plain}"


def _is_at_rest(path: Path) -> bool:
    """Whether the library keeps a write-ahead log and none is there: then no program has it open."""
    with path.open("rb") as file:
        header = file.read(20)
    return header[18:20] == bytes((_WAL_VERSION, _WAL_VERSION)) and not beside(path, "-wal").exists()
