"""Which recordings are listened to as one book or one series. Members are episodes still, each with all its own.

So whatever is regrouped, no place, nothing heard and no chapters move, and it can be undone. What the listener arranged
is never changed by a rule; later files only join. How files are arranged by their tags is ``core.arrangement``'s.
"""

import os
import sqlite3
import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from player.core.arrangement import Arrangement, Group, arrange, order_as, title_of
from player.core.errors import LibraryError
from player.core.track import Track
from player.library.change import Change
from player.library.chapter_row import storable
from player.library.library import Library

KINDS = {Arrangement.BOOK: "book", Arrangement.SERIES: "series"}


def arrange_folder(library: Library, folder: str, now_ms: int) -> list[int]:
    """Arrange the files in and beneath ``folder`` that the library knows.

    Returns what they are listened to in, in order. Waits for the disk: not for the window's thread.
    """
    works: list[int] = library.submit(ArrangeFiles(now_ms, folder=os.path.realpath(folder))).result()
    return works


def arrange_files(library: Library, paths: Iterable[str], now_ms: int) -> list[int]:
    """``arrange_folder`` for these files alone."""
    real = tuple(os.path.realpath(path) for path in paths)
    works: list[int] = library.submit(ArrangeFiles(now_ms, paths=real)).result()
    return works


def join_group(library: Library, path: str, now_ms: int) -> int | None:
    """Let the file at ``path``, which is in the library, join the book or series of its folder that it belongs to.

    Returns what it is listened to in; None when the library does not know it.
    """
    real = os.path.realpath(path)
    base = os.path.dirname(real)  # noqa: PTH120 - paths of the library are strings
    library.submit(ArrangeFiles(now_ms, folder=Track(f"{base}/x").base, joins_only=True)).result()
    file = library.find_file(real)
    return file.work if file else None


def arrange_as(library: Library, work: int, arrangement: Arrangement, now_ms: int) -> dict[int, int]:
    """Arrange the files of ``work`` as the listener wants.

    Of a recording on its own the others of its folder are taken with it. Returns by the id of each file what it is
    listened to in now. Raises LibraryError where there is nothing to arrange.
    """
    works: dict[int, int] = library.submit(ArrangeAs(work, arrangement, now_ms)).result()
    return works


class _File(NamedTuple):
    """A file with what its episode says of the group that it is in."""

    id: int
    path: str
    episode: int
    series: int | None
    is_arranged: bool
    track: Track


@dataclass(frozen=True, slots=True, eq=False)
class ArrangeFiles(Change):
    """Lets the rules group what is not grouped yet; files join groups that are there.

    ``joins_only``: no new group is made.
    """

    now_ms: int
    folder: str | None = None
    paths: tuple[str, ...] = ()
    joins_only: bool = False

    @property
    def is_patient(self) -> bool:
        """Whoever arranges waits for the answer."""
        return False

    def write(self, db: sqlite3.Connection, device: str) -> list[int]:
        """Carry it out; gives the works in the order of the groups, each once."""
        files = self._files(db)
        works: dict[int, None] = {}
        for group in arrange([file.track for file in files]):
            members = [files[row] for row in group.members]
            if group.arrangement is not Arrangement.SEPARATE:
                self._group(db, group, members)
            works |= dict.fromkeys(_works_of(db, members))
        return list(works)

    def _files(self, db: sqlite3.Connection) -> list[_File]:
        if self.folder is None:
            return _files_at(db, self.paths)
        files = _files_in(db, self.folder)
        if not self.joins_only:
            return files
        beside = [file for file in files if Track(file.path).base == self.folder]
        return beside if any(file.series is not None for file in beside) else []

    def _group(self, db: sqlite3.Connection, group: Group, members: Sequence[_File]) -> None:
        """Put those of ``members`` that stand free into the group of most of the others, else into a new one."""
        groups = Counter(file.series for file in members if file.series is not None)
        free = [file for file in members if file.series is None and not file.is_arranged]
        if groups:
            (most, _), *_ = groups.most_common(1)
            if free:
                _fill(db, most, [*_members(db, most), *free])
        elif len(free) > 1 and not self.joins_only:
            new = _new_group(db, group.arrangement, group.title, free, self.now_ms)
            _put_in_order(db, new, free)


@dataclass(frozen=True, slots=True, eq=False)
class ArrangeAs(Change):
    """What the listener wants of the files of one work, kept against all rules."""

    work: int
    arrangement: Arrangement
    now_ms: int

    @property
    def is_patient(self) -> bool:
        """Whoever arranges waits for the answer."""
        return False

    def write(self, db: sqlite3.Connection, device: str) -> dict[int, int]:
        """Carry it out; gives the work of each file."""
        row = db.execute("SELECT kind FROM episode WHERE id = ?", (self.work,)).fetchone()
        if row is None:
            raise LibraryError(f"There is no episode {self.work} in the library.")
        is_group = row[0] != "episode"
        files = _members(db, self.work) if is_group else _neighbours(db, self.work)
        if len(files) < 2:
            raise LibraryError("There is only this one recording in its folder.")
        if self.arrangement is Arrangement.SEPARATE:
            self._part(db, files)
        elif is_group:
            db.execute("UPDATE episode SET kind = ?, is_arranged = 1 WHERE id = ?", (self._kind, self.work))
            _fill(db, self.work, files)
        else:
            title = title_of([file.track for file in files], range(len(files)))
            group = _new_group(db, self.arrangement, title, files, self.now_ms)
            db.execute("UPDATE episode SET is_arranged = 1 WHERE id = ?", (group,))
            _fill(db, group, files)
        return dict(zip([file.id for file in files], _works_of(db, files), strict=True))

    @property
    def _kind(self) -> str:
        return KINDS[self.arrangement]

    def _part(self, db: sqlite3.Connection, files: Sequence[_File]) -> None:
        for file in files:
            own = _own_episode(db, file, self.now_ms)
            db.execute(
                "UPDATE episode SET series = NULL, series_position = NULL, is_arranged = 1, "
                "speed = coalesce((SELECT speed FROM episode WHERE id = :group), speed), "
                "is_finished = max(is_finished, coalesce((SELECT is_finished FROM episode WHERE id = :group), 0)) "
                "WHERE id = :own",
                {"group": file.series, "own": own},
            )
        for group in {file.series for file in files if file.series is not None}:
            if not _members(db, group):
                db.execute("UPDATE episode SET is_removed = 1 WHERE id = ?", (group,))


# --- rows ---

_COLUMNS = (
    "SELECT file.id, path, file.episode, member.series, member.is_arranged, file.title, album, disc, track "
    "FROM file JOIN episode AS member ON member.id = file.episode LEFT JOIN episode AS work ON work.id = member.series "
    "WHERE NOT member.is_removed AND NOT coalesce(work.is_removed, 0)"
)


def _files_in(db: sqlite3.Connection, folder: str) -> list[_File]:
    start = os.fsencode(folder.rstrip("/")) + b"/"
    rows = db.execute(f"{_COLUMNS} AND path >= ? AND path < ?", (start, start[:-1] + b"0"))
    return _tracked(rows)


def _files_at(db: sqlite3.Connection, paths: Iterable[str]) -> list[_File]:
    found = []
    for path in paths:
        found += db.execute(f"{_COLUMNS} AND path = ?", (os.fsencode(path),)).fetchall()
    return _tracked(found)


def _members(db: sqlite3.Connection, group: int) -> list[_File]:
    rows = db.execute(f"{_COLUMNS} AND member.series = ? ORDER BY member.series_position, file.position", (group,))
    return _tracked(rows)


def _neighbours(db: sqlite3.Connection, episode: int) -> list[_File]:
    """The files of ``episode``, and those beside them that stand free."""
    own = db.execute("SELECT path FROM file WHERE episode = ? ORDER BY position", (episode,)).fetchall()
    base = Track(os.fsdecode(own[0][0])).base if own else ""
    return [
        file
        for file in _files_in(db, base)
        if file.episode == episode or (file.series is None and Track(file.path).base == base)
    ]


def _tracked(rows: Iterable[tuple[object, ...]]) -> list[_File]:
    """The files, each with a name from the folder that all of them share."""
    found = [(row, os.fsdecode(row[1])) for row in rows if isinstance(row[1], bytes)]
    if not found:
        return []
    shared = os.path.commonpath([os.path.dirname(path) for _, path in found])  # noqa: PTH120 - strings, as above
    above = len(os.path.dirname(Track(f"{shared}/x").base).rstrip("/")) + 1  # noqa: PTH120
    return [
        _File(id, path, episode, series, bool(is_arranged), Track(path[above:].replace(os.sep, "/"), *tags))  # type: ignore[arg-type]  # as the schema has them
        for (id, _, episode, series, is_arranged, *tags), path in found
    ]


def _works_of(db: sqlite3.Connection, files: Iterable[_File]) -> list[int]:
    statement = (
        "SELECT coalesce(member.series, member.id) FROM file JOIN episode AS member ON member.id = file.episode "
        "WHERE file.id = ?"
    )
    return [db.execute(statement, (file.id,)).fetchone()[0] for file in files]


def _new_group(
    db: sqlite3.Connection, arrangement: Arrangement, title: str | None, files: Sequence[_File], now_ms: int
) -> int:
    """A group without members yet, called ``title``, with what ``files`` have in common."""
    episodes = [file.episode for file in files]
    first_title, cover, speed = db.execute(
        "SELECT title, cover, speed FROM episode WHERE id = ?", (episodes[0],)
    ).fetchone()
    said = "SELECT author, is_finished FROM episode WHERE id = ?"
    rows = {db.execute(said, (episode,)).fetchone() for episode in episodes}
    authors = {author for author, _ in rows}
    group = db.execute(
        "INSERT INTO episode (uid, title, author, cover, speed, is_finished, added_at_ms, kind) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            uuid.uuid4().hex,
            _shown(title) or first_title,
            authors.pop() if len(authors) == 1 else None,
            cover,
            speed,
            all(is_finished for _, is_finished in rows),
            now_ms,
            KINDS[arrangement],
        ),
    ).lastrowid
    assert group is not None
    return group


def _fill(db: sqlite3.Connection, group: int, files: Sequence[_File]) -> None:
    """Put ``files`` into ``group``, in the order that its kind asks for."""
    (kind,) = db.execute("SELECT kind FROM episode WHERE id = ?", (group,)).fetchone()
    arrangement = Arrangement.SERIES if kind == "series" else Arrangement.BOOK
    shared = _tracked_again(files)
    _put_in_order(db, group, [files[row] for row in order_as(arrangement, shared)])


def _put_in_order(db: sqlite3.Connection, group: int, files: Sequence[_File]) -> None:
    for position, file in enumerate(files):
        own = _own_episode(db, file, 0)
        db.execute("UPDATE episode SET series = ?, series_position = ? WHERE id = ?", (group, position, own))


def _own_episode(db: sqlite3.Connection, file: _File, now_ms: int) -> int:
    """The episode of ``file`` where it is alone in it; else it gets one of its own, with the settings of that."""
    (others,) = db.execute("SELECT count(*) FROM file WHERE episode = ? AND id < ?", (file.episode, file.id)).fetchone()
    if not others:
        return file.episode
    episode = db.execute(
        "INSERT INTO episode (uid, title, author, cover, speed, is_finished, added_at_ms) "
        "SELECT ?, ?, author, cover, speed, is_finished, max(added_at_ms, ?) FROM episode WHERE id = ?",
        (uuid.uuid4().hex, _shown(file.track.shown_title) or "?", now_ms, file.episode),
    ).lastrowid
    assert episode is not None
    db.execute("UPDATE file SET episode = ?, position = 0 WHERE id = ?", (episode, file.id))
    return episode


def _tracked_again(files: Sequence[_File]) -> list[Track]:
    """Names that can be compared, of files that were found in several looks."""
    return [file.track._replace(name=file.path.replace(os.sep, "/")) for file in files]


def _shown(text: str | None) -> str:
    return storable("".join(each if each.isprintable() else " " for each in text or "").strip())
