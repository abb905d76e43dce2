import pytest

from player.core.section_number import SectionNumber


def test_a_number_is_printed_with_points():
    assert str(SectionNumber((2, 2, 10))) == "2.2.10"
    assert str(SectionNumber((0,))) == "0"


def test_parts_are_compared_as_numbers_not_as_text():
    assert SectionNumber((2, 2, 9)) < SectionNumber((2, 2, 10))
    assert SectionNumber((2,)) < SectionNumber((2, 0))


def test_a_number_equals_and_finds_the_tuple_it_is():
    assert SectionNumber((1, 2)) == (1, 2)
    assert (1, 2) in {SectionNumber((1, 2))}


@pytest.mark.parametrize(("number", "parent"), [((2, 2, 1), (2, 2)), ((2,), ()), ((), ())])
def test_the_parent_has_one_part_less(number: tuple[int, ...], parent: tuple[int, ...]):
    assert SectionNumber(number).parent == parent
    assert isinstance(SectionNumber(number).parent, SectionNumber)


def test_only_a_proper_prefix_has_a_number_under_it():
    number = SectionNumber((2, 2, 1))
    assert number.is_under((2, 2))
    assert number.is_under((2,))
    assert number.is_under(())
    assert not number.is_under((2, 2, 1))
    assert not number.is_under((2, 2, 1, 1))
    assert not number.is_under((2, 1))


def test_neighbours_differ_by_one_in_the_last_part():
    assert SectionNumber((2, 3)).neighbours() == ((2, 2), (2, 4))
    assert SectionNumber((0,)).neighbours() == ((-1,), (1,))
