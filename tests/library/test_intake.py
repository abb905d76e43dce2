import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from player.core.chapter import Chapter, ChapterList
from player.core.coverage import Coverage
from player.core.errors import LibraryError
from player.core.place import Place
from player.core.reading import Cover, Reading
from player.library import intake
from player.library.library import Library
from tests.library.shelf import CHAPTERS, OWN, PICTURE, execute, file_of, make_reading, put_file

AddEpisode = Callable[..., int]
OTHER = ChapterList("id3", (Chapter(0, "1. Changed"),))


def change(path: Path, content: bytes = b"other bytes") -> None:
    """Write the file anew, as a tag editor or a new download does."""
    path.write_bytes(content)
    os.utime(path, ns=(1, 1))


def test_what_was_read_is_kept(library: Library, add: AddEpisode, tmp_path: Path) -> None:
    path = put_file(tmp_path / "talk.mp3")
    episode = library.episode(add())
    [file] = episode.files
    assert (episode.title, episode.author, episode.added_at_ms) == ("A talk", "A speaker", 1_000)
    assert (file.path, file.duration_ms, file.container) == (str(path), 60_000, "mp3")
    assert (file.file_size, file.mtime_ns) == (path.stat().st_size, path.stat().st_mtime_ns)
    assert file.chapter_lists == (CHAPTERS,)
    assert (episode.place, episode.speed, episode.is_finished) == (None, 1.0, False)
    assert library.cover(episode.id) == PICTURE


@pytest.mark.parametrize("title", [None, "", "  "])
def test_a_file_without_a_title_is_called_by_its_name(library: Library, add: AddEpisode, title: str | None) -> None:
    assert library.episode(add("Episode 7.5.mp3", make_reading(title=title))).title == "Episode 7.5"


def test_a_name_that_is_no_text_or_steers_terminals_is_shown_in_readable_signs(
    library: Library, tmp_path: Path
) -> None:
    path = put_file(tmp_path / os.fsdecode(b"red\x1b[31m \xff.mp3"), b"bytes")
    episode = library.episode(intake.add(library, str(path), make_reading(title=None), 0))
    assert episode.title == "red [31m \ufffd"
    assert episode.files[0].path == str(path)
    assert library.find_by_path(str(path)) == episode.id


def test_the_same_file_by_any_name_is_one_episode(
    library: Library, add: AddEpisode, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    episode = add("talk.mp3")
    (tmp_path / "linked folder").symlink_to(tmp_path)
    (tmp_path / "symbolic.mp3").symlink_to(tmp_path / "talk.mp3")
    (tmp_path / "hard.mp3").hardlink_to(tmp_path / "talk.mp3")
    monkeypatch.chdir(tmp_path)
    for name in ("talk.mp3", "./talk.mp3", "linked folder/talk.mp3", "symbolic.mp3", "hard.mp3"):
        assert library.find_by_path(name) == episode
        assert intake.add(library, name, make_reading(), 0) == episode
    assert len(library.episodes()) == 1


def test_equal_bytes_in_another_file_are_another_episode_for_now(add: AddEpisode, tmp_path: Path) -> None:
    put_file(tmp_path / "one.mp3", b"same")
    put_file(tmp_path / "two.mp3", b"same")
    assert add("one.mp3") != add("two.mp3")


def test_an_inode_used_again_is_not_the_same_file(library: Library, add: AddEpisode, tmp_path: Path) -> None:
    add("talk.mp3")
    (tmp_path / "talk.mp3").unlink()
    other = put_file(tmp_path / "other.mp3")
    execute(library.path.parent, "UPDATE file SET inode = ?", str(other.stat().st_ino))
    assert library.find_by_path(str(other)) is None


def test_a_changed_file_is_renewed_and_what_the_listener_gave_stays(
    library: Library, add: AddEpisode, tmp_path: Path
) -> None:
    episode = add()
    library.save_place(episode, file_of(library, episode), 7_000, 5)
    library.add_heard(episode, file_of(library, episode), 0, 7_000)
    library.set_chapters(episode, file_of(library, episode), OWN)
    library.set_speed(episode, 1.5)
    change(tmp_path / "talk.mp3")
    cover = Cover("image/jpeg", b"another picture")
    assert add("talk.mp3", make_reading("New title", 90_000, (OTHER,), cover)) == episode
    found = library.episode(episode)
    assert (found.title, found.files[0].duration_ms, found.speed) == ("New title", 90_000, 1.5)
    assert found.files[0].chapter_lists == (OWN, OTHER)
    assert found.place == Place(0, 7_000)
    assert found.heard == Coverage(((0, 7_000),))
    assert found.files[0].file_size == len(b"other bytes")
    assert library.cover(episode) == cover
    assert execute(library.path.parent, "SELECT count(*) FROM cover") == [(1,)]


def test_a_changed_file_that_holds_less_is_believed(library: Library, add: AddEpisode, tmp_path: Path) -> None:
    episode = add()
    change(tmp_path / "talk.mp3")
    add("talk.mp3", Reading())
    found = library.episode(episode)
    assert found.title == "talk"
    assert found.files[0].duration_ms is None
    assert found.files[0].chapter_lists == ()
    assert (found.author, found.has_cover) == ("A speaker", True)


def test_a_failed_reading_of_an_unchanged_file_takes_nothing_away(library: Library, add: AddEpisode) -> None:
    before = library.episode(add())
    assert add("talk.mp3", Reading()) == before.id
    assert library.episode(before.id) == before


def test_a_better_reader_heals_an_unchanged_file(library: Library, add: AddEpisode) -> None:
    episode = add("talk.mp3", Reading())
    add("talk.mp3", make_reading())
    assert library.episode(episode).files[0].chapter_lists == (CHAPTERS,)
    assert library.episode(episode).title == "A talk"


def test_the_listeners_title_is_kept(library: Library, add: AddEpisode, tmp_path: Path) -> None:
    episode = add()
    library.set_title(episode, "My name for it")
    change(tmp_path / "talk.mp3")
    add("talk.mp3", make_reading("Another title"))
    assert library.episode(episode).title == "My name for it"


def test_chapters_given_for_a_source_are_not_replaced_by_the_files(library: Library, add: AddEpisode) -> None:
    episode = add()
    given = ChapterList("id3", (Chapter(5, "1. Corrected"),))
    library.set_chapters(episode, file_of(library, episode), given)
    add()
    assert library.episode(episode).files[0].chapter_lists == (given,)


def test_a_removed_episode_comes_back_with_everything(library: Library, add: AddEpisode) -> None:
    episode = add()
    library.save_place(episode, file_of(library, episode), 7_000, 5)
    library.add_heard(episode, file_of(library, episode), 0, 7_000)
    library.set_chapters(episode, file_of(library, episode), OWN)
    before = library.episode(episode)
    library.forget(episode)
    assert library.episodes() == []
    assert add() == episode
    assert library.episodes() == [before.summary]
    assert library.episode(episode) == before


def test_a_shared_cover_is_kept_once_and_as_long_as_it_is_used(
    library: Library, add: AddEpisode, tmp_path: Path
) -> None:
    one, two = add("one.mp3"), add("two.mp3")
    assert execute(library.path.parent, "SELECT count(*) FROM cover") == [(1,)]
    add("one.mp3", make_reading(cover=Cover("image/gif", b"new")))
    assert library.cover(one) == Cover("image/gif", b"new")
    assert library.cover(two) == PICTURE
    assert library.cover(99) is None


def test_a_file_without_a_picture_has_none(library: Library, add: AddEpisode) -> None:
    episode = add("talk.mp3", make_reading(cover=None))
    assert library.cover(episode) is None
    assert not library.episode(episode).has_cover


@pytest.mark.parametrize("name", ["missing.mp3", "folder", "folder/below.mp3"])
def test_what_is_no_file_is_refused_in_one_sentence(library: Library, tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(LibraryError, match=rf"^.*{name} (cannot be added \([^()]+\)|is not a file)\.$"):
        intake.add(library, str(tmp_path / name), make_reading(), 0)
    assert library.episodes() == []


def test_a_library_that_cannot_be_written_refuses_to_add_and_says_why(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("player.library.connection.BUSY_S", 0.01)
    path = put_file(tmp_path / "large.mp3")
    library.flush(10)
    desk = library._writer._desk  # the very connection that meets the full disk
    assert desk is not None
    desk.db.execute("PRAGMA max_page_count = 1")
    huge = make_reading(cover=Cover("image/png", bytes(1_000_000)))
    with pytest.raises(LibraryError, match=r"^The disk that holds the library .* is full\.$"):
        intake.add(library, str(path), huge, 0)
    assert library.episodes() == []
    assert intake.add(library, str(path), huge, 0)  # there is room again


def test_an_unchanged_file_need_not_be_read_again(library: Library, add: AddEpisode, tmp_path: Path) -> None:
    path = tmp_path / "talk.mp3"
    assert intake.find_unchanged(library, str(path)) is None
    episode = add()
    assert intake.find_unchanged(library, str(path)) == episode
    library.forget(episode)
    assert intake.find_unchanged(library, str(path)) is None
    add()
    change(path)
    assert intake.find_unchanged(library, str(path)) is None
    path.unlink()
    assert intake.find_unchanged(library, str(path)) is None


def test_files_added_at_the_same_time_do_not_replace_each_other(library: Library, tmp_path: Path) -> None:
    paths = [put_file(tmp_path / f"{n}.mp3") for n in range(20)]
    with ThreadPoolExecutor(8) as pool:
        added = pool.map(lambda path: intake.add(library, str(path), make_reading(path.stem), 0), paths)
        episodes = dict(zip(added, paths, strict=True))
    assert len(episodes) == 20
    assert {episode: library.episode(episode).title for episode in episodes} == {
        episode: path.stem for episode, path in episodes.items()
    }


def test_a_renamed_file_keeps_its_episode_and_place(library: Library, add: Callable[..., int], tmp_path: Path) -> None:
    episode = add("before.mp3")
    library.save_place(episode, file_of(library, episode), 42_000, 5_000)
    (tmp_path / "before.mp3").rename(tmp_path / "after.mp3")
    assert intake.find_unchanged(library, str(tmp_path / "after.mp3")) is None
    assert add("after.mp3") == episode
    found = library.episode(episode)
    assert found.files[0].path == str(tmp_path / "after.mp3")
    assert found.place == Place(0, 42_000)
    assert intake.find_unchanged(library, str(tmp_path / "after.mp3")) == episode


def test_another_file_where_a_moved_one_was_is_another_episode(
    library: Library, add: Callable[..., int], tmp_path: Path
) -> None:
    first = add("talk.mp3")
    (tmp_path / "talk.mp3").rename(tmp_path / "moved.mp3")
    assert add("moved.mp3") == first
    assert add("talk.mp3") != first


def test_many_files_are_added_together_and_one_that_is_gone_keeps_none_out(library: Library, tmp_path: Path) -> None:
    paths = [put_file(tmp_path / f"{number}.mp3") for number in range(3)]
    readings = [(str(path), make_reading(path.stem)) for path in paths]
    readings.insert(1, (str(tmp_path / "gone.mp3"), make_reading("gone")))
    first, gone, second, third = intake.add_many(library, readings, now_ms=1)
    assert isinstance(gone, LibraryError)
    assert "gone.mp3 cannot be added" in str(gone)
    assert len({first, second, third}) == 3
    assert sorted(row.title for row in library.episodes()) == ["0", "1", "2"]
    again = intake.add_many(library, [readings[0], readings[0]], now_ms=2)
    assert again == [first, first]
