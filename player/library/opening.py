"""Opening the library whatever stands on the disk: what can be read, who writes, and what the listener must be told."""

import sqlite3
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from player.core.errors import LibraryError
from player.core.notice import Notice
from player.library.connection import beside, connect_to_read, connect_to_write, transaction
from player.library.journal import Journal
from player.library.ledger import Ledger
from player.library.standing import Standing, standing
from player.library.trouble import is_refusal, sentence
from player.library.writer import Desk

LIBRARY_FILE = "library.db"
JOURNAL_FOLDER = "journal"
SNAPSHOT_FOLDER = "snapshots"


class Opened(NamedTuple):
    """What opening gave: a connection to read, and ``notices`` for the listener.

    ``desk`` is what the writer begins with, None where nothing can be written now; ``connect`` makes another.
    """

    reader: sqlite3.Connection
    connect: Callable[[], Desk]
    desk: Desk | None = None
    notices: tuple[Notice, ...] = ()


def open_to_write(path: Path) -> Opened:
    """Open the library at ``path``, beginning one where there is none; raises LibraryError where nothing can be opened.

    A damaged file is renamed and a new library begun. One of a later version, or on a disk that cannot be written, can
    be read all the same.
    """
    with errors_told(path):
        found = standing(path)
        if found is Standing.FOREIGN:
            raise LibraryError(f"{path} is a database of another program; it was left as it is.")
        if found is Standing.NEWER:
            later = (
                f"The library {path} was written by a later version of Outspoken: it is shown, and nothing is saved."
            )
            return Opened(connect_to_read(path), _refusing(later), notices=(Notice("library-newer", later),))
        notices = (_put_aside(path),) if found is Standing.DAMAGED else ()
        connect = _connecting(path)
        try:
            desk = connect()
        except sqlite3.OperationalError as error:
            if not is_refusal(error) or found is not Standing.OURS:
                raise
            unsaved = f"The library {path} cannot be written: what you do now is kept in memory until it can."
            return Opened(connect_to_read(path), connect, notices=(Notice("library-read-only", unsaved),))
        return Opened(connect_to_read(path), connect, desk, notices)


def open_to_look(path: Path) -> Opened | None:
    """Open the library at ``path`` without making or changing anything there; None where there is none."""
    with errors_told(path):
        found = standing(path)
        if found is Standing.NEW:
            return None
        if found is Standing.FOREIGN:
            raise LibraryError(f"{path} is a database of another program.")
        if found is Standing.DAMAGED:
            raise LibraryError(f"The library {path} is damaged; start Outspoken to put it aside and begin a new one.")
        if found is Standing.OLDER:
            raise LibraryError(f"The library {path} is of an earlier version; start Outspoken to bring it up to date.")
        return Opened(connect_to_read(path, is_alone=True), _refusing(f"The library {path} is only looked at."))


def told(error: BaseException, path: Path) -> str:
    """``error`` in one sentence for the listener."""
    return str(error) if isinstance(error, LibraryError) else sentence(error, path)


@contextmanager
def errors_told(path: Path) -> Iterator[None]:
    """Raise what disk, rights and SQLite object to as LibraryError; mistakes of ours stay what they are."""
    try:
        yield
    except (sqlite3.DatabaseError, UnicodeDecodeError, OSError) as error:
        if isinstance(error, sqlite3.ProgrammingError | sqlite3.IntegrityError | sqlite3.InterfaceError):
            raise
        raise LibraryError(told(error, path)) from error


def _connecting(path: Path) -> Callable[[], Desk]:
    def connect() -> Desk:
        db = connect_to_write(path)
        device = _device(db)
        return Desk(db, device, Ledger(db, device, Journal(path.with_name(JOURNAL_FOLDER))))

    return connect


def _refusing(reason: str) -> Callable[[], Desk]:
    def refuse() -> Desk:
        raise LibraryError(reason)

    return refuse


def _device(db: sqlite3.Connection) -> str:
    """The id of this device: decides between equal seqs of two copies of a library."""
    with transaction(db):
        db.execute("INSERT OR IGNORE INTO meta (key, value) VALUES ('device', ?)", (uuid.uuid4().hex,))
        return str(db.execute("SELECT value FROM meta WHERE key = 'device'").fetchone()[0])


def _put_aside(path: Path) -> Notice:
    """Rename the damaged library with all that belongs to it; nothing is deleted or overwritten."""
    number = 1
    while (aside := path.with_name(f"{path.stem}-damaged-{number}{path.suffix}")).exists():
        number += 1
    for suffix in ("-wal", "-shm", "-journal"):
        if beside(path, suffix).exists():
            beside(path, suffix).rename(beside(aside, suffix))
    path.rename(aside)
    return Notice(
        "library-damaged", f"The library was damaged: it is kept as {aside.name}, and a new one was begun in its place."
    )
