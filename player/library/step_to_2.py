"""The step from version 1 of the library to version 2, as it was when version 2 came: never changed afterwards.

Places belong to files now and no more to episodes, files have a uid and what their tags say, episodes can be members
of a series, and there is a trail.
"""

import json
import sqlite3
from zlib import crc32

from player.library.statement import statements

_REBUILD = """
ALTER TABLE episode ADD COLUMN kind TEXT NOT NULL DEFAULT 'episode';
ALTER TABLE episode ADD COLUMN series INTEGER REFERENCES episode (id);
ALTER TABLE episode ADD COLUMN series_position INTEGER;
ALTER TABLE episode ADD COLUMN is_arranged INTEGER NOT NULL DEFAULT 0;
ALTER TABLE episode ADD COLUMN shape TEXT NOT NULL DEFAULT 'auto';
ALTER TABLE episode ADD COLUMN seq INTEGER NOT NULL DEFAULT 0;
ALTER TABLE episode ADD COLUMN device TEXT NOT NULL DEFAULT '';
ALTER TABLE episode ADD COLUMN crc INTEGER;
CREATE INDEX episode_by_series ON episode (series) WHERE series IS NOT NULL;

CREATE TABLE new_file (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    episode INTEGER NOT NULL REFERENCES episode (id),
    position INTEGER NOT NULL,
    path BLOB NOT NULL UNIQUE,
    duration_ms INTEGER,
    container TEXT,
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    inode TEXT,
    fingerprint BLOB,
    uid TEXT NOT NULL UNIQUE,
    title TEXT,
    album TEXT,
    disc INTEGER,
    track INTEGER,
    notes TEXT,
    sidecars TEXT,
    seq INTEGER NOT NULL DEFAULT 0,
    device TEXT NOT NULL DEFAULT '',
    crc INTEGER,
    UNIQUE (episode, position)
) STRICT;
INSERT INTO new_file (id, episode, position, path, duration_ms, container, size, mtime_ns, inode, fingerprint, uid)
    SELECT file.id, episode, position, path, duration_ms, container, size, mtime_ns, inode, fingerprint,
        episode.uid || '-' || position FROM file JOIN episode ON episode.id = file.episode;
DROP TABLE file;
ALTER TABLE new_file RENAME TO file;
CREATE INDEX file_by_inode ON file (inode);
CREATE INDEX file_by_fingerprint ON file (fingerprint) WHERE fingerprint IS NOT NULL;

ALTER TABLE chapter_list ADD COLUMN seq INTEGER NOT NULL DEFAULT 0;
ALTER TABLE chapter_list ADD COLUMN device TEXT NOT NULL DEFAULT '';
ALTER TABLE chapter_list ADD COLUMN crc INTEGER;

DROP TABLE place;
CREATE TABLE place (
    file INTEGER PRIMARY KEY REFERENCES file (id),
    ms INTEGER NOT NULL,
    saved_at_ms INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    device TEXT NOT NULL,
    crc INTEGER NOT NULL
) STRICT;

CREATE TABLE trail (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    file INTEGER NOT NULL REFERENCES file (id),
    ms INTEGER NOT NULL,
    kind TEXT NOT NULL,
    heard_ms INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    device TEXT NOT NULL,
    crc INTEGER NOT NULL
) STRICT;
CREATE INDEX trail_by_file ON trail (file);
"""


def take(db: sqlite3.Connection) -> None:
    """Bring a library of version 1 to version 2, in the transaction that is open and with foreign keys off."""
    places = db.execute("SELECT episode, file, ms, saved_at_ms, seq, device, crc FROM place ORDER BY seq").fetchall()
    for statement in statements(_REBUILD):
        db.execute(statement)
    for episode, file, ms, saved_at_ms, seq, device, crc in places:
        values = (file, ms, saved_at_ms, seq, device)
        if crc == _sum("place", episode, *values) and _is_file(db, file):
            row = (*values, _sum("place", *values))
            db.execute("INSERT INTO place (file, ms, saved_at_ms, seq, device, crc) VALUES (?, ?, ?, ?, ?, ?)", row)
        else:
            row_of_old = {"episode": episode, "file": file, "ms": ms, "saved_at_ms": saved_at_ms, "seq": seq}
            kept = json.dumps({**row_of_old, "device": device, "crc": crc})
            db.execute("INSERT INTO set_aside (kind, row) VALUES ('place', ?)", (kept,))


def _is_file(db: sqlite3.Connection, file: int) -> bool:
    return db.execute("SELECT 1 FROM file WHERE id = ?", (file,)).fetchone() is not None


def _sum(*values: object) -> int:
    return crc32("|".join(map(str, values)).encode())
