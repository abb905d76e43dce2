"""Looking at all that is kept: the library, its snapshots, its journal, and whether the recordings are where they were.

Nothing is changed here; what can be mended is mended in ``repair``.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from player.library.connection import connect_to_read
from player.library.journal import path_of, read_segment, segment_numbers
from player.library.opening import LIBRARY_FILE, told
from player.library.remains import Remains, newest_seq
from player.library.row import highest_seq
from player.library.snapshot import snapshots
from player.library.standing import Standing, standing
from player.library.store import FILES_OF_WORKS
from player.library.trouble import is_of_surroundings
from player.library.wholeness import damage

LIBRARY, SNAPSHOTS, JOURNAL, RECORDINGS = "library", "snapshots", "journal", "recordings"


class Finding(NamedTuple):
    """One thing that was looked at. ``code`` is stable, for scripts; ``message`` is a sentence; ``path`` of what."""

    part: str
    code: str
    is_fine: bool
    message: str
    path: str


def examine(folder: Path) -> list[Finding]:
    """All findings about the library in ``folder``, fine ones too. Takes as long as its disks take."""
    remains = Remains(folder / LIBRARY_FILE)
    return [*_library(remains), *_snapshots(remains), *_journal(remains), *_recordings(remains)]


def counted(count: int, word: str) -> str:
    """ "1 line", "2 lines"."""
    return f"1 {word}" if count == 1 else f"{count} {word}s"


def _library(remains: Remains) -> Iterator[Finding]:
    path = remains.library

    def finding(code: str, message: str, *, is_fine: bool = False) -> Finding:
        return Finding(LIBRARY, code, is_fine, message, str(path))

    try:
        found = standing(path)
        if found is Standing.NEW and remains.are_there:
            yield finding("missing", f"The library {path} is missing; it can be put together again.")
        elif found is Standing.NEW:
            yield finding("none", f"There is no library in {path.parent} yet.", is_fine=True)
        elif found is Standing.DAMAGED:
            yield finding("damaged", f"The library {path} is damaged; it can be put together again.")
        elif found is Standing.FOREIGN:
            yield finding("foreign", f"{path} is a database of another program.")
        elif found is Standing.NEWER:
            words = (
                f"The library {path} was written by a later version of Outspoken: it is shown, and nothing is saved."
            )
            yield finding("newer", words)
        elif found is Standing.OLDER:
            words = f"The library {path} is of an earlier version; it is brought up to date at the next start."
            yield finding("older", words, is_fine=True)
        else:
            with closing(connect_to_read(path, is_alone=True)) as db:
                yield from _rows(db, remains)
    except (sqlite3.Error, UnicodeDecodeError, OSError) as error:
        if not is_of_surroundings(error):
            raise
        yield finding("unreadable", told(error, path))


def _rows(db: sqlite3.Connection, remains: Remains) -> Iterator[Finding]:
    path = str(remains.library)
    remarks = list(damage(db, thoroughly=True))
    if remarks or remains.mark.exists():
        words = " ".join(remarks) or "The library was found damaged while Outspoken ran."
        yield Finding(LIBRARY, "damaged", False, f"{words} It can be put together again.", path)
    elif db.execute("PRAGMA foreign_key_check").fetchone():
        yield Finding(LIBRARY, "torn", False, "Rows of the library name others that are not there.", path)
    else:
        counts = [db.execute(f"SELECT count(*) FROM {what}").fetchone()[0] for what in ("file", "place")]
        recordings, places = map(counted, counts, ("recording", "place"))
        words = f"The library is whole: {recordings}, {places}."
        yield Finding(LIBRARY, "whole", True, words, path)
    if newest_seq(remains) > highest_seq(db):
        words = "The journal or a snapshot knows changes that the library does not; they can be taken from there."
        yield Finding(LIBRARY, "behind", False, words, path)


def _snapshots(remains: Remains) -> Iterator[Finding]:
    found = snapshots(remains.snapshots)
    whole = 0
    for snapshot in found:
        try:
            is_whole, why = snapshot.is_whole, "is damaged"
        except OSError as error:
            is_whole, why = False, f"cannot be read ({error.strerror})"
        whole += is_whole
        if not is_whole:
            words = f"The snapshot {snapshot.path.name} {why}."
            yield Finding(SNAPSHOTS, "snapshot-damaged", False, words, str(snapshot.path))
    if found:
        words = f"{counted(whole, 'whole snapshot')}; the newest is {found[0].path.name}."
    else:
        words = "There is no snapshot yet."
    yield Finding(SNAPSHOTS, "snapshots", True, words, str(remains.snapshots))


def _journal(remains: Remains) -> Iterator[Finding]:
    lines = 0
    numbers = segment_numbers(remains.journal)
    for number in numbers:
        path = path_of(remains.journal, number)
        try:
            read = list(read_segment(path))
        except OSError as error:
            words = f"The segment {path.name} of the journal cannot be read ({error.strerror})."
            yield Finding(JOURNAL, "journal-unreadable", False, words, str(path))
            continue
        broken = read.count(None)
        lines += len(read) - broken
        if broken:
            count = "1 line is" if broken == 1 else f"{broken} lines are"
            words = f"In the segment {path.name} of the journal {count} damaged."
            yield Finding(JOURNAL, "journal-damaged", False, words, str(path))
    words = (
        f"The journal has {lines} whole lines in {len(numbers)} segments." if numbers else "There is no journal yet."
    )
    yield Finding(JOURNAL, "journal", True, words, str(remains.journal))


def _recordings(remains: Remains) -> Iterator[Finding]:
    files = _files(remains)
    bad = 0
    for raw, title, size, mtime_ns in files:
        path = os.fsdecode(raw)
        try:
            info = Path(path).stat()
        except OSError as error:
            bad += 1
            yield Finding(RECORDINGS, "recording-missing", False, f"“{title}” is not there ({error.strerror}).", path)
            continue
        if (info.st_size, info.st_mtime_ns) != (size, mtime_ns):
            bad += 1
            yield Finding(RECORDINGS, "recording-changed", False, f"“{title}” has to be read again: it changed.", path)
    if files:
        words = f"{len(files) - bad} of {counted(len(files), 'file')} as they were read."
        yield Finding(RECORDINGS, "recordings", True, words, "")


def _files(remains: Remains) -> list[tuple[bytes, str, int, int]]:
    """Path, title, size and time of change of every file that is shown; none where the library cannot be read."""
    try:
        if standing(remains.library) is not Standing.OURS:
            return []
        with closing(connect_to_read(remains.library, is_alone=True)) as db:
            return db.execute(
                f"SELECT path, member.title, size, mtime_ns FROM {FILES_OF_WORKS} "
                "WHERE NOT member.is_removed AND NOT work.is_removed ORDER BY file.id"
            ).fetchall()
    except (sqlite3.Error, UnicodeDecodeError, OSError) as error:
        if not is_of_surroundings(error):
            raise
        return []  # told as a finding about the library
