import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.core.chapter import Chapter
from player.core.outline import EMPTY_OUTLINE, build
from player.core.section import Section
from player.core.timeline import Timeline
from tests.core.outlines import flat

TITLES = ("Opening", "1. One", "1.1 A", "1.1.1 Deep", "1.2 B", "2. Two", "2.1 C", "Closing")


@pytest.fixture
def timeline() -> Timeline:
    return Timeline(build(flat(TITLES), 8_000))


def section(timeline: Timeline, title: str) -> Section:
    return timeline.outline[TITLES.index(title)]


def titles(sections: tuple[Section, ...]) -> list[str]:
    return [section.title for section in sections]


def title_of(section: Section | None) -> str | None:
    return section.title if section else None


def test_a_boundary_belongs_to_the_section_that_begins_there(timeline: Timeline):
    assert title_of(timeline.section_at(0)) == "Opening"
    assert title_of(timeline.section_at(999)) == "Opening"
    assert title_of(timeline.section_at(1_000)) == "1. One"
    assert title_of(timeline.section_at(1_001)) == "1. One"


def test_past_the_end_it_is_the_last_section(timeline: Timeline):
    assert title_of(timeline.section_at(8_000)) == "Closing"
    assert title_of(timeline.section_at(10**12)) == "Closing"


def test_before_the_first_section_there_is_none():
    timeline = Timeline(build([Chapter(500, "Late start")], 1_000))
    assert timeline.section_at(499) is None
    assert title_of(timeline.section_at(500)) == "Late start"
    assert timeline.section_at(-1) is None


def test_an_empty_outline_has_no_sections_anywhere():
    timeline = Timeline(EMPTY_OUTLINE)
    assert timeline.section_at(0) is None
    assert timeline.next(None) is None
    assert timeline.path(None) == ()


def test_next_and_previous_follow_playing_order(timeline: Timeline):
    assert title_of(timeline.next(None)) == "Opening"
    assert title_of(timeline.next(section(timeline, "1.1.1 Deep"))) == "1.2 B"
    assert timeline.next(section(timeline, "Closing")) is None
    assert title_of(timeline.previous(section(timeline, "2. Two"))) == "1.2 B"
    assert timeline.previous(section(timeline, "Opening")) is None


def test_sections_that_begin_together_count_as_one_step():
    rows = [Chapter(0, "Opening"), Chapter(10, "1. One"), Chapter(10, "1.1 A"), Chapter(20, "2. Two")]
    timeline = Timeline(build(rows, 30))
    opening, one, child, two = timeline.outline.sections
    assert timeline.section_at(10) is child
    assert timeline.next(opening) is one
    assert timeline.next(one) is timeline.next(child) is two
    assert timeline.previous(two) is child
    assert timeline.previous(child) is timeline.previous(one) is opening


def test_the_next_sibling_skips_what_lies_beneath_and_past_the_last_goes_up(timeline: Timeline):
    assert title_of(timeline.next_sibling(section(timeline, "1. One"))) == "2. Two"
    assert title_of(timeline.next_sibling(section(timeline, "1.1 A"))) == "1.2 B"
    assert title_of(timeline.next_sibling(section(timeline, "1.1.1 Deep"))) == "1.2 B"
    assert title_of(timeline.next_sibling(section(timeline, "2.1 C"))) == "Closing"
    assert timeline.next_sibling(section(timeline, "Closing")) is None


def test_the_previous_sibling_of_the_first_is_the_enclosing_section(timeline: Timeline):
    assert title_of(timeline.previous_sibling(section(timeline, "2. Two"))) == "1. One"
    assert title_of(timeline.previous_sibling(section(timeline, "1.2 B"))) == "1.1 A"
    assert title_of(timeline.previous_sibling(section(timeline, "1.1 A"))) == "1. One"
    assert timeline.previous_sibling(section(timeline, "Opening")) is None


def test_path_parent_and_siblings(timeline: Timeline):
    deep = section(timeline, "1.1.1 Deep")
    assert titles(timeline.path(deep)) == ["1. One", "1.1 A", "1.1.1 Deep"]
    assert title_of(timeline.parent(deep)) == "1.1 A"
    assert timeline.parent(section(timeline, "1. One")) is None
    assert titles(timeline.siblings(section(timeline, "1.2 B"))) == ["1.1 A", "1.2 B"]
    assert titles(timeline.siblings(section(timeline, "2. Two"))) == ["Opening", "1. One", "2. Two", "Closing"]


@given(st.lists(st.integers(0, 50), min_size=1, max_size=30), st.integers(-5, 60))
def test_the_section_at_any_moment_is_the_one_whose_own_span_holds_it(starts: list[int], ms: int):
    outline = build([Chapter(start, "x") for start in starts], 55)
    found = Timeline(outline).section_at(ms)
    holding = [each for each in outline.sections if each.end_ms is not None and each.start_ms <= ms < each.end_ms]
    if holding:
        assert found is holding[0]
    elif ms < outline[0].start_ms:
        assert found is None
    else:
        assert found is outline.sections[-1]


@given(st.lists(st.integers(0, 50), min_size=1, max_size=30))
def test_stepping_forward_and_back_always_moves_and_always_arrives(starts: list[int]):
    timeline = Timeline(build([Chapter(start, "x") for start in starts], 55))
    visited = []
    step = timeline.next(None)
    while step:
        visited.append(step.start_ms)
        step = timeline.next(step)
    assert visited == sorted(set(starts))
    step, back = timeline.section_at(55), []
    while step:
        back.append(step.start_ms)
        step = timeline.previous(step)
    assert back == visited[::-1]
