from player.core.label import Label, find_label
from player.core.numbering import Numbering, count_numbered, is_in_order, number_rows


def labels_of(*titles: str) -> list[Label | None]:
    return [find_label(title) for title in titles]


def numbering_of(*titles: str) -> Numbering:
    return number_rows(labels_of(*titles))


def printed(*titles: str) -> list[str | None]:
    return [label.printed if label else None for label in numbering_of(*titles).labels]


def test_no_rows_are_no_tree():
    assert numbering_of() == Numbering((), ())
    assert not numbering_of().is_tree


def test_a_decimal_needs_an_ancestor_a_descendant_or_a_neighbour():
    assert printed("1. One", "2. Two", "2.5 Half") == ["1", "2", "2.5"]
    assert printed("1. One", "2. Two", "2.1.1 Deep") == ["1", "2", "2.1.1"]
    assert printed("3.5 Parent", "3.5.1 Child") == ["3.5", "3.5.1"]
    assert printed("3.5 One", "3.6 Next") == ["3.5", "3.6"]
    assert printed("3.5 One", "3.7 Too far") == [None, None]
    assert printed("3.5 Alone", "Other") == [None, None]


def test_a_strong_integer_needs_a_neighbour_or_a_child():
    assert printed("4. Four", "5. Five") == ["4", "5"]
    assert printed("4. Four", "6. Six") == [None, None]
    assert printed("4. Four", "4.1 Child") == ["4", "4.1"]
    assert printed("§4 Four", "5 Five") == ["§4", None]


def test_weak_integers_need_a_child_or_to_be_three_half_of_the_list_and_rising():
    assert printed("1 One", "2 Two") == [None, None]
    assert printed("1 One", "2 Two", "3 Three", "x", "y", "z") == ["1", "2", "3", None, None, None]
    assert printed("1 One", "2 Two", "3 Three", "x", "y", "z", "w") == [None] * 7
    assert printed("1 One", "3 Three", "2 Two") == [None] * 3
    assert printed("1 One", "2 Two", "2 Two") == [None] * 3
    assert printed("7 Alone", "7.1 Child") == ["7", "7.1"]


def test_a_count_needs_company_like_a_strong_number_and_yields_to_a_row_that_has_the_number_outright():
    assert printed("10 reasons why", "Other") == [None, None]
    assert printed("10 reasons why", "11. Eleven") == ["10", "11"]
    assert printed("1. One", "2 Things", "2. Two") == ["1", None, "2"]


def test_order_breaks_are_told_between_siblings_only():
    labels = labels_of("1. A", "1.2 B", "1.1 C", "2. D", "2.1 E", "1. F", "1.1 G")
    parents = [None, 0, 0, None, 3, None, 5]
    assert Numbering(labels, parents).late == {2: 1, 5: 3}


def test_a_repeat_is_no_order_break_even_behind_its_children():
    numbering = numbering_of("1. A", "1.1 B", "1.1.1 C", "1.1 B again")
    assert numbering.parents == (None, 0, 1, 0)
    assert numbering.late == {}


def test_a_list_is_in_order_up_to_a_fifth_of_its_numbered_rows():
    labels = [*labels_of(*(f"{number}. Title" for number in range(1, 10))), None, None]
    assert count_numbered(labels) == 9
    assert is_in_order(labels, {1: 0})
    assert not is_in_order(labels, {1: 0, 2: 0})
    assert is_in_order([*labels, labels[0]], {1: 0, 2: 0})


def test_a_tree_rests_on_three_numbered_rows_or_a_quarter_of_the_list():
    plain = ["x"] * 9
    assert not numbering_of("1. A", "1.1 B", "1.2 C", *plain, "y").is_tree
    assert numbering_of("1. A", "1.1 B", "1.2 C", *plain).is_tree
    assert numbering_of("1. A", "1.1 B", "1.2 C", "1.3 D", *plain, *plain).is_tree


def test_a_count_behind_a_word_may_start_again_but_not_fall():
    def late(*titles: str) -> dict[int, int]:
        return Numbering(labels_of(*titles), [None] * len(titles)).late

    assert late("Chapter 3", "Chapter 1", "Chapter 0") == {}
    assert late("Chapter 3", "Chapter 2") == {1: 0}
    assert late("3. A", "1. B") == {1: 0}
    assert late("Letter 3", "Chapter 2") == {}
    assert late("Part 1, Chapter 5", "Part 2, Chapter 3") == {}
    assert late("Part 2, Chapter 3", "Part 1, Chapter 5") == {1: 0}
    assert late("Part 1, Chapter 5", "Part 1, Chapter 3") == {1: 0}
    assert late("Book 2, Chapter 5", "Part 1, Chapter 6") == {}
    assert late("Part 1, Chapter 5", "Chapter 4") == {}


def test_a_closing_word_closes_what_is_open_where_the_count_restarts_behind_it():
    def parents(*titles: str) -> tuple[int | None, ...]:
        closing = {row for row, title in enumerate(titles) if title == "Epilogue"}
        return number_rows(labels_of(*titles), closing).parents

    assert parents("Part 1", "Chapter 1", "Chapter 2", "Epilogue", "Chapter 1") == (None, 0, 0, None, None)
    assert parents("Part 1", "Chapter 1", "Chapter 2", "Epilogue", "Chapter 3") == (None, 0, 0, 0, 0)
    assert parents("Part 1", "Chapter 1", "Chapter 2", "Plain", "Chapter 1") == (None, 0, 0, 0, 0)
    assert parents("Part 1", "Chapter 1", "Epilogue", "Part 2", "Chapter 1") == (None, 0, None, None, 3)
    assert parents("1. A", "1.1 B", "1.2 C", "Epilogue", "Plain", "1.1 D") == (None, 0, 0, None, None, None)
    assert parents("1. A", "1.1 B", "Epilogue") == (None, 0, None)
    assert parents("Epilogue", "1. A", "1.1 B") == (None, None, 1)


def test_decimals_hang_alike_with_and_without_words_beside_them():
    titles = "1. A", "1.1 B", "1.1.1 C", "2.1 D", "1.2 E", "2. F", "2.1.1 G", "1. H", "1.1 I"
    alone = number_rows(labels_of(*titles)).parents
    assert number_rows(labels_of(*titles, "Chapter 1")).parents[: len(titles)] == alone
    assert number_rows(labels_of(*titles), {99}).parents == alone


def test_plain_rows_that_only_stand_between_do_not_make_a_list_deep():
    assert not numbering_of("1. A", *["x"] * 9, "1.1 B").is_tree
