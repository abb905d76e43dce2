from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.core import edit
from player.core.chapter import MAX_TITLE, Chapter
from player.core.edit import Chapters, Edited
from player.core.errors import EditError
from player.core.outline import build

END_MS = 100_000


def rows(*given: tuple[int, str], every_ms: int = 1_000) -> Chapters:
    """Chapters of these depths and titles, one every second."""
    return tuple(Chapter(at * every_ms, title, depth=depth) for at, (depth, title) in enumerate(given))


def tree(chapters: Chapters) -> list[str]:
    return [">" * ((chapter.depth or 1) - 1) + chapter.title for chapter in chapters]


BOOK = rows((1, "A"), (2, "B"), (3, "C"), (2, "D"), (1, "E"))


def test_an_outline_becomes_chapters_that_say_how_deep_they_stand():
    outline = build([Chapter(0, "1. One"), Chapter(5, "1.1 Two", link="x:y"), Chapter(9, "2. Three")], 20)
    assert edit.editable(outline) == (
        Chapter(0, "1. One", depth=1),
        Chapter(5, "1.1 Two", depth=2, link="x:y"),
        Chapter(9, "2. Three", depth=1),
    )


def test_a_title_is_put_on_one_line_and_never_empty():
    assert edit.rename(BOOK, 2, "  New\n title ") == Edited(
        (*BOOK[:2], Chapter(2_000, "New title", depth=3), *BOOK[3:]), 2
    )
    assert len(edit.rename(BOOK, 0, "x" * 5_000).chapters[0].title) == MAX_TITLE
    with pytest.raises(EditError, match="cannot be empty"):
        edit.rename(BOOK, 2, " \n ")


def test_a_boundary_moves_between_its_neighbours():
    assert edit.move(BOOK, 2, 1_500, END_MS).chapters[2].start_ms == 1_500
    assert edit.move(BOOK, 2, 0, END_MS).chapters[2].start_ms == 1_000
    assert edit.move(BOOK, 2, 99_000, END_MS).chapters[2].start_ms == 3_000
    assert edit.room(BOOK, 2, END_MS) == (1_000, 3_000)


def test_the_first_boundary_moves_to_the_beginning_and_the_last_to_the_end():
    assert edit.move(BOOK, 0, -5, END_MS).chapters[0].start_ms == 0
    assert edit.move(BOOK, 4, 10 * END_MS, END_MS).chapters[4].start_ms == END_MS
    assert edit.move(BOOK, 4, END_MS, None).chapters[4].start_ms == END_MS


def test_a_boundary_past_the_end_of_a_file_that_was_cut_stays_until_it_is_moved():
    assert edit.room(BOOK, 4, 2_000) == (3_000, 4_000)


def test_a_new_section_stands_on_the_level_of_the_one_it_falls_in():
    added = edit.add(BOOK, 3_500, "New", END_MS)
    assert tree(added.chapters) == ["A", ">B", ">>C", ">D", ">New", "E"]
    assert added.row == 4
    assert tree(edit.add(BOOK, 9_000, "New", END_MS).chapters)[-1] == "New"


def test_in_the_opening_of_a_parent_it_takes_no_child_away():
    assert tree(edit.add(BOOK, 500, "New", END_MS).chapters)[:3] == ["A", ">New", ">B"]


def test_before_the_first_section_and_in_an_empty_outline_it_stands_at_the_top():
    later = tuple(Chapter(each.start_ms + 50, each.title, depth=each.depth) for each in BOOK)
    assert edit.add(later, 10, "New", END_MS).row == 0
    assert edit.add((), 10, "New", None) == Edited((Chapter(10, "New", depth=1),), 0)


def test_two_sections_do_not_begin_at_once_nor_past_the_end():
    with pytest.raises(EditError, match="“C” begins there already"):
        edit.add(BOOK, 2_000, "New", END_MS)
    with pytest.raises(EditError, match="1:41 is past the end"):
        edit.add(BOOK, END_MS + 1_000, "New", END_MS)


def test_an_outline_has_room_for_so_many_sections_only():
    full = tuple(Chapter(at, "x", depth=1) for at in range(10_000))
    with pytest.raises(EditError, match="10,000"):
        edit.add(full, 20_000, "New", None)


def test_the_stretch_of_a_deleted_section_goes_to_the_one_before():
    outline = build(edit.delete(BOOK, 2).chapters, END_MS, is_exact=True)
    assert (outline[1].start_ms, outline[1].end_ms) == (1_000, 3_000)
    assert edit.delete(BOOK, 2).row == 1


def test_what_lies_in_a_deleted_section_moves_up():
    assert tree(edit.delete(BOOK, 0).chapters) == ["B", ">C", "D", "E"]
    assert tree(edit.delete(BOOK, 1).chapters) == ["A", ">C", ">D", "E"]
    assert edit.delete(BOOK[:1], 0) == Edited((), None)


def test_a_section_is_indented_with_all_that_lies_in_it():
    book = rows((1, "A"), (1, "B"), (2, "C"), (1, "D"))
    assert tree(edit.indent(book, 1).chapters) == ["A", ">B", ">>C", "D"]
    for row in (0, 2):
        with pytest.raises(EditError, match="no section before it"):
            edit.indent(book, row)


def test_a_section_is_outdented_with_all_that_lies_in_it():
    assert tree(edit.outdent(BOOK, 1).chapters) == ["A", "B", ">C", ">D", "E"]
    with pytest.raises(EditError, match="top level"):
        edit.outdent(BOOK, 0)


# --- any sequence -----------------------------------------------------------------------------------------------------


@st.composite
def books(draw: st.DrawFn) -> Chapters:
    starts = sorted(draw(st.lists(st.integers(0, END_MS), max_size=12)))
    chapters: list[Chapter] = []
    depth = 0
    for number, start_ms in enumerate(starts):
        depth = draw(st.integers(1, depth + 1))
        chapters.append(Chapter(start_ms, f"{number}", depth=depth))
    return tuple(chapters)


OPERATIONS = st.lists(
    st.tuples(
        st.sampled_from(("rename", "move", "add", "delete", "indent", "outdent")),
        st.integers(0, 30),
        st.integers(-10, END_MS + 10),
        st.sampled_from(("", "1. One", "1.1 Two", "Part II", "x\ny", "2.2.2.1.1 Deep")),
    ),
    max_size=20,
)


def apply(chapters: Chapters, name: str, row: int, ms: int, title: str) -> Edited:
    if name == "add":
        return edit.add(chapters, ms, title, END_MS)
    row %= len(chapters)
    match name:
        case "rename":
            return edit.rename(chapters, row, title)
        case "move":
            return edit.move(chapters, row, ms, END_MS)
        case "delete":
            return edit.delete(chapters, row)
        case "indent":
            return edit.indent(chapters, row)
    return edit.outdent(chapters, row)


def is_legal(chapters: Chapters) -> bool:
    depths = [0, *(chapter.depth or 0 for chapter in chapters)]
    return all(1 <= after <= before + 1 for before, after in pairwise(depths))


@given(books(), OPERATIONS)
def test_after_any_operations_the_list_is_sorted_legal_and_the_same_as_its_outline(book, operations):
    for name, row, ms, title in operations:
        before = book
        if not book and name != "add":
            continue
        try:
            book, chosen = apply(book, name, row, ms, title)
        except EditError:
            continue
        assert len(book) - len(before) == {"add": 1, "delete": -1}.get(name, 0)
        assert chosen is None if not book else 0 <= chosen < len(book)
        assert list(book) == sorted(book, key=lambda chapter: chapter.start_ms)
        assert is_legal(book)
        assert edit.editable(build(book, END_MS, is_exact=True)) == book


@given(books(), OPERATIONS)
def test_every_other_chapter_is_untouched(book, operations):
    for name, row, ms, title in operations:
        if not book and name != "add":
            continue
        try:
            after, chosen = apply(book, name, row, ms, title)
        except EditError:
            continue
        if name in ("rename", "move"):
            assert after[:chosen] + after[chosen + 1 :] == book[:chosen] + book[chosen + 1 :]
        if name in ("indent", "outdent", "delete"):
            marks = [(each.start_ms, each.title) for each in book]
            left = [(each.start_ms, each.title) for each in after]
            gone = marks[row % len(marks)]
            assert left == marks if name != "delete" else sorted([*left, gone]) == sorted(marks)
        if name == "add":
            assert after[:chosen] + after[chosen + 1 :] == book
        book = after


@given(books(), st.integers(0, 30))
def test_outdenting_takes_indenting_back(book, at):
    row = at % len(book) if book else None
    if row is not None and edit.can_indent(book, row):
        assert edit.outdent(edit.indent(book, row).chapters, row).chapters == book


@given(books(), st.integers(0, END_MS))
def test_deleting_takes_adding_back(book, ms):
    if all(chapter.start_ms != ms for chapter in book):
        added = edit.add(book, ms, "New", END_MS)
        assert edit.delete(added.chapters, added.row).chapters == book
