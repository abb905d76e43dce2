import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.core.chapter import Chapter
from player.core.outline import Outline, build
from player.core.outline_filter import has_words, matching, with_ancestors
from tests.builders import SEED_SECONDS, seed_chapters


@pytest.fixture(scope="module")
def seed() -> Outline:
    return build([Chapter(start, title) for start, title in seed_chapters()], SEED_SECONDS * 1000)


def outline(*titles: str) -> Outline:
    return build([Chapter(at * 1000, title) for at, title in enumerate(titles)], 1_000_000)


def labels(found: tuple[object, ...] | None) -> list[str]:
    assert found is not None
    return [section.label or section.title for section in found]


@pytest.mark.parametrize("text", ["", "   ", "\t\n"])
def test_nothing_to_look_for_is_no_filter(seed: Outline, text: str):
    assert matching(seed, text) is None


def test_a_number_finds_itself_and_everything_beneath_it(seed: Outline):
    found = labels(matching(seed, "2.2.2"))
    assert found[0] == "2.2.2"
    assert len(found) == 9
    assert all(label.startswith("2.2.2") for label in found)


@pytest.mark.parametrize("text", ["2.3.1", "2.3.1.", " 2.3.1 "])
def test_a_closing_dot_and_spaces_around_a_number_mean_nothing(seed: Outline, text: str):
    assert labels(matching(seed, text))[:2] == ["2.3.1", "2.3.1.1"]


def test_numbers_match_part_by_part_and_not_as_text():
    found = matching(outline("1 One", "1.1 Inner", "10 Ten", "11 Eleven", "11.1 Inner", "12 Twelve"), "1")
    assert labels(found) == ["1", "1.1"]


def test_a_leading_zero_is_the_same_number():
    assert labels(matching(outline("1 One", "2 Two", "2.1 Inner", "3 Three"), "02.01")) == ["2.1"]


def test_a_number_that_is_no_sections_is_looked_for_in_titles():
    found = matching(outline("1 One", "2 The year 1984", "3 Three"), "1984")
    assert labels(found) == ["2"]


def test_a_number_that_is_nowhere_finds_nothing(seed: Outline):
    assert matching(seed, "9.9.9") == ()


def test_all_words_must_be_there_in_any_order(seed: Outline):
    assert labels(matching(seed, "hypothesis crystallization")) == ["2.3.1.1.1"]
    assert matching(seed, "hypothesis xylophone") == ()


def test_case_and_accents_do_not_matter():
    tree = outline("Über die Größe", "STRASSE und Straße", "naïve café")
    assert [section.row for section in matching(tree, "uber GRO")] == [0]
    assert [section.row for section in matching(tree, "strasse")] == [1]
    assert [section.row for section in matching(tree, "NAIVE cafe")] == [2]


def test_what_is_found_stands_in_playing_order(seed: Outline):
    found = matching(seed, "speed")
    assert labels(found) == ["3.3", "4.4", "4.4.3"]


def test_the_sections_above_what_was_found_are_kept(seed: Outline):
    found = matching(seed, "crystallization")
    kept = with_ancestors(seed, found)
    assert [seed[row].label for row in sorted(kept)] == ["2", "2.3", "2.3.1", "2.3.1.1", "2.3.1.1.1"]


def test_nothing_found_keeps_nothing(seed: Outline):
    assert with_ancestors(seed, ()) == frozenset()


BOOK = (
    "Part I: Land", "Chapter 1", "Chapter 2", "Part Two: Sea", "Part II, Chapter 1", "Chapter 2",
    "1.1 Sails", "1.2 Oars",
    "Chapter 14", "Part A", "Appendix A: Maps", "A.1 Of the sea", "Appendix B",
)  # fmt: skip


def rows(tree: Outline, text: str) -> list[int]:
    return [section.row for section in matching(tree, text) or ()]


def test_a_number_finds_what_is_numbered_behind_a_word():
    assert rows(outline(*BOOK), "2") == [2, 3, 5]
    assert rows(outline(*BOOK), "14") == [8]


def test_a_number_that_is_nowhere_outright_is_looked_for_from_the_top_down():
    book = outline(*BOOK)
    assert rows(book, "2.1") == [4]
    assert rows(book, "2.2") == [5, 6, 7]
    assert rows(book, "2.2.1.2") == [7]
    assert rows(book, "1.2") == [7]  # outright
    assert rows(book, "2.9") == []


def test_the_parts_of_a_number_count_once_from_the_top_down():
    book = outline("Part 1", "1. One", "1.1 A", "1.2 B", "Part 2", "1. One", "1.1 C")
    assert rows(book, "1.1.2") == [3]
    assert rows(book, "2.1.1") == [6]
    assert rows(outline("Part 1", "x", "Chapter 2", "Chapter 3"), "1.2") == [2]


def test_a_label_finds_its_section_in_whatever_spelling_with_all_beneath_it():
    book = outline(*BOOK)
    for text in ("Part 2", "part ii", "PART TWO", "Teil 2", " part  2 ", "second part"):
        assert rows(book, text) == [3, 4, 5, 6, 7, 8], text
    assert rows(book, "chapter 1") == [1, 4]
    assert rows(book, "chapter 2") == [2, 5, 6, 7]
    assert rows(book, "Part A") == [9]


def test_a_label_of_two_steps_finds_what_lies_in_both():
    book = outline(*BOOK)
    assert rows(book, "Part 1, Chapter 1") == [1]
    assert rows(book, "part 2 chapter 1") == [4]
    assert rows(book, "part 2 chapter 2") == [5, 6, 7]
    assert rows(book, "Part 3, Chapter 1") == []


def test_appendices_are_found_by_their_letters():
    book = outline(*BOOK)
    assert rows(book, "Appendix A") == [10, 11]
    assert rows(book, "A.1") == [11]
    assert rows(book, "appendix b") == [12]


def test_a_label_that_is_no_sections_is_looked_for_in_titles():
    book = outline("1. Before chapter 9", "2. After")
    assert rows(book, "chapter 9") == [0]
    assert rows(book, "part 3") == []
    assert rows(book, "A") == [0, 1]
    assert rows(book, "chapter 9 before") == [0]


def test_a_section_sign_finds_the_number():
    assert rows(outline("§2 A", "§2.3 B", "§2.4 C"), "§2.3") == [1]


def test_a_label_of_two_steps_is_looked_for_a_dozen_levels_up():
    deep = [Chapter(row, "Part 1" if row == 0 else f"Chapter {row}", depth=row + 1) for row in range(30)]
    tree = build(deep, 1_000)
    assert rows(tree, "Part 1, Chapter 12") == list(range(12, 30))
    assert rows(tree, "Part 1, Chapter 13") == []


@given(st.text(max_size=40) | st.sampled_from(BOOK))
def test_whatever_is_typed_finds_sections_of_this_outline_or_nothing(text: str):
    tree = outline("1 One", "1.1 Inner ﬁne", "2 Zwölf", "2.1 \u202eturned", "no number")
    found = matching(tree, text)
    assert (found is None) == (not text.strip())
    assert all(section in tree.sections for section in found or ())
    assert {section.row for section in found or ()} <= with_ancestors(tree, found or ())


@given(st.text(max_size=30))
def test_every_text_has_its_own_words(text: str):
    assert has_words(f"before {text} after", text)
