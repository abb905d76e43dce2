import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from player.core.errors import LibraryError
from player.library.change import Change, SetSetting
from player.library.connection import connect_to_write
from player.library.writer import Desk, Patience, Writer

QUICK = Patience(first_s=0.005, longest_s=0.02, tell_after_s=0.05)
LARGE = '"' + "x" * 100_000 + '"'  # more than a full disk can take


class Told:
    """Collects what the listener is told, and lets a test wait for it."""

    def __init__(self) -> None:
        self.sentences: list[str | None] = []
        self._changed = threading.Condition()

    def __call__(self, sentence: str | None) -> None:
        with self._changed:
            self.sentences.append(sentence)
            self._changed.notify_all()

    def wait(self, count: int) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.sentences) >= count, 10), self.sentences


class Disk:
    """A real library file whose disk can be full: then SQLite itself refuses to grow it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.is_full = False
        self.connections = 0

    def connect(self) -> Desk:
        db = connect_to_write(self.path)
        self.connections += 1
        if self.is_full:
            db.execute("PRAGMA max_page_count = 1")  # SQLite takes it as: no more than now
        return Desk(db, "device")

    def settings(self) -> dict[str, str]:
        with closing(sqlite3.connect(self.path)) as db:
            return dict(db.execute("SELECT key, value FROM setting"))


@dataclass(frozen=True)
class Do(Change):
    """A change that does what the test wants."""

    what: Callable[[sqlite3.Connection], object]
    patient: bool = True

    @property
    def is_patient(self) -> bool:
        return self.patient

    def write(self, db: sqlite3.Connection, device: str) -> object:
        return self.what(db)


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def disk(tmp_path: Path) -> Disk:
    return Disk(tmp_path / "library.db")


@pytest.fixture
def writer(disk: Disk, told: Told) -> Iterator[Writer]:
    writer = Writer(disk.connect, None, lambda error: f"Told: {error}.", told, QUICK)
    yield writer
    disk.is_full = False
    writer.flush(5)
    writer.stop(5)


@pytest.fixture
def bugs(monkeypatch: pytest.MonkeyPatch) -> list[BaseException | None]:
    """Exceptions that would have been reported as bugs."""
    found: list[BaseException | None] = []
    monkeypatch.setattr(threading, "excepthook", lambda arguments: found.append(arguments.exc_value))
    return found


def hold_up(writer: Writer) -> threading.Event:
    """Keep the writer busy, so that what follows waits, until the event is set."""
    begun, released = threading.Event(), threading.Event()

    def hold(db: sqlite3.Connection) -> None:
        begun.set()
        released.wait(10)

    writer.submit(Do(hold))
    assert begun.wait(10)
    return released


def test_what_is_acknowledged_is_on_the_disk(writer: Writer, disk: Disk) -> None:
    writer.submit(SetSetting("key", "1")).result(10)
    assert disk.settings() == {"key": "1"}


def test_submitting_never_waits_for_the_disk(writer: Writer) -> None:
    released = hold_up(writer)
    futures = [writer.submit(SetSetting(f"key {n}", "1")) for n in range(1_000)]
    assert not any(future.done() for future in futures)
    released.set()
    assert writer.flush(10)
    assert all(future.result(0) is None for future in futures)


def test_what_waits_can_be_seen_in_order(writer: Writer) -> None:
    released = hold_up(writer)
    for name in ("a", "b", "c", "a"):
        writer.submit(SetSetting(name, "1"))
    waiting = [change.name for change in writer.unwritten() if isinstance(change, SetSetting)]
    assert waiting == ["b", "c", "a"]
    released.set()
    assert writer.flush(10)
    assert writer.unwritten() == []


def test_of_equal_keys_the_newest_wins_and_all_are_acknowledged(writer: Writer, disk: Disk) -> None:
    released = hold_up(writer)
    futures = [writer.submit(SetSetting("key", str(n))) for n in range(100)]
    released.set()
    for future in futures:
        future.result(10)
    assert disk.settings() == {"key": "99"}


def test_all_that_waits_is_one_transaction(writer: Writer, disk: Disk) -> None:
    released = hold_up(writer)
    seen: list[dict[str, str]] = []
    writer.submit(SetSetting("first", "1"))
    writer.submit(Do(lambda db: seen.append(disk.settings())))
    released.set()
    assert writer.flush(10)
    assert seen == [{}]
    assert disk.settings() == {"first": "1"}


def test_a_mistaken_change_does_not_hold_up_the_others(
    writer: Writer, disk: Disk, bugs: list[BaseException | None]
) -> None:
    released = hold_up(writer)

    def half_done(db: sqlite3.Connection) -> None:
        db.execute("INSERT INTO setting VALUES ('half', '1')")
        raise LibraryError("There is no such thing.")

    before, wrong, after = (
        writer.submit(change) for change in (SetSetting("a", "1"), Do(half_done), SetSetting("b", "2"))
    )
    released.set()
    before.result(10)
    after.result(10)
    with pytest.raises(LibraryError, match=r"There is no such thing\."):
        wrong.result(10)
    assert disk.settings() == {"a": "1", "b": "2"}
    assert [str(bug) for bug in bugs] == ["There is no such thing."]


def test_a_mistake_that_somebody_waits_for_is_told_to_them_alone(
    writer: Writer, bugs: list[BaseException | None]
) -> None:
    future = writer.submit(Do(lambda db: db.execute("INSERT INTO nowhere VALUES (1)"), patient=False))
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        future.result(10)
    assert writer.flush(10)
    assert bugs == []


def test_a_full_disk_loses_nothing_and_is_told_until_there_is_room(writer: Writer, disk: Disk, told: Told) -> None:
    disk.is_full = True
    future = writer.submit(SetSetting("large", LARGE))
    told.wait(1)
    assert told.sentences == ["Told: database or disk is full."]
    writer.submit(SetSetting("small", "1"))
    assert not future.done()
    assert [change.name for change in writer.unwritten() if isinstance(change, SetSetting)] == ["large", "small"]
    disk.is_full = False
    future.result(10)
    told.wait(2)
    assert told.sentences[-1] is None
    assert writer.flush(10)
    assert disk.settings() == {"large": LARGE, "small": "1"}


def test_newer_changes_join_older_ones_that_failed(writer: Writer, disk: Disk, told: Told) -> None:
    disk.is_full = True
    writer.submit(SetSetting("large", LARGE))
    told.wait(1)
    for n in range(50):
        writer.submit(SetSetting("key", str(n)))
        time.sleep(0.001)
    writer.submit(SetSetting("large", '"small after all"'))
    assert writer.flush(10)
    assert disk.settings() == {"key": "49", "large": '"small after all"'}


def test_what_comes_while_a_try_fails_waits_behind_it(writer: Writer, disk: Disk) -> None:
    tries: list[int] = []

    def fail_once(db: sqlite3.Connection) -> None:
        tries.append(1)
        if len(tries) == 1:
            writer.submit(SetSetting("newer", "1"))
            db.execute("PRAGMA max_page_count = 1")
        db.execute("INSERT INTO setting VALUES ('large', ?)", (LARGE,))

    writer.submit(Do(fail_once)).result(10)
    assert writer.flush(10)
    assert len(tries) == 2
    assert disk.settings() == {"large": LARGE, "newer": "1"}


def test_a_short_failure_is_not_told(disk: Disk, told: Told) -> None:
    writer = Writer(disk.connect, None, str, told, Patience(0.001, 0.001, tell_after_s=60))
    disk.is_full = True
    future = writer.submit(SetSetting("large", LARGE))
    while disk.connections < 3:
        time.sleep(0.001)
    disk.is_full = False
    future.result(10)
    writer.stop(5)
    assert told.sentences == []


def test_tries_grow_rarer(disk: Disk, told: Told) -> None:
    writer = Writer(disk.connect, None, str, told, Patience(first_s=0.05, longest_s=60, tell_after_s=0.01))
    disk.is_full = True
    writer.submit(SetSetting("large", LARGE))
    told.wait(1)
    time.sleep(0.3)
    assert disk.connections <= 4  # after 0, 0.05, 0.15, 0.35 s
    disk.is_full = False
    assert writer.flush(10)  # which does not wait for the pause to end
    writer.stop(5)


def test_whoever_waits_for_a_change_hears_of_the_failure(writer: Writer, disk: Disk) -> None:
    disk.is_full = True
    writer.submit(SetSetting("key", "1"))
    writer.submit(SetSetting("large", LARGE))
    adding = writer.submit(Do(lambda db: db.execute("INSERT INTO setting VALUES ('x', ?)", (LARGE,)), patient=False))
    with pytest.raises(LibraryError, match="Told: database or disk is full"):
        adding.result(10)
    disk.is_full = False
    assert writer.flush(10)
    assert disk.settings() == {"key": "1", "large": LARGE}


def test_a_library_that_cannot_be_opened_is_tried_again(tmp_path: Path, told: Told) -> None:
    disk = Disk(tmp_path / "later" / "library.db")
    writer = Writer(disk.connect, None, lambda error: type(error).__name__, told, QUICK)
    future = writer.submit(SetSetting("key", "1"))
    told.wait(1)
    assert told.sentences == ["FileNotFoundError"]
    disk.path.parent.mkdir()
    future.result(10)
    writer.stop(5)
    assert disk.settings() == {"key": "1"}


def test_a_lock_of_another_program_is_waited_for(disk: Disk, told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("player.library.connection.BUSY_S", 0.01)
    writer = Writer(disk.connect, disk.connect(), str, told, QUICK)
    with closing(sqlite3.connect(disk.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        future = writer.submit(SetSetting("key", "1"))
        told.wait(1)
        other.execute("ROLLBACK")
    future.result(10)
    told.wait(2)
    assert told.sentences == ["database is locked", None]
    writer.stop(5)


def test_a_window_that_fails_to_tell_does_not_stop_the_writing(disk: Disk, bugs: list[BaseException | None]) -> None:
    def fail(sentence: str | None) -> None:
        raise RuntimeError("the window is gone")

    writer = Writer(disk.connect, None, str, fail, QUICK)
    disk.is_full = True
    future = writer.submit(SetSetting("large", LARGE))
    while not bugs:
        time.sleep(0.001)
    disk.is_full = False
    future.result(10)
    writer.stop(5)
    assert str(bugs[0]) == "the window is gone"


def test_flush_says_when_it_took_too_long(writer: Writer) -> None:
    released = hold_up(writer)
    assert not writer.flush(0.01)
    released.set()
    assert writer.flush(10)


def test_stopping_writes_what_still_waits(disk: Disk, told: Told) -> None:
    writer = Writer(disk.connect, None, str, told, QUICK)
    released = hold_up(writer)
    future = writer.submit(SetSetting("key", "1"))
    released.set()
    writer.stop(10)
    assert future.result(0) is None
    assert disk.settings() == {"key": "1"}


def test_what_cannot_be_written_at_the_end_is_told_to_its_caller(disk: Disk, told: Told) -> None:
    writer = Writer(disk.connect, None, str, told, QUICK)
    disk.is_full = True
    future = writer.submit(SetSetting("large", LARGE))
    assert not writer.flush(0.05)
    writer.stop(10)
    with pytest.raises(LibraryError, match="closed before this could be written"):
        future.result(0)


def test_a_stopped_writer_takes_nothing_more(disk: Disk, told: Told) -> None:
    writer = Writer(disk.connect, disk.connect(), str, told, QUICK)
    writer.stop(5)
    with pytest.raises(LibraryError, match="The library is closed"):
        writer.submit(SetSetting("key", "1")).result(0)


def test_a_writer_that_never_wrote_lets_go_of_its_file(disk: Disk, told: Told) -> None:
    desk = disk.connect()
    Writer(disk.connect, desk, str, told, QUICK).stop(5)
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        desk.db.execute("SELECT 1")
