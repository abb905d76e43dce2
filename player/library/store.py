"""Reading the library: rows to values. Nothing is written here, and a row whose checksum is wrong is not believed."""

import os
import sqlite3
from collections.abc import Callable
from itertools import groupby
from operator import itemgetter
from typing import Any

from player.core.coverage import Coverage
from player.core.episode import Episode, EpisodeFile, EpisodeSummary
from player.core.errors import LibraryError
from player.core.notice import Notice
from player.core.place import Place
from player.core.reading import Cover
from player.core.shape import Shape
from player.core.speed import held_speed
from player.library.chapter_row import read_chapters
from player.library.row import HeardRow, PlaceRow, read_heard, read_place

Tell = Callable[[Notice], None]


FILES_OF_WORKS = (
    "file JOIN episode AS member ON member.id = file.episode "
    "JOIN episode AS work ON work.id = coalesce(member.series, member.id)"
)
"""A work is an episode, or a series with the files of its members."""
WORK_OF_FILE = (
    f"SELECT work.id FROM {FILES_OF_WORKS} WHERE file.id = ? AND NOT member.is_removed AND NOT work.is_removed"
)

_PLAYING_ORDER = "member.series_position, member.id, file.position"


def read_summaries(db: sqlite3.Connection, tell: Tell) -> list[EpisodeSummary]:
    """All episodes that are shown: the last listened to first (by seq, no clock), then the last added first.

    What was added at once, as by one look into a folder, keeps its order.
    """
    rows = db.execute(
        "SELECT work.id, work.title, work.author, work.speed, work.is_finished, work.cover IS NOT NULL, "
        "file.id, path, duration_ms, "
        "ms, saved_at_ms, place.seq, place.device, place.crc, "
        "spans, total_ms, heard.seq, heard.device, heard.crc, work.added_at_ms "
        f"FROM {FILES_OF_WORKS} "
        "LEFT JOIN place ON place.file = file.id LEFT JOIN heard ON heard.file = file.id "
        f"WHERE NOT work.is_removed AND NOT member.is_removed ORDER BY work.id, {_PLAYING_ORDER}"
    )
    found = [_summary(list(files), tell) for _, files in groupby(rows, key=itemgetter(0))]
    return [summary for _, summary in sorted(found, key=itemgetter(0), reverse=True)]


def read_episode(db: sqlite3.Connection, episode: int, tell: Tell) -> Episode:
    """One episode with everything; raises LibraryError where there is none of that id. Removed ones are still read."""
    row = db.execute(
        "SELECT title, author, speed, is_finished, cover IS NOT NULL, chapter_source, added_at_ms, kind, shape "
        "FROM episode WHERE id = ?",
        (episode,),
    ).fetchone()
    file_rows = db.execute(
        "SELECT file.id, path, duration_ms, container, size, mtime_ns, file.uid, "
        "CASE WHEN member.id = :id THEN file.title ELSE member.title END "
        f"FROM {FILES_OF_WORKS} WHERE member.id = :id OR (work.id = :id AND NOT member.is_removed) "
        f"ORDER BY {_PLAYING_ORDER}",
        {"id": episode},
    ).fetchall()
    if row is None or not file_rows:
        raise LibraryError(f"There is no episode {episode} in the library.")
    title, author, speed, is_finished, has_cover, chapter_source, added_at_ms, kind, shape = row
    places = [_believed_place(read_place(db, file_row[0]), title, tell) for file_row in file_rows]
    chapters = read_chapters(db, episode)
    files = tuple(
        EpisodeFile(
            id=id,
            path=os.fsdecode(path),
            duration_ms=duration_ms,
            container=container,
            file_size=size,
            mtime_ns=mtime_ns,
            heard=_heard(read_heard(db, id), title, tell),
            chapter_lists=chapters.get(id, ()),
            uid=uid,
            title=file_title,
            place_ms=place.ms if place else None,
        )
        for (id, path, duration_ms, container, size, mtime_ns, uid, file_title), place in zip(
            file_rows, places, strict=True
        )
    )
    newest = max(((place.seq, place.device, at) for at, place in enumerate(places) if place), default=None)
    place = places[newest[2]] if newest else None
    return Episode(
        id=episode,
        title=title,
        author=author,
        files=files,
        place=Place(newest[2], place.ms) if newest and place else None,
        saved_at_ms=place.saved_at_ms if place else None,
        speed=held_speed(speed),
        is_finished=bool(is_finished),
        has_cover=bool(has_cover),
        chapter_source=chapter_source,
        added_at_ms=added_at_ms,
        is_series=kind == "series",
        shape=_shape(shape),
    )


def read_cover(db: sqlite3.Connection, episode: int) -> Cover | None:
    """The picture of an episode."""
    row = db.execute(
        "SELECT mime, data FROM cover JOIN episode ON episode.cover = cover.id WHERE episode.id = ?", (episode,)
    ).fetchone()
    return Cover(*row) if row else None


def read_notes(db: sqlite3.Connection, episode: int, most: int) -> dict[int, str]:
    """The notes of an episode's files by their ids, in playing order, until ``most`` characters are together."""
    rows = db.execute(
        f"SELECT file.id, notes FROM {FILES_OF_WORKS} WHERE notes IS NOT NULL AND "
        f"(member.id = :id OR (work.id = :id AND NOT member.is_removed)) ORDER BY {_PLAYING_ORDER}",
        {"id": episode},
    )
    found: dict[int, str] = {}
    for file, notes in rows:
        if most <= 0:
            break
        found[file] = notes
        most -= len(notes)
    return found


def read_setting(db: sqlite3.Connection, name: str) -> str | None:
    """A setting as JSON."""
    row = db.execute("SELECT value FROM setting WHERE key = ?", (name,)).fetchone()
    return row[0] if row else None


def _summary(rows: list[tuple[Any, ...]], tell: Tell) -> tuple[tuple[int, str, int], EpisodeSummary]:
    """Of the rows of one episode, one for each file; the first part orders episodes, the greatest first."""
    episode, title, author, speed, is_finished, has_cover, _, path = rows[0][:8]
    start_ms, heard_ms, place_ms, saved_at_ms = 0, 0, None, None
    is_known = True
    newest = (0, "")
    for row in rows:
        file, duration_ms = row[6], row[8]
        place = _believed_place(PlaceRow(file, *row[9:14]), title, tell) if row[9] is not None else None
        if place and (place.seq, place.device) > newest:
            newest = place.seq, place.device
            place_ms, saved_at_ms = start_ms + place.ms, place.saved_at_ms
        heard = HeardRow(file, *row[14:19]) if row[14] is not None else None
        if heard and _is_believed(heard, title, tell):
            heard_ms += heard.total_ms
        is_known = is_known and duration_ms is not None
        start_ms += duration_ms or 0
    return (*newest, rows[0][19]), EpisodeSummary(
        episode,
        title,
        author,
        os.fsdecode(path),
        start_ms if is_known else None,
        place_ms,
        heard_ms,
        saved_at_ms,
        bool(is_finished),
        bool(has_cover),
        held_speed(speed),  # it carries no checksum
    )


def _believed_place(row: PlaceRow | None, title: str, tell: Tell) -> PlaceRow | None:
    if row is None or row.is_believed:
        return row
    tell(Notice("place-damaged", f"The saved place of “{title}” is damaged on the disk and is not used."))
    return None


def _is_believed(row: HeardRow, title: str, tell: Tell) -> bool:
    if row.is_believed:
        return True
    tell(Notice("heard-damaged", f"What was heard of “{title}” is damaged on the disk and is not used."))
    return False


def _shape(value: str) -> Shape:
    try:
        return Shape(value)
    except ValueError:
        return Shape.AUTO  # damaged on the disk


def _heard(row: HeardRow | None, title: str, tell: Tell) -> Coverage:
    return row.coverage if row and _is_believed(row, title, tell) else Coverage()
