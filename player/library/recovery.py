"""Putting the library together again: from what can be read of a damaged file, its snapshots and its journal.

The new file is made whole beside the old one, which is then renamed, never deleted. Everything may be interrupted.
"""

import os
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from pathlib import Path

from player.core.notice import Notice
from player.library.connection import FrozenConnection, beside, connect_to_read, connect_to_write, transaction
from player.library.journal import path_of, read_segment, segment_numbers
from player.library.journal_line import Line
from player.library.merging import Kinship, merge
from player.library.merging_kept import Merged
from player.library.part import Part, part_of_database, part_of_lines
from player.library.remains import Remains
from player.library.row import highest_seq
from player.library.salvage import in_memory, in_memory_copy, salvage
from player.library.schema import VERSION, user_version
from player.library.seal import seal_all
from player.library.snapshot import Snapshot, snapshots

ENOUGH = 2  # whole snapshots: the one before the last and both segments hold everything

_SQLITE_OWN = ("-wal", "-shm", "-journal")


@dataclass
class Recovered:
    """What came of it. ``aside`` is the name that the damaged file has now, None where there was none."""

    recordings: int = 0
    aside: str | None = None

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What the listener is told."""
        what = "was damaged" if self.aside else "was missing"
        kept = f" The damaged file is kept as {self.aside}." if self.aside else ""
        count = "1 recording" if self.recordings == 1 else f"{self.recordings} recordings"
        if self.recordings:
            words = f"The library {what} and was put together again: {count}, with what was kept of each.{kept}"
        elif self.aside:
            words = f"The library {what}, and no recording was found to put it together from.{kept}"
        else:
            return ()  # it had held nothing yet
        return (Notice("library-damaged" if self.aside else "library-missing", words),)


def recover(remains: Remains) -> Recovered:
    """Put a new library in the place of the damaged or missing one; nobody else may have it open.

    Raises sqlite3.Error and OSError where the disk does not let us; then everything is as it was.
    """
    is_there = remains.library.exists()
    merged = _build(remains)
    aside = put_aside(remains.library) if is_there or beside(remains.library, "-wal").exists() else None
    remains.new.rename(remains.library)
    remains.mark.unlink(missing_ok=True)
    _sync_folder(remains.library.parent)
    return Recovered(merged.episodes_added, aside)


def catch_up(db: sqlite3.Connection, device: str, remains: Remains) -> Merged:
    """Give an open library what its journal and its snapshots know beyond it: its own log was lost."""
    with ExitStack() as open_parts, transaction(db):
        seq = highest_seq(db)
        total = Merged()
        for part in _kept_parts(remains, open_parts):
            if part.seq > seq:
                _add(total, merge(db, part, Kinship.COPY, device))
        seal_all(db)
    return total


def journal_part(folder: Path) -> Part:
    """All that the segments say, in their order; what cannot be read at all counts as damaged."""
    return part_of_lines(_lines(folder))


def put_aside(library: Path) -> str:
    """Rename the damaged library with all that belongs to it; nothing is deleted or overwritten. Gives its new name."""
    number = 1
    while (aside := library.with_name(f"{library.stem}-damaged-{number}{library.suffix}")).exists():
        number += 1
    if library.exists():
        library.rename(aside)
    else:
        aside.touch(mode=0o600)  # holds the name for what belongs to it
    for suffix in _SQLITE_OWN:
        if beside(library, suffix).exists():
            beside(library, suffix).rename(beside(aside, suffix))
    return aside.name


def part_of_snapshot(snapshot: Snapshot, open_parts: ExitStack) -> Part:
    """What a snapshot knows, row by row where it is damaged; open until ``open_parts`` is left."""
    db: sqlite3.Connection | None = None
    if snapshot.is_whole:
        db = connect_to_read(snapshot.path, is_alone=True)
        if user_version(db) != VERSION:
            with closing(db):
                db = in_memory_copy(db)
    else:
        db = salvage(snapshot.path)
    open_parts.enter_context(closing(db))
    return part_of_database(db)


def in_memory_of(remains: Remains) -> FrozenConnection:
    """The library that ``recover`` would make, in memory, for a disk that takes nothing; to be closed."""
    db = in_memory()
    try:
        with ExitStack() as open_parts:
            _put_together(db, _parts(remains, open_parts))
    except BaseException:
        db.close()
        raise
    return db


def _build(remains: Remains) -> Merged:
    """Make the new file; what an interrupted recovery left there is made again."""
    with ExitStack() as open_parts:
        parts = _parts(remains, open_parts)
        for suffix in ("", *_SQLITE_OWN):
            beside(remains.new, suffix).unlink(missing_ok=True)
        with closing(connect_to_write(remains.new)) as db:
            total = _put_together(db, parts)
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return total


def _parts(remains: Remains, open_parts: ExitStack) -> list[tuple[Part, str | None]]:
    """All that is left of the library, each with the device that wrote it where that is known; open until
    ``open_parts`` is left.
    """
    parts = []
    sources = [remains.new] if remains.new.exists() and not remains.library.exists() else []
    for path in [*sources, remains.library]:
        if path.exists():
            rescued = salvage(path)
            open_parts.enter_context(closing(rescued))
            parts.append((part_of_database(rescued), _device(rescued)))
    read = [part for part, _ in parts]
    parts = [(replace(part, files=_of_known_episodes(part)), device) for part, device in parts]
    for part in _kept_parts(remains, open_parts):
        parts.append((part, _device_of(part)))
    gone = {stop for part, _ in parts for stop in part.gone_stops}
    return [*parts, *((part.without(gone), None) for part in read)]  # what no copy knows the episode of


def _put_together(db: sqlite3.Connection, parts: list[tuple[Part, str | None]]) -> Merged:
    device = next((device for _, device in parts if device), uuid.uuid4().hex)
    total = Merged()
    with transaction(db):
        db.execute("INSERT INTO meta (key, value) VALUES ('device', ?)", (device,))
        for part, _ in parts:
            _add(total, merge(db, part, Kinship.COPY, device))
        seal_all(db)
    return total


def _kept_parts(remains: Remains, open_parts: ExitStack) -> Iterator[Part]:
    """The newest snapshots, until two of them were whole, and then the journal."""
    whole = 0
    for snapshot in snapshots(remains.snapshots):
        if whole == ENOUGH:
            break
        try:
            yield part_of_snapshot(snapshot, open_parts)
            whole += snapshot.is_whole
        except (sqlite3.Error, OSError):
            continue  # this one cannot be read at all: an older one is asked
    yield journal_part(remains.journal)


def _of_known_episodes(part: Part) -> dict[str, Line]:
    """Its files whose episode is believed too."""
    return {uid: line for uid, line in part.files.items() if line.values["episode"] in part.episodes}


def _lines(folder: Path) -> Iterator[Line | None]:
    for number in segment_numbers(folder):
        try:
            yield from read_segment(path_of(folder, number))
        except OSError:
            yield None


def _device(db: sqlite3.Connection) -> str | None:
    row = db.execute("SELECT value FROM meta WHERE key = 'device'").fetchone()
    return row[0] if row else None


def _device_of(part: Part) -> str | None:
    newest = max(part.places.values(), key=lambda line: line.seq, default=None)
    return newest.order[1] if newest else None


def _add(total: Merged, merged: Merged) -> None:
    total.episodes_added += merged.episodes_added
    total.places_taken += merged.places_taken
    total.places_to_trail += merged.places_to_trail


def _sync_folder(folder: Path) -> None:
    """Have the new names on the disk itself, where the system lets a folder be asked that."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
