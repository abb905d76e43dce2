from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from player.core.chapter import MAX_CHAPTERS, MAX_TIME_MS, MAX_TITLE, Chapter, ChapterList
from player.core.notice import Notice
from player.readers.chapter_list import best_first, chapter_list, notices_of_empty


def made(marks: Sequence[Chapter], duration_ms: int | None = None, is_ordered: bool = False) -> ChapterList:
    chapters = chapter_list("test", marks, duration_ms, is_ordered=is_ordered)
    assert chapters is not None
    return chapters


def codes(chapters: ChapterList) -> list[str]:
    return [notice.code for notice in chapters.notices]


A, B, C = Chapter(0, "A"), Chapter(1000, "B"), Chapter(2000, "C")


def test_good_chapters_pass_as_they_are() -> None:
    assert made([A, B, C], 3000) == ChapterList("test", (A, B, C))


def test_chapters_before_the_beginning_and_beyond_the_end_are_left_out() -> None:
    chapters = made([Chapter(-1, "x"), A, B, Chapter(3000, "y"), Chapter(9000, "z")], 3000)
    assert chapters.chapters == (A, B)
    assert [notice.message for notice in chapters.notices] == [
        "1 chapter before the beginning left out.",
        "2 chapters beyond the end left out.",
    ]


def test_time_beyond_a_thousand_hours_is_none_even_where_the_end_is_unknown() -> None:
    assert made([A, Chapter(MAX_TIME_MS, "x"), B]).chapters == (A, B)


def test_unsorted_chapters_are_sorted_and_told_only_where_order_was_meant() -> None:
    assert made([B, A]) == ChapterList("test", (A, B))
    ordered = made([B, A], is_ordered=True)
    assert ordered.chapters == (A, B)
    assert codes(ordered) == ["order-mended"]


def test_same_start_with_another_title_stays_in_its_order() -> None:
    twins = [Chapter(0, "Z"), Chapter(0, "A"), B]
    assert made(twins).chapters == tuple(twins)


def test_exact_repeats_are_dropped_also_when_rubbish_tells_them_apart() -> None:
    chapters = made([A, Chapter(0, "A\0rubbish"), A, B])
    assert chapters.chapters == (A, B)
    assert chapters.notices == (Notice("repeat-dropped", "2 exact repeats dropped."),)


def test_untitled_chapters_are_named_by_their_position() -> None:
    chapters = made([A, Chapter(1000, " \u202e\0x"), C])
    assert [chapter.title for chapter in chapters.chapters] == ["A", "Chapter 2", "C"]
    assert codes(chapters) == ["untitled"]


def test_long_title_is_shortened_and_told() -> None:
    chapters = made([A, Chapter(1000, "x" * (MAX_TITLE + 1))])
    assert chapters.chapters[1].title == "x" * MAX_TITLE
    assert codes(chapters) == ["title-shortened"]


def test_first_ten_thousand_chapters_are_kept() -> None:
    chapters = made([Chapter(row, f"{row}") for row in range(MAX_CHAPTERS + 1)])
    assert len(chapters.chapters) == MAX_CHAPTERS
    assert codes(chapters) == ["too-many-chapters"]


def test_ends_are_clamped_and_dropped_where_they_are_none() -> None:
    ends = [1000, 1000, 2**32 - 1, 0, None]
    marks = [Chapter(start, f"{start}", end_ms=end) for start, end in zip(range(0, 5000, 1000), ends, strict=True)]
    assert [chapter.end_ms for chapter in made(marks, 4500).chapters] == [1000, None, 4500, None, None]
    assert [chapter.end_ms for chapter in made(marks).chapters] == [1000, None, None, None, None]


def test_lone_chapter_over_the_whole_file_says_nothing() -> None:
    assert chapter_list("test", [Chapter(0, "ch0", end_ms=60_000)], 60_050) is None
    assert chapter_list("test", [Chapter(0, "ch0")], None) is None


def test_lone_chapter_that_begins_later_is_kept() -> None:
    assert made([Chapter(30_000, "Half")], 60_000).chapters == (Chapter(30_000, "Half"),)


def test_list_of_nothing_but_impossible_times_keeps_its_notice() -> None:
    chapters = made([Chapter(9000, "x")], 1000)
    assert chapters.chapters == ()
    assert best_first([chapters]) == ()
    assert notices_of_empty([chapters, None, made([A, B])]) == chapters.notices


def test_tree_comes_before_a_longer_list_and_longer_titles_break_a_tie() -> None:
    tree = ChapterList("tree", (Chapter(0, "A", depth=1), Chapter(0, "B", depth=2)))
    long = ChapterList("long", (A, B, C))
    cut = ChapterList("cut", (Chapter(0, "Al"), Chapter(1000, "Be")))
    whole = ChapterList("whole", (Chapter(0, "Alpha"), Chapter(1000, "Beta")))
    assert best_first([cut, None, whole, long, tree]) == (tree, long, whole, cut)


@given(
    st.lists(
        st.builds(
            Chapter,
            start_ms=st.integers(-(2**40), 2**40),
            title=st.text(max_size=5),
            end_ms=st.none() | st.integers(-10, 2**40),
        ),
        max_size=30,
    ),
    st.none() | st.integers(0, 2**36),
)
def test_whatever_comes_in_is_sorted_titled_and_within_the_sound(marks: list[Chapter], duration_ms: int | None) -> None:
    chapters = chapter_list("test", marks, duration_ms)
    kept = chapters.chapters if chapters else ()
    end = MAX_TIME_MS if duration_ms is None else duration_ms
    assert [chapter.start_ms for chapter in kept] == sorted(chapter.start_ms for chapter in kept)
    assert all(0 <= chapter.start_ms < end and chapter.title for chapter in kept)
    assert all(chapter.end_ms is None or chapter.start_ms < chapter.end_ms <= end for chapter in kept)
