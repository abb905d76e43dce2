from player.core.file_numbering import find_numberings
from player.core.title_label import find_labels


def orders(*titles: str) -> list[list[str]]:
    return [[titles[row] for row in numbering.rows] for numbering in find_numberings(find_labels(titles))]


def test_numbers_give_the_order():
    assert orders("2 B", "1.10 C", "1.9 D", "1 A") == [["1 A", "1.9 D", "1.10 C", "2 B"]]


def test_each_word_has_a_numbering_of_its_own_the_largest_first():
    titles = ("Week 2: a", "Week 1: b", "Lecture 3: c", "Lecture 1: d", "Lecture 2: e")
    assert orders(*titles) == [["Lecture 1: d", "Lecture 2: e", "Lecture 3: c"], ["Week 1: b", "Week 2: a"]]


def test_parts_with_chapters_are_one():
    titles = ("Part 2, Chapter 1", "Part 1, Chapter 2", "Part 1, Chapter 1", "Part 1")
    assert orders(*titles) == [["Part 1", "Part 1, Chapter 1", "Part 1, Chapter 2", "Part 2, Chapter 1"]]


def test_numbers_that_repeat_or_stand_alone_are_none():
    assert orders("Chapter 1", "Chapter 1", "Chapter 2", "Chapter 2") == []
    assert orders("Chapter 1", "A talk") == []
    assert orders("3 Monkeys", "90 Nights", "500 Miles") == []


def test_one_repeat_among_many_is_kept_beside_the_first():
    titles = [f"{number}. Title" for number in range(1, 9)]
    assert orders(*titles, "3. Title again") == [[*titles[:3], "3. Title again", *titles[3:]]]


def test_appendices_count_on():
    assert orders("Appendix B", "2. Two", "Appendix A", "1. One") == [["1. One", "2. Two", "Appendix A", "Appendix B"]]
