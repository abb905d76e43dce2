"""Libraries of every earlier version, as the programs of then wrote them, opened by this one."""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from pathlib import Path

import pytest

from player.core.coverage import Coverage
from player.core.errors import LibraryError
from player.core.place import Place
from player.library import schema, step_to_2
from player.library.backup import restore
from player.library.library import Library
from player.library.schema import VERSION, create, user_version
from player.library.seal import SEALED, unbelieved
from player.library.snapshot import snapshots
from tests.builders import DATA
from tests.library.shelf import OWN, PICTURE, database, execute, files_in

ROOT = Path(__file__).parents[2]
VERSIONS = sorted(int(path.stem.removeprefix("version-")) for path in (DATA / "library").glob("version-*.sql"))
KILLS = 12
MORE_CHAPTERS = 40_000  # so that the step takes a while


def put_version(path: Path, version: int) -> Path:
    """A database of that version at ``path``, in WAL as the program leaves it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as db:
        db.executescript((DATA / "library" / f"version-{version}.sql").read_text(encoding="utf-8"))
        db.execute("PRAGMA journal_mode = WAL")
    return path


def check(library: Library) -> None:
    """Everything that the fixtures hold is there."""
    first, second = (library.episode(id) for id in (1, 2))
    assert [summary.id for summary in library.episodes()] == [2, 1]  # by the seq of their places
    assert (first.title, first.speed, first.place) == ("My scheming", 1.4, Place(0, 9_356_000))
    assert first.saved_at_ms == 1_795_000_000_000
    assert first.heard == Coverage(((0, 9_356_000), (10_000_000, 10_060_000)))
    assert first.files[0].chapter_lists[0] == OWN
    assert first.files[0].path == "/home/ada/1.mp3"
    assert library.cover(1) == PICTURE
    assert (second.title, second.is_finished, second.place) == ("Das Gespräch 新", True, Place(0, 5_000))
    assert second.chapter_source == "id3"
    assert library.episode(3).place is None  # its checksum was wrong
    assert library.setting("volume", 1.0) == 0.4
    assert library.setting("open_episode", 0) == 1


def test_there_is_a_fixture_of_every_earlier_version() -> None:
    assert list(range(1, VERSION)) == VERSIONS


@pytest.mark.parametrize("version", VERSIONS)
def test_an_earlier_version_keeps_everything_and_is_copied_first(folder: Path, version: int) -> None:
    put_version(folder / "library.db", version)
    rows = {table: execute(folder, f"SELECT * FROM {table}") for table in ("episode", "place", "heard", "setting")}
    with Library.open(folder) as library:
        check(library)
        assert library.notices == ()
    [snapshot] = snapshots(folder / "snapshots")
    assert snapshot.is_whole
    with closing(sqlite3.connect(snapshot.path)) as db:
        assert user_version(db) == version
        assert all(db.execute(f"SELECT * FROM {table}").fetchall() == kept for table, kept in rows.items())
    with database(folder) as db:
        assert user_version(db) == VERSION
        assert [unbelieved(db, table) for table in SEALED] == [0, 0, 0]
        assert db.execute("SELECT count(*) FROM file WHERE crc IS NULL").fetchone() == (0,)


@pytest.mark.parametrize("version", VERSIONS)
def test_the_steps_lead_to_the_page(folder: Path, version: int) -> None:
    put_version(folder / "library.db", version)
    Library.open(folder).close()
    with closing(sqlite3.connect(":memory:")) as fresh, database(folder) as stepped:
        create(fresh)
        for table in [row[0] for row in fresh.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]:
            assert columns(fresh, table) == columns(stepped, table), table
        assert indexes(fresh) == indexes(stepped)


def columns(db: sqlite3.Connection, table: str) -> set[tuple[object, ...]]:
    return {tuple(row[1:]) for row in db.execute(f"PRAGMA table_info({table})")}


def indexes(db: sqlite3.Connection) -> set[str]:
    return {row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'index'")}


@pytest.mark.parametrize("version", VERSIONS)
def test_the_uids_of_two_migrated_copies_are_the_same(tmp_path: Path, version: int) -> None:
    uids = []
    for name in ("one", "two"):
        put_version(tmp_path / name / "library.db", version)
        Library.open(tmp_path / name).close()
        uids.append(execute(tmp_path / name, "SELECT uid FROM file ORDER BY id"))
    assert uids[0] == uids[1]


@pytest.mark.parametrize("version", VERSIONS)
def test_a_backup_of_an_earlier_version_is_restored(library: Library, tmp_path: Path, version: int) -> None:
    backup = put_version(tmp_path / "backup", version)
    before = backup.read_bytes()
    assert restore(library, backup).recordings == 2
    assert {summary.title for summary in library.episodes()} == {"My scheming", "Das Gespräch 新"}
    assert backup.read_bytes() == before


def test_a_damaged_library_is_put_together_from_the_copy_of_an_earlier_version(folder: Path) -> None:
    put_version(folder / "library.db", 1)
    Library.open(folder).close()
    (folder / "library.db").unlink()
    shutil.rmtree(folder / "journal", ignore_errors=True)
    with Library.open(folder) as library:
        check(library)
        assert [notice.code for notice in library.notices] == ["library-missing"]


def test_a_step_that_fails_leaves_the_earlier_version_as_it_was(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_version(folder / "library.db", 1)
    before = execute(folder, "SELECT * FROM place")

    def full(db: sqlite3.Connection) -> None:
        step_to_2.take(db)
        raise OSError(28, "No space left on device")

    monkeypatch.setitem(schema.STEPS, 1, full)
    with pytest.raises(LibraryError, match="No space left"):
        Library.open(folder)
    assert execute(folder, "PRAGMA user_version") == [(1,)]
    assert execute(folder, "SELECT * FROM place") == before


def test_where_there_is_no_room_for_the_copy_the_library_is_shown_as_it_would_be(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = put_version(folder / "library.db", 1).read_bytes()

    def full(source: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("player.library.snapshot.copy_database", full)
    with Library.open(folder) as library:
        check(library)
        [notice] = library.notices
        assert notice.message.endswith("cannot be written: what you do now is kept in memory until it can.")
        library.save_place(2, 2, 6_000, 5)
        assert not library.close(0.05)
    assert files_in(folder) == {"library.db": before}


def test_on_a_read_only_disk_an_earlier_version_is_shown_and_brought_up_to_date_when_it_can_be_written(
    open_folder: Path, without_rights: Callable[[], AbstractContextManager[None]]
) -> None:
    before = put_version(open_folder / "library.db", 1).read_bytes()
    (open_folder / "library.db").chmod(0o644)
    with without_rights():
        library = Library.open(open_folder)
        check(library)
        assert [notice.code for notice in library.notices] == ["library-read-only"]
        saved = library.save_place(2, 2, 6_000, 5)
        assert not library.flush(0.3)
        assert library.episode(2).place == Place(0, 6_000)
        assert files_in(open_folder) == {"library.db": before}
    saved.result(10)  # the rights are back
    assert library.episode(2).place == Place(0, 6_000)
    assert library.episode(1).place == Place(0, 9_356_000)
    assert library.close()
    [snapshot] = snapshots(open_folder / "snapshots")
    with closing(sqlite3.connect(snapshot.path)) as db:
        assert user_version(db) == 1
    with database(open_folder) as db:
        assert user_version(db) == VERSION


def test_a_kill_in_the_middle_loses_nothing(tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    put_version(whole / "library.db", 1)
    with database(whole) as db:
        rows = ((3, number, number, f"Chapter {number}") for number in range(10, MORE_CHAPTERS))
        db.execute("BEGIN")
        db.executemany("INSERT INTO chapter (list, position, start_ms, title, is_listed) VALUES (?, ?, ?, ?, 1)", rows)
        db.execute("COMMIT")
    folder = tmp_path / "data"
    chance = random.Random(5)
    found = {1: 0, VERSION: 0}
    for _ in range(KILLS):
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(whole, folder)
        command = [sys.executable, "-m", "tests.library.children", "open", str(folder)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=dict(os.environ)) as child:
            assert child.stdout is not None
            child.stdout.readline()
            time.sleep(chance.uniform(0.0, 0.4))
            child.kill()
        found[int(execute(folder, "PRAGMA user_version")[0][0])] += 1
        with Library.open(folder) as library:
            check(library)
            assert library.notices == ()
        assert not [name for name in files_in(folder) if "damaged" in name]
    assert sum(found.values()) == KILLS
