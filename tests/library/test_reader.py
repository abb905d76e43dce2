import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from player.core.errors import LibraryError
from player.library.connection import FrozenConnection, connect_to_read, connect_to_write
from player.library.reader import Reader

COUNT = "SELECT count(*) FROM episode"


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "library.db"
    writer = connect_to_write(path)
    yield path
    writer.close()


def in_another_thread(reader: Reader, is_asked: threading.Event, is_answered: threading.Event) -> threading.Thread:
    """Reads, and is not done before ``is_answered``."""

    def read() -> None:
        with reader.read() as db:
            db.execute(COUNT).fetchone()
            is_asked.set()
            assert is_answered.wait(60)

    thread = threading.Thread(target=read)
    thread.start()
    assert is_asked.wait(60)
    return thread


def test_who_opened_it_does_not_wait_for_another_that_reads(path: Path):
    reader, is_answered = Reader(path, connect_to_read(path)), threading.Event()
    other = in_another_thread(reader, threading.Event(), is_answered)
    with reader.read() as db:  # while the other one still reads
        assert db.execute(COUNT).fetchone() == (0,)
    is_answered.set()
    other.join()
    reader.close()


def test_a_frozen_file_becomes_alive_for_all(path: Path):
    frozen = FrozenConnection(path)
    reader, is_answered = Reader(path, frozen), threading.Event()
    reader.renew()
    with reader.read() as db:
        assert not isinstance(db, FrozenConnection)
    other = in_another_thread(reader, threading.Event(), is_answered)
    with reader.read() as db:
        db.execute(COUNT)
    is_answered.set()
    other.join()
    reader.close()


def test_what_is_closed_says_so_to_every_thread(path: Path):
    reader, told = Reader(path, connect_to_read(path)), []
    reader.close()

    def read() -> None:
        with pytest.raises(LibraryError, match="closed"), reader.read():
            pass
        told.append(True)

    read()
    other = threading.Thread(target=read)
    other.start()
    other.join()
    assert told == [True, True]
