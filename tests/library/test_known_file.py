import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from player.core.chapter import Chapter, ChapterList
from player.core.coverage import Coverage
from player.core.reading import Reading
from player.library import intake
from player.library.glance import Sight, UnseenError, glance
from player.library.library import Library
from tests.library.shelf import OWN, execute, file_of, make_reading, put_file

AddEpisode = Callable[..., int]
SOUND, OTHER_SOUND = b"\x01sound", b"\x01other sound"


def of(sound: bytes | None, title: str | None = "A talk", duration_ms: int | None = 60_000, **more) -> Reading:
    return replace(make_reading(title, duration_ms, **more), fingerprint=sound)


def listen(library: Library, episode: int) -> int:
    """Listen to it, give it chapters; gives the id of its file."""
    file = file_of(library, episode)
    library.save_place(episode, file, 42_000, 5)
    library.add_heard(episode, file, 0, 42_000)
    library.set_chapters(episode, file, OWN)
    library.set_speed(episode, 1.5)
    library.set_title(episode, "My title")
    return file


def assert_all_is_kept(library: Library, episode: int, path: Path) -> None:
    found = library.episode(episode)
    [file] = found.files
    assert (file.path, file.place_ms, file.heard) == (str(path), 42_000, Coverage(((0, 42_000),)))
    assert file.chapter_lists[0] == OWN
    assert (found.speed, found.title) == (1.5, "My title")


def test_a_recording_that_was_moved_and_retagged_keeps_everything(
    library: Library, add: AddEpisode, tmp_path: Path
) -> None:
    episode = add("talk.mp3", of(SOUND))
    listen(library, episode)
    (tmp_path / "talk.mp3").unlink()
    put_file(tmp_path / "elsewhere.mp3", b"the same sound with other tags")
    assert add("elsewhere.mp3", of(SOUND, "Another title")) == episode
    assert_all_is_kept(library, episode, tmp_path / "elsewhere.mp3")
    assert intake.find_unchanged(library, str(tmp_path / "elsewhere.mp3")) == episode
    assert len(library.episodes()) == 1


def test_a_removed_episode_comes_back_with_everything_from_another_place(
    library: Library, add: AddEpisode, tmp_path: Path
) -> None:
    episode = add("talk.mp3", of(SOUND))
    listen(library, episode)
    library.forget(episode)
    (tmp_path / "talk.mp3").unlink()
    assert library.episodes() == []
    assert add("elsewhere.mp3", of(SOUND)) == episode
    assert_all_is_kept(library, episode, tmp_path / "elsewhere.mp3")
    assert [summary.id for summary in library.episodes()] == [episode]


def test_a_copy_beside_the_original_is_the_same_episode_and_changes_nothing(
    library: Library, add: AddEpisode, tmp_path: Path
) -> None:
    episode = add("talk.mp3", of(SOUND))
    listen(library, episode)
    shutil.copyfile(tmp_path / "talk.mp3", tmp_path / "copy.mp3")
    before = library.episode(episode)
    assert add("copy.mp3", of(SOUND, "A copy's title")) == episode
    assert library.episode(episode) == before
    assert intake.find_unchanged(library, str(tmp_path / "talk.mp3")) == episode


def test_a_copy_brings_a_removed_episode_back(library: Library, add: AddEpisode) -> None:
    episode = add("talk.mp3", of(SOUND))
    library.forget(episode)
    assert add("copy.mp3", of(SOUND)) == episode
    assert [summary.id for summary in library.episodes()] == [episode]


def test_when_the_original_goes_its_copy_takes_over(library: Library, add: AddEpisode, tmp_path: Path) -> None:
    episode = add("talk.mp3", of(SOUND))
    listen(library, episode)
    add("copy.mp3", of(SOUND))
    (tmp_path / "talk.mp3").unlink()
    assert add("copy.mp3", of(SOUND)) == episode
    assert_all_is_kept(library, episode, tmp_path / "copy.mp3")


def test_two_files_that_change_names_keep_their_own_places(library: Library, add: AddEpisode, tmp_path: Path) -> None:
    one, two = add("one.mp3", of(SOUND, "One")), add("two.mp3", of(OTHER_SOUND, "Two"))
    library.save_place(one, file_of(library, one), 11_000, 5)
    library.save_place(two, file_of(library, two), 22_000, 5)
    (tmp_path / "one.mp3").rename(tmp_path / "third.mp3")
    (tmp_path / "two.mp3").rename(tmp_path / "one.mp3")
    (tmp_path / "third.mp3").rename(tmp_path / "two.mp3")
    assert add("one.mp3", of(OTHER_SOUND, "Two")) == two
    assert add("two.mp3", of(SOUND, "One")) == one
    assert [library.episode(one).files[0].path, library.episode(two).files[0].path] == [
        str(tmp_path / "two.mp3"),
        str(tmp_path / "one.mp3"),
    ]
    assert (library.episode(one).files[0].place_ms, library.episode(two).files[0].place_ms) == (11_000, 22_000)


def test_another_recording_in_place_of_one_is_another_episode_and_the_first_waits_to_be_found(
    library: Library, add: AddEpisode, tmp_path: Path
) -> None:
    first = add("latest.mp3", of(SOUND, "Monday", chapter_lists=()))
    listen(library, first)
    put_file(tmp_path / "latest.mp3", b"what came on Tuesday")
    second = add("latest.mp3", of(OTHER_SOUND, "Tuesday", chapter_lists=()))
    assert second != first
    assert library.find_by_path(str(tmp_path / "latest.mp3")) == second
    assert library.episode(first).files[0].path == f"{tmp_path / 'latest.mp3'} (replaced, {file_of(library, first)})"
    assert add("monday.mp3", of(SOUND, "Monday")) == first
    assert_all_is_kept(library, first, tmp_path / "monday.mp3")


@pytest.mark.parametrize(
    "after",
    [
        of(OTHER_SOUND, "A talk", 90_000, chapter_lists=()),  # a download that went on
        of(OTHER_SOUND, None, chapter_lists=()),  # its tags cannot be read
        of(None, "Another title", chapter_lists=()),  # its sound cannot be told
        of(OTHER_SOUND, "Another title"),  # encoded and tagged anew, with the same sections
    ],
)
def test_in_doubt_a_changed_file_is_the_same_recording(
    library: Library, add: AddEpisode, tmp_path: Path, after: Reading
) -> None:
    episode = add("talk.mp3", of(SOUND))
    listen(library, episode)
    put_file(tmp_path / "talk.mp3", b"changed")
    assert add("talk.mp3", after) == episode
    assert_all_is_kept(library, episode, tmp_path / "talk.mp3")


def test_equal_ends_of_a_longer_recording_are_not_the_same_one(add: AddEpisode) -> None:
    assert add("talk.mka", of(SOUND, duration_ms=60_000)) != add("longer.mka", of(SOUND, duration_ms=65_000))
    assert add("talk2.mka", of(OTHER_SOUND, duration_ms=60_000)) == add("b.mka", of(OTHER_SOUND, duration_ms=61_000))


def test_a_file_of_a_book_that_was_moved_keeps_its_position_in_the_book(
    library: Library, add: AddEpisode, tmp_path: Path
) -> None:
    book, second = add("one.mp3", of(SOUND)), add("two.mp3", of(OTHER_SOUND))
    execute(library.path.parent, "UPDATE file SET episode = ?, position = 1 WHERE episode = ?", book, second)
    (tmp_path / "two.mp3").unlink()
    assert add("moved.mp3", of(OTHER_SOUND)) == book
    assert [file.path for file in library.episode(book).files] == [
        str(tmp_path / "one.mp3"),
        str(tmp_path / "moved.mp3"),
    ]


def test_of_several_with_the_same_sound_the_one_last_listened_to_is_meant(
    library: Library, add: AddEpisode, tmp_path: Path
) -> None:
    one, two = add("one.mp3", of(None)), add("two.mp3", of(None))  # from before sounds were known
    library.save_place(two, file_of(library, two), 1_000, 5)
    library.flush(5)
    execute(library.path.parent, "UPDATE file SET fingerprint = ?", SOUND)
    assert add("third.mp3", of(SOUND)) == two
    library.forget(two)
    assert add("fourth.mp3", of(SOUND)) == one


def test_what_was_added_before_sounds_were_known_learns_its_sound_when_it_is_read(
    library: Library, add: AddEpisode, tmp_path: Path
) -> None:
    episode = add("talk.mp3", of(None))
    add("talk.mp3", of(SOUND))
    (tmp_path / "talk.mp3").unlink()
    assert add("moved.mp3", of(SOUND)) == episode


def test_the_writer_looks_at_no_file_itself(library: Library, add: AddEpisode, tmp_path: Path) -> None:
    add("talk.mp3", of(SOUND))
    path = put_file(tmp_path / "copy.mp3")
    seen = glance(str(path))
    assert seen is not None
    change = intake.AddFile(str(path), seen, Sight({str(path): seen}), of(SOUND), 0)
    with pytest.raises(UnseenError) as unseen:
        library.submit(change).result()
    assert unseen.value.path == str(tmp_path / "talk.mp3")


@pytest.mark.parametrize("path", ["missing", ".", "nul\0byte"])
def test_what_is_no_file_is_not_seen(tmp_path: Path, path: str) -> None:
    assert glance(os.path.join(tmp_path, path)) is None  # noqa: PTH118 - a name that no path can have


SECTIONS = ChapterList("chpl", (Chapter(0, "1. Start"), Chapter(9_000, "1.1 Detail"), Chapter(19_000, "2. End")))


def test_sections_of_the_listener_count_too(library: Library, add: AddEpisode, tmp_path: Path) -> None:
    episode = add("talk.mp3", of(SOUND, "One", chapter_lists=()))
    library.set_chapters(episode, file_of(library, episode), replace(SECTIONS, source="own"))
    put_file(tmp_path / "talk.mp3", b"changed")
    assert add("talk.mp3", of(OTHER_SOUND, "Two", chapter_lists=(SECTIONS,))) == episode
