from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.core.errors import LibraryError
from player.core.stop import Stop, StopKind
from player.library import intake
from player.library.library import Library
from player.library.row import write_trail
from player.library.trail import ChangeTrail
from tests.library.shelf import database, execute, file_of, make_reading, put_file, put_second_file

Add = Callable[..., int]


@pytest.fixture
def talk(add: Add) -> int:
    return add()


def stop(ms: int, file: int = 1, kind: StopKind = StopKind.JUMP_FROM, at_ms: int = 1) -> Stop:
    return Stop(file, ms, kind, at_ms, 7_000)


def keep(library: Library, work: int, *came: Stop, went: tuple[Stop, ...] = ()) -> None:
    library.submit(ChangeTrail(work, came, went))


def test_a_trail_is_kept_in_its_order_and_found_again(folder: Path, tmp_path: Path):
    stops = (stop(50_000, at_ms=9), stop(10_000, kind=StopKind.STOP, at_ms=3), stop(30_000, at_ms=5))
    with Library.open(folder) as library:
        talk = intake.add(library, str(put_file(tmp_path / "talk.mp3")), make_reading(), 1)
        assert library.trail(talk) == ()
        keep(library, talk, *stops)
        assert library.trail(talk) == stops, "before it is on the disk"
    with Library.open(folder) as library:
        assert library.trail(talk) == stops


def test_stops_that_went_are_gone_and_no_others(library: Library, talk: int):
    first, second, third = stop(1_000), stop(2_000), stop(2_000, at_ms=2)
    keep(library, talk, first, second, third)
    assert library.flush(5)
    keep(library, talk, stop(4_000), went=(second,))
    assert library.trail(talk) == (first, third, stop(4_000))
    assert library.flush(5)
    assert library.trail(talk) == (first, third, stop(4_000))


def test_the_trail_of_a_work_is_that_of_all_its_files_and_of_no_other(library: Library, folder: Path, add: Add):
    talk, other = add(), add("other.mp3")
    put_second_file(folder, talk, "/second.mp3", 60_000)
    second = file_of(library, talk, 1)
    keep(library, other, stop(1_000, file_of(library, other)))
    keep(library, talk, stop(5_000, second), stop(2_000, file_of(library, talk)))
    assert library.flush(5)
    assert [(each.file, each.ms) for each in library.trail(talk)] == [(second, 5_000), (1, 2_000)]


def test_the_trail_of_a_series_is_that_of_its_members(library: Library, folder: Path, add: Add):
    members = [add("1.mp3"), add("2.mp3")]
    files = [file_of(library, member) for member in members]
    execute(folder, "INSERT INTO episode (uid, title, kind, added_at_ms) VALUES ('s', 'Series', 'series', 1)")
    [(series,)] = execute(folder, "SELECT id FROM episode WHERE kind = 'series'")
    execute(folder, "UPDATE episode SET series = ?, series_position = id WHERE id != ?", series, series)
    keep(library, members[0], stop(1_000, files[0]))
    keep(library, series, stop(2_000, files[1]))
    assert library.flush(5)
    assert [each.file for each in library.trail(series)] == files
    assert [each.file for each in library.trail(members[1])] == files[1:]


@pytest.mark.parametrize(
    "damage", ["ms = ms + 1", "kind = 'stop'", "at_ms = 0", "heard_ms = 1", "seq = seq + 1", "device = 'x'", "crc = 0"]
)
def test_a_damaged_stop_is_not_believed_and_the_others_are(library: Library, talk: int, folder: Path, damage: str):
    keep(library, talk, stop(1_000), stop(2_000))
    assert library.flush(5)
    execute(folder, f"UPDATE trail SET {damage} WHERE ms = 1000")
    assert [each.ms for each in library.trail(talk)] == [2_000]
    assert [notice.code for notice in library.notices] == ["trail-damaged"]
    [(count,)] = execute(folder, "SELECT count(*) FROM trail")
    assert count == 2


def test_a_stop_of_a_kind_that_is_not_known_is_left_alone(library: Library, talk: int, folder: Path):
    with database(folder) as db:
        write_trail(db, 1, 5_000, "dream", 0, 1, device="d")
    keep(library, talk, stop(1_000))
    assert library.flush(5)
    assert [each.ms for each in library.trail(talk)] == [1_000]
    assert library.notices == ()


def test_a_stop_in_a_file_that_is_not_there_is_refused(library: Library, talk: int, monkeypatch: pytest.MonkeyPatch):
    told: list[object] = []
    monkeypatch.setattr("threading.excepthook", told.append)
    future = library.submit(ChangeTrail(talk, (stop(1_000, file=99),), ()))
    assert isinstance(future.exception(5), LibraryError)
    assert len(told) == 1
    assert library.trail(talk) == ()


STOPS = st.lists(st.builds(stop, st.integers(0, 5)), max_size=4, unique=True).map(tuple)


@given(STOPS, st.lists(st.tuples(STOPS, STOPS), min_size=1, max_size=4))
def test_changes_that_became_one_do_what_they_did_one_by_one(
    at_first: tuple[Stop, ...], pairs: list[tuple[tuple[Stop, ...], tuple[Stop, ...]]]
):
    one_by_one = list(at_first)
    changes: list[ChangeTrail] = []
    for wanted_to_come, wanted_to_go in pairs:
        went = tuple(each for each in wanted_to_go if each in one_by_one)
        came = tuple(each for each in wanted_to_come if each not in one_by_one or each in went)
        changes.append(ChangeTrail(1, came, went))
        one_by_one = changes[-1].put_in(one_by_one)
    merged = changes[0]
    for change in changes[1:]:
        merged = change.after(merged)
    assert merged.put_in(at_first) == one_by_one
    assert merged.put_in(one_by_one) == one_by_one, "while it was read it was being written"
