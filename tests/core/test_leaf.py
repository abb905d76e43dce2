import pytest

from player.core.chapter import Chapter, ChapterList
from player.core.episode import Episode, EpisodeFile
from player.core.episode_outline import outline_of
from player.core.leaf import leaf_of, start_of
from player.core.outline import Outline
from player.core.section import Section


@pytest.fixture
def series() -> Episode:
    """Three leaves of a minute; the first has chapters from its start on, the second was left at 0:20."""
    marks = (ChapterList("id3", (Chapter(0, "Hello"), Chapter(30_000, "More"))),)
    return Episode(
        1,
        "Series",
        None,
        (
            EpisodeFile(1, "/a.mp3", 60_000, "mp3", 1, 1, title="1. One", chapter_lists=marks),
            EpisodeFile(2, "/b.mp3", 60_000, "mp3", 1, 1, title="1.1 Two", place_ms=20_000),
            EpisodeFile(3, "/c.mp3", 60_000, "mp3", 1, 1, title="2. Three"),
        ),
        is_series=True,
    )


def called(outline: Outline, title: str) -> Section:
    return next(section for section in outline.sections if section.title == title)


def test_the_row_of_a_file_is_its_leaf_and_a_chapter_within_is_none(series: Episode):
    outline = outline_of(series)
    found = {section.title: leaf_of(series, outline, section) for section in outline.sections}
    assert found == {"1. One": 0, "Hello": None, "More": None, "1.1 Two": 1, "2. Three": 2}


def test_a_leaf_goes_on_where_it_was_left_and_the_current_one_begins_anew(series: Episode):
    outline = outline_of(series)
    two, three = called(outline, "1.1 Two"), called(outline, "2. Three")
    assert start_of(series, outline, two, 0, {}) == 80_000
    assert start_of(series, outline, two, 70_000, {}) == 60_000
    assert start_of(series, outline, three, 0, {}) == 120_000
    assert start_of(series, outline, three, 0, {3: 5_000}) == 125_000
    assert start_of(series, outline, called(outline, "More"), 90_000, {1: 50_000}) == 30_000


def test_a_leaf_that_was_heard_to_its_end_begins_anew(series: Episode):
    outline = outline_of(series)
    assert start_of(series, outline, called(outline, "1.1 Two"), 0, {2: 57_000}) == 60_000


def test_files_of_a_book_have_no_place_of_their_own_to_go_on_at(series: Episode):
    book = Episode(1, "Book", None, series.files)
    outline = outline_of(book)
    assert start_of(book, outline, called(outline, "1.1 Two"), 0, {}) == 60_000
