"""Snapshots of the library: whole copies, checked when they are made, named so that any damage to them shows.

A name holds the number (they are ordered by it, never by a clock), the time by the clock of then, and a checksum of the
whole file. What is kept: the last few, the last of each of some days, and of some weeks. When one is due is decided
elsewhere.
"""

import os
import re
import sqlite3
import tempfile
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from player.core.errors import LibraryError
from player.library.connection import connect_to_read

RECENT, DAILY, WEEKLY = 6, 7, 4

_NAME = re.compile(r"(\d{6,})-(\d{8}T\d{6}Z)-([0-9a-f]{8})\.db")
_STAMP = "%Y%m%dT%H%M%SZ"
_NEW = "new-"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_CHUNK = 1 << 20

Check = Callable[[sqlite3.Connection], Iterable[str]]
"""Sentences about what is wrong with a copy; none where it is whole."""


class DamagedError(LibraryError):
    """A fresh copy is not whole: neither is what it was copied from."""


class Snapshot(NamedTuple):
    """One snapshot; ``stamp`` is when it was made, by the clock of then, as text that sorts."""

    path: Path
    number: int
    stamp: str
    crc: str

    @property
    def day(self) -> str:
        """The day it was made on, as that clock had it."""
        return self.stamp[:8]

    @property
    def week(self) -> str:
        """The week it was made in: the year and its number."""
        try:
            return "{}-{}".format(*datetime.strptime(self.day, "%Y%m%d").replace(tzinfo=UTC).isocalendar()[:2])
        except ValueError:
            return self.day  # the name was made by hand

    @property
    def made_at_ms(self) -> int:
        """The time in its name, milliseconds since 1970 UTC."""
        try:
            moment = datetime.strptime(self.stamp, _STAMP).replace(tzinfo=UTC)
        except ValueError:
            return 0  # the name was made by hand
        return int((moment - _EPOCH).total_seconds()) * 1_000

    @property
    def is_whole(self) -> bool:
        """Whether every byte is as it was written. Raises OSError."""
        return checksum(self.path) == self.crc


def snapshots(folder: Path) -> list[Snapshot]:
    """The snapshots in ``folder``, the newest first; none where there is no such folder."""
    try:
        matches = [(path, _NAME.fullmatch(path.name)) for path in folder.iterdir()]
    except (FileNotFoundError, NotADirectoryError):
        return []
    found = [Snapshot(path, int(match[1]), match[2], match[3]) for path, match in matches if match]
    return sorted(found, key=lambda snapshot: snapshot.number, reverse=True)


def kept(found: Iterable[Snapshot]) -> list[Snapshot]:
    """Those of ``found``, the newest first, that are to stay.

    Days and weeks are counted, not measured: a clock that jumps makes a day more, and pushes out no more than one.
    """
    order = list(found)
    keep = {snapshot.number for snapshot in order[:RECENT]}
    for bucket, most in ((Snapshot.day, DAILY), (Snapshot.week, WEEKLY)):
        last: dict[str, int] = {}
        for snapshot in order:
            last.setdefault(bucket.fget(snapshot), snapshot.number)  # type: ignore[attr-defined]  # a property's
        keep |= set(list(last.values())[:most])
    return [snapshot for snapshot in order if snapshot.number in keep]


def take(library: Path, folder: Path, number: int, now_ms: int, check: Check) -> Snapshot:
    """Copy the database at ``library`` into ``folder`` as it is now, check the copy, and give it its name.

    Other programs may write meanwhile. Raises sqlite3.Error and OSError, or DamagedError where the copy is not whole;
    then nothing is left behind.
    """
    folder.mkdir(mode=0o700, exist_ok=True)
    _clear_away(folder)
    descriptor, name = tempfile.mkstemp(dir=folder, prefix=_NEW, suffix=".db")
    os.close(descriptor)
    new = Path(name)
    try:
        copy_database(library, new)
        with closing(connect_to_read(new, is_alone=True)) as db:
            for remark in check(db):
                raise DamagedError(remark)
        crc = checksum(new)
        snapshot = Snapshot(folder / f"{number:06}-{_stamp(now_ms)}-{crc}.db", number, _stamp(now_ms), crc)
        return snapshot._replace(path=new.rename(snapshot.path))
    except BaseException:
        new.unlink(missing_ok=True)
        raise


def drop_old(folder: Path) -> None:
    """Delete the snapshots that are not to stay; to be asked after a new one was checked."""
    found = snapshots(folder)
    for snapshot in {*found} - {*kept(found)}:
        with suppress(PermissionError):  # Windows: another program reads it; it goes the next time
            snapshot.path.unlink(missing_ok=True)


def copy_database(source: Path, target: Path) -> None:
    """Copy a database that may be in use into the empty file ``target``, one file alone, and have it on the disk."""
    with closing(connect_to_read(source)) as db, closing(sqlite3.connect(target, isolation_level=None)) as copy:
        copy.execute("PRAGMA journal_mode = OFF")
        copy.execute("PRAGMA synchronous = OFF")
        db.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # nothing beside it, also when it is opened
    with target.open("rb+") as file:
        os.fsync(file.fileno())


def checksum(path: Path) -> str:
    """CRC-32 of a whole file, as eight digits."""
    crc = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            crc = crc32(chunk, crc)
    return f"{crc:08x}"


def _stamp(now_ms: int) -> str:
    try:
        moment = _EPOCH + timedelta(milliseconds=now_ms)
    except OverflowError:
        moment = _EPOCH  # a clock far out of this world orders nothing
    return moment.strftime(_STAMP)


def _clear_away(folder: Path) -> None:
    """Copies that a kill left half made."""
    for path in folder.glob(f"{_NEW}*"):
        with suppress(PermissionError):
            path.unlink(missing_ok=True)
