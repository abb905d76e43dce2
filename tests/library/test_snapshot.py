import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from player.library.connection import connect_to_write, transaction
from player.library.snapshot import (
    DAILY,
    RECENT,
    WEEKLY,
    DamagedError,
    Snapshot,
    drop_old,
    kept,
    snapshots,
    take,
)

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)
DAY = timedelta(days=1)
FIFTY_YEARS = 365 * 50 * DAY


def whole(db: sqlite3.Connection) -> Iterator[str]:
    yield from ()


def ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1_000)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    path = tmp_path / "library.db"
    with closing(connect_to_write(path)) as db, transaction(db):
        db.execute("INSERT INTO setting VALUES ('kept', '1')")
    return path


def made(moments: list[datetime]) -> list[Snapshot]:
    """Snapshots of those moments, the newest first, as their names say."""
    return [
        Snapshot(Path(), number, f"{moment:%Y%m%dT%H%M%SZ}", "00000000")
        for number, moment in sorted(enumerate(moments, 1), reverse=True)
    ]


def survivors(moments: list[datetime]) -> list[int]:
    """The numbers that are left after each of the snapshots was made in turn, and the old ones dropped."""
    left: list[Snapshot] = []
    for snapshot in reversed(made(moments)):
        left = kept([snapshot, *left])
    return [snapshot.number for snapshot in left]


def test_a_snapshot_is_a_whole_library_in_one_file(library: Path, tmp_path: Path) -> None:
    folder = tmp_path / "snapshots"
    snapshot = take(library, folder, 12, ms(NOON), whole)
    assert snapshot.path.name == f"000012-20261127T120000Z-{snapshot.crc}.db"
    assert snapshot.is_whole
    assert snapshot.made_at_ms == ms(NOON)
    assert [path.name for path in folder.iterdir()] == [snapshot.path.name]
    with closing(sqlite3.connect(snapshot.path)) as db:
        assert db.execute("SELECT * FROM setting").fetchall() == [("kept", "1")]
    assert [path.name for path in folder.iterdir()] == [snapshot.path.name]  # reading leaves nothing beside it


def test_a_snapshot_is_made_while_somebody_writes(library: Path, tmp_path: Path) -> None:
    with closing(connect_to_write(library)) as db:
        db.execute("INSERT INTO setting VALUES ('done', '1')")
        db.execute("BEGIN IMMEDIATE")
        db.execute("INSERT INTO setting VALUES ('not done', '1')")
        snapshot = take(library, tmp_path / "snapshots", 1, 0, whole)
        db.execute("ROLLBACK")
    with closing(sqlite3.connect(snapshot.path)) as db:
        assert {key for (key,) in db.execute("SELECT key FROM setting")} == {"kept", "done"}


def test_any_changed_byte_of_a_snapshot_shows(library: Path, tmp_path: Path) -> None:
    snapshot = take(library, tmp_path / "snapshots", 1, 0, whole)
    content = snapshot.path.read_bytes()
    for at in range(0, len(content), 997):
        snapshot.path.write_bytes(content[:at] + bytes([content[at] ^ 4]) + content[at + 1 :])
        assert not snapshot.is_whole
    snapshot.path.write_bytes(content[:-1])
    assert not snapshot.is_whole


def test_a_copy_that_is_not_whole_is_no_snapshot(library: Path, tmp_path: Path) -> None:
    def torn(db: sqlite3.Connection) -> Iterator[str]:
        yield "1 place is damaged."

    with pytest.raises(DamagedError, match="1 place is damaged"):
        take(library, tmp_path / "snapshots", 1, 0, torn)
    assert list((tmp_path / "snapshots").iterdir()) == []


def test_what_a_kill_left_half_made_is_cleared_away(library: Path, tmp_path: Path) -> None:
    folder = tmp_path / "snapshots"
    folder.mkdir()
    (folder / "new-abc.db").write_bytes(b"half")
    snapshot = take(library, folder, 1, 0, whole)
    assert list(folder.iterdir()) == [snapshot.path]


def test_snapshots_are_ordered_by_number_whatever_their_clock_said(library: Path, tmp_path: Path) -> None:
    folder = tmp_path / "snapshots"
    for number, moment in enumerate((NOON, NOON - FIFTY_YEARS, NOON + FIFTY_YEARS, NOON), 1):
        take(library, folder, number, ms(moment), whole)
    assert [snapshot.number for snapshot in snapshots(folder)] == [4, 3, 2, 1]
    assert snapshots(tmp_path / "none") == []


def test_the_recent_ones_stay_and_one_of_each_of_the_last_days_and_weeks() -> None:
    every_ten_minutes = [NOON - 60 * DAY + timedelta(minutes=10 * step) for step in range(60 * 144)]
    left = survivors(every_ten_minutes)
    days = {every_ten_minutes[number - 1].date() for number in left}
    assert len(left) <= RECENT + DAILY + WEEKLY
    assert left[:RECENT] == list(range(60 * 144, 60 * 144 - RECENT, -1))
    assert len(days) >= DAILY
    assert min(days) <= (NOON - 2 * 7 * DAY).date()


@pytest.mark.parametrize("jump", [FIFTY_YEARS, -FIFTY_YEARS])
def test_a_clock_that_jumps_pushes_out_no_good_ones(jump: timedelta) -> None:
    days = [NOON + number * DAY for number in range(30)]
    before = survivors(days)
    there = survivors([*days, NOON + 30 * DAY + jump])
    back = survivors([*days, NOON + 30 * DAY + jump, NOON + 31 * DAY])
    assert len(set(before) - set(there)) <= 2  # one for the day that is new, one for the week
    assert len(set(before) - set(back)) <= 4


def test_a_clock_that_jumps_at_every_start_leaves_the_newest_and_enough_of_them() -> None:
    wild = [NOON + (number % 7 - 3) * FIFTY_YEARS / 3 + number * DAY for number in range(60)]
    left = survivors(wild)
    assert left[:RECENT] == list(range(60, 60 - RECENT, -1))
    assert len(left) >= DAILY


@pytest.mark.parametrize("now_ms", [-(10**18), 10**18])
def test_a_clock_out_of_this_world_still_names_a_snapshot(library: Path, tmp_path: Path, now_ms: int) -> None:
    assert take(library, tmp_path / "snapshots", 1, now_ms, whole).stamp == "19700101T000000Z"


def test_old_ones_are_dropped_from_the_disk(library: Path, tmp_path: Path) -> None:
    folder = tmp_path / "snapshots"
    for number in range(1, 12):
        take(library, folder, number, ms(NOON), whole)
    drop_old(folder)
    assert [snapshot.number for snapshot in snapshots(folder)] == [11, 10, 9, 8, 7, 6]


def test_a_snapshot_that_the_disk_does_not_take_leaves_nothing(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(source: Path, target: Path) -> None:
        target.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("player.library.snapshot.copy_database", full)
    with pytest.raises(OSError, match="No space left"):
        take(library, tmp_path / "snapshots", 1, 0, whole)
    assert list((tmp_path / "snapshots").iterdir()) == []
