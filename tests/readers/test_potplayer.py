from pathlib import Path

import pytest

from player.core.chapter import ChapterList
from player.readers.head import FIRST_BYTES, Head, read_head
from player.readers.potplayer import is_potplayer, read


def chapters_in(path: Path, text: str, encoding: str = "utf-8") -> ChapterList:
    path.write_text(text, encoding=encoding)
    assert is_potplayer(read_head(path))
    (chapters,) = read(path).chapter_lists
    return chapters


@pytest.mark.parametrize(
    ("text", "is_it"),
    [
        ("[Bookmark]\n0=0*A*FF", True),
        ("\ufeff[Bookmark]\r\n0=0*A*FF", True),
        ("[bookmark]\n\n7=5000*A", True),
        ("[Bookmark]\n0=\n", True),
        ("[Bookmark]", False),
        ("[Bookmark]\n0:00 A\n1:00 B", False),
        ("[Bookmark]\n0=A*B", False),
        ("[PlayRepeat]\n0=0*A*FF", False),
        ("0=0*A*FF", False),
        ("", False),
    ],
)
def test_it_is_told_by_its_section_and_first_line(text: str, is_it: bool) -> None:
    assert is_potplayer(Head(".pbf", text.encode(), b"")) is is_it


def test_a_first_picture_longer_than_the_head_is_no_matter(tmp_path: Path) -> None:
    """As the program writes them: UTF-16 with its mark, a picture each."""
    text = f"[Bookmark]\r\n0=0*A*{'F0' * FIRST_BYTES}\r\n1=60000*B*{'0f' * FIRST_BYTES}\r\n2=\r\n"
    chapters = chapters_in(tmp_path / "a.pbf", text, "utf-16")
    assert [(mark.start_ms, mark.title) for mark in chapters.chapters] == [(0, "A"), (60_000, "B")]
    assert chapters.notices == ()


def test_other_sections_hold_no_bookmarks(tmp_path: Path) -> None:
    chapters = chapters_in(tmp_path / "a.pbf", "[Bookmark]\n0=9000*B*\n1=5*A*\n[Other]\n0=1*C*\n")
    assert [(mark.start_ms, mark.title) for mark in chapters.chapters] == [(5, "A"), (9_000, "B")]
