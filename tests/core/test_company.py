import pytest

from player.core.company import keep_company
from player.core.label import Label, find_label


def kept(*titles: str) -> list[Label | None]:
    return keep_company([find_label(title) for title in titles])


def printed(*titles: str) -> list[str | None]:
    return [label.printed if label else None for label in kept(*titles)]


def test_a_label_with_a_word_needs_no_company():
    assert printed("Chapter 4", "Other") == ["Chapter 4", None]
    assert printed("Appendix C", "Other") == ["Appendix C", None]
    assert printed("Part A", "1. Lone") == ["Part A", None]


def test_a_roman_numeral_needs_a_neighbour():
    assert printed("IV. Four", "V. Five") == ["IV", "V"]
    assert printed("IV. Four", "VI. Six") == [None, None]
    assert printed("I. Lone") == [None]
    assert printed("IV. Four", "5. Five") == [None, None]
    assert printed("II. Two", "Chapter 3") == [None, "Chapter 3"]


def test_a_character_needs_a_neighbour():
    assert printed("一、甲", "二、乙") == ["一", "二"]
    assert printed("一、甲", "三、丙") == [None, None]


def test_a_letter_needs_a_neighbour_or_a_part():
    assert printed("A. One", "B. Two") == ["A", "B"]
    assert printed("A. One", "C. Three") == [None, None]
    assert printed("A. One", "A.1 Part") == ["A", "A.1"]
    assert printed("B.1 One", "B.2 Two") == ["B.1", "B.2"]
    assert printed("B.1 Lone") == [None]
    assert printed("Appendix A", "A.1 Part", "B. Two") == ["Appendix A", "A.1", "B"]
    assert printed("1. One", "2. Two", "A.2 None") == ["1", "2", None]


@pytest.mark.parametrize(
    ("titles", "series"),
    [
        (("I. One", "II. Two"), ["roman", "roman"]),
        (("B. Two", "C. Three", "D. Four"), ["alphabet"] * 3),
        (("H. Eight", "I. Nine"), ["alphabet"] * 2),
        (("XCIX. Before", "C. Hundred", "B. Two"), ["roman", "roman", None]),
        (("I. Roman", "II. Roman", "C. Letter", "D. Letter"), ["roman", "roman", "alphabet", "alphabet"]),
        (("IX. Roman", "X. Roman", "W. Letter"), ["roman", "roman", None]),
    ],
)
def test_a_capital_is_what_its_list_makes_it(titles: tuple[str, ...], series: list[str | None]):
    assert [label.series if label else None for label in kept(*titles)] == series


@pytest.mark.parametrize(
    ("titles", "numbers"),
    [
        (("Part B", "Part C"), [2, 3]),
        (("Part C", "Part D"), [3, 4]),
        (("Part 99", "Part C"), [99, 100]),
        (("Part C", "Part CI"), [100, 101]),
        (("Part C",), [100]),
        (("Part V", "Part B"), [5, 2]),
        (("Book B", "Part C"), [2, 100]),
        (("Appendix C",), [3]),
        (("Appendix B", "Appendix C"), [2, 3]),
        (("Appendix I", "Appendix II"), [1, 2]),
        (("Appendix I", "Appendix 2"), [1, 2]),
        (("Appendix D.1", "Appendix D"), [4, 4]),
    ],
)
def test_a_capital_behind_a_word_is_what_its_list_makes_it(titles: tuple[str, ...], numbers: list[int]):
    assert [label and label.number[0] for label in kept(*titles)] == numbers


def test_a_letter_that_is_settled_is_no_number_any_more():
    labels = kept("Part B", "Part C", "Appendix C", "A. A", "B. B", "C. C")
    assert all(label is not None and label.is_lettered for label in labels)
    assert [label.series for label in labels if label] == ["part", "part", *["alphabet"] * 4]
    assert [label.is_appendix for label in labels if label] == [False, False, True, False, False, False]


def test_a_decimal_may_have_its_ancestor_behind_a_word():
    assert printed("Chapter 3", "3.1 Lone") == ["Chapter 3", "3.1"]
    assert printed("Chapter 3", "3.1.4 Lone") == ["Chapter 3", "3.1.4"]
    assert printed("III. Three", "IV. Four", "3.1 Lone") == ["III", "IV", "3.1"]
    assert printed("Chapter 3", "4.1 Lone") == ["Chapter 3", None]
    assert printed("Part C: Letters", "Part B", "3.1 Lone") == ["Part C", "Part B", None]


def test_a_word_with_a_number_is_no_neighbour_of_an_integer():
    assert printed("Chapter 3", "4. Lone") == ["Chapter 3", None]


def test_weak_integers_may_count_again_behind_a_word():
    assert printed("Part I", "1 A", "2 B", "Part II", "1 C") == ["Part I", "1", "2", "Part II", "1"]
    assert printed("1 A", "2 B", "1 C") == [None] * 3
    assert printed("I. A", "1 A", "2 B", "II. B", "1 C", "2 D") == ["I", None, None, "II", None, None]


def test_weak_integers_are_half_of_the_list_words_included():
    assert printed("Part I", "1 A", "2 B", "3 C", "x", "y") == ["Part I", "1", "2", "3", None, None]
    assert printed("Part I", "1 A", "2 B", "3 C", "x", "y", "z") == ["Part I", *[None] * 6]


def test_counts_rise_with_the_weak_integers_or_are_left_out():
    assert printed("1 Seed", "2 Roots", "3 Bark") == ["1", "2", "3"]
    assert printed("1 Seed", "2 Bark", "20 ways", "3 Twig") == ["1", "2", None, "3"]
    assert printed("1 Seed", "2 Roots", "9 Bark", "3 Twig") == [None, "2", None, None]


def test_nothing_keeps_nothing():
    assert kept() == []
    assert kept("x", "y") == [None, None]
