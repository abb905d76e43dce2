import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.core.chapter import Chapter
from player.core.destination import MOST, destinations
from player.core.outline import EMPTY_OUTLINE, build
from player.core.timeline import Timeline
from tests.builders import SEED_SECONDS, seed_chapters

SEED_MS = SEED_SECONDS * 1000
SEED = Timeline(build([Chapter(start, title) for start, title in seed_chapters()], SEED_MS))


def only(text: str, duration_ms: int | None = SEED_MS):
    found = destinations(text, SEED, duration_ms)
    assert len(found) == 1, [each.words for each in found]
    return found[0]


def test_a_number_leads_to_the_start_of_its_section_first():
    first, second, *_ = destinations("2.3.1", SEED, SEED_MS)
    assert (first.section.label, first.ms) == ("2.3.1", first.section.start_ms)
    assert second.section.label == "2.3.1.1"


def test_no_more_are_offered_than_can_be_chosen_from():
    assert len(destinations("2", SEED, SEED_MS)) == MOST


def test_words_lead_to_sections():
    assert only("nearest max-reward overall").section.label == "3.2.3"


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("1:23:45", 5025), ("23:45", 1425), ("0:00", 0), ("6:09:30", 22_170), ("123:00", 7380), (" 1:00:00 ", 3600)],
)
def test_a_time_leads_to_that_moment(text: str, seconds: int):
    assert only(text).ms == seconds * 1000


def test_a_time_says_which_section_it_lies_in():
    found = only("2:35:50")
    assert found.section.label == "2.2.2.2.1"
    assert found.words.startswith("2:35:50 · 2.2.2.2.1 Can gradient descent")


def test_a_time_past_the_end_leads_nowhere():
    assert destinations("6:09:31", SEED, SEED_MS) == ()
    assert destinations("999:59:59", SEED, SEED_MS) == ()


def test_a_time_is_believed_where_the_length_is_not_known():
    assert only("7:00:00", None).ms == 7 * 3_600_000


@pytest.mark.parametrize(("text", "share"), [("40%", 0.4), ("40 %", 0.4), ("0%", 0), ("100%", 1), ("12.5%", 0.125)])
def test_a_percentage_leads_to_that_share(text: str, share: float):
    assert only(text).ms == round(SEED_MS * share)


@pytest.mark.parametrize("text", ["101%", "999 %", "-5%"])
def test_a_percentage_beyond_the_whole_leads_nowhere(text: str):
    assert destinations(text, SEED, SEED_MS) == ()


def test_a_percentage_of_an_unknown_length_leads_nowhere():
    assert destinations("40%", SEED, None) == ()


@pytest.mark.parametrize("text", ["", "  ", "xylophone", "9.9", "%", "..", "1:2:3:4", "½"])
def test_what_leads_nowhere_gives_nothing(text: str):
    assert destinations(text, SEED, SEED_MS) == ()


def test_without_chapters_a_time_still_leads_somewhere():
    (found,) = destinations("1:00", Timeline(EMPTY_OUTLINE), 120_000)
    assert (found.ms, found.section, found.words) == (60_000, None, "1:00")


def test_a_moment_before_the_first_chapter_has_no_section():
    late = Timeline(build([Chapter(60_000, "1 One"), Chapter(70_000, "2 Two")], 120_000))
    (found,) = destinations("0:30", late, 120_000)
    assert (found.ms, found.section) == (30_000, None)


@given(st.text(alphabet="0123456789:.% abc½٣", max_size=14))
def test_whatever_is_typed_leads_into_the_recording_or_nowhere(text: str):
    for found in destinations(text, SEED, SEED_MS):
        assert 0 <= found.ms <= SEED_MS
        assert found.words
