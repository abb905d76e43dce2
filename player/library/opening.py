"""Opening the library whatever stands on the disk: what can be read, who writes, and what the listener must be told."""

import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from player.core.errors import LibraryError
from player.core.notice import Notice
from player.library import snapshot
from player.library.connection import FrozenConnection, connect_to_read, connect_to_write, transaction
from player.library.journal import Journal
from player.library.ledger import Ledger
from player.library.lock import FolderLock
from player.library.remains import Remains, newest_seq
from player.library.row import highest_seq
from player.library.standing import Standing, standing
from player.library.trouble import is_unreadable, is_unwritable, sentence
from player.library.wholeness import damage, structural_damage
from player.library.writer import Desk

LIBRARY_FILE = "library.db"
IN_HAND = 10  # changes that a kill may catch between the journal and the database: nothing to tell of
ROOM = 1 << 16  # bytes; where not even these are free, nothing is tried
READ_ONLY = "library-read-only"
UNTIL_THEN = "what you do now is kept in memory until it can."
LEFT_OF_IT = f"what is left of it is shown, and {UNTIL_THEN}"


class Opened(NamedTuple):
    """What opening gave: a connection to read, and ``notices`` for the listener.

    ``desk`` is what the writer begins with, None where nothing can be written now; ``connect`` makes another.
    ``journal`` is what the desks write beside the database, None where nothing is ever written. ``lock`` is held as
    long as the library is open. ``later`` grows by what ``connect`` has to tell.
    """

    reader: sqlite3.Connection
    connect: Callable[[], Desk]
    desk: Desk | None = None
    notices: tuple[Notice, ...] = ()
    journal: Journal | None = None
    lock: FolderLock | None = None
    later: Sequence[Notice] = ()


def open_to_write(path: Path, now_ms: int) -> Opened:
    """Open the library at ``path``, beginning one where there is none; raises LibraryError where nothing can be opened.

    A damaged or missing one is put together again from its remains. One of an earlier version is copied and brought up
    to date. One of a later version, or on a disk that cannot be written, can be read all the same; where one had
    to be brought up to date or put together first, that is done in memory, and on the disk once it can be written.
    ``now_ms`` is the time by the clock, milliseconds since 1970 UTC.
    """
    lock = FolderLock(path.parent)
    try:
        with errors_told(path):
            if not lock.share():
                raise LibraryError(
                    f"Another Outspoken is putting the library {path} together: start again in a moment."
                )
            return _open_to_write(path, lock, now_ms)
    except BaseException:
        lock.release()
        raise


def _open_to_write(path: Path, lock: FolderLock, now_ms: int) -> Opened:
    remains = Remains(path)
    found = standing(path)
    notices: list[Notice] = []
    journal = Journal(remains.journal)
    connect = _connecting(path, journal)
    if is_in_need(found, remains):
        try:
            notices += recover_alone(remains, lock)
        except (sqlite3.OperationalError, OSError) as error:
            if found is Standing.OURS:
                pass  # single rows are damaged and the disk takes no new file: the others are shown
            elif is_unwritable(error):
                from player.library.recovery import in_memory_of  # loaded in need, as below

                what = "missing" if found is Standing.NEW else "damaged"
                words = f"The library {path} is {what}, and the disk cannot be written: {LEFT_OF_IT}"
                return _shown(in_memory_of(remains), _At(path, lock, now_ms), connect, journal, words)
            else:
                raise
        found = standing(path)
    if found is Standing.FOREIGN:
        raise LibraryError(f"{path} is a database of another program; it was left as it is.")
    if found is Standing.NEWER:
        later = f"The library {path} was written by a later version of Outspoken: it is shown, and nothing is saved."
        reader = connect_to_read(path)
        return Opened(reader, _refusing(later), notices=(Notice("library-newer", later),), lock=lock)
    try:
        if found is Standing.OLDER:
            _keep_older(remains, now_ms)
        desk = _connected(connect, remains, lock, notices)
    except (sqlite3.OperationalError, OSError) as error:
        if not is_unwritable(error) or found not in (Standing.OURS, Standing.OLDER):
            raise
        unsaved = f"The library {path} cannot be written: {UNTIL_THEN}"
        if found is Standing.OLDER:
            return _shown(_up_to_date(path), _At(path, lock, now_ms), connect, journal, unsaved)
        notices.append(Notice(READ_ONLY, unsaved))
        return Opened(connect_to_read(path), connect, None, tuple(notices), journal, lock)
    notices += _catch_up(desk, remains)
    return Opened(connect_to_read(path), connect, desk, tuple(notices), journal, lock)


class _At(NamedTuple):
    path: Path
    lock: FolderLock
    now_ms: int


def _shown(reader: FrozenConnection, at: _At, connect: Callable[[], Desk], journal: Journal, unsaved: str) -> Opened:
    """A library in memory, until the one on the disk can be put together or brought up to date."""
    remains, later = Remains(at.path), list[Notice]()

    def connect_at_last() -> Desk:
        with tempfile.TemporaryFile(dir=at.path.parent) as file:
            file.write(bytes(ROOM))  # else all would be put together at each try, and not be taken
        if is_in_need(standing(at.path), remains):
            later.extend(recover_alone(remains, at.lock))
        if standing(at.path) is Standing.OLDER:
            _keep_older(remains, at.now_ms)
        return connect()

    return Opened(reader, connect_at_last, None, (Notice(READ_ONLY, unsaved),), journal, at.lock, later)


def _keep_older(remains: Remains, now_ms: int) -> None:
    """A copy of a library of an earlier version, before it is brought up to date."""
    snapshot.take(remains.library, remains.snapshots, remains.next_number, now_ms, structural_damage)


def _up_to_date(path: Path) -> FrozenConnection:
    from player.library.salvage import in_memory_copy  # loaded in need, as below

    with closing(connect_to_read(path, is_alone=True)) as db:
        return in_memory_copy(db)


def open_to_look(path: Path) -> Opened | None:
    """Open the library at ``path`` without making or changing anything there; None where there is none."""
    with errors_told(path):
        found = standing(path)
        if found is Standing.NEW and Remains(path).are_there:
            raise LibraryError(f"The library {path} is missing; start Outspoken to put it together again.")
        if found is Standing.NEW:
            return None
        if found is Standing.FOREIGN:
            raise LibraryError(f"{path} is a database of another program.")
        if found is Standing.DAMAGED:
            raise LibraryError(f"The library {path} is damaged; start Outspoken to put it together again.")
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


def is_in_need(found: Standing, remains: Remains) -> bool:
    """Whether the library has to be put together again. Raises sqlite3.Error or OSError where that cannot be read."""
    if found is Standing.DAMAGED:
        return True
    if found is Standing.NEW:
        return remains.are_there
    if found in (Standing.OURS, Standing.OLDER) and remains.mark.exists():
        return True
    if found is not Standing.OURS:
        return False
    try:
        with closing(connect_to_read(remains.library, is_alone=True)) as db:
            return next(damage(db), None) is not None
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        if is_unreadable(error):
            return True
        raise


def recover_alone(remains: Remains, lock: FolderLock) -> tuple[Notice, ...]:
    """Put the library together again while nobody else has it open, unless another program just did; gives what to
    tell.

    Raises LibraryError where one keeps it open, and where the disk does not take it.
    """
    is_alone = lock.take_alone()
    try:
        from player.library.recovery import recover  # loaded in need: the window does not wait for it

        if not is_in_need(standing(remains.library), remains):
            return ()
        if not is_alone:
            raise LibraryError(
                f"The library {remains.library} is damaged, and another Outspoken has it open: "
                "close that one and start again."
            )
        return recover(remains).notices
    finally:
        lock.share()


def _connected(connect: Callable[[], Desk], remains: Remains, lock: FolderLock, notices: list[Notice]) -> Desk:
    """A desk; where the file shows only now that it cannot be what we wrote, of one put together again."""
    try:
        return connect()
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        if not is_unreadable(error):
            raise
        remains.mark.touch()
        notices += recover_alone(remains, lock)
        return connect()


def _catch_up(desk: Desk, remains: Remains) -> tuple[Notice, ...]:
    """Take from the journal and the snapshots what the database does not know: SQLite's own log was lost."""
    try:
        ahead = newest_seq(remains) - highest_seq(desk.db)
        if ahead <= 0:
            return ()
        from player.library.recovery import catch_up  # loaded in need, as above

        merged = catch_up(desk.db, desk.device, remains)
        if desk.ledger:
            desk.ledger.forget()
    except OSError as error:
        reason = error.strerror or str(error)
        return (Notice("journal-unreadable", f"The journal beside the library cannot be read ({reason})."),)
    told = "The library had lost its last changes; they were taken from its journal."
    is_more = ahead > IN_HAND and (merged.episodes_added or merged.places_taken)
    return (Notice("library-caught-up", told),) if is_more else ()


def _connecting(path: Path, journal: Journal) -> Callable[[], Desk]:
    def connect() -> Desk:
        db = connect_to_write(path)
        device = _device(db)
        return Desk(db, device, Ledger(db, device, journal))

    return connect


def _refusing(reason: str) -> Callable[[], Desk]:
    def refuse() -> Desk:
        raise LibraryError(reason)

    return refuse


def _device(db: sqlite3.Connection) -> str:
    """The id of this device: decides between equal seqs of two copies of a library."""
    with transaction(db):
        db.execute("INSERT OR IGNORE INTO meta (key, value) VALUES ('device', ?)", (os.urandom(16).hex(),))
        return str(db.execute("SELECT value FROM meta WHERE key = 'device'").fetchone()[0])
