from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from player.core.chapter import Chapter, ChapterList
from player.core.place import Place
from player.core.reading import Reading, SidecarState
from player.library import intake
from player.library.library import Library
from player.library.sidecar_row import sidecars_from_text, sidecars_text
from player.readers.sidecar_name import sidecar_state
from tests.library.shelf import CHAPTERS, OWN, execute, file_of, make_reading

AddEpisode = Callable[..., int]
BESIDE = ChapterList("cue:talk.cue", (Chapter(0, "1. Of the sheet"), Chapter(5_000, "2. Of it too")))


def reading_of(path: Path, *lists: ChapterList) -> Reading:
    """A reading with what lies beside the file now."""
    return replace(make_reading(chapter_lists=lists), sidecars=sidecar_state(path))


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    return tmp_path / "talk.mp3"


def test_a_sidecar_that_came_changed_or_went_has_the_file_read_again(
    library: Library, add: AddEpisode, talk: Path
) -> None:
    sheet = talk.with_suffix(".cue")
    episode = add("talk.mp3", reading_of(talk, CHAPTERS))
    for change in (lambda: sheet.write_text("one"), lambda: sheet.write_text("other"), sheet.unlink):
        assert intake.find_unchanged(library, str(talk)) == episode
        change()
        assert intake.find_unchanged(library, str(talk)) is None
        assert add("talk.mp3", reading_of(talk, CHAPTERS)) == episode
    assert intake.find_unchanged(library, str(talk)) == episode


def test_other_files_beside_it_change_nothing(library: Library, add: AddEpisode, talk: Path) -> None:
    episode = add("talk.mp3", reading_of(talk, CHAPTERS))
    for name in ("other.cue", "talk.jpg", "talk 2.txt"):
        talk.with_name(name).write_text("0:00 A", encoding="utf-8")
    (talk.parent / "talk.txt").mkdir()
    talk.with_name("another.mp3").touch()
    assert intake.find_unchanged(library, str(talk)) == episode


def test_the_listeners_own_chapters_and_place_stay_when_sidecars_come_and_go(
    library: Library, add: AddEpisode, talk: Path
) -> None:
    episode = add("talk.mp3", reading_of(talk, CHAPTERS))
    library.set_chapters(episode, file_of(library, episode), OWN)
    library.save_place(episode, file_of(library, episode), 7_000, 5)
    sheet = talk.with_suffix(".cue")
    sheet.write_text("one")
    add("talk.mp3", reading_of(talk, BESIDE, CHAPTERS))
    assert library.episode(episode).files[0].chapter_lists == (OWN, BESIDE, CHAPTERS)
    sheet.unlink()
    add("talk.mp3", reading_of(talk, CHAPTERS))
    found = library.episode(episode)
    assert found.files[0].chapter_lists == (OWN, CHAPTERS)
    assert found.place == Place(0, 7_000)


def test_chapters_of_a_sidecar_that_went_go_even_where_nothing_else_is_left(
    library: Library, add: AddEpisode, talk: Path
) -> None:
    sheet = talk.with_suffix(".cue")
    sheet.write_text("one")
    episode = add("talk.mp3", reading_of(talk, BESIDE))
    sheet.unlink()
    add("talk.mp3", reading_of(talk))
    assert library.episode(episode).files[0].chapter_lists == ()


def test_a_failed_reading_takes_only_what_lay_beside(library: Library, add: AddEpisode, talk: Path) -> None:
    sheet = talk.with_suffix(".cue")
    sheet.write_text("one")
    episode = add("talk.mp3", reading_of(talk, BESIDE, CHAPTERS))
    sheet.unlink()
    add("talk.mp3", Reading())
    assert library.episode(episode).files[0].chapter_lists == (CHAPTERS,)


def test_a_choice_of_a_sidecar_that_went_falls_back_to_the_best(library: Library, add: AddEpisode, talk: Path) -> None:
    sheet = talk.with_suffix(".cue")
    sheet.write_text("one")
    episode = add("talk.mp3", reading_of(talk, BESIDE, CHAPTERS))
    library.choose_source(episode, BESIDE.source)
    sheet.unlink()
    add("talk.mp3", reading_of(talk, CHAPTERS))
    assert library.episode(episode).chapters_from == CHAPTERS.source


def test_a_library_that_never_kept_sidecars_reads_again_only_where_there_are_some(
    library: Library, add: AddEpisode, talk: Path
) -> None:
    episode = add("talk.mp3", reading_of(talk, CHAPTERS))
    execute(library.path.parent, "UPDATE file SET sidecars = NULL")
    assert intake.find_unchanged(library, str(talk)) == episode
    talk.with_suffix(".cue").write_text("one")
    assert intake.find_unchanged(library, str(talk)) is None


@pytest.mark.parametrize("text", [None, "", "{", "7", "[1]", '[["a"]]', '[["a", "b", 1]]', "[" * 100_000])
def test_what_was_kept_of_sidecars_and_is_damaged_counts_for_nothing(text: str | None) -> None:
    assert sidecars_from_text(text) == ()


def test_names_that_are_no_text_are_kept() -> None:
    sidecars = (SidecarState("caf\udce9.cue", 3, 1_700_000_000_000_000_001),)
    assert sidecars_text(sidecars).isascii()
    assert sidecars_from_text(sidecars_text(sidecars)) == sidecars
