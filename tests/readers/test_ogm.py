from pathlib import Path

import pytest

from player.core.errors import NoChaptersError
from player.readers.head import Head
from player.readers.ogm import is_ogm, read


@pytest.mark.parametrize(
    ("text", "is_it"),
    [
        ("CHAPTER01=00:00:00.000", True),
        ("\n  chapter1 = 0:00", True),
        ("CHAPTER01NAME=A", False),
        ("CHAPTER01=A", False),
        ("In chapter01=0:00", False),
    ],
)
def test_it_is_told_by_its_lines(text: str, is_it: bool) -> None:
    assert is_ogm(Head(".txt", text.encode(), b"")) is is_it


def test_name_may_hold_the_sign_between_and_stand_before_its_time(tmp_path: Path) -> None:
    text = "CHAPTER01NAME=1 + 1 = 2\nCHAPTER01=00:00:00.000\nCHAPTER02=00:01:00.000\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (chapters,) = read(tmp_path / "a.txt").chapter_lists
    assert [(mark.start_ms, mark.title) for mark in chapters.chapters] == [(0, "1 + 1 = 2"), (60_000, "Chapter 2")]


def test_lone_chapter_is_none(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("CHAPTER01=00:00:00.000\nCHAPTER01NAME=All\n", encoding="utf-8")
    with pytest.raises(NoChaptersError):
        read(tmp_path / "a.txt")
