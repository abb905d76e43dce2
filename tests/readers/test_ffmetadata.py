from pathlib import Path

import pytest

from player.core.reading import Reading
from player.readers.ffmetadata import is_ffmetadata, read
from player.readers.head import Head
from tests.builders import ffmetadata


def read_text(folder: Path, text: str) -> Reading:
    (folder / "a.ffmetadata").write_text(text, encoding="utf-8")
    return read(folder / "a.ffmetadata")


def test_it_is_told_by_its_first_line() -> None:
    assert is_ffmetadata(Head("", b";FFMETADATA1\n", b""))
    assert not is_ffmetadata(Head(".ffmetadata", b"[CHAPTER]\n", b""))


@pytest.mark.parametrize("title", ["a = b", "#1; ok", "back\\slash", "\\=", "[CHAPTER]", "; no comment", " "])
def test_titles_come_back_as_they_were(tmp_path: Path, title: str) -> None:
    reading = read_text(tmp_path, ffmetadata([(0, "First"), (1500, title)]))
    mark = reading.chapter_lists[0].chapters[1]
    assert (mark.start_ms, mark.title) == (1500, title.strip() or "Chapter 2")


@pytest.mark.parametrize(
    ("timebase", "start", "ms"),
    [
        ("1/1000", "1500", 1500),
        ("1/44100", "44100", 1000),
        ("1001/30000", "30", 1001),
        ("2", "5", 0),
        (" 1 / 10 ", " 7 ", 700),
    ],
)
def test_times_are_in_units_of_the_timebase(tmp_path: Path, timebase: str, start: str, ms: int) -> None:
    text = (
        f";FFMETADATA1\n[CHAPTER]\nTIMEBASE={timebase}\nSTART={start}\ntitle=A\n[CHAPTER]\nSTART=9999000000000\ntitle=B"
    )
    assert read_text(tmp_path, text).chapter_lists[0].chapters[0].start_ms == ms


def test_number_before_a_sign_that_separates_records_is_no_number(tmp_path: Path) -> None:
    rows = (("100\x1e", "A"), ("0", "B"), ("9000000000", "C"))
    text = ";FFMETADATA1\n" + "".join(f"[CHAPTER]\nSTART={start}\ntitle={title}\n" for start, title in rows)
    assert [mark.title for mark in read_text(tmp_path, text).chapter_lists[0].chapters] == ["B", "C"]


@pytest.mark.parametrize("piece", ["\\", "=", "a\\=", "[", "title", "x" * 50, "\\\n"])
def test_a_hostile_end_leaves_the_chapters_before_it(tmp_path: Path, piece: str) -> None:
    text = ffmetadata([(0, "A"), (1000, "B")])
    assert len(read_text(tmp_path, text + piece * (1_000_000 // len(piece))).chapter_lists[0].chapters) == 2
