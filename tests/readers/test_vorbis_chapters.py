import pytest

from player.core.chapter import ChapterList
from player.readers.vorbis_chapters import vorbis_chapters


def read(*comments: tuple[str, str]) -> ChapterList:
    chapters = vorbis_chapters(comments, 10_000_000)
    assert chapters is not None
    return chapters


@pytest.mark.parametrize(
    ("first", "second"), [("CHAPTER000", "CHAPTER001"), ("chapter01", "chapter02"), ("Chapter1", "Chapter2")]
)
def test_keys_are_read_in_every_spelling(first: str, second: str) -> None:
    chapters = read((first, "00:00:00.000"), (f"{first}Name", "A"), (second, "00:01:00.500"), (f"{second}NAME", "B"))
    assert [(chapter.start_ms, chapter.title) for chapter in chapters.chapters] == [(0, "A"), (60_500, "B")]


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("1:02:03", 3_723_000),
        ("02:03", 123_000),
        ("00:00:01.5", 1_500),
        ("00:00:01,25", 1_250),
        (" 00:00:01.123456789 ", 1_123),
    ],
)
def test_time_is_read_with_any_precision(text: str, ms: int) -> None:
    assert read(("CHAPTER001", "0:00"), ("CHAPTER002", text)).chapters[1].start_ms == ms


def test_chapters_are_sorted_by_time_not_by_number() -> None:
    chapters = read(("CHAPTER001", "0:10"), ("CHAPTER001NAME", "B"), ("CHAPTER002", "0:00"), ("CHAPTER002NAME", "A"))
    assert [chapter.title for chapter in chapters.chapters] == ["A", "B"]


def test_link_is_read_unless_it_is_dangerous() -> None:
    chapters = read(
        ("CHAPTER001", "0:00"),
        ("CHAPTER001URL", "https://x.y/"),
        ("CHAPTER002", "0:10"),
        ("CHAPTER002URL", "file:///etc"),
    )
    assert [chapter.link for chapter in chapters.chapters] == ["https://x.y/", None]


def test_chapter_without_a_name_is_numbered_and_a_name_without_time_is_none() -> None:
    chapters = read(
        ("CHAPTER001", "0:00"), ("CHAPTER002", "0:10"), ("CHAPTER003NAME", "no time"), ("CHAPTER004", "later")
    )
    assert [chapter.title for chapter in chapters.chapters] == ["Chapter 1", "Chapter 2"]


def test_marks_beyond_the_end_of_a_cut_file_are_left_out_and_told() -> None:
    chapters = read(("CHAPTER001", "0:00"), ("CHAPTER002", "0:10"), ("CHAPTER003", "9:00:00"))
    assert len(chapters.chapters) == 2
    assert [notice.code for notice in chapters.notices] == ["untitled", "beyond-end"][::-1]


def test_other_comments_are_no_chapters() -> None:
    assert vorbis_chapters([("TITLE", "A"), ("CHAPTERS", "0:00"), ("CHAPTER001X", "0:00")], None) is None
