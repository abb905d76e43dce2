import struct
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from player.core.chapter import MAX_CHAPTERS
from player.core.reading import Reading
from player.readers.matroska import read
from tests import ebml
from tests.builders import png

PLAIN = ebml.chapters(ebml.edition(ebml.atom(0, "One"), ebml.atom(20, "Two", end=30)))


def write(folder: Path, raw: bytes) -> Path:
    path = folder / "a.mka"
    path.write_bytes(raw)
    return path


def rows(reading: Reading) -> list[tuple[int, int | None, str]]:
    return [(mark.start_ms, mark.depth, mark.title) for mark in reading.chapter_lists[0].chapters]


def test_length_title_and_chapters_are_read(tmp_path: Path) -> None:
    reading = read(write(tmp_path, ebml.file_of(ebml.info(60.0005, "Title"), PLAIN, ebml.cluster())))
    assert (reading.container, reading.title, reading.duration_ms) == ("matroska", "Title", 60_001)
    assert rows(reading) == [(0, None, "One"), (20_000, None, "Two")]
    assert reading.chapter_lists[0].chapters[1].end_ms == 30_000
    assert reading.notices == ()


def test_nested_atoms_are_a_true_tree_and_a_parent_may_share_its_first_childs_start(tmp_path: Path) -> None:
    innermost = ebml.atom(10, "1.1.1")
    tree = ebml.edition(
        ebml.atom(0, "1", inner=(ebml.atom(0, "1.1", inner=(innermost,)), ebml.atom(20, "1.2"))), ebml.atom(30, "2")
    )
    reading = read(write(tmp_path, ebml.file_of(ebml.info(60), ebml.chapters(tree))))
    assert rows(reading) == [(0, 1, "1"), (0, 2, "1.1"), (10_000, 3, "1.1.1"), (20_000, 2, "1.2"), (30_000, 1, "2")]


def test_flags_of_editions_and_atoms_are_heeded(tmp_path: Path) -> None:
    hidden = ebml.edition(ebml.atom(0, "x"), ebml.atom(1, "x"), default=1, hidden=1)
    ordered = ebml.edition(ebml.atom(0, "y"), ebml.atom(1, "y"), default=1, ordered=1)
    plain = ebml.edition(ebml.atom(0, "z"), ebml.atom(1, "z"))
    atoms = ebml.atom(0, "A"), ebml.atom(5, "h", hidden=1), ebml.atom(6, "d", enabled=0), ebml.atom(9, "B", enabled=1)
    meant = ebml.edition(*atoms, default=1, hidden=0, ordered=0)
    reading = read(write(tmp_path, ebml.file_of(ebml.info(60), ebml.chapters(hidden, ordered, plain, meant))))
    assert [title for _, _, title in rows(reading)] == ["A", "B"]


def test_titles_are_in_one_language(tmp_path: Path) -> None:
    edition = ebml.edition(
        ebml.atom(0, ("ger", "Eins"), ("eng", "One")), ebml.atom(5, ("eng", "Two")), ebml.atom(9, "Three")
    )
    reading = read(write(tmp_path, ebml.file_of(ebml.info(60), ebml.chapters(edition))))
    assert [title for _, _, title in rows(reading)] == ["One", "Two", "Three"]


def test_chapters_behind_the_sound_are_found_by_the_files_own_list(tmp_path: Path) -> None:
    front = ebml.info(60) + ebml.cluster(10_000) * 3
    length = len(ebml.seek_head((ebml.CHAPTERS, 0)))
    listed = ebml.seek_head((ebml.CHAPTERS, length + len(front)))
    reading = read(write(tmp_path, ebml.file_of(listed, front, PLAIN)))
    assert len(rows(reading)) == 2


@pytest.mark.parametrize("is_sized", [True, False])
def test_chapters_behind_the_sound_are_found_without_a_list(tmp_path: Path, is_sized: bool) -> None:
    parts = ebml.info(60) + ebml.cluster(sized=is_sized) * 50 + PLAIN
    for size in (None, ebml.UNKNOWN_SIZE):
        assert len(rows(read(write(tmp_path, ebml.file_of(parts, size=size))))) == 2


@pytest.mark.parametrize("place", [0, 5, 10**6, 2**63])
def test_list_that_points_elsewhere_costs_nothing(tmp_path: Path, place: int) -> None:
    listed = ebml.seek_head((ebml.CHAPTERS, place), (ebml.SEGMENT, 0))
    reading = read(write(tmp_path, ebml.file_of(listed, ebml.info(60), PLAIN, ebml.cluster())))
    assert len(rows(reading)) == 2
    assert reading.duration_ms == 60_000


def test_length_of_a_cut_file_is_not_believed(tmp_path: Path) -> None:
    raw = ebml.file_of(ebml.info(60), PLAIN, ebml.cluster(10_000))
    reading = read(write(tmp_path, raw[:-5_000]))
    assert reading.duration_ms is None
    assert [notice.code for notice in reading.notices] == ["duration-unknown"]
    assert len(rows(reading)) == 2


@pytest.mark.parametrize("seconds", [0.0, -1.0, float("nan"), float("inf"), 1e12])
def test_length_that_is_none_is_told(tmp_path: Path, seconds: float) -> None:
    reading = read(write(tmp_path, ebml.file_of(ebml.info(seconds), ebml.cluster())))
    assert reading.duration_ms is None
    assert [notice.code for notice in reading.notices] == ["duration-unknown"]


def test_length_is_in_the_files_own_units(tmp_path: Path) -> None:
    assert read(write(tmp_path, ebml.file_of(ebml.info(60, scale=20_833)))).duration_ms == 60_000
    ticks = ebml.element(ebml.INFO, ebml.element(0x4489, struct.pack(">f", 1500.5)))
    assert read(write(tmp_path, ebml.file_of(ticks))).duration_ms == 1_501


def test_tags_about_the_file_are_read_and_those_about_parts_are_not(tmp_path: Path) -> None:
    tags = ebml.element(
        ebml.TAGS,
        ebml.tag(30, ((0x63C4, 7),), TITLE="of a chapter", ARTIST="of a chapter"),
        ebml.tag(None, ((0x63C5, 7),), ENCODER="of a track", ARTIST="of a track"),
        ebml.tag(50, TITLE="Book", ARTIST="Author"),
        ebml.tag(30, ((0x63C5, 0),), TITLE="Part", artist="Reader"),
    )
    reading = read(write(tmp_path, ebml.file_of(ebml.info(60, "Part"), tags)))
    assert (reading.title, reading.author, reading.album) == ("Part", "Reader", "Book")


def test_title_may_stand_in_the_tags_alone(tmp_path: Path) -> None:
    tags = ebml.element(ebml.TAGS, ebml.tag(None, TITLE="Book", COMPOSER="Somebody", ALBUM="Series"))
    reading = read(write(tmp_path, ebml.file_of(ebml.info(60), tags)))
    assert (reading.title, reading.author, reading.album) == ("Book", "Somebody", "Series")


def test_cover_is_the_attached_picture_of_that_name(tmp_path: Path) -> None:
    files = [("a.txt", b"text"), ("back.png", png(3, 3)), ("cover.png", png(2, 2))]
    attached = (ebml.element(0x61A7, ebml.element(0x466E, name), ebml.element(0x465C, data)) for name, data in files)
    reading = read(write(tmp_path, ebml.file_of(ebml.info(60), ebml.element(ebml.ATTACHMENTS, *attached))))
    assert reading.cover is not None
    assert reading.cover.data == png(2, 2)


def test_more_chapters_than_are_kept_are_told(tmp_path: Path) -> None:
    atoms = b"".join(ebml.atom(number, "x") for number in range(MAX_CHAPTERS + 5))
    reading = read(write(tmp_path, ebml.file_of(ebml.info(100_000), ebml.chapters(ebml.edition(atoms)))))
    assert len(rows(reading)) == MAX_CHAPTERS
    assert [notice.code for notice in reading.chapter_lists[0].notices] == ["too-many-chapters"]


def test_atoms_within_atoms_without_end_are_no_matter(tmp_path: Path) -> None:
    raw = ebml.atom(1, "innermost")
    for _ in range(2_000):
        raw = ebml.atom(1, "x", inner=(raw,))
    reading = read(write(tmp_path, ebml.file_of(ebml.info(60), ebml.chapters(ebml.edition(raw)))))
    assert rows(reading)[-1] == (1_000, 2_001, "innermost")


def test_damage_within_the_chapters_costs_what_follows_it(tmp_path: Path) -> None:
    damaged = ebml.element(0xB6, ebml.element(0x91, 9), b"\x00\x00\x00")
    edition = ebml.edition(ebml.atom(0, "One"), ebml.atom(5, "Two"), damaged)
    reading = read(write(tmp_path, ebml.file_of(ebml.info(60), ebml.chapters(edition))))
    assert rows(reading) == [(0, None, "One"), (0, None, "Chapter 2"), (5_000, None, "Two")]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 2_000), st.binary(min_size=1, max_size=8))
def test_any_damage_gives_a_reading(tmp_path: Path, at: int, noise: bytes) -> None:
    listed = ebml.seek_head((ebml.CHAPTERS, 200), (ebml.TAGS, 400))
    tags = ebml.element(ebml.TAGS, ebml.tag(50, TITLE="Book", ARTIST="Author"))
    raw = ebml.file_of(listed, ebml.info(60, "Title"), PLAIN, tags, ebml.cluster())
    at %= len(raw)
    reading = read(write(tmp_path, raw[:at] + noise + raw[at + len(noise) :]))
    assert reading.container == "matroska"
