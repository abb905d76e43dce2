import collections
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.core.chapter import Chapter
from player.core.outline import EMPTY_OUTLINE, Outline, build
from player.core.shape import Shape
from tests.builders import SEED_SECONDS, seed_chapters
from tests.core.outlines import DATA, chapters_of, flat, outline_of, tree_of

PAIRS = sorted(DATA.glob("*.chapters"))


# --- known lists and their trees ---


@pytest.mark.parametrize("chapters", PAIRS, ids=[path.stem for path in PAIRS])
def test_a_list_becomes_the_tree_that_its_author_meant(chapters: Path):
    outline = build(chapters_of(chapters.read_text(encoding="utf-8")))
    assert tree_of(outline) == chapters.with_suffix(".tree").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def seed() -> Outline:
    return build([Chapter(start_ms, title) for start_ms, title in seed_chapters()], SEED_SECONDS * 1000)


def test_the_seed_has_the_figures_of_its_author(seed: Outline):
    levels = collections.Counter(section.depth for section in seed.sections)
    parents = [section for section in seed.sections if section.is_parent]
    assert len(seed) == 119
    assert levels == {1: 8, 2: 31, 3: 37, 4: 26, 5: 17}
    assert len(parents) == 28
    assert [(section.label, len(section.children)) for section in seed.top] == [
        (None, 0), ("0", 2), ("1", 5), ("2", 5), ("3", 4), ("4", 7), ("5", 0), ("6", 8),
    ]  # fmt: skip


def test_every_numbered_section_of_the_seed_hangs_under_its_own_number(seed: Outline):
    numbered = [section for section in seed.sections if section.number]
    assert len(numbered) == 118
    for section in numbered:
        assert section.number is not None
        parent = () if section.parent is None else seed[section.parent].number
        assert section.number.parent == parent
        assert section.depth == len(section.number)


def test_every_parent_of_the_seed_has_audio_of_its_own(seed: Outline):
    own = sorted(section.own_ms or 0 for section in seed.sections if section.is_parent)
    assert (own[0], own[-1]) == (8_000, 648_000)
    assert sum(ms < 60_000 for ms in own) == 17


def test_the_seed_plays_4_4_3_before_4_4_2_and_says_so(seed: Outline):
    labels = [section.label for section in seed.sections]
    assert labels.index("4.4.3") + 1 == labels.index("4.4.2")
    assert [section.label for section in seed.sections if section.is_late] == ["4.4.2"]
    assert [notice.code for notice in seed.notices] == ["order-break"]


# --- spans, labels, notices ---


def test_no_chapters_are_an_empty_outline():
    assert build([]) == EMPTY_OUTLINE
    assert build([], 5_000) == Outline((), 5_000)
    assert EMPTY_OUTLINE.is_flat
    assert EMPTY_OUTLINE.top == ()


def test_spans_end_where_the_next_section_and_the_next_branch_begin():
    outline = outline_of("1. One", "1.1 A", "1.1.1 B", "2. Two", duration_ms=9_000)
    spans = [(section.start_ms, section.end_ms, section.whole_end_ms) for section in outline.sections]
    assert spans == [(0, 1000, 3000), (1000, 2000, 3000), (2000, 3000, 3000), (3000, 9000, 9000)]
    assert not outline.is_flat


def test_an_unknown_length_leaves_the_last_ends_open():
    outline = outline_of("1. One", "1.1 A", "2. Two", "2.1 B")
    assert [section.whole_end_ms for section in outline.sections] == [2000, 2000, None, None]
    assert [section.end_ms for section in outline.sections] == [1000, 2000, 3000, None]


def test_chapters_beyond_the_end_have_no_backward_spans():
    outline = outline_of("1. One", "2. Two", "3. Three", duration_ms=500)
    assert [(section.start_ms, section.end_ms) for section in outline.sections] == [
        (0, 1000),
        (1000, 2000),
        (2000, 2000),
    ]


def test_chapters_that_are_not_listed_are_left_out():
    rows = [Chapter(0, "1. One"), Chapter(500, "Hidden", is_listed=False), Chapter(1000, "1.1 A")]
    outline = build(rows, 2000)
    assert [section.title for section in outline.sections] == ["1. One", "1.1 A"]
    assert outline[0].end_ms == 1000


def test_titles_labels_and_links_come_through_as_written():
    outline = build([Chapter(0, " §1:  One ", link="https://a.example"), Chapter(1, "§2 Two")])
    assert outline[0].title == " §1:  One "
    assert (outline[0].label, outline[0].rest, outline[0].number) == ("§1", "One", (1,))
    assert outline[0].link == "https://a.example"


def test_a_flat_list_keeps_its_numbers_and_its_order_breaks():
    outline = outline_of("1. One", "2. Two", "4. Four", "3. Three", "5. Five")
    assert outline.is_flat
    assert [section.label for section in outline.sections] == ["1", "2", "4", "3", "5"]
    assert [notice.message for notice in outline.notices] == ["4 plays before 3; both stay where they play."]


def test_a_list_all_out_of_order_is_said_in_one_sentence():
    outline = outline_of(*(f"{number}. Title" for number in range(1000, 0, -1) if number < 1000))
    assert len(outline.notices) == 1


# --- a level of the source's own tree ---

CROWD = (
    "1. One",
    "1.1 A",
    "1.2 B",
    "2. Two",
    "2.1 C",
    "2.2 D",
    "3. Three",
    "3.1 E",
    "3.2 F",
    "4. Four",
    "4.1 G",
    "4.2 H",
)


def own_level(*titles: str, nested_under_last: str | None = None) -> Outline:
    rows = [Chapter(0, "Root", depth=1), *(Chapter(row, title, depth=2) for row, title in enumerate(titles, 1))]
    if nested_under_last:
        rows.append(Chapter(len(rows), nested_under_last, depth=3))
    return build(rows)


def test_a_level_of_twelve_is_left_as_the_source_has_it_and_one_of_thirteen_is_nested():
    assert {section.depth for section in own_level(*CROWD).sections} == {1, 2}
    assert {section.depth for section in own_level(*CROWD, "5. Five").sections} == {1, 2, 3}


def test_a_crowded_level_that_the_source_nests_itself_is_left_as_it_is():
    outline = own_level(*CROWD, "5. Five", nested_under_last="Deep")
    assert [section.depth for section in outline.sections] == [1, *[2] * 13, 3]


def test_a_crowded_level_whose_numbers_carry_no_tree_is_left_as_it_is():
    outline = own_level("1. One", "1.1 A", *["Plain"] * 11)
    assert [section.depth for section in outline.sections] == [1, *[2] * 13]
    assert outline[1].label == "1"


# --- any list at all ---

WORDED = st.builds(
    lambda words, number, close, rest: f"{words} {number}{close} {rest}",
    words=st.sampled_from(["Part", "Book", "Chapter", "Letter", "Section", "Appendix", "Teil", "Act 1, Scene", ""]),
    number=st.sampled_from([*"1 2 3 10 I II IV One two A B C A.1 B.2 1.1 2.3".split(), "", "第一部", "第二章", "三、"]),
    close=st.sampled_from(["", ".", ":", ",", " -"]),
    rest=st.sampled_from(["", "Title", "Part 2", "Chapter 3", "of it"]),
)
WORDED_LISTS = st.lists(WORDED | st.sampled_from(["Epilogue", "Notes", "Aside"]), max_size=40)
PATHS = st.lists(st.lists(st.sampled_from(["A", "B", "1. C", "1.1 D", "Part I"]), min_size=1, max_size=4), max_size=30)
TITLES = st.one_of(
    st.text(max_size=20),
    st.builds(
        lambda lead, parts, close, rest: f"{lead}{'.'.join(map(str, parts))}{close} {rest}",
        st.sampled_from(["", "", "", "§", "• ", "[x] "]),
        st.lists(st.integers(0, 4), min_size=1, max_size=5),
        st.sampled_from(["", "", ".", ")", " -"]),
        st.sampled_from(["Title", "things", "", "１"]),
    ),
)
CHAPTERS = st.lists(
    st.builds(
        Chapter,
        start_ms=st.integers(0, 40).map(lambda value: value * 500),
        title=TITLES,
        is_listed=st.booleans().map(lambda hidden: not hidden) | st.just(True),
    ),
    max_size=40,
)
TREES = st.lists(
    st.builds(
        Chapter,
        start_ms=st.integers(0, 20_000),
        title=TITLES,
        depth=st.none() | st.integers(0, 5),
    ),
    max_size=60,
)
BOOKS = WORDED_LISTS.map(flat) | PATHS.map(lambda paths: flat([" - ".join(path) for path in paths]))
ANY = CHAPTERS | TREES | BOOKS
SHAPES = st.sampled_from(Shape)
LENGTHS = st.none() | st.integers(1, 30_000)


def preorder(outline: Outline) -> list[int]:
    rows: list[int] = []
    stack = [section.row for section in reversed(outline.top)]
    while stack:
        row = stack.pop()
        rows.append(row)
        stack.extend(reversed(outline[row].children))
    return rows


@given(ANY, LENGTHS, SHAPES)
def test_every_chapter_is_one_section_and_the_tree_reads_in_playing_order(
    rows: list[Chapter], length: int | None, shape: Shape
):
    outline = build(rows, length, shape)
    listed = sorted((row for row in rows if row.is_listed), key=lambda row: row.start_ms)
    assert [(section.start_ms, section.title) for section in outline.sections] == [
        (row.start_ms, row.title) for row in listed
    ]
    assert preorder(outline) == [section.row for section in outline.sections] == list(range(len(listed)))


@given(ANY, LENGTHS, SHAPES)
def test_parents_children_and_depths_agree(rows: list[Chapter], length: int | None, shape: Shape):
    outline = build(rows, length, shape)
    for section in outline.sections:
        assert all(outline[child].parent == section.row for child in section.children)
        assert section.depth == (1 if section.parent is None else outline[section.parent].depth + 1)
        if section.parent is not None:
            assert section.row in outline[section.parent].children


@given(ANY, st.integers(1, 30_000), SHAPES)
def test_own_spans_tile_and_whole_spans_nest(rows: list[Chapter], length: int, shape: Shape):
    outline = build(rows, length, shape)
    sections = outline.sections
    assert all(first.end_ms == second.start_ms for first, second in pairwise(sections))
    if sections:
        assert sections[-1].end_ms == max(length, sections[-1].start_ms)
    for section in sections:
        assert section.end_ms is not None
        assert section.whole_end_ms is not None
        assert section.start_ms <= section.end_ms <= section.whole_end_ms
        if section.parent is not None:
            above = outline[section.parent]
            assert above.whole_end_ms is not None
            assert above.start_ms <= section.start_ms
            assert section.whole_end_ms <= above.whole_end_ms


@given(ANY, LENGTHS, SHAPES)
def test_the_same_chapters_give_the_same_outline(rows: list[Chapter], length: int | None, shape: Shape):
    assert build(rows, length, shape) == build(list(rows), length, shape)


@given(ANY)
def test_a_shape_moves_sections_and_changes_nothing_else(rows: list[Chapter]):
    automatic, flat_one, tree = (build(rows, 99, shape) for shape in (Shape.AUTO, Shape.FLAT, Shape.TREE))
    assert flat_one.is_flat
    assert automatic.is_flat or [each.parent for each in automatic.sections] == [each.parent for each in tree.sections]
    for one, other, third in zip(automatic.sections, flat_one.sections, tree.sections, strict=True):
        assert one[3:9] == other[3:9] == third[3:9]


@given(ANY)
def test_a_title_is_its_label_and_its_rest(rows: list[Chapter]):
    for section in build(rows).sections:
        if section.label is None:
            assert section.rest == section.title
        else:
            assert section.title.rstrip().endswith(section.rest)


SURE = WORDED.map(lambda title: title.replace(" -", ".").replace(":", ".")).filter(
    lambda title: title[0] not in " 1230"
)


@given(st.lists(SURE, max_size=40))
def test_plain_rows_between_labels_never_break_a_branch(titles: list[str]):
    with_plain = [row for title in titles for row in (title, "Aside from it all")]
    alone, among_plain = (build(flat(each), shape=Shape.TREE) for each in (titles, with_plain))
    levels = [[(each.label, each.depth) for each in outline.sections if each.label] for outline in (alone, among_plain)]
    assert levels[0] == levels[1]


def test_what_the_listener_chose_is_a_flat_list_or_a_tree():
    rows = flat(["1. One", "1.1 A", "Part I", "Part II"])
    assert build(rows).is_flat is build(rows, shape=Shape.TREE).is_flat is False
    assert build(rows, shape=Shape.FLAT).is_flat


def test_a_labels_word_is_part_of_the_label_and_its_number_is_for_matching():
    outline = outline_of("Part II: The Sea", "Part II, Chapter 4. Sails", "Appendix A.1: Maps", "Part C", "Part B")
    found = [(section.label, section.number, section.rest, section.title) for section in outline.sections]
    assert found == [
        ("Part II", (2,), "The Sea", "Part II: The Sea"),
        ("Part II, Chapter 4", (4,), "Sails", "Part II, Chapter 4. Sails"),
        ("Appendix A.1", None, "Maps", "Appendix A.1: Maps"),
        ("Part C", None, "", "Part C"),
        ("Part B", None, "", "Part B"),
    ]


DOTTED = st.lists(
    st.builds(
        lambda parts, close, rest: f"{'.'.join(map(str, parts))}{close} {rest}",
        parts=st.lists(st.integers(0, 4), min_size=1, max_size=4),
        close=st.sampled_from(["", ".", ":", ")"]),
        rest=st.sampled_from(["Title", "things", ""]),
    ),
    max_size=40,
)


@given(DOTTED)
def test_mere_numbers_nest_only_under_their_own_beginning(titles: list[str]):
    outline = outline_of(*titles)
    for section in outline.sections:
        if section.number and section.parent is not None:
            above = outline[section.parent].number
            assert above is not None
            assert section.number.is_under(above)


@given(TREES)
def test_the_depth_that_a_source_gives_is_only_ever_refined(rows: list[Chapter]):
    outline = build(rows)
    listed = sorted(rows, key=lambda row: row.start_ms)
    if any((row.depth or 1) > 1 for row in listed):
        for section, row in zip(outline.sections, listed, strict=True):
            for child in section.children:
                assert (listed[child].depth or 1) >= (row.depth or 1)


def test_a_source_tree_ten_thousand_levels_deep_is_built_without_recursion():
    rows = [Chapter(row, f"{row}", depth=row + 1) for row in range(10_000)]
    outline = build(rows, 10_000)
    assert outline[9_999].depth == 10_000
    assert outline[0].whole_end_ms == 10_000


def test_containers_ten_thousand_deep_in_a_list_are_built_without_recursion():
    outline = build(flat([f"Part 1, Chapter {row}.1" for row in range(10_000)]), 10_000_000)
    assert len(outline) == 10_000


def test_earlier_titles_a_hundred_deep_are_built_without_recursion():
    titles = [": ".join("A" * (row + 1)) for row in range(100)]
    assert max(section.depth for section in outline_of(*titles).sections) == 13  # a title has twelve joints at most


def test_ten_thousand_hostile_titles_are_built():
    hostile = [
        "1" * 300,
        "1" + ".1" * 300,
        "[" * 300,
        " " * 300,
        "[x]" + " " * 300 + "1. A",
        "１．" * 100,
        "ﷺ" * 300,
        "",
        "Part I, " * 40,
        "Chapter " * 40,
        "第一章" * 100,
        "A: " * 100,
        "IV. " * 100,
    ]
    outline = build(flat([hostile[row % len(hostile)] for row in range(10_000)]))
    assert len(outline) == 10_000
