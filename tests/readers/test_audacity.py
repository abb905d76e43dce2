from pathlib import Path

import pytest

from player.core.chapter import Chapter
from player.readers.audacity import is_audacity, read
from player.readers.head import Head


@pytest.mark.parametrize(
    ("text", "is_it"),
    [
        ("0.000000\t0.000000\tA", True),
        ("0,5\t1,5", True),
        ("0\t1\t", True),
        ("0.0 1.0 A", False),
        ("A\t0.0\t1.0", False),
        ("0:00\t0:01\tA", False),
        ("", False),
    ],
)
def test_it_is_told_by_its_first_line(text: str, is_it: bool) -> None:
    assert is_audacity(Head(".txt", text.encode(), b"")) is is_it


def test_label_at_a_point_has_no_end_and_rubbish_is_told(tmp_path: Path) -> None:
    text = "1.5\t1.5\tPoint\n\\\t100\t200\n2.0\t3.0\tStretch\nrubbish\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (chapters,) = read(tmp_path / "a.txt").chapter_lists
    assert chapters.chapters == (Chapter(1500, "Point"), Chapter(2000, "Stretch", end_ms=3000))
    assert [notice.code for notice in chapters.notices] == ["time-unreadable"]
