import io
from dataclasses import replace
from pathlib import Path

import pytest

from player.cli import backup_command
from player.library import intake
from player.library.library import Library
from tests.library.shelf import OWN, file_of, make_reading, put_file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """That of a library of two recordings."""
    with Library.open(tmp_path / "data") as library:
        for number in (1, 2):
            episode = intake.add(library, str(put_file(tmp_path / f"{number}.mp3")), make_reading(f"Talk {number}"), 0)
            library.save_place(episode, file_of(library, episode), number * 1_000, 5)
    return tmp_path / "data"


def run(command: str, file: Path, folder: Path) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    work = backup_command.run_backup if command == "backup" else backup_command.run_restore
    return work(str(file), str(folder), environ={}, out=out, err=err), out.getvalue(), err.getvalue()


def test_a_library_moves_in_one_file(folder: Path, tmp_path: Path) -> None:
    backup = tmp_path / "library.backup"
    assert run("backup", backup, folder) == (0, f"2 recordings in {backup}.\n", "")
    (tmp_path / "2.mp3").unlink()
    code, out, err = run("restore", backup, tmp_path / "other")
    assert (code, err) == (0, "")
    assert out == (
        f"2 recordings in {backup}: 2 new, 2 places taken from there. "
        "1 file missing on this computer: add from where they are here.\n"
    )
    with Library.open(tmp_path / "other") as library:
        assert sorted(summary.place_ms for summary in library.episodes()) == [1_000, 2_000]


def test_the_window_may_be_open_meanwhile(folder: Path, tmp_path: Path) -> None:
    backup = tmp_path / "library.backup"
    with Library.open(folder) as library:
        assert run("backup", backup, folder)[0] == 0
        library.forget(library.episodes()[0].id).result(10)
        assert run("restore", backup, folder)[0] == 0
        assert len(library.episodes()) == 1  # what was removed since stays removed


def test_own_chapters_that_newer_ones_took_the_place_of_are_told_in_a_sentence(folder: Path, tmp_path: Path) -> None:
    backup = tmp_path / "library.backup"
    with Library.open(folder) as library:
        library.set_chapters(1, 1, OWN)
        library.flush(10)
        run("backup", backup, folder)
        library.set_chapters(1, 1, replace(OWN, chapters=OWN.chapters[:1]))
    _, out, _ = run("restore", backup, folder)
    assert out.endswith(" 1 list of your own chapters kept beside a newer one: choose it with “Chapters from”.\n")


def test_a_file_that_is_there_is_never_overwritten(folder: Path, tmp_path: Path) -> None:
    assert run("backup", tmp_path / "1.mp3", folder) == (
        1,
        "",
        f"{tmp_path / '1.mp3'}: There is a file of that name already, and it is never overwritten.\n",
    )


@pytest.mark.parametrize("name", ["1.mp3", "none", ""])
def test_what_is_no_backup_is_told_in_one_sentence_and_begins_no_library(
    folder: Path, tmp_path: Path, name: str
) -> None:
    code, out, err = run("restore", tmp_path / name, tmp_path / "other")
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert str(tmp_path / name) in err
    if name != "1.mp3":
        assert not (tmp_path / "other").exists()


def test_no_library_and_no_folder_are_told(folder: Path, tmp_path: Path) -> None:
    assert run("backup", tmp_path / "b", tmp_path / "other")[0] == 1
    code, _, err = run("backup", tmp_path / "none" / "b", folder)
    assert code == 1
    assert "The file could not be written: No such file or directory" in err
