from hypothesis import given
from hypothesis import strategies as st

from player.core.outline import build
from player.readers.chapter_tree import Branch, tree_marks


def rows(*branches: Branch) -> list[tuple[int, int | None, str]]:
    return [(mark.start_ms, mark.depth, mark.title) for mark in tree_marks(branches)]


def test_list_without_branches_has_no_depths() -> None:
    assert rows(Branch("A", 0), Branch("B", 5)) == [(0, None, "A"), (5, None, "B")]


def test_branches_are_laid_out_from_top_to_bottom() -> None:
    tree = Branch("A", 0, children=[Branch("A1", 0, children=[Branch("A1a", 3)]), Branch("A2", 5)])
    assert rows(tree, Branch("B", 9)) == [(0, 1, "A"), (0, 2, "A1"), (3, 3, "A1a"), (5, 2, "A2"), (9, 1, "B")]


def test_levels_are_put_in_the_order_of_their_times() -> None:
    tree = Branch("A", 10, children=[Branch("A2", 15), Branch("A1", 12)])
    assert rows(tree, Branch("B", 0)) == [(0, 1, "B"), (10, 1, "A"), (12, 2, "A1"), (15, 2, "A2")]


def test_group_without_a_time_starts_with_its_first_child() -> None:
    assert rows(Branch("G", children=[Branch("b", 7), Branch("a", 4)])) == [(4, 1, "G"), (4, 2, "a"), (7, 2, "b")]


def test_entry_starts_with_its_first_child_at_the_latest() -> None:
    tree = Branch("G", 20, children=[Branch("a", 4), Branch("b", 7)])
    assert rows(tree, Branch("H", 10)) == [(4, 1, "G"), (4, 2, "a"), (7, 2, "b"), (10, 1, "H")]


def test_entries_without_any_time_are_left_out() -> None:
    tree = Branch("G", children=[Branch("a"), Branch("b", 4), Branch("c", children=[Branch("d")])])
    assert rows(tree, Branch("H")) == [(4, 1, "G"), (4, 2, "b")]


def test_depth_is_no_matter() -> None:
    top = innermost = Branch("0", 0)
    for number in range(1, 20_000):
        innermost.children.append(Branch(str(number), number))
        innermost = innermost.children[0]
    assert rows(top)[-1] == (19_999, 20_000, "19999")


trees = st.recursive(
    st.builds(Branch, st.just("x"), st.integers(0, 50)),
    lambda inner: st.builds(
        lambda start, children: Branch("x", start, children=children),
        st.none() | st.integers(0, 50),
        st.lists(inner, min_size=1, max_size=4),
    ),
    max_leaves=20,
)


def size(branch: Branch) -> int:
    return 1 + sum(map(size, branch.children))


@given(st.lists(trees, max_size=4))
def test_every_entry_with_a_time_is_there_once_and_children_never_come_before_their_parent(top: list[Branch]) -> None:
    marks = tree_marks(top)
    assert len(marks) == sum(map(size, top))
    assert len(build(marks)) == len(marks)
    for branch in top:
        for child in branch.children:
            assert (child.start_ms or 0) >= (branch.start_ms or 0)
