import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from player.library.journal import Journal, drop_before, last_seq, path_of, read_segment, segment_numbers
from player.library.journal_line import Line


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "journal"


@pytest.fixture
def journal(folder: Path) -> Iterator[Journal]:
    journal = Journal(folder)
    yield journal
    journal.close()


def line(seq: int) -> Line:
    return Line("place", {"file": "uid", "ms": seq * 1_000, "seq": seq})


def add(journal: Journal, *seqs: int) -> None:
    journal.follow()
    journal.add([line(seq) for seq in seqs])


def seqs(path: Path) -> list[int | None]:
    return [found.seq if found else None for found in read_segment(path) if found is None or found.kind != "head"]


def test_no_journal_has_no_segments(folder: Path) -> None:
    assert segment_numbers(folder) == []
    assert last_seq(folder) == 0


def test_lines_stand_in_the_order_of_adding(journal: Journal, folder: Path) -> None:
    add(journal, 1, 2)
    add(journal, 3)
    assert segment_numbers(folder) == [1]
    assert seqs(path_of(folder, 1)) == [1, 2, 3]
    assert last_seq(folder) == 3
    assert path_of(folder, 1).stat().st_mode & 0o777 == 0o600


def test_a_segment_that_is_there_is_added_to(journal: Journal, folder: Path) -> None:
    add(journal, 1)
    journal.close()
    later = Journal(folder)
    add(later, 2)
    later.close()
    assert seqs(path_of(folder, 1)) == [1, 2]


def test_a_line_cut_by_a_kill_spoils_no_other(journal: Journal, folder: Path) -> None:
    add(journal, 1, 2)
    journal.close()
    os.truncate(path_of(folder, 1), path_of(folder, 1).stat().st_size - 5)
    add(journal, 3)
    assert seqs(path_of(folder, 1)) == [1, None, 3]


def test_a_damaged_line_is_the_only_one_lost(journal: Journal, folder: Path) -> None:
    add(journal, 1, 2, 3)
    raw = path_of(folder, 1).read_bytes()
    path_of(folder, 1).write_bytes(raw.replace(b'"ms":2000', b'"ms":2001'))
    assert seqs(path_of(folder, 1)) == [1, None, 3]


def test_a_new_segment_keeps_the_one_before_it_until_it_is_not_needed(journal: Journal, folder: Path) -> None:
    for number in (2, 3, 4):
        add(journal, number)
        journal.begin_segment(number)
    assert segment_numbers(folder) == [1, 2, 3, 4]
    drop_before(folder, 4)
    assert segment_numbers(folder) == [3, 4]
    assert seqs(path_of(folder, 3)) == [4]
    assert seqs(path_of(folder, 4)) == []


def test_each_line_stands_in_the_last_two_segments(journal: Journal, folder: Path) -> None:
    for number in (2, 3):
        journal.follow()
        journal.begin_segment(number)
    add(journal, 7)
    assert [seqs(path_of(folder, number)) for number in (1, 2, 3)] == [[], [7], [7]]


def test_a_segment_before_the_last_that_was_cut_takes_whole_lines(journal: Journal, folder: Path) -> None:
    add(journal, 1)
    journal.begin_segment(2)
    journal.close()
    os.truncate(path_of(folder, 1), path_of(folder, 1).stat().st_size - 5)
    add(journal, 2)
    assert seqs(path_of(folder, 1)) == [None, 2]


def test_two_programs_follow_each_other_to_the_next_segment(journal: Journal, folder: Path) -> None:
    other = Journal(folder)
    add(journal, 1)
    add(other, 2)
    other.begin_segment(2)
    add(other, 3)
    journal.identified.add(5)
    add(journal, 4)
    assert journal.identified == set()  # the new segment knows nothing yet
    other.close()
    assert seqs(path_of(folder, 1)) == [1, 2, 3, 4]
    assert seqs(path_of(folder, 2)) == [3, 4]


def test_a_segment_that_was_deleted_under_us_is_begun_again(journal: Journal, folder: Path) -> None:
    add(journal, 1)
    path_of(folder, 1).unlink()
    add(journal, 2)
    assert seqs(path_of(folder, 1)) == [2]


def test_the_last_seq_is_found_behind_a_line_of_any_length(journal: Journal, folder: Path) -> None:
    add(journal, 1)
    journal.add([Line("chapters", {"chapters": ["x" * 100_000], "seq": 2})])
    assert last_seq(folder) == 2


def test_the_last_seq_is_found_where_the_last_segment_is_cut(journal: Journal, folder: Path) -> None:
    add(journal, 1)
    journal.begin_segment(2)
    add(journal, 2, 3)
    os.truncate(path_of(folder, 2), 20)
    assert last_seq(folder) == 3


def test_lines_reach_the_disk_itself_every_few_seconds(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now, synced = [100.0], []
    monkeypatch.setattr(os, "fsync", synced.append)
    journal = Journal(folder, lambda: now[0])
    for _ in range(5):
        add(journal, 1)
        now[0] += 1.0
    assert len(synced) == 3
    journal.close()
    assert len(synced) == 4


def test_a_full_disk_is_told_and_the_next_line_is_whole(
    journal: Journal, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(journal, 1)
    real = os.write

    def full(descriptor: int, content: bytes) -> int:
        real(descriptor, content[:10])
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(OSError, match="No space left"):
            add(journal, 2)
    add(journal, 3)
    assert seqs(path_of(folder, 1)) == [1, None, 3]
