import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from player.core.errors import LibraryError
from player.core.stop import Stop, StopKind
from player.library import journal as journal_module
from player.library.change import Change
from player.library.journal import path_of, read_segment
from player.library.journal_line import Line
from player.library.library import Library
from player.library.seal import SEALED, unbelieved
from player.library.trail import ChangeTrail
from tests.library.shelf import OWN, database, execute, file_of

AddEpisode = Callable[..., int]


def lines(folder: Path, kind: str) -> list[Line]:
    found = [line for line in read_segment(path_of(folder / "journal", 1)) if line and line.kind == kind]
    assert None not in found
    return found


def test_a_place_stands_in_the_journal_with_all_that_is_needed_to_know_whose_it_is(
    library: Library, folder: Path, add: AddEpisode, tmp_path: Path
) -> None:
    episode = add()
    library.save_place(episode, file_of(library, episode), 1_234, 99).result(10)
    [place] = lines(folder, "place")
    [file] = lines(folder, "file")
    [about] = lines(folder, "episode")
    assert (place.values["ms"], place.values["saved_at_ms"], place.seq) == (1_234, 99, 2)
    assert place.values["file"] == file.values["uid"] == library.episode(episode).files[0].uid
    assert file.values["path"] == str(tmp_path / "talk.mp3")
    assert file.values["episode"] == about.values["uid"]
    assert about.values["title"] == "A talk"
    assert place.values["device"] == about.values["device"] != ""


def test_a_file_is_named_once_in_a_segment(library: Library, folder: Path, add: AddEpisode) -> None:
    episode = add()
    for ms in range(5):
        library.save_place(episode, file_of(library, episode), ms, ms).result(10)
    assert len(lines(folder, "place")) == 5
    assert len(lines(folder, "file")) == 1


def test_a_segment_begun_by_another_start_names_its_files_again(
    library: Library, folder: Path, add: AddEpisode
) -> None:
    episode = add()
    file = file_of(library, episode)
    assert library.close()
    with Library.open(folder) as later:
        later.save_place(episode, file, 5, 5).result(10)
    assert len(lines(folder, "file")) == 2


def test_all_that_the_listener_gives_stands_in_the_journal(library: Library, folder: Path, add: AddEpisode) -> None:
    episode = add()
    file = file_of(library, episode)
    library.add_heard(episode, file, 10, 500).result(10)
    library.set_chapters(episode, file, OWN).result(10)
    library.set_title(episode, "Mine").result(10)
    library.set_speed(episode, 1.5).result(10)
    library.set_setting("volume", 0.4).result(10)
    library.remove_chapters(episode, "own").result(10)
    assert [line.values["spans"] for line in lines(folder, "heard")] == [[[10, 500]]]
    own, gone = lines(folder, "chapters")  # those of the file itself are read from it again
    assert [chapter[:2] for chapter in own.values["chapters"]] == [[0, "1. Mine"], [30_000, "2. Mine too"]]
    assert (gone.values["source"], gone.values["is_gone"]) == ("own", True)
    about = lines(folder, "episode")[-1].values
    assert (about["title"], about["has_own_title"], about["speed"]) == ("Mine", 1, 1.5)
    assert [line.values["value"] for line in lines(folder, "setting")] == ["0.4"]


def test_a_stop_that_went_from_the_trail_stands_in_the_journal_with_its_file(
    library: Library, folder: Path, add: AddEpisode
) -> None:
    episode = add()
    file = file_of(library, episode)
    stop = Stop(file, 5_000, StopKind.JUMP_FROM, 77, 0)
    library.submit(ChangeTrail(episode, (stop,), ())).result(10)
    assert library.close()
    with Library.open(folder) as later:
        later.submit(ChangeTrail(episode, (), (stop,))).result(10)
    [came], [gone] = lines(folder, "trail"), lines(folder, "trail-gone")
    same = ("file", "ms", "kind", "at_ms")
    assert [came.values[name] for name in same] == [gone.values[name] for name in same]
    assert gone.values["of_seq"] == came.seq < gone.seq
    assert len(lines(folder, "file")) == 2


def test_every_written_row_is_sealed(library: Library, folder: Path, add: AddEpisode) -> None:
    episode = add()
    library.set_chapters(episode, file_of(library, episode), OWN).result(10)
    with database(folder) as db:
        for table in SEALED:
            assert db.execute(f"SELECT count(*) FROM {table} WHERE crc IS NULL OR seq = 0").fetchone() == (0,)
            assert unbelieved(db, table) == 0


def test_what_was_taken_back_is_not_written_down(library: Library, folder: Path) -> None:
    @dataclass(frozen=True)
    class Mistake(Change):
        is_patient = False

        def write(self, db: sqlite3.Connection, device: str) -> None:
            db.execute("INSERT INTO setting VALUES ('half', '1')")
            raise LibraryError("no")

    with pytest.raises(LibraryError):
        library.submit(Mistake()).result(10)
    library.set_setting("volume", 1).result(10)
    assert [line.values["key"] for line in lines(folder, "setting")] == ["volume"]


def test_a_new_recording_stands_in_two_segments(library: Library, folder: Path, add: AddEpisode) -> None:
    library.set_setting("volume", 1).result(10)
    (path_of(folder / "journal", 2)).touch()
    add()
    for number in (1, 2):
        found = [line.kind for line in read_segment(path_of(folder / "journal", number)) if line]
        assert found[-2:] == ["episode", "file"]


def test_a_journal_that_cannot_be_written_holds_up_no_place(
    library: Library, folder: Path, add: AddEpisode, monkeypatch: pytest.MonkeyPatch
) -> None:
    episode = add()
    file = file_of(library, episode)

    def full(descriptor: int, content: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(journal_module, "_write", full)
    library.save_place(episode, file, 7, 7).result(10)
    assert execute(folder, "SELECT ms FROM place") == [(7,)]
