import os
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from player.core.errors import LibraryError
from player.core.place import Place
from player.library import connection, intake
from player.library.connection import FrozenConnection, beside, connect_to_read, connect_to_write, transaction
from player.library.library import Library
from tests.library.shelf import file_of, files_in, make_reading, put_file


def pragma(db: sqlite3.Connection, name: str) -> object:
    return db.execute(f"PRAGMA {name}").fetchone()[0]


def through_a_network_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite's own way of locking where shared memory is refused, as some network homes do."""
    connect = sqlite3.connect
    monkeypatch.setattr(connection.sqlite3, "connect", lambda name, **rest: connect(name + "&vfs=unix-dotfile", **rest))


def test_a_connection_to_write_has_the_settings_that_the_promises_rest_on(tmp_path: Path) -> None:
    with closing(connect_to_write(tmp_path / "library.db")) as db:
        assert pragma(db, "journal_mode") == "wal"
        assert pragma(db, "synchronous") == 2
        assert pragma(db, "foreign_keys") == 1
        assert pragma(db, "cell_size_check") == 1
        assert pragma(db, "trusted_schema") == 0
        assert pragma(db, "busy_timeout") == 2_000


def test_where_the_log_is_refused_a_journal_is_kept_with_the_same_sync(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    through_a_network_home(monkeypatch)
    with closing(connect_to_write(tmp_path / "library.db")) as db:
        assert pragma(db, "journal_mode") == "delete"
        assert pragma(db, "synchronous") == 2
        with closing(connect_to_read(tmp_path / "library.db", is_alone=True)) as reader:
            assert not isinstance(reader, FrozenConnection)


def test_the_file_is_the_listeners_alone(tmp_path: Path) -> None:
    connect_to_write(tmp_path / "library.db").close()
    assert (tmp_path / "library.db").stat().st_mode & 0o777 == 0o600


def test_paths_with_all_sorts_of_characters_are_opened(tmp_path: Path) -> None:
    for name in ("a b", "50% ?x=1&y#z", "Größe", os.fsdecode(b"not-text-\xff")):
        (tmp_path / name).mkdir()
        connect_to_write(tmp_path / name / "library.db").close()
        assert [path.name for path in (tmp_path / name).iterdir()] == ["library.db"]


def test_an_old_sqlite_is_told_in_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "OLDEST_SQLITE", (99, 0, 0))
    with pytest.raises(LibraryError, match=r"^The library needs SQLite 99\.0; this Python carries [\d.]+\.$"):
        connect_to_write(tmp_path / "library.db")


def test_opening_waits_for_a_lock_to_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "library.db"
    monkeypatch.setattr(connection, "BUSY_S", 0.0)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        naps: list[float] = []
        here, sleep = threading.get_ident(), time.sleep

        def nap(seconds: float) -> None:
            if threading.get_ident() != here:  # a thread of somebody else
                sleep(seconds)
                return
            naps.append(seconds)
            if len(naps) == 3:
                other.execute("ROLLBACK")

        monkeypatch.setattr(connection.time, "sleep", nap)
        connect_to_write(path).close()
    assert len(naps) == 3


def test_a_lock_that_stays_is_an_error_in_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "library.db"
    monkeypatch.setattr(connection, "BUSY_S", 0.0)
    monkeypatch.setattr(connection, "OPEN_S", 0.05)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            connect_to_write(path)


def test_a_reader_alone_leaves_no_trace(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    connect_to_write(path).close()
    before = files_in(tmp_path)
    with closing(connect_to_read(path, is_alone=True)) as db:
        assert db.execute("SELECT count(*) FROM episode").fetchone() == (0,)
        assert files_in(tmp_path) == before
    assert files_in(tmp_path) == before


def test_a_reader_beside_a_writer_sees_what_is_written(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    with closing(connect_to_write(path)) as writer, closing(connect_to_read(path, is_alone=True)) as reader:
        writer.execute("INSERT INTO setting VALUES ('key', '1')")
        assert reader.execute("SELECT count(*) FROM setting").fetchone() == (1,)
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            reader.execute("DELETE FROM setting")


def test_a_missing_file_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError):
        connect_to_read(tmp_path / "library.db")
    assert list(tmp_path.iterdir()) == []


def test_a_library_on_a_read_only_disk_is_read(open_folder: Path, without_rights: Callable[[], object]) -> None:
    path = open_folder / "library.db"
    connect_to_write(path).close()
    path.chmod(0o644)
    with without_rights(), closing(connect_to_read(path)) as db:
        assert isinstance(db, FrozenConnection)
        assert db.execute("SELECT count(*) FROM episode").fetchone() == (0,)


def test_broken_bytes_in_a_text_hide_nothing_else(tmp_path: Path) -> None:
    with closing(connect_to_write(tmp_path / "library.db")) as db:
        db.execute("INSERT INTO setting VALUES ('key', CAST(x'61FF62' AS TEXT))")
        assert db.execute("SELECT value FROM setting").fetchone() == ("a\ufffdb",)


def fail_in_a_transaction(db: sqlite3.Connection, sql: str) -> None:
    with transaction(db):
        db.execute(sql)
        raise RuntimeError("in the middle")


def test_a_transaction_is_taken_back_as_a_whole(tmp_path: Path) -> None:
    with closing(connect_to_write(tmp_path / "library.db")) as db:
        with pytest.raises(RuntimeError):
            fail_in_a_transaction(db, "INSERT INTO setting VALUES ('key', '1')")
        assert db.execute("SELECT count(*) FROM setting").fetchone() == (0,)
        with transaction(db):
            db.execute("INSERT INTO setting VALUES ('key', '1')")
        assert db.execute("SELECT count(*) FROM setting").fetchone() == (1,)


def test_a_transaction_that_sqlite_already_took_back_keeps_its_error(tmp_path: Path) -> None:
    with closing(connect_to_write(tmp_path / "library.db")) as db, pytest.raises(RuntimeError, match="in the middle"):
        fail_in_a_transaction(db, "ROLLBACK")


def test_files_beside_are_named_as_sqlite_names_them(tmp_path: Path) -> None:
    assert beside(tmp_path / "library.db", "-wal") == tmp_path / "library.db-wal"


def test_where_shared_memory_is_refused_a_whole_library_is_kept_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a network home: no write-ahead log, and the journal, the snapshots and recovery work as ever."""
    connect = connection._connect
    monkeypatch.setattr(connection, "_connect", lambda path, how, kind: connect(path, f"{how}&vfs=unix-dotfile", kind))
    folder = tmp_path / "data"
    with Library.open(folder) as library:
        episode = intake.add(library, str(put_file(tmp_path / "talk.mp3")), make_reading(), 0)
        library.save_place(episode, file_of(library, episode), 5_000, 5).result(10)
        assert library._writer._desk.db.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert library._writer._desk.db.execute("PRAGMA synchronous").fetchone() == (2,)
        assert library.keep_copy()
        library.save_place(episode, file_of(library, episode), 6_000, 6).result(10)
        assert library.notices == ()
    (folder / "library.db").unlink()
    with Library.open(folder) as library:
        assert library.episode(episode).place == Place(0, 6_000)
