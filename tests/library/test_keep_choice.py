from pathlib import Path

import pytest

from player.core.chapter import Chapter, ChapterList
from player.core.chapter_choice import ChapterChoice, choice_of, own_chapters
from player.core.episode import OWN_SOURCE
from player.core.errors import LibraryError
from player.core.shape import Shape
from player.library import intake
from player.library.keep_choice import KeepChoice
from player.library.library import Library
from tests.library.shelf import CHAPTERS, make_reading, put_file

MINE = (Chapter(0, "Mine", depth=1), Chapter(9_000, "1. Inner", depth=2))


@pytest.fixture
def episode(library: Library, tmp_path: Path) -> int:
    return intake.add(library, str(put_file(tmp_path / "talk.mp3")), make_reading(), now_ms=1)


def keep(library: Library, episode: int, choice: ChapterChoice) -> None:
    library.submit(KeepChoice(episode, choice)).result(5)


def test_a_choice_is_kept_whole_and_taken_back_whole(library: Library, episode: int):
    before = library.episode(episode)
    keep(library, episode, own_chapters(before, MINE))
    assert library.episode(episode).chapters == MINE
    assert library.episode(episode).chapters_from == OWN_SOURCE
    keep(library, episode, choice_of(before))
    assert library.episode(episode) == before


def test_it_is_seen_at_once_on_the_disk_or_not(library: Library, episode: int):
    shown = library.episode(episode)
    choice = ChapterChoice(own_chapters(shown, MINE).own, CHAPTERS.source, Shape.FLAT)
    library.submit(KeepChoice(episode, choice))
    waiting = library.episode(episode)
    assert library.flush(5)
    assert waiting == library.episode(episode) == choice.put_in(shown)


def test_of_several_that_wait_the_newest_counts(library: Library, episode: int):
    shown = library.episode(episode)
    for number in range(20):
        library.submit(KeepChoice(episode, own_chapters(shown, [Chapter(number, "x", depth=1)])))
    assert library.flush(5)
    assert library.episode(episode).chapters == (Chapter(19, "x", depth=1),)


def test_what_cannot_be_kept_whole_is_not_kept_at_all(library: Library, episode: int):
    before = library.episode(episode)
    mine = ChapterList(OWN_SOURCE, MINE)
    choice = ChapterChoice(((before.files[0].id, mine), (999, mine)), OWN_SOURCE, Shape.FLAT)
    with pytest.raises(LibraryError):
        KeepChoiceNow(episode, choice).result(library)
    assert library.episode(episode) == before


class KeepChoiceNow(KeepChoice):
    """One whose mistake its caller hears of, since it is not a bug here."""

    @property
    def is_patient(self) -> bool:
        return False

    def result(self, library: Library) -> None:
        library.submit(self).result(5)
