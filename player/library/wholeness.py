"""Whether a database is what was once written: SQLite's own check of the structure, and our checksums over the rows.

Nothing is mended here.
"""

import sqlite3
from collections.abc import Iterator

from player.library.row import HeardRow, PlaceRow, TrailRow
from player.library.seal import unbelieved

CHECKED_PAGES = 2_000  # of structure at each start: 8 MB take some 10 ms

_SUMMED: dict[str, type[PlaceRow] | type[HeardRow] | type[TrailRow]] = {
    "place": PlaceRow,
    "heard": HeardRow,
    "trail": TrailRow,
}
_NAMES = {
    "place": ("place", "places"),
    "heard": ("record of what was heard", "records of what was heard"),
    "trail": ("stop of the trail", "stops of the trail"),
    "episode": ("recording", "recordings"),
    "file": ("file", "files"),
    "chapter_list": ("list of chapters", "lists of chapters"),
}


def damage(db: sqlite3.Connection, *, thoroughly: bool = False) -> Iterator[str]:
    """What is wrong with ``db``, a sentence each; nothing where it is whole. Raises sqlite3.Error where it is torn.

    ``thoroughly`` also looks at large structures and at the chapters that the files themselves hold.
    """
    yield from structural_damage(db, thoroughly=thoroughly)
    lists = "1" if thoroughly else "NOT is_from_file"
    for table, kind in _SUMMED.items():
        rows = db.execute(f"SELECT {', '.join(kind._fields)} FROM {table}")
        yield from _told(table, sum(not kind(*row).is_believed for row in rows))
    for table, where in (("episode", "1"), ("file", "1"), ("chapter_list", lists)):
        yield from _told(table, unbelieved(db, table, where))


def structural_damage(db: sqlite3.Connection, *, thoroughly: bool = False) -> Iterator[str]:
    """What SQLite itself finds; of a large file only where that is asked for."""
    (pages,) = db.execute("PRAGMA page_count").fetchone()
    if thoroughly or pages <= CHECKED_PAGES:
        (verdict,) = db.execute("PRAGMA integrity_check(1)").fetchone()
        if verdict != "ok":
            yield "The structure of the library is damaged."


def _told(table: str, count: int) -> Iterator[str]:
    if count:
        one, many = _NAMES[table]
        yield f"1 {one} is damaged." if count == 1 else f"{count} {many} are damaged."
