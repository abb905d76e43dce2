import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.core.coverage import Coverage
from player.library.connection import connect_to_write
from player.library.row import (
    HeardRow,
    PlaceRow,
    TrailRow,
    next_seq,
    read_heard,
    read_place,
    write_heard,
    write_place,
    write_trail,
)
from player.library.schema import create


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(connect_to_write(tmp_path / "library.db")) as db:
        db.execute("INSERT INTO episode (id, uid, title, added_at_ms) VALUES (1, 'uid', 'title', 0)")
        db.execute(
            "INSERT INTO file (id, episode, position, path, size, mtime_ns, uid) VALUES (5, 1, 0, x'00', 1, 1, 'five')"
        )
        yield db


def set_aside(db: sqlite3.Connection) -> list[tuple[str, dict[str, object]]]:
    return [(kind, json.loads(row)) for kind, row in db.execute("SELECT kind, row FROM set_aside")]


def test_a_written_place_is_believed(db: sqlite3.Connection) -> None:
    write_place(db, 5, 1_234, 99, device="here")
    row = read_place(db, 5)
    assert row is not None
    assert row.is_believed
    assert row[:5] == (5, 1_234, 99, 1, "here")


def test_each_write_takes_the_next_seq(db: sqlite3.Connection) -> None:
    write_place(db, 5, 1, 0, device="here")
    write_heard(db, 5, Coverage.of([(0, 1)]), device="here", adds=True)
    write_place(db, 5, 2, 0, device="here")
    assert read_heard(db, 5).seq == 2
    assert read_place(db, 5).seq == 3


@given(st.integers(0, 63), st.sampled_from(["file", "ms", "saved_at_ms", "seq", "crc"]))
def test_a_place_with_any_flipped_bit_is_not_believed(bit: int, column: str) -> None:
    row = _written_place()
    assert not row._replace(**{column: getattr(row, column) ^ 1 << bit}).is_believed


def _written_place() -> PlaceRow:
    with closing(sqlite3.connect(":memory:")) as db:
        create(db)
        write_place(db, 5, 9_356_000, 1_790_000_000_000, device="0123abc")
        return read_place(db, 5)


def test_a_changed_device_or_span_is_not_believed(db: sqlite3.Connection) -> None:
    write_heard(db, 5, Coverage.of([(0, 1_000)]), device="here", adds=True)
    row = read_heard(db, 5)
    assert row.is_believed
    assert not row._replace(device="hero").is_believed
    assert not row._replace(spans="[[0,9000]]").is_believed
    assert not row._replace(total_ms=1).is_believed


def test_a_damaged_place_is_kept_when_a_new_one_takes_its_row(db: sqlite3.Connection) -> None:
    write_place(db, 5, 1_234, 99, device="here")
    db.execute("UPDATE place SET ms = 4321")
    write_place(db, 5, 2_000, 100, device="here")
    assert read_place(db, 5).is_believed
    [(kind, row)] = set_aside(db)
    assert (kind, row["ms"]) == ("place", 4_321)


def test_heard_stretches_add_up_to_their_union(db: sqlite3.Connection) -> None:
    write_heard(db, 5, Coverage.of([(0, 10), (20, 30)]), device="here", adds=True)
    write_heard(db, 5, Coverage.of([(10, 20), (40, 50)]), device="here", adds=True)
    row = read_heard(db, 5)
    assert row.coverage == Coverage(((0, 30), (40, 50)))
    assert row.total_ms == 40


def test_what_is_heard_again_writes_nothing(db: sqlite3.Connection) -> None:
    write_heard(db, 5, Coverage.of([(0, 10)]), device="here", adds=True)
    write_heard(db, 5, Coverage.of([(2, 8)]), device="here", adds=True)
    assert read_heard(db, 5).seq == 1


def test_heard_can_be_set_to_less(db: sqlite3.Connection) -> None:
    write_heard(db, 5, Coverage.of([(0, 10)]), device="here", adds=True)
    write_heard(db, 5, Coverage(), device="here", adds=False)
    assert read_heard(db, 5).coverage == Coverage()
    assert read_heard(db, 5).is_believed


def test_nothing_is_added_to_damaged_stretches(db: sqlite3.Connection) -> None:
    write_heard(db, 5, Coverage.of([(0, 10)]), device="here", adds=True)
    db.execute("UPDATE heard SET spans = '[[0,999999]]'")
    write_heard(db, 5, Coverage.of([(20, 30)]), device="here", adds=True)
    assert read_heard(db, 5).coverage == Coverage(((20, 30),))
    assert [kind for kind, _ in set_aside(db)] == ["heard"]


def test_a_damaged_counter_never_goes_back(db: sqlite3.Connection) -> None:
    for ms in range(5):
        write_place(db, 5, ms, 0, device="here")
    write_heard(db, 5, Coverage.of([(0, 1)]), device="here", adds=True)
    db.execute("UPDATE counter SET value = 2")
    assert next_seq(db) == 7


def test_a_lost_counter_does_not_believe_a_damaged_row(db: sqlite3.Connection) -> None:
    write_place(db, 5, 1, 0, device="here")
    write_heard(db, 5, Coverage.of([(0, 1)]), device="here", adds=True)
    db.execute("UPDATE heard SET seq = 1000000")
    db.execute("DELETE FROM counter")
    assert next_seq(db) == 2


def test_missing_rows_are_none(db: sqlite3.Connection) -> None:
    assert read_place(db, 2) is None
    assert read_heard(db, 2) is None


def test_rows_are_named_as_their_columns(db: sqlite3.Connection) -> None:
    for table, row in (("place", PlaceRow), ("heard", HeardRow), ("trail", TrailRow)):
        assert tuple(column[1] for column in db.execute(f"PRAGMA table_info({table})")) == row._fields


def test_a_written_stop_of_the_trail_is_believed_until_it_changes(db: sqlite3.Connection) -> None:
    id = write_trail(db, 5, 1_234, "jump", 9_000, 99, device="here")
    [row] = [TrailRow(*values) for values in db.execute("SELECT * FROM trail")]
    assert row == (id, 5, 1_234, "jump", 9_000, 99, 1, "here", row.crc)
    assert row.is_believed
    assert not row._replace(ms=1_235).is_believed
    assert not row._replace(kind="jumq").is_believed


def test_a_damaged_counter_goes_on_from_the_highest_seq_of_any_row(db: sqlite3.Connection) -> None:
    write_place(db, 5, 1, 0, device="here")
    db.execute("UPDATE file SET seq = 41")
    db.execute("UPDATE counter SET value = 7")
    write_trail(db, 5, 1, "jump", 0, 0, device="here")
    assert db.execute("SELECT seq FROM trail").fetchall() == [(42,)]
