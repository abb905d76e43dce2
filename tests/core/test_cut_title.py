import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.core.cut_title import looks_cut
from tests.builders import seed_chapters


def test_five_titles_of_the_seed_look_cut_and_no_other():
    cut = [title.split()[0] for _, title in seed_chapters() if looks_cut(title)]
    assert cut == ["2.2.4.3", "2.3.1.2.2", "4.", "4.3.5", "4.4.2"]


@pytest.mark.parametrize(
    "title",
    [
        "The end of the", "3.1 The end of the", "The benefits of", "Predictions about the sort",
        "All the kinds", "Bread and",
        "An introduction to", "More than", "A talk with", "The Costs Of The", "THE COSTS OF THE",
        "The Costs Of",
        "Vom Anfang und", "Reise zum", "Le port et les", "El mar y el", "Il mare della", "Дорога из",
        "How large will the fleet be that the harbour can still be asked to make room for",
        "Does it scale when many more listeners come",
        "When the tide is low at noon, can we walk to the island",
        "Do you think that the listeners will notice",
    ],
)  # fmt: skip
def test_a_title_that_calls_for_more_looks_cut(title: str):
    assert looks_cut(title)


@pytest.mark.parametrize(
    "title",
    [
        "", " ", "?", "…", "4.", "Part I", "Chapter 4", "Summing up", "Sign off", "Come on in",
        "Turn it over",
        "The world we live with", "Where I come from", "Something to hope for", "What are we waiting for",
        "What it is made of",
        "Vitamin A", "Either/Or", "Plan E", "Live and let die", "The End", "The end of the.",
        "The benefits of…",
        "The end of the?", "“The end of the”", "The end of the (1)", "It isn't", "Ours d'or",
        "A sort", "Sorts",
        "Does it scale when many more listeners come?", "Does it scale", "Is this love",
        "Does it scale? Yes, and this is how we came to know that it does",
        "Will Power and the long story of how he lost it again",
        "May flowers bloom in every garden of the town this year",
        "Do the right thing in the right place at the right time",
        "How models think about the time that they have",
        "What every listener should know before the first chapter begins to play",
        "A very long title that does not end in any word that would ask for another after it, although it well could",
    ],
)  # fmt: skip
def test_a_title_in_doubt_is_believed(title: str):
    assert not looks_cut(title)


HOSTILE = ["the " * 50_000, "does it " * 50_000, ", is " * 50_000, " " * 100_000, "a" * 100_000, "'" * 100_000]


@pytest.mark.parametrize("title", HOSTILE, ids=lambda title: repr(title[:8]))
def test_a_hostile_title_is_judged_by_its_end(title: str):
    assert looks_cut(title) == title.endswith(("the ", "it "))


@given(st.text(max_size=200))
def test_any_title_may_be_asked(title: str):
    assert looks_cut(title) in {True, False}
    assert not looks_cut(title + ".")
