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


@given(st.text(max_size=40))
def test_whatever_is_typed_finds_sections_of_this_outline_or_nothing(text: str):
    tree = outline("1 One", "1.1 Inner ﬁne", "2 Zwölf", "2.1 \u202eturned", "no number")
    found = matching(tree, text)
    assert (found is None) == (not text.strip())
    assert all(section in tree.sections for section in found or ())
    assert {section.row for section in found or ()} <= with_ancestors(tree, found or ())


@given(st.text(max_size=30))
def test_every_text_has_its_own_words(text: str):
    assert has_words(f"before {text} after", text)
