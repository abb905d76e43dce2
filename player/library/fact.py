"""Rows of the library as facts that mean the same in every copy of it: references are uids, paths are text.

The journal, recovery and the merging of two libraries all speak in them. A row that is not believed is no fact.
"""

import json
import os
import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

from player.library.journal_line import CHAPTERS, EPISODE, FILE, HEARD, PLACE, SETTING, TRAIL, Line
from player.library.row import HeardRow, PlaceRow, TrailRow
from player.library.seal import read_sealed

CHAPTER_COLUMNS = ("start_ms", "title", "source_id", "depth", "end_ms", "link", "is_listed")


def episodes(db: sqlite3.Connection, where: str = "1") -> Iterator[Line]:
    """Episodes; a series comes before its members. ``cover`` is the digest of the picture."""
    found = [row for row, is_believed in read_sealed(db, "episode", where) if is_believed]
    uids = _uids(db, "episode", {row["series"] for row in found})
    covers = _by_id(db, "cover", "digest", {row["cover"] for row in found})
    for row in sorted(found, key=lambda row: row["series"] is not None):
        yield Line(EPISODE, {**row, "series": uids.get(row["series"]), "cover": covers.get(row["cover"])})


def files(db: sqlite3.Connection, where: str = "1") -> Iterator[Line]:
    """Files, in playing order within each episode."""
    found = [row for row, is_believed in read_sealed(db, "file", where) if is_believed]
    uids = _uids(db, "episode", {row["episode"] for row in found})
    for row in sorted(found, key=lambda row: (row["episode"], row["position"])):
        if row["episode"] in uids:
            fingerprint = row["fingerprint"].hex() if row["fingerprint"] else None
            path = os.fsdecode(row["path"])
            yield Line(FILE, {**row, "episode": uids[row["episode"]], "path": path, "fingerprint": fingerprint})


def places(db: sqlite3.Connection, where: str = "1") -> Iterator[Line]:
    """Places that were saved."""
    for uid, row in _of_files(db, "place", PlaceRow, where):
        if row.is_believed:
            yield Line(PLACE, _without_sum(row, uid))


def heard(db: sqlite3.Connection, where: str = "1") -> Iterator[Line]:
    """What was heard, one fact a file."""
    for uid, row in _of_files(db, "heard", HeardRow, where):
        if row.is_believed:
            yield Line(HEARD, {"file": uid, "spans": row.coverage.spans, "seq": row.seq, "device": row.device})


def stops(db: sqlite3.Connection, where: str = "1") -> Iterator[Line]:
    """The trail."""
    for uid, row in _of_files(db, "trail", TrailRow, where):
        if row.is_believed:
            yield Line(TRAIL, _without_sum(row, uid))


def chapter_lists(db: sqlite3.Connection, where: str = "1") -> Iterator[Line]:
    """Lists of chapters with all that was said of each chapter."""
    found = [row for row, is_believed in read_sealed(db, "chapter_list", where) if is_believed]
    uids = _uids(db, "file", {row["file"] for row in found})
    for row in found:
        if row["file"] in uids:
            chapters = db.execute(
                f"SELECT {', '.join(CHAPTER_COLUMNS)} FROM chapter WHERE list = ? ORDER BY position", (row["id"],)
            ).fetchall()
            yield Line(CHAPTERS, {**row, "file": uids[row["file"]], "chapters": chapters})


def settings(db: sqlite3.Connection, where: str = "1", *values: object) -> Iterator[Line]:
    """The listener's settings, those that are still JSON."""
    for key, value in db.execute(f"SELECT key, value FROM setting WHERE {where}", values):
        try:
            json.loads(value)
        except ValueError:
            continue
        yield Line(SETTING, {"key": key, "value": value})


def _without_sum(row: PlaceRow | TrailRow, uid: str) -> dict[str, Any]:
    return {name: value for name, value in row._asdict().items() if name not in ("id", "crc")} | {"file": uid}


def _of_files(db: sqlite3.Connection, table: str, kind: Callable[..., Any], where: str) -> Iterator[tuple[str, Any]]:
    for uid, *row in db.execute(
        f"SELECT file.uid, {table}.* FROM {table} JOIN file ON file.id = {table}.file WHERE {where}"
    ):
        yield uid, kind(*row)


def _uids(db: sqlite3.Connection, table: str, ids: set[Any]) -> dict[int, str]:
    return _by_id(db, table, "uid", ids)


def _by_id(db: sqlite3.Connection, table: str, column: str, ids: set[Any]) -> dict[int, Any]:
    wanted = ids - {None}
    if len(wanted) == 1:
        return dict(db.execute(f"SELECT id, {column} FROM {table} WHERE id = ?", tuple(wanted)))
    return dict(db.execute(f"SELECT id, {column} FROM {table}")) if wanted else {}
