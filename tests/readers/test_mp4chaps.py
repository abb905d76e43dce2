from pathlib import Path

import pytest

from player.readers.head import Head
from player.readers.mp4chaps import is_mp4chaps, read

ROW = "00:00:00.000 A\n"


@pytest.mark.parametrize(
    ("text", "is_it"),
    [
        (ROW, True),
        (f"# 4:44 in a comment\n\n{ROW}", True),
        (ROW * 1_000, True),
        ("00:00:00.000\n", True),
        ("100:00:00.000000 A", True),
        ("# only a comment", False),
        (f"{ROW}and words", False),
        ("00:00:00 A", False),
        ("0:00.000 A", False),
        ("00:00:00.000-00:01:00.000 A", False),
        ("", False),
    ],
)
def test_it_is_told_by_all_its_lines(text: str, is_it: bool) -> None:
    assert is_mp4chaps(Head(".txt", text.encode()[:4096], b"")) is is_it


def test_line_that_is_none_is_left_out_and_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"{ROW}00:01:00.000 B\nrubbish\n", encoding="utf-8")
    (chapters,) = read(tmp_path / "a.txt").chapter_lists
    assert [(mark.start_ms, mark.title) for mark in chapters.chapters] == [(0, "A"), (60_000, "B")]
    assert [notice.code for notice in chapters.notices] == ["time-unreadable"]
