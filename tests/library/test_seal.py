import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from player.core.chapter import Chapter, ChapterList
from player.library.chapter_row import write_chapters
from player.library.connection import connect_to_write
from player.library.seal import SEALED, read_sealed, seal, seal_all, unbelieved


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(connect_to_write(tmp_path / "library.db")) as db:
        db.execute("INSERT INTO episode (id, uid, title, speed, added_at_ms) VALUES (1, 'one', 'Tïtle', 1.1, 0)")
        db.execute(
            "INSERT INTO file (id, episode, position, path, size, mtime_ns, uid) VALUES (5, 1, 0, x'ff', 1, 1, 'five')"
        )
        write_chapters(
            db, 5, ChapterList("own", (Chapter(0, "1. One"), Chapter(9, "2. Two"))), position=0, is_from_file=False
        )
        yield db


def test_a_row_that_nobody_sealed_is_believed(db: sqlite3.Connection) -> None:
    assert [unbelieved(db, table) for table in SEALED] == [0, 0, 0]


def test_sealed_rows_are_believed_as_long_as_nothing_changes(db: sqlite3.Connection) -> None:
    seal_all(db)
    assert [unbelieved(db, table) for table in SEALED] == [0, 0, 0]
    assert all(crc for table in SEALED for (crc,) in db.execute(f"SELECT crc FROM {table}"))


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("episode", "UPDATE episode SET title = 'Title'"),
        ("episode", "UPDATE episode SET speed = 1.2"),
        ("file", "UPDATE file SET path = x'fe'"),
        ("file", "UPDATE file SET uid = 'fivf'"),
        ("chapter_list", "UPDATE chapter SET start_ms = 8 WHERE position = 1"),
        ("chapter_list", "DELETE FROM chapter WHERE position = 1"),
    ],
)
def test_any_change_past_the_seal_shows(db: sqlite3.Connection, table: str, change: str) -> None:
    seal_all(db)
    db.execute(change)
    assert unbelieved(db, table) == 1
    assert [is_believed for _, is_believed in read_sealed(db, table)] == [False]


def test_a_sealed_row_can_be_sealed_again(db: sqlite3.Connection) -> None:
    seal_all(db)
    db.execute("UPDATE episode SET title = 'New'")
    seal(db, "episode", 1)
    assert unbelieved(db, "episode") == 0
    assert next(read_sealed(db, "episode"))[0]["title"] == "New"
