import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from pathlib import Path

import pytest

from player.core.errors import LibraryError
from player.core.place import Place
from player.library.connection import FrozenConnection
from player.library.library import Library
from player.library.opening import LIBRARY_FILE, errors_told, open_to_look, open_to_write
from player.library.schema import VERSION
from player.library.writer import Patience
from tests.library.shelf import execute, file_of, files_in

AddEpisode = Callable[..., int]
WithoutRights = Callable[[], AbstractContextManager[None]]


def codes(library: Library) -> list[str]:
    return [notice.code for notice in library.notices]


def begin(folder: Path) -> bytes:
    """A closed library with one setting; gives its bytes."""
    with Library.open(folder) as library:
        library.set_setting("kept", "yes")
    return (folder / LIBRARY_FILE).read_bytes()


def test_a_new_library_begins_without_remarks(folder: Path) -> None:
    with Library.open(folder) as library:
        assert library.notices == ()
        assert library.episodes() == []
    assert folder.stat().st_mode & 0o777 == 0o700


def test_the_device_keeps_its_id(folder: Path) -> None:
    begin(folder)
    first = execute(folder, "SELECT value FROM meta WHERE key = 'device'")
    begin(folder)
    assert execute(folder, "SELECT value FROM meta WHERE key = 'device'") == first


def test_a_closed_library_leaves_one_file(folder: Path) -> None:
    begin(folder)
    assert list(files_in(folder)) == [LIBRARY_FILE]


@pytest.mark.parametrize("damage", [b"SQLite format 3\0 and no more", b"rubbish", None])
def test_a_damaged_library_is_put_aside_whole_and_told(folder: Path, damage: bytes | None) -> None:
    damaged = damage or begin(folder)[:5_000]
    folder.mkdir(exist_ok=True)
    (folder / LIBRARY_FILE).write_bytes(damaged)
    (folder / "library.db-wal").write_bytes(b"its log")
    with Library.open(folder) as library:
        [notice] = library.notices
        assert notice.code == "library-damaged"
        assert "library-damaged-1.db" in notice.message
        # the journal of the third one has it
        assert library.setting("kept", "no") == ("no" if damage else "yes")
        library.set_setting("kept", "again").result(10)
    assert (folder / "library-damaged-1.db").read_bytes() == damaged
    assert (folder / "library-damaged-1.db-wal").read_bytes() == b"its log"


def test_random_damage_never_gives_a_wrong_place(folder: Path, library: Library, add: AddEpisode) -> None:
    places = {add(f"{number}.mp3"): Place(0, 1_000 * number + 7) for number in range(10)}
    for episode, place in places.items():
        library.save_place(episode, file_of(library, episode), place.ms, 0)
    assert library.close()
    content = (folder / LIBRARY_FILE).read_bytes()
    chance = random.Random(4)
    for _ in range(60):
        shutil.rmtree(folder)
        folder.mkdir()
        at = chance.randrange(len(content) - 16)
        (folder / LIBRARY_FILE).write_bytes(content[:at] + chance.randbytes(16) + content[at + 16 :])
        with Library.open(folder) as damaged:
            for summary in damaged.episodes():
                assert damaged.episode(summary.id).place in (places[summary.id], None)
                assert summary.place_ms in (places[summary.id].ms, None)


def test_no_damaged_library_takes_the_place_of_another(folder: Path) -> None:
    folder.mkdir()
    for content in (b"first", b"second"):
        (folder / LIBRARY_FILE).write_bytes(content)
        Library.open(folder).close()
    assert (folder / "library-damaged-1.db").read_bytes() == b"first"
    assert (folder / "library-damaged-2.db").read_bytes() == b"second"


def test_another_programs_database_is_left_as_it_is(folder: Path) -> None:
    folder.mkdir()
    with closing(sqlite3.connect(folder / LIBRARY_FILE)) as db:
        db.execute("CREATE TABLE album (title)")
    before = files_in(folder)
    for open_it in (Library.open, Library.look_into):
        with pytest.raises(LibraryError, match=r"is a database of another program"):
            open_it(folder)
    assert files_in(folder) == before


def test_a_later_version_is_shown_and_left_byte_for_byte(folder: Path, tmp_path: Path, add: AddEpisode) -> None:
    add()
    with Library.open(folder) as library:
        library.set_setting("kept", "yes").result(10)
    execute(folder, f"PRAGMA user_version = {VERSION + 1}")
    before = (folder / LIBRARY_FILE).read_bytes()
    with Library.open(folder) as library:
        assert codes(library) == ["library-newer"]
        assert library.setting("kept", "no") == "yes"
        [summary] = library.episodes()
        library.save_place(summary.id, file_of(library, summary.id), 5_000, 1)
        assert library.episode(summary.id).place == Place(0, 5_000)
        assert not library.close(0.05)
    assert (folder / LIBRARY_FILE).read_bytes() == before


def test_a_disk_that_cannot_be_written_shows_the_library_and_keeps_changes_in_memory(
    open_folder: Path, without_rights: WithoutRights
) -> None:
    begin(open_folder)
    (open_folder / LIBRARY_FILE).chmod(0o644)
    told: list[str | None] = []
    patience = Patience(0.005, 0.01, tell_after_s=0.05)
    with without_rights():
        library = Library.open(open_folder, on_trouble=told.append, patience=patience)
        assert codes(library) == ["library-read-only"]
        assert library.setting("kept", "no") == "yes"
        future = library.set_setting("kept", "in memory")
        assert not library.flush(0.2)
        assert told == []  # it was said once, when it was opened
        assert library.setting("kept", "no") == "in memory"
        assert not future.done()
    future.result(10)  # the rights are back
    assert library.setting("kept", "no") == "in memory"
    library.set_setting("later", 1).result(10)
    assert library.setting("later", 0) == 1
    assert library.close()
    assert set(told) == {None}
    assert execute(open_folder, "SELECT value FROM setting WHERE key = 'kept'") == [('"in memory"',)]


def test_what_was_said_of_a_read_only_disk_is_taken_back_when_it_can_be_written(
    open_folder: Path, without_rights: WithoutRights
) -> None:
    begin(open_folder)
    (open_folder / LIBRARY_FILE).chmod(0o644)
    told: list[str | None] = []
    with without_rights():
        library = Library.open(open_folder, on_trouble=told.append)
        assert codes(library) == ["library-read-only"]
    library.set_setting("kept", "again").result(10)
    assert told == [None]
    assert library.close()


def test_a_folder_that_cannot_be_written_begins_no_library(open_folder: Path, without_rights: WithoutRights) -> None:
    with (
        without_rights(),
        pytest.raises(LibraryError, match=r"^The library .* \(Permission denied\)\.$"),
    ):
        Library.open(open_folder)
    with without_rights(), pytest.raises(LibraryError, match=r"^The folder .* cannot be made \(Permission denied\)\.$"):
        Library.open(open_folder / "data")
    assert files_in(open_folder) == {}


def test_what_may_not_be_read_is_told_in_one_sentence(open_folder: Path, without_rights: WithoutRights) -> None:
    begin(open_folder)
    (open_folder / LIBRARY_FILE).chmod(0o000)
    before = files_in(open_folder)
    with without_rights():
        for open_it in (Library.open, Library.look_into):
            with pytest.raises(LibraryError, match=r"^The library .* \(Permission denied\)\.$"):
                open_it(open_folder)
    assert files_in(open_folder) == before


def test_an_older_library_is_not_looked_into(folder: Path) -> None:
    begin(folder)
    execute(folder, f"PRAGMA user_version = {VERSION - 1}")
    with pytest.raises(LibraryError, match="of an earlier version"):
        Library.look_into(folder)


def test_looking_makes_nothing_where_nothing_is(folder: Path) -> None:
    assert Library.look_into(folder) is None
    assert not folder.exists()


def test_looking_leaves_no_trace(folder: Path) -> None:
    begin(folder)
    before = files_in(folder)
    library = Library.look_into(folder)
    assert library is not None
    assert library.setting("kept", "no") == "yes"
    assert not library.set_setting("kept", "never").done()
    assert not library.close(0.05)
    assert files_in(folder) == before


def test_looking_at_a_damaged_library_touches_nothing(folder: Path) -> None:
    folder.mkdir()
    (folder / LIBRARY_FILE).write_bytes(b"rubbish")
    with pytest.raises(LibraryError, match="is damaged; start Outspoken"):
        Library.look_into(folder)
    assert files_in(folder) == {LIBRARY_FILE: b"rubbish"}


def test_looking_while_the_window_runs_shows_what_it_saved(folder: Path) -> None:
    with Library.open(folder) as library:
        library.set_setting("key", 1).result(10)
        look = Library.look_into(folder)
        assert look is not None
        with look:
            assert look.setting("key", 0) == 1
            library.set_setting("key", 2).result(10)
            assert look.setting("key", 0) == 2


def test_a_killed_programs_log_is_read_too(folder: Path, tmp_path: Path) -> None:
    with Library.open(folder) as library:
        library.set_setting("key", 1).result(10)
        copy = tmp_path / "killed"
        copy.mkdir()
        for name, content in files_in(folder).items():
            (copy / name).write_bytes(content)
    (copy / "library.db-shm").unlink()
    look = Library.look_into(copy)
    assert look is not None
    with look:
        assert look.setting("key", 0) == 1


def test_only_a_library_that_nobody_writes_is_read_frozen(folder: Path) -> None:
    begin(folder)
    opened = open_to_look(folder / LIBRARY_FILE)
    assert opened is not None
    assert isinstance(opened.reader, FrozenConnection)
    opened.reader.close()
    opened = open_to_write(folder / LIBRARY_FILE, 0)
    assert not isinstance(opened.reader, FrozenConnection)
    opened.reader.close()
    assert opened.desk is not None
    opened.desk.close()
    assert opened.lock is not None
    opened.lock.release()


def test_mistakes_of_ours_are_not_told_as_trouble_of_the_disk(tmp_path: Path) -> None:
    for error in (sqlite3.ProgrammingError("closed"), sqlite3.IntegrityError("twice"), ValueError("ours")):
        with pytest.raises(type(error)), errors_told(tmp_path):
            raise error
