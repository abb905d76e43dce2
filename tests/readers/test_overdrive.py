from pathlib import Path

import pytest

from player.core.chapter import ChapterList
from player.core.errors import SourceError
from player.readers.overdrive import overdrive_chapters
from player.readers.source import read_source
from tests.builders import make_audio, write_id3_chapters, write_overdrive_markers


def read(*markers: tuple[str, str]) -> ChapterList:
    rows = "".join(f"<Marker><Name>{name}</Name><Time>{time}</Time></Marker>" for name, time in markers)
    chapters = overdrive_chapters(f"<Markers>{rows}</Markers>", 7_200_000)
    assert chapters is not None
    return chapters


def rows(chapters: ChapterList) -> list[tuple[int, str]]:
    return [(chapter.start_ms, chapter.title) for chapter in chapters.chapters]


def test_markers_are_chapters_and_minutes_may_pass_59() -> None:
    chapters = read(("Chapter 1", "0:00.000"), ("Chapter 2", "21:30.250"), ("Chapter 3", "71:35.000"))
    assert rows(chapters) == [(0, "Chapter 1"), (1_290_250, "Chapter 2"), (4_295_000, "Chapter 3")]
    assert chapters.source == "overdrive"


def test_names_that_end_in_a_time_go_on_with_the_chapter() -> None:
    chapters = read(
        ("Chapter 1", "0:00"), ("Chapter 1 (05:58)", "5:58"), ("Chapter 1 (1:05:58)", "65:58"), ("B", "70:00")
    )
    assert rows(chapters) == [(0, "Chapter 1"), (4_200_000, "B")]


@pytest.mark.parametrize("name", ["  Chapter 3 (00:00)", "Chapter 3 (05:58)"])
def test_chapter_that_runs_on_from_the_file_before_has_its_name_alone(name: str) -> None:
    assert rows(read((name, "0:00"), ("Chapter 4", "12:00"))) == [(0, "Chapter 3"), (720_000, "Chapter 4")]


def test_other_brackets_stay_in_the_name() -> None:
    assert rows(read(("Part 1 (1848)", "0:00"), ("Part 2 (cont.)", "1:00"))) == [
        (0, "Part 1 (1848)"),
        (60_000, "Part 2 (cont.)"),
    ]


def test_bare_ampersands_are_no_damage() -> None:
    assert rows(read(("Pride & Prejudice", "0:00"), ("A &amp; B &#228;", "1:00"))) == [
        (0, "Pride & Prejudice"),
        (60_000, "A & B ä"),
    ]


def test_marker_without_a_time_is_left_out_and_told() -> None:
    chapters = read(("A", "0:00"), ("B", "soon"), ("C", "1:00"))
    assert [notice.code for notice in chapters.notices] == ["time-unreadable"]


def test_what_is_no_xml_is_refused() -> None:
    with pytest.raises(SourceError, match="not valid XML"):
        overdrive_chapters("<Markers><Marker>", None)


def test_markers_stand_beside_the_chapters_of_the_same_tag(tmp_path: Path) -> None:
    path = make_audio(tmp_path / "a.mp3", 3)
    write_id3_chapters(path, [(0, "A"), (1000, "B"), (2000, "C")])
    write_overdrive_markers(path, [(0, "One"), (1500, "Two")])
    assert [chapters.source for chapters in read_source(path).chapter_lists] == ["id3", "overdrive"]


def test_broken_markers_cost_nothing_else(tmp_path: Path) -> None:
    path = make_audio(tmp_path / "a.mp3", 3)
    write_id3_chapters(path, [(0, "A"), (1000, "B")])
    write_overdrive_markers(path, [(0, "A"), (1000, "B")])
    path.write_bytes(path.read_bytes().replace(b"</Markers>", b"</Murkers>"))
    reading = read_source(path)
    assert [chapters.source for chapters in reading.chapter_lists] == ["id3"]
    assert [notice.code for notice in reading.notices] == ["chapters-unreadable"]
