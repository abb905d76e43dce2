from hypothesis import given
from hypothesis import strategies as st

from player.core.chapter import Chapter
from player.core.nesting import nest
from player.core.shape import Shape
from tests.core.outlines import flat


def parents(*titles: str, shape: Shape = Shape.AUTO) -> list[int | None]:
    return list(nest(flat(titles), shape).parents)


def labels(*titles: str, shape: Shape = Shape.AUTO) -> list[str | None]:
    return [label.printed if label else None for label in nest(flat(titles), shape).labels]


def own(*rows: tuple[int, str], shape: Shape = Shape.AUTO) -> list[int | None]:
    return list(nest([Chapter(at, title, depth=depth) for at, (depth, title) in enumerate(rows)], shape).parents)


TREE = "1. A", "1.1 B", "2. C"
DISORDER = "3. A", "3.1 B", "2. C", "2.1 D", "1. E", "1.1 F"
THIN = "1. A", "1.1 B", *["x"] * 8


def test_the_rules_decide_unless_a_shape_is_chosen():
    assert parents(*TREE) == [None, 0, None]
    assert parents(*TREE, shape=Shape.FLAT) == [None] * 3
    assert parents(*TREE, shape=Shape.TREE) == [None, 0, None]


def test_a_list_in_disorder_is_a_tree_only_where_one_is_chosen():
    assert parents(*DISORDER) == [None] * 6
    assert parents(*DISORDER, shape=Shape.TREE) == [None, 0, None, 2, None, 4]


def test_a_thin_list_is_a_tree_only_where_one_is_chosen():
    assert parents(*THIN) == [None] * 10
    assert parents(*THIN, shape=Shape.TREE) == [None, 0, *[None] * 8]


def test_a_list_without_any_sign_of_a_tree_stays_flat_where_one_is_chosen():
    assert parents("A", "B", "1. C", "2. D", shape=Shape.TREE) == [None] * 4


def test_labels_stay_whatever_the_shape():
    for shape in Shape:
        assert labels(*TREE, shape=shape) == ["1", "1.1", "2"]
        assert labels("Part I", "Chapter 1", shape=shape) == ["Part I", "Chapter 1"]


def test_the_source_s_own_tree_is_flat_only_where_that_is_chosen():
    rows = (1, "A"), (2, "B"), (3, "C"), (1, "D")
    assert own(*rows) == own(*rows, shape=Shape.TREE) == [None, 0, 1, None]
    assert own(*rows, shape=Shape.FLAT) == [None] * 4


def test_earlier_titles_come_before_labels():
    assert parents("Part I", "Part I: 2. A", "Part I: 1. B", "Part I: 1. B - C") == [None, 0, 0, 2]


def test_rows_without_an_earlier_title_keep_their_numbers_tree():
    titles = "1. A", "1. A: b", "1. A: c", "1.1 D", "1.1 D: e", "1.1 D: f", "1.1 D: g"
    assert parents(*titles) == [None, 0, 0, 0, 3, 3, 3]


def test_a_disordered_numbering_does_not_nest_beside_earlier_titles():
    titles = "2. A", "2. A: b", "2. A: c", "1.1 D", "1.1 D: e", "1. F", "1. F: g", "1. F: h"
    assert parents(*titles) == [None, 0, 0, None, 3, None, 5, 5]


def test_a_title_whose_beginning_is_closed_hangs_under_what_is_open_of_it():
    titles = "A", "A: b", "A: b: c", "A: d", "A: b: e", "F", "A: g"
    assert parents(*titles) == [None, 0, 1, 0, 0, 0, 0]


def test_a_late_title_at_the_top_closes_a_numbered_branch():
    titles = "A", "1. B", "A: c", "A: d", "A: e", "A: f", "1.1 G", "1.2 H", "A: i"
    assert parents(*titles) == [None, None, *[None] * 7]
    titles = "1. B", "1.1 A", "1.1 A: c", "1.1 A: d", "1.1 A: e", "1.2 G", "1.1 A: f", "1.3 H", "1.1 A: g"
    assert parents(*titles) == [None, 0, 1, 1, 1, 0, None, None, None]


def test_plain_rows_between_path_titles_take_the_level_of_the_next():
    titles = "x", "A", "A: b", "x", "A: b: c", "A: b: d", "y", "A: e", "A: f", "A: g", "z"
    assert parents(*titles) == [None, None, 1, 2, 2, 2, 1, 1, 1, 1, None]


def test_closing_words_count_within_a_level_of_the_source_s_own_tree():
    level = [(2, title) for title in ("1. A", "1.1 B", "1.2 C", "Notes", "1.1 D", *(f"{n}. X" for n in range(2, 11)))]
    assert own((1, "Root"), *level) == [None, 0, 1, 1, 0, *[0] * 10]


def test_a_level_s_labels_beside_those_of_the_whole_list():
    rows = [(1, "I. One"), (2, "a"), (1, "x"), (2, "II. Two")]
    found = nest([Chapter(at, title, depth=depth) for at, (depth, title) in enumerate(rows)]).labels
    assert [label.printed if label else None for label in found] == ["I", None, None, "II"]


WORDS = "A", "A: b", "A: b - c", "Part I", "Chapter 1", "Epilogue", "Appendix A"
TITLES = st.lists(st.sampled_from([*TREE, *DISORDER, *WORDS]))


@given(TITLES, st.sampled_from(Shape))
def test_a_parent_is_an_earlier_row_that_is_open(titles: list[str], shape: Shape):
    open_rows: list[int] = []
    for row, parent in enumerate(nest(flat(titles), shape).parents):
        while open_rows and open_rows[-1] != parent:
            open_rows.pop()
        assert parent is None or open_rows
        open_rows.append(row)


def test_an_exact_tree_lies_where_its_depths_say_whatever_its_titles_say():
    numbers = [f"{at // 3 + 1}.{at % 3}" if at % 3 else f"{at // 3 + 1}" for at in range(30)]
    crowded = [Chapter(0, "Book", depth=1), *(Chapter(at, title, depth=2) for at, title in enumerate(numbers, 1))]
    wrong = [Chapter(0, "Part I", depth=1), Chapter(1, "Part II", depth=2), Chapter(2, "1.1", depth=3)]
    assert nest(crowded).parents.count(0) == 10
    assert nest(crowded, is_exact=True).parents == (None, *[0] * 30)
    assert nest(wrong, is_exact=True).parents == (None, 0, 1)
    assert nest(wrong, Shape.TREE, is_exact=True).parents == (None, 0, 1)


def test_an_exact_tree_keeps_its_labels_and_can_be_shown_flat():
    rows = [
        Chapter(at, title, depth=depth) for at, (depth, title) in enumerate(((1, "2. A"), (2, "2.1 B"), (1, "3. C")))
    ]
    shown = nest(rows, Shape.FLAT, is_exact=True)
    assert [label.printed for label in shown.labels if label] == ["2", "2.1", "3"]
    assert shown.parents == (None,) * 3
    assert [label.printed for label in nest(rows, is_exact=True).labels if label] == ["2", "2.1", "3"]


def test_without_depths_nothing_is_exact():
    assert nest(flat(TREE), is_exact=True).parents == (None, 0, None)
    half = [Chapter(0, "1. A", depth=1), Chapter(1, "1.1 B"), Chapter(2, "2. C")]
    assert nest(half, is_exact=True).parents == (None, 0, None)
