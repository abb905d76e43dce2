"""A library in one file, and merged into others."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from player.core.arrangement import Arrangement
from player.core.chapter import Chapter, ChapterList
from player.core.coverage import Coverage
from player.core.errors import LibraryError
from player.core.place import Place
from player.core.shape import Shape
from player.library import intake
from player.library.backup import back_up, restore
from player.library.grouping import arrange_as
from player.library.learn_sound import LearnSound
from player.library.library import Library
from player.library.schema import VERSION
from tests.library.shelf import CHAPTERS, OWN, PICTURE, execute, file_of, files_in, make_reading, put_book, put_file

AddEpisode = Callable[..., int]


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Library]:
    """The library of another machine."""
    with Library.open(tmp_path / "other") as library:
        yield library


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    return tmp_path / "outspoken.backup"


def move(source: Library, file: Path, target: Library) -> object:
    """Back ``source`` up and restore it into ``target``."""
    assert source.flush(10)
    back_up(source.path.parent, file)
    try:
        return restore(target, file)
    finally:
        file.unlink()


def trail(library: Library) -> list[tuple[object, ...]]:
    return execute(library.path.parent, "SELECT ms, kind FROM trail ORDER BY ms")


def test_everything_moves_to_an_empty_library(
    library: Library, other: Library, add: AddEpisode, backup: Path, tmp_path: Path
) -> None:
    episode = add()
    file = file_of(library, episode)
    library.save_place(episode, file, 2_000, 77)
    library.add_heard(episode, file, 0, 2_000)
    library.set_chapters(episode, file, OWN)
    library.set_title(episode, "Mine")
    library.set_speed(episode, 1.5)
    library.choose_shape(episode, Shape.FLAT)
    library.set_finished(episode, True)
    library.set_setting("volume", 0.3)
    library.set_setting("open_episode", episode)
    restored = move(library, backup, other)
    before = library.episode(episode)
    [summary] = other.episodes()
    after = other.episode(summary.id)
    for name in ("title", "author", "place", "saved_at_ms", "speed", "is_finished", "shape", "heard", "duration_ms"):
        assert getattr(after, name) == getattr(before, name), name
    assert after.files[0].chapter_lists == before.files[0].chapter_lists
    assert after.files[0].uid == before.files[0].uid
    assert other.cover(summary.id) == PICTURE
    assert other.setting("volume", 1.0) == 0.3
    assert other.setting("open_episode", 0) == 0  # what is open is a matter of each machine
    assert (restored.recordings, restored.merged.episodes_added, restored.missing) == (1, 1, 0)


def test_restoring_twice_changes_nothing_more(library: Library, other: Library, add: AddEpisode, backup: Path) -> None:
    episode = add()
    library.save_place(episode, file_of(library, episode), 2_000, 77)
    library.add_heard(episode, file_of(library, episode), 0, 2_000)
    move(library, backup, other)
    before = other.episodes()
    restored = move(library, backup, other)
    assert other.episodes() == before
    assert (restored.merged.episodes_added, restored.merged.places_taken) == (0, 0)
    assert trail(other) == []


def test_what_both_machines_did_is_joined(library: Library, other: Library, add: AddEpisode, backup: Path) -> None:
    """The later place by seq counts, and the other is not lost."""
    episode = add()
    file = file_of(library, episode)
    move(library, backup, other)
    [there] = other.episodes()
    file_there = file_of(other, there.id)
    library.add_heard(episode, file, 0, 5_000)
    library.save_place(episode, file, 5_000, 1)
    for ms in (10_000, 50_000):  # the later one: more was saved there
        other.add_heard(there.id, file_there, ms, ms + 1_000).result(10)
        other.save_place(there.id, file_there, ms, 0).result(10)
    restored = move(other, backup, library)
    after = library.episode(episode)
    assert after.place == Place(0, 50_000)
    assert after.heard == Coverage(((0, 5_000), (10_000, 11_000), (50_000, 51_000)))
    assert trail(library) == [(5_000, "merged")]
    assert restored.merged.places_to_trail == 1


def test_an_older_place_never_replaces_a_newer_one(
    library: Library, other: Library, add: AddEpisode, backup: Path
) -> None:
    episode = add()
    file = file_of(library, episode)
    library.save_place(episode, file, 1_000, 9_000_000_000_000).result(10)  # by a clock fifty years ahead
    move(library, backup, other)
    library.flush(10)
    back_up(library.path.parent, backup)
    library.save_place(episode, file, 59_000, 1).result(10)
    restored = restore(library, backup)
    assert library.episode(episode).place == Place(0, 59_000)
    assert restored.merged.places_taken == 0
    assert trail(library) == [(1_000, "merged")]


def test_chapters_of_ones_own_are_never_overwritten_by_older_ones(
    library: Library, add: AddEpisode, backup: Path
) -> None:
    episode = add()
    file = file_of(library, episode)
    library.set_chapters(episode, file, OWN).result(10)
    back_up(library.path.parent, backup)
    newer = type(OWN)("own", OWN.chapters[:1])
    library.set_chapters(episode, file, newer).result(10)
    library.set_title(episode, "Newer").result(10)
    restore(library, backup)
    assert library.episode(episode).files[0].chapters("own") == newer
    assert library.episode(episode).title == "Newer"


def test_newer_chapters_from_the_other_machine_are_taken(
    library: Library, other: Library, add: AddEpisode, backup: Path
) -> None:
    episode = add()
    library.set_chapters(episode, file_of(library, episode), OWN)
    move(library, backup, other)
    [there] = other.episodes()
    newer = type(OWN)("own", OWN.chapters[:1])
    other.set_chapters(there.id, file_of(other, there.id), newer)
    move(other, backup, library)
    assert library.episode(episode).files[0].chapters("own") == newer


def test_own_chapters_that_lose_to_newer_ones_can_be_chosen_still(
    library: Library, other: Library, add: AddEpisode, backup: Path
) -> None:
    """Whichever side is newer; and however often it is restored, each list is kept once."""
    episode = add()
    move(library, backup, other)
    [there] = other.episodes()
    here, newer = OWN, ChapterList("own", (*OWN.chapters, Chapter(40_000, "3. Theirs")))
    library.set_chapters(episode, file_of(library, episode), here)
    for _ in range(5):
        other.set_chapters(there.id, file_of(other, there.id), newer)
        assert other.flush(10)
    assert [move(other, backup, library).merged.lists_kept for _ in range(2)] == [1, 0]
    assert [move(library, backup, other).merged.lists_kept for _ in range(2)] == [0, 0]
    for file in (library.episode(episode).files[0], other.episode(there.id).files[0]):
        assert {each.source: each.chapters for each in file.chapter_lists} == {
            "own": newer.chapters,
            "id3": CHAPTERS.chapters,
            "own-2": here.chapters,
        }
        assert [each.source for each in file.chapter_lists] == ["own", "id3", "own-2"]


def test_every_list_of_own_chapters_is_kept_under_a_name_of_its_own(
    library: Library, other: Library, add: AddEpisode, backup: Path
) -> None:
    episode = add()
    file = file_of(library, episode)
    for count in (0, 1, 2):
        library.set_chapters(episode, file, ChapterList("own", OWN.chapters[:count]))
        move(library, backup, other)
    lists = {each.source: len(each.chapters) for each in other.episode(1).files[0].chapter_lists}
    assert lists.keys() == {"own", "id3", "own-2", "own-3"}
    assert sorted(lists.values()) == [0, 1, 2, 3]


def test_a_recording_added_on_both_machines_by_other_paths_is_one_by_its_fingerprint(
    library: Library, other: Library, backup: Path, tmp_path: Path
) -> None:
    from dataclasses import replace

    reading = replace(make_reading(), fingerprint=b"the sound of it")
    here = intake.add(library, str(put_file(tmp_path / "here.mp3")), reading, 0)
    there = intake.add(other, str(put_file(tmp_path / "there.mp3")), reading, 0)
    other.save_place(there, file_of(other, there), 30_000, 1)
    move(other, backup, library)
    [summary] = library.episodes()
    assert (summary.id, summary.place_ms) == (here, 30_000)
    assert summary.path == str(tmp_path / "here.mp3")


def test_two_files_of_one_sound_are_two_on_the_other_machine_too(
    library: Library, other: Library, backup: Path, tmp_path: Path
) -> None:
    for target in (library, other):
        for name in ("1.mp3", "2.mp3"):
            episode = intake.add(target, str(put_file(tmp_path / name)), make_reading(), 0)
            target.submit(LearnSound(file_of(target, episode), b"the sound of both")).result(10)
    for at, summary in enumerate(sorted(other.episodes(), key=lambda summary: summary.path)):
        other.save_place(summary.id, file_of(other, summary.id), 1_000 * at, 1)
    restored = move(other, backup, library)
    found = {Path(summary.path).name: summary.place_ms for summary in library.episodes()}
    assert found == {"1.mp3": 0, "2.mp3": 1_000}
    assert restored.merged.episodes_added == 0


def test_one_path_on_two_machines_may_be_two_recordings(
    library: Library, other: Library, backup: Path, tmp_path: Path
) -> None:
    from dataclasses import replace

    path = str(put_file(tmp_path / "1.mp3"))
    one = intake.add(library, path, replace(make_reading("One"), fingerprint=b"one"), 0)
    two = intake.add(other, path, replace(make_reading("Two"), fingerprint=b"two"), 0)
    library.save_place(one, file_of(library, one), 1_000, 1)
    other.save_place(two, file_of(other, two), 2_000, 1)
    move(other, backup, library)
    assert {(summary.title, summary.place_ms) for summary in library.episodes()} == {("One", 1_000), ("Two", 2_000)}


def test_a_series_moves_with_its_members(
    library: Library, other: Library, add: AddEpisode, backup: Path, folder: Path
) -> None:
    members = [add("1.mp3"), add("2.mp3")]
    execute(
        folder, "INSERT INTO episode (id, uid, title, kind, added_at_ms) VALUES (9, 'nine', 'A series', 'series', 0)"
    )
    for position, member in enumerate(members):
        execute(folder, "UPDATE episode SET series = 9, series_position = ?, crc = NULL WHERE id = ?", position, member)
    library.save_place(9, file_of(library, members[1]), 4_000, 1)
    move(library, backup, other)
    [summary] = other.episodes()
    assert (summary.title, summary.place_ms) == ("A series", 64_000)
    assert len(other.episode(summary.id).files) == 2


def test_a_book_that_both_machines_arranged_is_torn_by_neither(
    library: Library, other: Library, backup: Path, folder: Path, tmp_path: Path
) -> None:
    here, there = put_book(library, tmp_path / "shelf"), put_book(other, tmp_path / "shelf")
    changed = [(library, here, 1)], [(other, there, 1)], [(library, here, 2)] * 5, [(other, there, 3)] * 5
    for target, book, number in (each for changes in changed for each in changes):  # so that each has newer rows
        member = execute(
            target.path.parent, "SELECT id FROM episode WHERE series = ? AND series_position = ?", book, number - 1
        )[0][0]
        target.set_speed(member, 1.0 + number / 10)
        assert target.flush(10)
    before = [summary.id for summary in library.episodes()]
    restored = move(other, backup, library)
    assert [summary.id for summary in library.episodes()] == before == [here]
    assert len(library.episode(here).files) == 3
    assert (restored.recordings, restored.merged.episodes_added) == (3, 0)


def test_recordings_that_the_listener_parted_stay_apart(
    library: Library, other: Library, backup: Path, tmp_path: Path
) -> None:
    book = put_book(library, tmp_path / "shelf")
    parted = set(arrange_as(library, book, Arrangement.SEPARATE, 3_000).values())
    put_book(other, tmp_path / "shelf")
    move(other, backup, library)
    assert {summary.id for summary in library.episodes()} == parted


def test_what_was_removed_on_the_other_machine_stays_here(
    library: Library, other: Library, add: AddEpisode, backup: Path, tmp_path: Path
) -> None:
    episode = add()
    there = intake.add(other, str(tmp_path / "talk.mp3"), make_reading(), 0)
    for at in range(9):
        other.set_speed(there, 1.0 + at / 10)
        assert other.flush(10)
    other.forget(there)
    move(other, backup, library)
    assert [summary.id for summary in library.episodes()] == [episode]


def test_a_book_that_was_removed_on_the_other_machine_hides_nothing_here(
    library: Library, other: Library, backup: Path, tmp_path: Path
) -> None:
    book = put_book(library, tmp_path / "shelf")
    parted = set(arrange_as(library, book, Arrangement.SEPARATE, 3_000).values())
    execute(library.path.parent, "UPDATE episode SET is_arranged = 0, crc = NULL")
    other.forget(put_book(other, tmp_path / "shelf"))
    move(other, backup, library)
    assert {summary.id for summary in library.episodes()} == parted


def test_the_recordings_of_a_book_are_counted_and_not_the_book(
    library: Library, folder: Path, backup: Path, tmp_path: Path
) -> None:
    book = put_book(library, tmp_path / "shelf")
    assert back_up(folder, backup) == 3
    library.forget(book)
    assert library.flush(10)
    assert back_up(folder, backup.with_name("later")) == 0


def test_a_removed_episode_stays_removed_and_its_place_is_kept(
    library: Library, other: Library, add: AddEpisode, backup: Path, tmp_path: Path
) -> None:
    episode = add()
    library.save_place(episode, file_of(library, episode), 4_000, 1)
    library.forget(episode)
    assert move(library, backup, other).recordings == 0
    assert other.episodes() == []
    again = intake.add(other, str(tmp_path / "talk.mp3"), make_reading(), 0)
    assert other.episode(again).place == Place(0, 4_000)


def test_a_library_in_use_is_backed_up_as_it_is(
    library: Library, add: AddEpisode, backup: Path, other: Library
) -> None:
    episode = add()
    file = file_of(library, episode)
    stop = threading.Event()

    def save() -> None:
        ms = 0
        while not stop.is_set():
            ms += 1
            library.save_place(episode, file, ms, ms).result(10)

    saver = threading.Thread(target=save)
    saver.start()
    try:
        for _ in range(5):
            move(library, backup, other)
    finally:
        stop.set()
        saver.join()
    [summary] = other.episodes()
    assert summary.place_ms > 0


def test_a_backup_never_takes_the_place_of_a_file(library: Library, add: AddEpisode, backup: Path) -> None:
    add()
    backup.write_bytes(b"something of mine")
    with pytest.raises(LibraryError, match=r"outspoken\.backup: There is a file of that name already"):
        back_up(library.path.parent, backup)
    assert backup.read_bytes() == b"something of mine"


def test_a_backup_has_nothing_beside_it(library: Library, add: AddEpisode, tmp_path: Path) -> None:
    add()
    (tmp_path / "backups").mkdir()
    assert back_up(library.path.parent, tmp_path / "backups" / "b") == 1
    restore(library, tmp_path / "backups" / "b")
    assert list(files_in(tmp_path / "backups")) == ["b"]


def test_no_library_makes_no_backup(tmp_path: Path, backup: Path) -> None:
    with pytest.raises(LibraryError, match="There is no library in"):
        back_up(tmp_path / "none", backup)
    assert not backup.exists()


def test_a_damaged_library_makes_no_backup(library: Library, add: AddEpisode, folder: Path, backup: Path) -> None:
    add()
    assert library.close()
    execute(folder, "UPDATE chapter SET start_ms = 7")
    with pytest.raises(LibraryError, match="is damaged; start Outspoken"):
        back_up(folder, backup)
    assert not backup.exists()
    (folder / "library.db").unlink()
    with pytest.raises(LibraryError, match="is missing; start Outspoken"):
        back_up(folder, backup)


def test_of_a_damaged_backup_what_can_be_read_is_restored(
    library: Library, other: Library, backup: Path, tmp_path: Path
) -> None:
    for number in range(40):
        episode = intake.add(library, str(put_file(tmp_path / f"{number}.mp3")), make_reading(f"Talk {number}"), 0)
        library.save_place(episode, file_of(library, episode), 1_000 * number, 1)
    assert library.flush(10)
    back_up(library.path.parent, backup)
    content = bytearray(backup.read_bytes())
    at = content.index(b"Talk 7A speaker")
    content[at : at + 4] = b"Tolk"
    backup.write_bytes(content)
    restored = restore(other, backup)
    assert restored.is_damaged
    assert len(other.episodes()) == 40  # the file and the place of the damaged one are there under another title
    assert sorted(summary.place_ms for summary in other.episodes()) == [1_000 * number for number in range(40)]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty"),
        (b"just some text, no backup at all", "is no backup of Outspoken"),
        (b"SQLite format 3\0" + b"\xff" * 5_000, "is no backup of Outspoken"),
    ],
)
def test_what_is_no_backup_is_told_in_one_sentence(library: Library, backup: Path, content: bytes, told: str) -> None:
    backup.write_bytes(content)
    with pytest.raises(LibraryError, match=told):
        restore(library, backup)
    assert backup.read_bytes() == content


def test_other_databases_are_no_backups(library: Library, backup: Path, folder: Path, add: AddEpisode) -> None:
    with closing(sqlite3.connect(backup)) as db:
        db.execute("CREATE TABLE album (title)")
    with pytest.raises(LibraryError, match="database of another program"):
        restore(library, backup)
    backup.unlink()
    add()
    back_up(folder, backup)
    with closing(sqlite3.connect(backup)) as db:
        db.execute(f"PRAGMA user_version = {VERSION + 1}")
    with pytest.raises(LibraryError, match="later version"):
        restore(library, backup)
    with pytest.raises(LibraryError, match="is a folder"):
        restore(library, folder)
    with pytest.raises(LibraryError, match="There is no file"):
        restore(library, folder / "none")
