from hypothesis import given
from hypothesis import strategies as st

from player.core.natural_order import natural_key


def in_order(*names: str) -> list[str]:
    return sorted(names, key=natural_key)


def test_numbers_count():
    assert in_order("b10", "b9", "b1") == ["b1", "b9", "b10"]
    assert in_order("1.10", "1.9", "1.2.1") == ["1.2.1", "1.9", "1.10"]
    assert in_order("１０", "9") == ["9", "１０"]


def test_folders_count_before_what_is_in_them():
    assert in_order("CD 10/1", "CD 9/2", "CD 9/10") == ["CD 9/2", "CD 9/10", "CD 10/1"]


def test_case_does_not_count_but_tells_equal_names_apart():
    assert in_order("b", "B", "a") == ["a", "B", "b"]
    assert in_order("01", "1") == ["01", "1"]


@given(st.lists(st.text(), max_size=8))
def test_any_names_have_one_order(names: list[str]):
    assert in_order(*names) == in_order(*reversed(names))


def test_a_name_of_nothing_but_digits_is_soon_done():
    assert in_order("9" * 100_000, "1" * 100_000) == ["1" * 100_000, "9" * 100_000]
