from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from player.core.chapter import ChapterList
from player.readers.id3 import ChapFrame, TableFrame
from player.readers.id3_chapters import id3_chapters

DURATION_MS = 100_000
ROOT = "toc"


def chap(name: str, start_s: int, title: str | None = None) -> ChapFrame:
    return ChapFrame(name, start_s * 1000, start_s * 1000 + 1000, name.upper() if title is None else title)


def table(name: str, children: str, title: str = "", is_top_level: bool = False) -> TableFrame:
    return TableFrame(name, tuple(children.split()), title, is_top_level)


def read(chaps: Sequence[ChapFrame], *tables: TableFrame) -> ChapterList:
    chapters = id3_chapters(chaps, tables, DURATION_MS)
    assert chapters is not None
    return chapters


def tree(chapters: ChapterList) -> list[tuple[int | None, str]]:
    return [(chapter.depth, chapter.title) for chapter in chapters.chapters if chapter.is_listed]


A, B, C, D = (chap(name, start) for name, start in (("a", 0), ("b", 10), ("c", 20), ("d", 30)))


def test_chapters_without_any_table_are_a_flat_list() -> None:
    assert tree(read([A, B])) == [(None, "A"), (None, "B")]


def test_frame_order_is_not_time_order() -> None:
    assert tree(read([C, A, B], table(ROOT, "c a b"))) == [(None, "A"), (None, "B"), (None, "C")]


def test_flat_table_gives_no_depth_with_or_without_the_top_level_flag() -> None:
    for is_top_level in (True, False):
        chapters = read([A, B], table(ROOT, "a b", is_top_level=is_top_level))
        assert tree(chapters) == [(None, "A"), (None, "B")]


def test_title_of_the_one_table_that_holds_all_is_no_section() -> None:
    assert tree(read([A, B], table(ROOT, "a b", "Table of contents"))) == [(None, "A"), (None, "B")]


def test_table_in_a_table_is_a_group_that_starts_with_its_first_chapter() -> None:
    chapters = read([A, B, C, D], table(ROOT, "a part d"), table("part", "b c", "Part"))
    assert tree(chapters) == [(1, "A"), (1, "Part"), (2, "B"), (2, "C"), (1, "D")]
    group = chapters.chapters[1]
    assert (group.start_ms, group.end_ms) == (10_000, 21_000)


def test_group_with_a_chapter_of_its_own_title_is_that_chapter() -> None:
    tables = [table(ROOT, "a part"), table("part", "b c inner", "B"), table("inner", "d", "Inner")]
    assert tree(read([A, B, C, D], *tables)) == [(1, "A"), (1, "B"), (2, "C"), (2, "Inner"), (3, "D")]


def test_group_without_a_title_leaves_its_chapters_where_it_stands() -> None:
    assert tree(read([A, B, C], table(ROOT, "a part c"), table("part", "b"))) == [(None, "A"), (None, "B"), (None, "C")]


def test_several_roots_with_titles_are_groups() -> None:
    chapters = read([A, B], table("one", "a", "One"), table("two", "b", "Two"))
    assert tree(chapters) == [(1, "One"), (2, "A"), (1, "Two"), (2, "B")]


def test_table_that_covers_less_than_half_is_not_believed() -> None:
    assert tree(read([A, B, C, D], table(ROOT, "a"))) == [(None, "A"), (None, "B"), (None, "C"), (None, "D")]


def test_chapter_that_a_good_table_leaves_out_is_kept_but_not_listed() -> None:
    chapters = read([A, B, C], table(ROOT, "a c"))
    assert tree(chapters) == [(None, "A"), (None, "C")]
    assert [(chapter.title, chapter.is_listed) for chapter in chapters.chapters][1] == ("B", False)


def test_more_chapters_than_a_table_can_count_are_all_used() -> None:
    chaps = [chap(f"c{row}", 0)._replace(start_ms=row * 100) for row in range(300)]
    children = " ".join(f"c{row}" for row in range(255))
    assert len(tree(read(chaps, table(ROOT, children)))) == 300


def test_many_chapters_keep_their_tree_when_nested_tables_name_them_all() -> None:
    chaps = [chap(f"c{row}", 0)._replace(start_ms=row * 100) for row in range(300)]
    tables = [
        table(ROOT, "one two"),
        *(
            table(name, " ".join(f"c{row}" for row in rows), name)
            for name, rows in (("one", range(150)), ("two", range(150, 300)))
        ),
    ]
    assert [depth for depth, _ in tree(read(chaps, *tables))] == [1, *[2] * 150, 1, *[2] * 150]


def test_cycles_unknown_ids_and_second_mentions_cost_only_that_entry() -> None:
    tables = [table(ROOT, "a nobody part part a"), table("part", "b toc part c", "Part"), table(ROOT, "d")]
    assert tree(read([A, B, C], *tables)) == [(1, "A"), (1, "Part"), (2, "B"), (2, "C")]


def test_tables_that_all_lie_in_each_other_are_read_from_the_flagged_one() -> None:
    tables = [table("one", "two a", "One"), table("two", "one b", "Two", is_top_level=True)]
    assert tree(read([A, B], *tables)) == [(1, "One"), (2, "A"), (1, "B")]


def test_chapters_that_share_one_id_are_all_kept() -> None:
    chaps = [chap("ch", start, f"{start}") for start in range(0, 50, 10)]
    assert [title for _, title in tree(read(chaps, table(ROOT, "ch")))] == ["0", "10", "20", "30", "40"]


def test_lone_chapter_that_spans_the_file_is_none() -> None:
    assert id3_chapters([ChapFrame("ch0", 0, DURATION_MS, "")], [table(ROOT, "ch0")], DURATION_MS) is None


def test_deep_chain_of_tables_is_walked_without_recursion() -> None:
    depth = 5_000
    tables = [table(f"t{row}", f"t{row + 1} c{row}", f"T{row}") for row in range(depth)]
    chaps = [chap(f"c{row}", 0)._replace(start_ms=row) for row in range(depth)]
    assert len(read(chaps, *tables).chapters) == 2 * depth - 1


names = st.sampled_from(["", "a", "b", "c", "d", "toc", "part"])


@given(
    st.lists(st.builds(ChapFrame, names, st.integers(0, 99_999), st.integers(0, 2**32 - 1), names), max_size=12),
    st.lists(st.builds(TableFrame, names, st.lists(names, max_size=6).map(tuple), names, st.booleans()), max_size=6),
)
def test_every_chapter_comes_out_once_whatever_the_tables_say(chaps: list[ChapFrame], tables: list[TableFrame]) -> None:
    chapters = id3_chapters(chaps, tables, None)
    found = {(chapter.start_ms, chapter.title) for chapter in chapters.chapters} if chapters else set()
    for frame in chaps:
        is_there = (frame.start_ms, frame.title) in found
        is_unnamed_or_alone = frame.title == "" or len({(c.start_ms, c.title) for c in chaps}) == 1
        assert is_there or is_unnamed_or_alone
