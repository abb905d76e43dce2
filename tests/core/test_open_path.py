from player.core.label import Label, find_label
from player.core.open_path import OpenPath


def labels_of(*titles: str) -> list[Label]:
    return [label for title in titles if (label := find_label(title))]


def parents(*titles: str, following: str | None = None) -> list[int | None]:
    labels = labels_of(*titles)
    assert len(labels) == len(titles)
    path = OpenPath(labels)
    after = find_label(following) if following else None
    return [path.hang(row, label, after) for row, label in enumerate(labels)]


def test_the_same_kind_again_is_a_sibling_and_a_new_kind_is_a_child():
    assert parents("Part 1", "Chapter 1", "Chapter 2", "Part 2", "Chapter 3") == [None, 0, 0, None, 3]
    assert parents("Book 1", "Part 1", "Chapter 1", "Part 2", "Book 2", "Part 1") == [None, 0, 1, 0, None, 4]


def test_leaf_words_of_any_sort_are_siblings():
    assert parents("Part 1", "Letter 1", "Chapter 1", "Lesson 4", "Part 2") == [None, 0, 0, 0, None]


def test_the_longest_prefix_on_the_path_has_a_number_for_a_child():
    assert parents("1. A", "1.1 B", "1.1.1 C", "1.1.2 D", "1.2 E", "2. F") == [None, 0, 1, 1, 0, None]
    assert parents("Section 1", "Section 1.1", "Section 1.1.1", "Section 1.2") == [None, 0, 1, 0]


def test_numbers_are_scoped_to_what_encloses_them():
    assert parents("Part 1", "1. A", "1.1 B", "Part 2", "1. C", "1.1 D") == [None, 0, 1, None, 3, 4]
    assert parents("Part 1", "1.1 A", "1.2 B") == [None, 0, 0]


def test_a_number_is_no_child_of_the_same_number_in_another_series():
    assert parents("Part 1", "Chapter 1.1") == [None, 0]
    assert parents("Chapter 1", "Scene 1.1") == [None, None]
    assert parents("1. A", "Chapter 1.1") == [None, 0]


def test_a_repeated_number_is_a_sibling():
    assert parents("Part 1", "Chapter 1", "Part 1", "Chapter 1") == [None, 0, None, 2]


def test_containers_stand_above_what_came_before_them_unless_they_count_within_it():
    assert parents("Chapter 1", "Part 1", "Chapter 2", "Part 2", "Chapter 3") == [None, None, 1, None, 3]
    assert parents("1. A", "Part 1", "2. B", "3. C") == [None, None, 1, 1]
    assert parents("Chapter 1", "Part 1", "Part 2", "Chapter 2") == [None, 0, 0, None]
    assert parents("Chapter 1", "Part 1", "Chapter 2", "Part 1", "Chapter 3") == [None, 0, None, 2, None]
    assert parents("Chapter 1", "Part 1") == [None, 0]
    assert parents("Book 1", "Chapter 1", "Part 1", "Chapter 2") == [None, 0, 0, 2]
    assert parents("Chapter 1", "Book 1", "Part 1", "Chapter 2") == [None, None, 1, 2]


def test_a_leaf_may_lie_within_a_number():
    assert parents("1. A", "Lesson 1", "Lesson 2", "2. B", "Lesson 1") == [None, 0, 0, None, 3]


def test_letters_are_children_and_with_parts_they_go_on_where_numbers_end():
    assert parents("1. A", "A. B", "B. C", "2. D") == [None, 0, 0, None]
    assert parents("1. A", "A. B", "A.1 C", "B. D") == [None, None, 1, None]
    assert parents("Part 1", "1. A", "A. B", "A.1 C") == [None, 0, 0, 2]


def test_what_several_steps_name_is_open_without_a_row():
    assert parents("Part 1, Chapter 1", "Chapter 2", "Part 2, Chapter 1") == [None, None, None]
    assert parents("Book 1", "Part 1, Chapter 1", "Chapter 2", "Part 1, Chapter 3", "Part 2") == [None, 0, 0, 0, 0]


def test_several_steps_hang_under_what_they_name():
    assert parents("Part 1", "Part 1, Chapter 1", "Part 1, Chapter 2") == [None, 0, 0]
    assert parents("Part 1", "1. A", "Part 1, Chapter 1") == [None, 0, 0]
    assert parents("Part 1", "Part 2, Chapter 1", "Part 1, Chapter 2") == [None, None, None]
    assert parents("Part 1", "Chapter 1", "Part 1, Chapter 1.1", "Chapter 2") == [None, 0, 1, 0]
    assert parents("Chapter 1", "Part 1, Chapter 2", "Chapter 3") == [None, None, None]
    assert parents("Book 1", "Part 1", "Book 1, Part 1, Chapter 1", "Book 1, Part 2, Chapter 2") == [None, 0, 1, 0]
    assert parents("Week 1", "Week 1, Day 1", "Day 2", "Week 2") == [None, 0, 0, None]


def test_an_appendix_stands_where_the_next_will():
    titles = "Part 1", "Chapter 1", "Appendix A"
    assert parents(*titles) == [None, 0, None]
    assert parents(*titles, following="Chapter 2") == [None, 0, 0]
    assert parents(*titles, following="Part 2") == [None, 0, None]
    assert parents(*titles, following="Chapter 1.1") == [None, 0, 1]
    assert parents(*titles, following="Part 1, Chapter 2") == [None, 0, None]
    assert parents("Part 1", "Chapter 2", "Appendix A", following="Chapter 1") == [None, 0, None]


def test_an_appendix_has_its_own_parts_and_siblings_and_nothing_else():
    assert parents("1. A", "Appendix A", "A.1 B", "A.1.1 C", "Appendix A.2", "Appendix B", "B.1 D", "2. E") == [
        None, None, 1, 2, 1, None, 5, None,
    ]  # fmt: skip
    assert parents("1. A", "Appendix A", "Appendix 1", "Appendix B") == [None] * 4
    assert parents("1. A", "1.1 B", "Appendix A.1", "Appendix A.2", "Appendix B.1") == [None, 0, None, None, None]
    assert parents("1. A", "Appendix A", "Appendix A, Section 1", "Section 2") == [None, None, 1, None]


def test_a_count_restarts_where_it_falls_to_its_beginning():
    path = OpenPath(())
    for row, label in enumerate(labels_of("Part 1", "Chapter 3")):
        path.hang(row, label, None)
    next_labels = labels_of("Chapter 1", "Chapter 0", "Chapter 2", "Scene 1", "Part 1")
    assert [path.restarts(label) for label in next_labels] == [True, True, False, False, False]
    path.close()
    assert not path.restarts(labels_of("Chapter 1")[0])
    assert path.hang(2, labels_of("Chapter 1")[0], None) is None
