"""Which file of the library a file on the disk is.

By its path or its inode first, which only save work: they say that nothing has to be read. Then by its sound, whatever
it is called and wherever it lies.
"""

import os
import sqlite3
from collections.abc import Callable, Iterable
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from player.core.chapter import Chapter
from player.core.reading import Reading, SidecarState
from player.library.glance import Glance
from player.library.sidecar_row import sidecars_from_text
from player.library.store import FILES_OF_WORKS

Ask = Callable[[str, tuple[object, ...]], list[tuple[Any, ...]]]
"""A statement and its values in, all its rows out."""

Look = Callable[[str], Glance | None]
SAME_LENGTH_MS = 2_000  # copies of one sound differ by what their encoders say of delay and padding

_COLUMNS = (
    "SELECT file.episode, work.id, file.id, path, size, mtime_ns, member.is_removed OR work.is_removed, "
    f"file.sidecars, file.duration_ms, file.fingerprint, file.title FROM {FILES_OF_WORKS}"
)


class FileState(NamedTuple):
    """What the library knows of one audio file: enough to see whether it changed since it was read.

    ``work`` is what it is listened to in: its episode, or the series that this is a member of. ``sidecars`` are the
    files beside it as they were when they were read.
    """

    episode: int
    work: int
    id: int
    path: str
    size: int
    mtime_ns: int
    is_removed: bool
    sidecars: tuple[SidecarState, ...]
    duration_ms: int | None
    fingerprint: bytes | None
    title: str | None

    def is_as(self, seen: Glance | None) -> bool:
        """Whether the file that was ``seen`` has not changed since it was read."""
        return seen is not None and (seen.size, seen.mtime_ns) == (self.size, self.mtime_ns)


def read_known_files(db: sqlite3.Connection) -> dict[str, FileState]:
    """Every file that the library knows, by its path."""
    return {state.path: state for state in map(_state, db.execute(_COLUMNS))}


class Found(NamedTuple):
    """What a file on the disk is to the library.

    ``file`` is the one it is, None for a new one; ``is_copy`` says that this one is still where it was, so that there
    are two. ``replaced`` is the file that was known by that path, and that is no longer there.
    """

    file: FileState | None
    is_copy: bool = False
    replaced: FileState | None = None


def find(ask: Ask, real: str, seen: Glance, reading: Reading, look: Look) -> Found:
    """What the file at ``real`` is, of which ``reading`` was read."""
    named = find_by_name(ask, real, look)
    sounding = find_by_sound(ask, reading.fingerprint, reading.duration_ms)
    if named and named.fingerprint in (None, reading.fingerprint):
        return Found(named)
    if sounding is None:
        is_other = named is not None and is_replaced(ask, named, reading)
        return Found(None, replaced=named) if is_other else Found(named)
    there = look(sounding.path)
    is_copy = there is not None and not there.is_same_file(seen) and sounding.is_as(there)
    return Found(sounding, is_copy, named if named and named.path == real else None)


def find_by_name(ask: Ask, real: str, look: Look) -> FileState | None:
    """The file of the library at the path ``real``, which leads through no links, else another name of the same file.

    ``ask`` carries out one look-up. Between them files are looked at, which takes as long as their disk does.
    """
    for row in ask(f"{_COLUMNS} WHERE path = ?", (os.fsencode(real),)):
        return _state(row)
    seen = look(real)
    if seen is None:
        return None
    for row in ask(f"{_COLUMNS} WHERE inode = ?", (str(seen.inode),)):
        known = _state(row)
        there = look(known.path)
        is_moved = there is None and known.is_as(seen)
        if is_moved or (there is not None and there.is_same_file(seen)):
            return known
    return None


def find_by_sound(ask: Ask, fingerprint: bytes | None, duration_ms: int | None) -> FileState | None:
    """The file of the library with that sound: of several the one that is shown and was listened to last."""
    if fingerprint is None:
        return None
    rows = ask(
        f"{_COLUMNS} LEFT JOIN place ON place.file = file.id WHERE fingerprint = ? "
        "ORDER BY member.is_removed OR work.is_removed, place.seq DESC, file.id",
        (fingerprint,),
    )
    return next((known for row in rows if _is_as_long(known := _state(row), duration_ms)), None)


def is_replaced(ask: Ask, known: FileState, reading: Reading) -> bool:
    """Whether another recording lies where ``known`` was: other sound, of another title, with other sections.

    In doubt it is the same one, changed: a download that went on, a recording made louder. Its place is kept.
    """
    if known.fingerprint is None or reading.fingerprint is None or known.fingerprint == reading.fingerprint:
        return False
    from player.core.alignment import align  # for this rare question alone

    is_renamed = bool(known.title and reading.title and known.title.strip() != reading.title.strip())
    return is_renamed and not any(
        align(before, known.duration_ms, after.chapters, reading.duration_ms).is_same_recording
        for before in _sections(ask, known.id)
        for after in reading.chapter_lists
    )


def _sections(ask: Ask, file: int) -> Iterable[list[Chapter]]:
    """Starts and titles of each list of chapters that the library has of that file."""
    rows = ask(
        "SELECT list, start_ms, title FROM chapter JOIN chapter_list ON chapter_list.id = list "
        "WHERE file = ? AND is_listed ORDER BY list",
        (file,),
    )
    for _, chapters in groupby(rows, key=itemgetter(0)):
        yield [Chapter(start_ms, title) for _, start_ms, title in chapters]


def _state(row: tuple[Any, ...]) -> FileState:
    episode, work, id, path, size, mtime_ns, is_removed, sidecars, duration_ms, fingerprint, title = row
    return FileState(
        episode,
        work,
        id,
        os.fsdecode(path),
        size,
        mtime_ns,
        bool(is_removed),
        sidecars_from_text(sidecars),
        duration_ms,
        fingerprint,
        title,
    )


def _is_as_long(known: FileState, duration_ms: int | None) -> bool:
    if known.duration_ms is None or duration_ms is None:
        return True
    return abs(known.duration_ms - duration_ms) <= SAME_LENGTH_MS
