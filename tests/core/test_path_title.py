import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.core.path_title import earlier_titles


def test_most_titles_begin_with_an_earlier_one():
    assert earlier_titles(["A", "A: b", "A: c"]) == [(), (0,), (0,)]
    assert earlier_titles(["A", "A - b", "A - c"]) == [(), (0,), (0,)]


def test_half_of_the_titles_are_not_most():
    assert earlier_titles(["A", "A: b"]) is None
    assert earlier_titles(["A", "A: b", "C", "C: d"]) is None
    assert earlier_titles(["A: b", "C: d", "E: f"]) is None
    assert earlier_titles([]) is None


def test_the_longest_earlier_title_comes_first():
    assert earlier_titles(["A", "A: b", "A: b: c", "A: b - c - d: e"]) == [(), (0,), (1, 0), (1, 0)]


@pytest.mark.parametrize("joint", [": ", " - ", " – ", " — ", "："])
def test_a_colon_or_a_dash_joins(joint: str):
    assert earlier_titles(["A", f"A{joint}b", f"A{joint}c"]) == [(), (0,), (0,)]


@pytest.mark.parametrize("joint", [":", "-", " -", "- ", ", ", " ", ". ", "/"])
def test_nothing_else_joins(joint: str):
    assert earlier_titles(["A", f"A{joint}b", f"A{joint}c"]) is None


def test_a_title_is_compared_whole_and_as_written():
    assert earlier_titles(["Ab", "A: b", "A: c"]) is None
    assert earlier_titles(["a", "A: b", "A: c"]) is None
    assert earlier_titles([" A ", "A: b", " A : c"]) == [(), (0,), (0,)]


def test_the_last_of_equal_titles_counts():
    assert earlier_titles(["A", "A", "A: b", "A: c", "A: d"]) == [(), (), (1,), (1,), (1,)]


def test_later_titles_are_not_earlier():
    assert earlier_titles(["A: b", "A: c", "A"]) is None


@given(st.lists(st.lists(st.sampled_from("AB"), min_size=1, max_size=5).map(": ".join), max_size=30))
def test_what_is_found_is_earlier_and_begins_the_title(titles: list[str]):
    found = earlier_titles(titles)
    for row, rows in enumerate(found or ()):
        assert all(earlier < row and titles[row].startswith(titles[earlier] + ": ") for earlier in rows)
        assert [len(titles[earlier]) for earlier in rows] == sorted((len(titles[each]) for each in rows), reverse=True)


@pytest.mark.parametrize("title", ["A: " * 300, " - " * 300, "A" + ": " * 900, "：" * 900, " " * 900])
def test_titles_of_nothing_but_joints_are_looked_at(title: str):
    assert not any(earlier_titles([title] * 1000) or ())
