import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from player.library import schema

NOW = schema.VERSION


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        yield db


def tables(db: sqlite3.Connection) -> set[str]:
    return {row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}


def add_note(db: sqlite3.Connection) -> None:
    db.execute("CREATE TABLE note (text TEXT)")


def break_a_reference(db: sqlite3.Connection) -> None:
    db.execute("INSERT INTO place VALUES (999, 0, 0, 1, 'device', 0)")


def test_a_new_file_gets_every_table_its_version_and_its_mark(db: sqlite3.Connection) -> None:
    schema.migrate(db)
    assert {"episode", "file", "chapter_list", "chapter", "place", "heard", "setting", "meta"} <= tables(db)
    assert schema.user_version(db) == schema.VERSION
    assert db.execute("PRAGMA application_id").fetchone()[0] == schema.APPLICATION_ID


def test_a_file_of_this_version_is_left_alone(db: sqlite3.Connection) -> None:
    schema.migrate(db)
    changes = db.total_changes
    schema.migrate(db)
    assert db.total_changes == changes


def test_an_older_file_takes_each_missing_step_in_order(db: sqlite3.Connection) -> None:
    schema.migrate(db)
    taken: list[int] = []
    steps = {NOW + version: lambda _, version=version: taken.append(version) for version in range(4)}
    schema.migrate(db, NOW + 3, steps)
    assert taken == [0, 1, 2]
    assert schema.user_version(db) == NOW + 3


def test_a_failing_step_leaves_the_file_at_the_version_before(db: sqlite3.Connection) -> None:
    schema.migrate(db)

    def half_done(db: sqlite3.Connection) -> None:
        db.execute("CREATE TABLE half (done)")
        raise RuntimeError("the program ends here")

    with pytest.raises(RuntimeError):
        schema.migrate(db, NOW + 2, {NOW: add_note, NOW + 1: half_done})
    assert schema.user_version(db) == NOW + 1
    assert "note" in tables(db)
    assert "half" not in tables(db)
    assert db.execute("PRAGMA foreign_keys").fetchone()[0] == 1


def test_a_step_that_breaks_a_reference_is_taken_back(db: sqlite3.Connection) -> None:
    schema.migrate(db)
    with pytest.raises(sqlite3.IntegrityError, match=f"step to version {NOW + 1} breaks the row"):
        schema.migrate(db, NOW + 1, {NOW: break_a_reference})
    assert schema.user_version(db) == NOW
    assert db.execute("SELECT count(*) FROM place").fetchone()[0] == 0


def test_a_step_taken_by_another_process_meanwhile_is_not_taken_twice(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        schema.migrate(db)

        class Late(sqlite3.Connection):
            """Sees the version, and only then the other process takes the step."""

            is_late = False

            def execute(self, sql: str, *values: object) -> sqlite3.Cursor:  # type: ignore[override]
                if sql == "BEGIN IMMEDIATE" and not self.is_late:
                    self.is_late = True
                    schema.migrate(db, NOW + 1, {NOW: add_note})
                return super().execute(sql, *values)

        with closing(sqlite3.connect(path, isolation_level=None, factory=Late)) as late:
            schema.migrate(late, NOW + 1, {NOW: add_note})
            assert schema.user_version(late) == NOW + 1


def test_ids_of_episodes_are_never_used_twice(db: sqlite3.Connection) -> None:
    schema.migrate(db)
    insert = "INSERT INTO episode (uid, title, added_at_ms) VALUES (?, 'title', 0)"
    first = db.execute(insert, ("a",)).lastrowid
    db.execute("DELETE FROM episode")
    assert db.execute(insert, ("b",)).lastrowid != first
