"""The library on one page of SQL, and the numbered steps that bring older files up to it.

A change of the page needs the next VERSION and a step from the last one. Opening files is not done here.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from player.library import step_to_2
from player.library.seal import seal_all
from player.library.statement import statements

APPLICATION_ID = int.from_bytes(b"Outs", "big")
VERSION = 2

SCHEMA = """

-- what is true of the whole library: the id of this device
CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- the highest seq seen, so that the next is one more
CREATE TABLE counter (
    name TEXT PRIMARY KEY,
    value INTEGER NOT NULL,
    crc INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- the listener's settings, as JSON
CREATE TABLE setting (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- pictures, one row for all episodes that share it
CREATE TABLE cover (
    id INTEGER PRIMARY KEY,
    digest TEXT NOT NULL UNIQUE,
    mime TEXT NOT NULL,
    data BLOB NOT NULL
) STRICT;

CREATE TABLE episode (
    id INTEGER PRIMARY KEY AUTOINCREMENT,  -- never used twice
    uid TEXT NOT NULL UNIQUE,              -- the same in every copy of the library
    title TEXT NOT NULL,
    has_own_title INTEGER NOT NULL DEFAULT 0,  -- the listener's, so reading the file again does not change it
    author TEXT,
    cover INTEGER REFERENCES cover (id),
    speed REAL NOT NULL DEFAULT 1.0,
    is_finished INTEGER NOT NULL DEFAULT 0,
    is_removed INTEGER NOT NULL DEFAULT 0,     -- hidden; comes back when its file is added again
    chapter_source TEXT,                       -- the listener's choice, null for the best
    added_at_ms INTEGER NOT NULL,
    kind TEXT NOT NULL DEFAULT 'episode',      -- or 'series' or 'book': it has no files of its own, its members have
    series INTEGER REFERENCES episode (id),    -- the series or book that it is a member of, and is shown in
    series_position INTEGER,                   -- among the members, in the order of listening
    is_arranged INTEGER NOT NULL DEFAULT 0,    -- the listener said how it stands with others: no rule changes that
    shape TEXT NOT NULL DEFAULT 'auto',        -- core.shape
    seq INTEGER NOT NULL DEFAULT 0,            -- of its last change, with the device that made it
    device TEXT NOT NULL DEFAULT '',
    crc INTEGER                                -- over the whole row, null until it is sealed
) STRICT;

CREATE INDEX episode_by_cover ON episode (cover) WHERE cover IS NOT NULL;
CREATE INDEX episode_by_series ON episode (series) WHERE series IS NOT NULL;

CREATE TABLE file (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    episode INTEGER NOT NULL REFERENCES episode (id),
    position INTEGER NOT NULL,  -- in playing order, 0 = first
    path BLOB NOT NULL UNIQUE,  -- bytes, because not every path is text
    duration_ms INTEGER,
    container TEXT,
    size INTEGER NOT NULL,      -- size, mtime_ns, inode: whether it must be read again, never who it is
    mtime_ns INTEGER NOT NULL,
    inode TEXT,
    fingerprint BLOB,           -- of the audio payload
    uid TEXT NOT NULL UNIQUE,   -- the same in every copy of the library
    title TEXT,                 -- title, album, disc, track, notes: as its tags say
    album TEXT,
    disc INTEGER,
    track INTEGER,
    notes TEXT,                 -- sanitised HTML
    sidecars TEXT,              -- JSON: [[name, size, mtime_ns], ...] as they were when they were read
    seq INTEGER NOT NULL DEFAULT 0,
    device TEXT NOT NULL DEFAULT '',
    crc INTEGER,
    UNIQUE (episode, position)
) STRICT;

CREATE INDEX file_by_inode ON file (inode);
CREATE INDEX file_by_fingerprint ON file (fingerprint) WHERE fingerprint IS NOT NULL;

CREATE TABLE chapter_list (
    id INTEGER PRIMARY KEY,
    file INTEGER NOT NULL REFERENCES file (id),
    source TEXT NOT NULL,
    position INTEGER NOT NULL,      -- best first
    is_from_file INTEGER NOT NULL,  -- 0: put there by the listener, so reading the file again keeps it
    notices TEXT NOT NULL,          -- JSON: [[code, message], ...]
    seq INTEGER NOT NULL DEFAULT 0,
    device TEXT NOT NULL DEFAULT '',
    crc INTEGER,                    -- over its chapters too
    UNIQUE (file, source)
) STRICT;

CREATE TABLE chapter (
    list INTEGER NOT NULL REFERENCES chapter_list (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    start_ms INTEGER NOT NULL,
    title TEXT NOT NULL,
    source_id TEXT,
    depth INTEGER,
    end_ms INTEGER,
    link TEXT,
    is_listed INTEGER NOT NULL,
    PRIMARY KEY (list, position)
) STRICT, WITHOUT ROWID;

-- rows with seq are ordered by it, then by device, never by a clock; a row whose crc is wrong is not believed
-- that of an episode is the one of its files' places with the highest seq
CREATE TABLE place (
    file INTEGER PRIMARY KEY REFERENCES file (id),
    ms INTEGER NOT NULL,
    saved_at_ms INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    device TEXT NOT NULL,
    crc INTEGER NOT NULL
) STRICT;

CREATE TABLE heard (
    file INTEGER PRIMARY KEY REFERENCES file (id),
    spans TEXT NOT NULL,  -- JSON: [[start_ms, end_ms], ...], sorted, disjoint
    total_ms INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    device TEXT NOT NULL,
    crc INTEGER NOT NULL
) STRICT;

-- places worth coming back to
CREATE TABLE trail (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    file INTEGER NOT NULL REFERENCES file (id),
    ms INTEGER NOT NULL,
    kind TEXT NOT NULL,         -- core.trail
    heard_ms INTEGER NOT NULL,  -- how long was listened before it
    at_ms INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    device TEXT NOT NULL,
    crc INTEGER NOT NULL
) STRICT;

CREATE INDEX trail_by_file ON trail (file);

-- damaged rows that had to make room for a new one, kept for repair
CREATE TABLE set_aside (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    row TEXT NOT NULL  -- JSON
) STRICT;

"""

Step = Callable[[sqlite3.Connection], None]

STEPS: Mapping[int, Step] = {1: step_to_2.take}
"""From the version that is the key to the next one."""


def user_version(db: sqlite3.Connection) -> int:
    """The version that the file says it has; 0 for a new one."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def migrate(db: sqlite3.Connection, version: int = VERSION, steps: Mapping[int, Step] = STEPS) -> None:
    """Bring ``db`` up to ``version``: a new file gets the whole page at once, an older one each missing step.

    Each step is one transaction, and another process may do the same at the same time.
    """
    while (found := user_version(db)) < version:
        with _step(db):
            if user_version(db) != found:
                continue  # another process was quicker
            if found == 0:
                create(db)
                reached = VERSION
            else:
                steps[found](db)
                reached = found + 1
                seal_all(db)
            db.execute(f"PRAGMA user_version = {reached}")
            broken = db.execute("PRAGMA foreign_key_check").fetchone()
            if broken:
                raise sqlite3.IntegrityError(f"step to version {reached} breaks the row {tuple(broken)}")


def create(db: sqlite3.Connection) -> None:
    """All tables, in the transaction that is open."""
    for statement in statements(SCHEMA):
        db.execute(statement)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")


@contextmanager
def _step(db: sqlite3.Connection) -> Iterator[None]:
    # Tables can be rebuilt only while foreign keys are off, and that cannot be switched within a transaction.
    db.execute("PRAGMA foreign_keys = OFF")
    try:
        db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            db.execute("ROLLBACK")
            raise
        db.execute("COMMIT")
    finally:
        db.execute("PRAGMA foreign_keys = ON")
