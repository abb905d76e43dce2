"""Puts audio files, once read, into the library: one recording is one episode, however often and by whatever name it
is added. Reading files is not done here.
"""

import hashlib
import os
import sqlite3
import uuid
from collections.abc import Iterable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from player.core.errors import LibraryError
from player.core.reading import Cover, Reading
from player.library.change import Change
from player.library.chapter_row import storable, storable_or_none, write_chapters
from player.library.glance import Glance, Sight, UnseenError, glance
from player.library.known_file import FileState, find
from player.library.library import Library
from player.library.sidecar_row import sidecars_text
from player.readers.sidecar_name import sidecar_state


def add(library: Library, path: str, reading: Reading, now_ms: int) -> int:
    """Put the file at ``path``, of which ``reading`` was read, into the library; returns the id of its episode.

    A file that is there already, under this or another name, keeps its episode, and a removed episode comes back with
    everything; so does a recording that was moved, copied, tagged or laid out anew, which is known by its sound. What
    the file holds is renewed; what the listener gave (place, heard, title, chapters) stays. Waits for the disk: not
    for the window's thread. Raises LibraryError when the file is not there or cannot be stored.
    """
    change = _change(path, reading, now_ms)
    return _outcome(library, change, library.submit(change))


def add_many(library: Library, readings: Iterable[tuple[str, Reading]], now_ms: int) -> list[int | LibraryError]:
    """``add`` for many files, which are written together; gives for each its episode, or why there is none."""
    found: list[AddFile | LibraryError] = []
    for path, reading in readings:
        try:
            found.append(_change(path, reading, now_ms))
        except LibraryError as error:
            found.append(error)
    changes = [each for each in found if isinstance(each, AddFile)]
    outcomes = iter(zip(changes, library.submit(AddFiles(tuple(changes))).result(), strict=True))
    return [each if isinstance(each, LibraryError) else _outcome_or_error(library, *next(outcomes)) for each in found]


def _change(path: str, reading: Reading, now_ms: int) -> "AddFile":
    real = os.path.realpath(path)
    seen = glance(real)
    if seen is None:
        try:
            Path(real).stat()
        except OSError as error:
            raise LibraryError(f"{path} cannot be added ({error.strerror}).") from error
        raise LibraryError(f"{path} is not a file.")
    return AddFile(real, seen, Sight({real: seen}), reading, now_ms)


def _outcome(library: Library, change: "AddFile", added: "Future[int]") -> int:
    """What adding gave; what the writer has still to know of the disk is looked at here, as often as it asks."""
    while True:
        try:
            return added.result()
        except UnseenError as unseen:
            change.sight.take(unseen.path)
            added = library.submit(change)


def _outcome_or_error(
    library: Library, change: "AddFile", outcome: int | LibraryError | UnseenError
) -> int | LibraryError:
    if not isinstance(outcome, UnseenError):
        return outcome
    try:  # now alone, as often as the writer asks
        change.sight.take(outcome.path)
        return _outcome(library, change, library.submit(change))
    except LibraryError as error:
        return error


def find_unchanged(library: Library, path: str) -> int | None:
    """The episode of the file at ``path`` when nothing of it changed since it was read: no need to read it again.

    None also when a file of chapters beside it came, changed or went, and for a file that was moved since: it is put
    in again, so that its new path is known.
    """
    file = library.find_file(path)
    if file is None or library.find_by_path(path) is None or not glance(file.path):
        return None
    is_same = file.is_as(glance(path))
    return file.work if is_same and sidecar_state(Path(file.path)) == file.sidecars else None


@dataclass(frozen=True, slots=True, eq=False)
class AddFile(Change):
    """Puts one file that was read into the library."""

    path: str
    seen: Glance
    sight: Sight
    reading: Reading
    now_ms: int

    @property
    def is_patient(self) -> bool:
        """Whoever adds a file waits for the answer."""
        return False

    def write(self, db: sqlite3.Connection, device: str) -> int:
        """Carry it out; gives the id of what the file is listened to in. Raises UnseenError to be asked again."""

        def ask(statement: str, values: tuple[object, ...]) -> list[tuple[Any, ...]]:
            return db.execute(statement, values).fetchall()

        found = find(ask, self.path, self.seen, self.reading, self.sight.recall)
        if found.replaced:
            _put_out_of_the_way(db, found.replaced)
        if found.file and found.is_copy:
            # A further copy changes nothing: the one that is known stays the one that is played.
            db.execute("UPDATE episode SET is_removed = 0 WHERE id IN (?, ?)", (found.file.episode, found.file.work))
            return found.file.work
        if found.file:
            self._renew(db, found.file)
        episode = found.file.episode if found.file else self._begin(db)
        if self.reading.cover:
            _set_cover(db, episode, self.reading.cover)
        return found.file.work if found.file else episode

    def _begin(self, db: sqlite3.Connection) -> int:
        episode = db.execute(
            "INSERT INTO episode (uid, title, author, added_at_ms) VALUES (?, ?, ?, ?)",
            (uuid.uuid4().hex, self._title(), storable_or_none(self.reading.author), self.now_ms),
        ).lastrowid
        file = db.execute(
            "INSERT INTO file (episode, position, path, duration_ms, container, size, mtime_ns, inode, uid) "
            "VALUES (?, 0, ?, ?, ?, ?, ?, ?, ?)",
            (
                episode,
                os.fsencode(self.path),
                self.reading.duration_ms,
                self.reading.container,
                self.seen.size,
                self.seen.mtime_ns,
                str(self.seen.inode),
                uuid.uuid4().hex,
            ),
        ).lastrowid
        assert episode is not None
        assert file is not None
        db.execute("UPDATE file SET fingerprint = ? WHERE id = ?", (self.reading.fingerprint, file))
        self._write_tags(db, file)
        self._write_sidecars(db, file)
        self._write_chapters(db, file)
        return episode

    def _write_tags(self, db: sqlite3.Connection, file: int) -> None:
        reading = self.reading
        db.execute(
            "UPDATE file SET title = ?, album = ?, disc = ?, track = ?, notes = ? WHERE id = ?",
            (
                storable_or_none(reading.title),
                storable_or_none(reading.album),
                reading.disc,
                reading.track,
                storable_or_none(reading.notes),
                file,
            ),
        )

    def _renew(self, db: sqlite3.Connection, known: FileState) -> None:
        is_changed = not known.is_as(self.seen)
        # A reading of the same bytes that found less than an earlier one went wrong: it takes nothing away.
        db.execute(
            "UPDATE file SET duration_ms = CASE WHEN :is_changed THEN :duration_ms "
            "ELSE coalesce(:duration_ms, duration_ms) END, container = coalesce(:container, container), "
            "size = :size, mtime_ns = :mtime_ns, inode = :inode, path = :path, "
            "fingerprint = CASE WHEN :is_changed THEN :fingerprint ELSE coalesce(:fingerprint, fingerprint) END "
            "WHERE id = :id",
            {
                "is_changed": is_changed,
                "duration_ms": self.reading.duration_ms,
                "container": self.reading.container,
                "size": self.seen.size,
                "mtime_ns": self.seen.mtime_ns,
                "inode": str(self.seen.inode),
                "path": os.fsencode(self._path_of(known)),
                "fingerprint": self.reading.fingerprint,
                "id": known.id,
            },
        )
        if is_changed or self.reading.title:
            self._write_tags(db, known.id)
            db.execute(
                "UPDATE episode SET title = ? WHERE id = ? AND NOT has_own_title", (self._title(), known.episode)
            )
        db.execute(
            "UPDATE episode SET author = coalesce(?, author) WHERE id = ?",
            (storable_or_none(self.reading.author), known.episode),
        )
        db.execute("UPDATE episode SET is_removed = 0 WHERE id IN (?, ?)", (known.episode, known.work))
        if known.sidecars != self.reading.sidecars:
            # Their lists are named "kind:file": what came from a file that is gone goes, what the sound holds stays.
            db.execute(
                "DELETE FROM chapter_list WHERE file = ? AND is_from_file AND instr(source, ':') > 0", (known.id,)
            )
            self._write_sidecars(db, known.id)
        if is_changed or self.reading.chapter_lists:
            db.execute("DELETE FROM chapter_list WHERE file = ? AND is_from_file", (known.id,))
            self._write_chapters(db, known.id)

    def _path_of(self, known: FileState) -> str:
        """A further name of a file changes nothing; one that was moved has only its new name."""
        there = self.sight.recall(known.path)
        return known.path if there and there.is_same_file(self.seen) else self.path

    def _write_sidecars(self, db: sqlite3.Connection, file: int) -> None:
        db.execute("UPDATE file SET sidecars = ? WHERE id = ?", (sidecars_text(self.reading.sidecars), file))

    def _write_chapters(self, db: sqlite3.Connection, file: int) -> None:
        own = {row[0] for row in db.execute("SELECT source FROM chapter_list WHERE file = ?", (file,))}
        for position, chapter_list in enumerate(self.reading.chapter_lists):
            if chapter_list.source not in own:
                write_chapters(db, file, chapter_list, position=position, is_from_file=True)

    def _title(self) -> str:
        stem = os.fsencode(Path(self.path).stem).decode("utf-8", "replace")
        stem = "".join(character if character.isprintable() else " " for character in stem)
        return storable((self.reading.title or "").strip() or stem)


def _put_out_of_the_way(db: sqlite3.Connection, file: FileState) -> None:
    """Another recording lies at the path of ``file``, which waits by another name until it is found again."""
    path = f"{file.path} (replaced, {file.id})"
    db.execute("UPDATE file SET path = ?, inode = NULL WHERE id = ?", (os.fsencode(path), file.id))


@dataclass(frozen=True, slots=True, eq=False)
class AddFiles(Change):
    """Puts many files into the library at once: in one transaction, which costs as much as that of one."""

    changes: tuple[AddFile, ...]

    @property
    def is_patient(self) -> bool:
        """Whoever adds files waits for the answer."""
        return False

    def write(self, db: sqlite3.Connection, device: str) -> list[int | LibraryError | UnseenError]:
        """Carry it out; gives for each what ``AddFile`` gives, or the error that kept it out."""
        outcomes: list[int | LibraryError | UnseenError] = []
        for change in self.changes:
            db.execute("SAVEPOINT file")
            try:
                outcomes.append(change.write(db, device))
            except (LibraryError, UnseenError) as error:
                db.execute("ROLLBACK TO file")
                outcomes.append(error)
            db.execute("RELEASE file")
        return outcomes


def _set_cover(db: sqlite3.Connection, episode: int, cover: Cover) -> None:
    digest = hashlib.sha256(cover.mime.encode() + b"\0" + cover.data).hexdigest()
    db.execute("INSERT OR IGNORE INTO cover (digest, mime, data) VALUES (?, ?, ?)", (digest, cover.mime, cover.data))
    (old,) = db.execute("SELECT cover FROM episode WHERE id = ?", (episode,)).fetchone()
    db.execute("UPDATE episode SET cover = (SELECT id FROM cover WHERE digest = ?) WHERE id = ?", (digest, episode))
    db.execute(
        "DELETE FROM cover WHERE id = ? AND id NOT IN (SELECT cover FROM episode WHERE cover IS NOT NULL)", (old,)
    )
