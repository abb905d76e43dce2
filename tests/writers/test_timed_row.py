"""Lists for people: ``plain_text`` and ``markdown``."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from player.core.chapter import Chapter
from player.readers.text import read_text
from player.readers.title import clean_title
from player.writers.document import Document
from player.writers.formats import FORMATS, write_text
from player.writers.timed_row import row_clock

LOOSE = [name for name, row in FORMATS.items() if row.is_loose]
WORDS = st.text(st.sampled_from("aZéβ דא十二 09.,;:!?'()/%=#+-–—|😀§"), min_size=1, max_size=30)
TITLES = WORDS.map(clean_title).filter(lambda title: any(map(str.isalpha, title)) and ":" not in title)


def read_back(name: str, titles: Sequence[str], step_ms: int = 61_001) -> list[str]:
    chapters = tuple(Chapter(row * step_ms, title) for row, title in enumerate(titles))
    (found,) = read_text(write_text(name, Document(chapters)).text, None).chapter_lists
    assert [chapter.start_ms for chapter in found.chapters] == [chapter.start_ms for chapter in chapters]
    return [chapter.title for chapter in found.chapters]


@pytest.mark.parametrize("name", LOOSE)
@settings(max_examples=60, deadline=None)
@given(titles=st.lists(TITLES, min_size=2, max_size=8))
def test_what_is_read_back_is_equal(name: str, titles: list[str]) -> None:
    assert read_back(name, titles) == titles


@pytest.mark.parametrize("name", LOOSE)
@pytest.mark.parametrize(
    "titles",
    [
        ["1. One", "2. Two", "3. Three"],
        ["Am Anfang", "- with a dash", "| with a bar"],
        ["12:30 Romans", "From 9:00 to noon", "Genesis 1:1"],
        ["one", "two"],
        ["[Interview] A", "snake_case_name", "2 * 3"],
        ["x" * 400, "é" * 400],
        ["Transcript", "Chapters", "Kapitel:"],
    ],
)
def test_titles_that_look_like_something_else_stay_as_they_are(name: str, titles: list[str]) -> None:
    assert read_back(name, titles) == titles


def test_text_is_what_people_paste() -> None:
    chapters = (Chapter(0, "1. One", depth=1), Chapter(605_500, "1.1 Inner", depth=2), Chapter(3_600_000, "B", depth=1))
    assert write_text("text", Document(chapters)).text.splitlines() == [
        "Chapters",
        "0:00:00 - 1. One",
        "0:10:05.500 - 1.1 Inner",
        "1:00:00 - B",
    ]


def test_markdown_is_a_nested_list_and_shows_titles_as_they_are() -> None:
    chapters = (
        Chapter(0, "*a* `b` <b> \\* _c_ &amp; d_e", depth=1),
        Chapter(1000, "x [y]", depth=2, link="https://example.org/(1) 2"),
    )
    assert write_text("markdown", Document(chapters)).text.splitlines() == [
        "## Chapters",
        "",
        "- 0:00:00 - \\*a\\* \\`b\\` \\<b> \\\\\\* \\_c\\_ \\&amp; d_e",
        "    - 0:00:01 - [x \\[y\\]](https://example.org/%281%29%202)",
    ]


@pytest.mark.parametrize(
    ("ms", "clock"), [(0, "0:00:00"), (59_001, "0:00:59.001"), (600_000, "0:10:00"), (360_000_000, "100:00:00")]
)
def test_clock_of_a_row_always_has_hours(ms: int, clock: str) -> None:
    assert row_clock(ms) == clock
