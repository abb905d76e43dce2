from pathlib import Path

import pytest

from player.core.errors import NoChaptersError
from player.readers.cue import cue_marks, read
from tests.builders import cue_sheet

MARKS = [(0, "One"), (60_000, "Two")]


def rows(text: str, name: str | None = None) -> list[tuple[int, str]]:
    return [(mark.start_ms, mark.title) for mark in cue_marks(text, name)[0]]


@pytest.mark.parametrize(
    ("encoding", "titles"),
    [
        ("utf-8", ["第一章 序言", "Über den Fluß", "Война и мир"]),
        ("utf-8-sig", ["第一章 序言", "Über den Fluß"]),
        ("utf-16", ["第一章 序言", "Über den Fluß"]),
        ("cp1252", ["Über den Fluß", "Don’t stop – “À la carte”", "Dvořák’s sœur".replace("ř", "r")]),
        ("gb18030", ["第一章 序言", "第二章 三体问题与红岸基地", "《狂人日记》——鲁迅"]),
        ("big5", ["第一章 序言", "第二章 紅樓夢：劉姥姥一進榮國府", "經典"]),
        ("shift_jis", ["第一章 はじめに", "銀河鉄道の夜　午后の授業", "「こころ」夏目漱石"]),
        ("cp1251", ["Глава 1. Мастер и Маргарита", "Часть вторая", "Война и мир"]),
    ],
)
def test_sheet_is_read_in_the_encodings_of_real_life(tmp_path: Path, encoding: str, titles: list[str]) -> None:
    marks = [(number * 60_000, title) for number, title in enumerate(titles)]
    (tmp_path / "a.cue").write_bytes(cue_sheet(marks).encode(encoding))
    assert [chapter.title for chapter in read(tmp_path / "a.cue").chapter_lists[0].chapters] == titles


@pytest.mark.parametrize(
    ("position", "ms"), [("00:00:01", 13), ("00:00:74", 987), ("999:59:00", 59_999_000), ("0:1:2", 1_027)]
)
def test_position_is_in_minutes_seconds_and_75ths(position: str, ms: int) -> None:
    assert rows(f"TRACK 01 AUDIO\nINDEX 01 {position}\n") == [(ms, "")]


@pytest.mark.parametrize("text", ["TRACK 1 AUDIO\nINDEX 01 x:00:00", "TRACK 1 AUDIO\nINDEX 01", "TRACK 1 AUDIO"])
def test_track_without_a_position_is_told(text: str) -> None:
    marks, told = cue_marks(text)
    assert marks == []
    assert [notice.code for notice in told] == ["time-unreadable"]


def test_commands_are_known_in_any_case_and_quotes_may_be_left_out() -> None:
    assert rows("file x.wav wave\ntrack 1 audio\ntitle No quotes here\nindex 1 0:0:0") == [(0, "No quotes here")]
    assert rows('TRACK 1 AUDIO\nTITLE "It\'s "quoted" within"\nINDEX 01 0:0:0') == [(0, 'It\'s "quoted" within')]


def test_one_file_is_meant_whatever_it_is_called_now() -> None:
    assert rows(cue_sheet(MARKS, "old name.wav"), "new name") == MARKS


@pytest.mark.parametrize("name", ["CD2", "cd2"])
def test_of_several_files_that_of_the_name_is_meant(name: str) -> None:
    text = cue_sheet(MARKS, "CD1.wav") + cue_sheet([(0, "Three")], "folder/CD2.flac")
    assert rows(text, name) == [(0, "Three")]
    assert rows(text, "another") == []
    assert rows(text) == MARKS


def test_other_commands_are_left_out() -> None:
    text = "REM DATE 1908\nCATALOG 1\nPREGAP 0:0:1\n" + cue_sheet(MARKS) + "POSTGAP 0:0:1\nISRC X\n"
    assert rows(text) == MARKS


@pytest.mark.parametrize(
    "line", ["TITLE" + " " * 200_000 + "x", '"' * 200_000, "FILE " + " " * 200_000, "TITLE " + '"x' * 100_000]
)
def test_long_lines_take_no_longer_than_others(line: str) -> None:
    assert rows(f"{cue_sheet(MARKS)}{line}\n")[0] == MARKS[0]


def test_sheet_without_tracks_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.cue").write_text('TITLE "x"', encoding="utf-8")
    with pytest.raises(NoChaptersError, match="no tracks with times"):
        read(tmp_path / "a.cue")
