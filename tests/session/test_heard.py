from collections.abc import Iterator
from pathlib import Path

import pytest

from player.core.chapter import Chapter, ChapterList
from player.core.reading import Reading
from player.library import intake
from player.library.library import Library
from player.session.heard import Heard


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "data") as library:
        yield library


@pytest.fixture
def heard(library: Library, tmp_path: Path) -> Heard:
    (tmp_path / "talk.m4b").touch()
    marks = (Chapter(0, "One"), Chapter(60_000, "Two"))
    reading = Reading(container="mp4", duration_ms=100_000, chapter_lists=(ChapterList("chpl", marks),))
    return Heard(library, library.episode(intake.add(library, str(tmp_path / "talk.m4b"), reading, 1)))


def kept(library: Library) -> tuple[tuple[int, int], ...]:
    assert library.flush(5)
    return library.episode(1).heard.spans


def test_what_is_played_is_kept_and_shown(heard: Heard, library: Library):
    heard.add(1_000, 2_000)
    heard.add(2_000, 3_000)
    assert heard.coverage.spans == kept(library) == ((1_000, 3_000),)


def test_a_stretch_marked_as_not_heard_is_gone_and_comes_back(heard: Heard, library: Library):
    heard.add(0, 50_000)
    heard.mark(10_000, 20_000, is_heard=False)
    assert heard.coverage.spans == kept(library) == ((0, 10_000), (20_000, 50_000))
    assert heard.undo()
    assert heard.coverage.spans == kept(library) == ((0, 50_000),)


def test_markings_are_undone_one_by_one_the_last_first(heard: Heard, library: Library):
    assert not heard.undo()
    heard.mark(0, 10_000, is_heard=True)
    heard.mark(20_000, 30_000, is_heard=True)
    assert heard.undo()
    assert heard.coverage.spans == kept(library) == ((0, 10_000),)
    assert heard.undo()
    assert heard.coverage.spans == kept(library) == ()
    assert not heard.undo()


def test_undoing_several_keeps_what_was_played_since_each(heard: Heard, library: Library):
    heard.mark(0, 10_000, is_heard=True)
    heard.add(20_000, 21_000)
    heard.mark(0, 50_000, is_heard=True)
    heard.add(30_000, 31_000)
    assert heard.undo()
    assert heard.undo()
    assert heard.coverage.spans == kept(library) == ((20_000, 21_000), (30_000, 31_000))


def test_undoing_keeps_what_was_played_since(heard: Heard, library: Library):
    heard.mark(0, 60_000, is_heard=True)
    heard.add(70_000, 75_000)
    heard.add(5_000, 6_000)
    heard.undo()
    assert heard.coverage.spans == kept(library) == ((5_000, 6_000), (70_000, 75_000))
