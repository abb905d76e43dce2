import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from player.library import standing as module
from player.library.connection import connect_to_write, transaction
from player.library.schema import VERSION
from player.library.standing import Standing, standing
from tests.library.shelf import files_in


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library.db"


def filled(path: Path) -> Path:
    with closing(connect_to_write(path)) as db, transaction(db):
        db.executemany("INSERT INTO setting VALUES (?, ?)", [(f"key {n}", f'"{n * 1000}"') for n in range(2_000)])
    return path


def execute(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute(sql)


def test_nothing_and_an_empty_file_are_new(path: Path) -> None:
    assert standing(path) is Standing.NEW
    path.touch()
    assert standing(path) is Standing.NEW


def test_an_empty_database_is_new(path: Path) -> None:
    execute(path, "PRAGMA journal_mode = WAL")
    assert path.stat().st_size
    assert standing(path) is Standing.NEW


def test_our_own_library_is_ours(path: Path) -> None:
    assert standing(filled(path)) is Standing.OURS


def test_other_versions_are_told_apart(path: Path) -> None:
    filled(path)
    execute(path, f"PRAGMA user_version = {VERSION + 1}")
    assert standing(path) is Standing.NEWER
    execute(path, f"PRAGMA user_version = {VERSION - 1}")
    assert standing(path) is Standing.OLDER


def test_another_programs_database_is_foreign(path: Path) -> None:
    execute(path, "CREATE TABLE album (title)")
    assert standing(path) is Standing.FOREIGN
    path.unlink()
    execute(path, "PRAGMA application_id = 7")
    assert standing(path) is Standing.FOREIGN


@pytest.mark.parametrize("size", [1, 50, 99, 4_096, 10_000])
def test_a_cut_file_is_damaged(path: Path, size: int) -> None:
    content = filled(path).read_bytes()
    path.write_bytes(content[:size])
    assert standing(path) is Standing.DAMAGED


def test_a_file_that_is_no_database_is_damaged(path: Path) -> None:
    path.write_bytes(b"something else entirely" * 1_000)
    assert standing(path) is Standing.DAMAGED


def test_a_page_of_rubbish_is_damage(path: Path) -> None:
    content = bytearray(filled(path).read_bytes())
    content[-4_096 * 3 : -4_096 * 2] = b"\xa5" * 4_096
    path.write_bytes(content)
    assert standing(path) is Standing.DAMAGED


def test_rubbish_in_the_schema_is_damage(path: Path) -> None:
    content = bytearray(filled(path).read_bytes())
    content[100:4_096] = b"\xa5" * 3_996
    path.write_bytes(content)
    assert standing(path) is Standing.DAMAGED


def test_a_schema_that_is_no_text_is_damage(path: Path) -> None:
    content = filled(path).read_bytes()
    path.write_bytes(content.replace(b"CREATE TABLE place (", b"CREATE \x8a\x8a\x8a\x8a\x8a place (", 1))
    assert standing(path) is Standing.DAMAGED


def test_an_emptied_file_beside_its_log_is_damaged(path: Path) -> None:
    with closing(connect_to_write(path)) as db:
        db.execute("INSERT INTO setting VALUES ('key', '1')")
        path.write_bytes(b"")
        assert standing(path) is Standing.DAMAGED


def test_large_files_are_not_checked_whole(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = bytearray(filled(path).read_bytes())
    content[-4_096 * 3 : -4_096 * 2] = b"\xa5" * 4_096
    path.write_bytes(content)
    monkeypatch.setattr(module, "QUICK_CHECK_PAGES", 3)
    assert standing(path) is Standing.OURS


def test_looking_changes_no_byte_and_makes_no_file(path: Path, tmp_path: Path) -> None:
    filled(path)
    before = files_in(tmp_path)
    standing(path)
    assert files_in(tmp_path) == before


def test_what_may_not_be_read_is_an_error_and_no_damage(
    open_folder: Path, without_rights: Callable[[], object]
) -> None:
    path = filled(open_folder / "library.db")
    path.chmod(0o000)
    with without_rights(), pytest.raises(PermissionError):
        standing(path)


def test_a_locked_file_is_an_error_and_no_damage(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("player.library.connection.BUSY_S", 0.0)
    filled(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = DELETE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            standing(path)
