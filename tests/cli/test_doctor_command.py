import io
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from player.cli import doctor_command
from player.core.place import Place
from player.core.reading import Reading
from player.library import intake
from player.library.library import Library
from player.library.schema import VERSION
from player.library.snapshot import snapshots
from tests.library.shelf import execute, file_of, make_reading, put_book

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def run(folder: Path) -> Run:
    def run_doctor(*, as_json: bool = False, repair: bool = False) -> tuple[int, str, str]:
        out, err = io.StringIO(), io.StringIO()
        code = doctor_command.run(
            str(folder), as_json=as_json, repair=repair, environ={}, out=out, err=err, read=read_again
        )
        return code, out.getvalue(), err.getvalue()

    return run_doctor


def read_again(path: str) -> Reading:
    return make_reading("Read again")


@pytest.fixture
def filled(folder: Path, tmp_path: Path) -> Path:
    """A closed library of two recordings with places, in two snapshots; its folder."""
    with Library.open(folder) as library:
        for number in (1, 2):
            path = tmp_path / f"{number}.mp3"
            path.write_bytes(b"\xff\xfb\x90\x00" + bytes(2_000))
            episode = intake.add(library, str(path), make_reading(f"Talk {number}"), 0)
            library.save_place(episode, file_of(library, episode), number * 1_000, 5)
            assert library.flush(10)
            assert library.keep_copy()
    return folder


def codes(run: Run, **options: bool) -> list[str]:
    """The codes of what is wrong, as the JSON has them."""
    code, out, err = run(as_json=True, **options)
    answer = json.loads(out)
    wrong = [finding["code"] for finding in answer["findings"] if not finding["is_fine"]]
    assert err == ""
    assert answer["is_well"] == (not wrong) == (code == 0)
    return wrong


def test_without_a_library_all_is_well_and_nothing_is_made(run: Run, folder: Path) -> None:
    code, out, err = run()
    assert (code, err) == (0, "")
    assert out == (
        f"Library\n  There is no library in {folder} yet.\nSnapshots\n  There is no snapshot yet.\n"
        "Journal\n  There is no journal yet.\nAll is well.\n"
    )
    assert not folder.exists()


def test_a_whole_library_is_well_and_is_left_byte_for_byte(run: Run, filled: Path) -> None:
    before = {path: path.read_bytes() for path in filled.rglob("*") if path.is_file()}
    code, out, err = run()
    assert (code, err) == (0, "")
    assert "The library is whole: 2 recordings, 2 places." in out
    assert "2 whole snapshots; the newest is 000003-" in out
    assert "2 of 2 files as they were read." in out
    assert out.endswith("All is well.\n")
    assert {path: path.read_bytes() for path in filled.rglob("*") if path.is_file()} == before


def test_json_has_exactly_the_promised_keys(run: Run, filled: Path) -> None:
    code, out, _ = run(as_json=True)
    answer = json.loads(out)
    assert (code, set(answer), answer["is_well"], answer["done"]) == (0, {"is_well", "findings", "done"}, True, [])
    assert {tuple(finding) for finding in answer["findings"]} == {("part", "code", "is_fine", "message", "path")}
    assert [finding["part"] for finding in answer["findings"]] == ["library", "snapshots", "journal", "recordings"]


def test_a_damaged_library_is_found_and_put_together_again(run: Run, filled: Path) -> None:
    (filled / "library.db").write_bytes(b"rubbish")
    assert codes(run) == ["damaged"]
    code, out, err = run(repair=True)
    assert (code, err) == (0, "")
    assert out.startswith("Done\n  The library was damaged and was put together again: 2 recordings")
    assert (filled / "library-damaged-1.db").read_bytes() == b"rubbish"
    with Library.open(filled) as library:
        assert sorted(summary.place_ms for summary in library.episodes()) == [1_000, 2_000]


def test_a_missing_library_is_found_and_put_together_again(run: Run, filled: Path) -> None:
    (filled / "library.db").unlink()
    assert codes(run) == ["missing"]
    assert codes(run, repair=True) == []


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE place SET ms = 7",
        "UPDATE chapter SET title = 'Rubbish'",  # of the files themselves: a start does not look so closely
        "UPDATE episode SET cover = 77, crc = NULL",
    ],
)
def test_damage_in_single_rows_is_found_and_mended(run: Run, filled: Path, sql: str) -> None:
    execute(filled, "PRAGMA foreign_keys = OFF")
    execute(filled, sql)
    assert len(codes(run)) == 1
    assert codes(run, repair=True) == []
    with Library.open(filled) as library:
        for summary in library.episodes():
            assert library.episode(summary.id).files[0].chapter_lists[0].chapters[0].title == "1. Start"


def test_a_damaged_snapshot_is_renamed_and_new_ones_are_made(run: Run, filled: Path) -> None:
    damaged = snapshots(filled / "snapshots")[0].path
    os.truncate(damaged, 5_000)
    assert codes(run) == ["snapshot-damaged"]
    assert codes(run, repair=True) == []
    assert damaged.with_name(f"damaged-{damaged.name}").stat().st_size == 5_000
    assert len(snapshots(filled / "snapshots")) == 3


def test_a_damaged_snapshot_is_renamed_only_after_the_library_was_put_together(run: Run, filled: Path) -> None:
    for snapshot in snapshots(filled / "snapshots")[1:]:
        snapshot.path.unlink()
    [snapshot] = snapshots(filled / "snapshots")
    with snapshot.path.open("ab") as file:
        file.write(bytes(4_096))  # no row of it is damaged
    (filled / "library.db").write_bytes(b"rubbish")
    shutil.rmtree(filled / "journal")
    assert codes(run) == ["damaged", "snapshot-damaged"]
    assert codes(run, repair=True) == []
    with Library.open(filled) as library:
        assert [summary.place_ms for summary in library.episodes()] == [2_000, 1_000]
    assert snapshot.path.with_name(f"damaged-{snapshot.path.name}").exists()


def test_files_of_a_removed_book_may_be_gone(run: Run, folder: Path, tmp_path: Path) -> None:
    with Library.open(folder) as library:
        library.forget(put_book(library, tmp_path / "shelf"))
    shutil.rmtree(tmp_path / "shelf")
    assert codes(run) == []


def test_a_damaged_journal_is_begun_anew(run: Run, filled: Path) -> None:
    path = sorted((filled / "journal").iterdir())[0]
    path.write_bytes(path.read_bytes().replace(b'"ms":', b'"nt":'))
    assert codes(run) == ["journal-damaged"]
    assert codes(run, repair=True) == []


def test_a_library_behind_its_journal_catches_up(run: Run, filled: Path) -> None:
    earlier = (filled / "library.db").read_bytes()
    with Library.open(filled) as library:
        [episode, _] = [summary.id for summary in library.episodes()]
        library.save_place(episode, file_of(library, episode), 9_000, 9)
    (filled / "library.db").write_bytes(earlier)
    assert codes(run) == ["behind"]
    assert codes(run, repair=True) == []
    with Library.open(filled) as library:
        assert library.episode(episode).place == Place(0, 9_000)


def test_a_missing_recording_is_told_and_cannot_be_mended(run: Run, filled: Path, tmp_path: Path) -> None:
    (tmp_path / "1.mp3").unlink()
    code, out, err = run(repair=True)
    assert (code, err) == (1, "")
    assert f"! “Talk 1” is not there (No such file or directory). {tmp_path / '1.mp3'}" in out


def test_a_changed_recording_is_read_again(run: Run, filled: Path, tmp_path: Path) -> None:
    with (tmp_path / "2.mp3").open("ab") as file:
        file.write(b"more")
    assert codes(run) == ["recording-changed"]
    assert codes(run, repair=True) == []
    with Library.open(filled) as library:
        assert "Read again" in [summary.title for summary in library.episodes()]


def test_a_changed_recording_that_is_none_any_more_is_told(run: Run, filled: Path, tmp_path: Path) -> None:
    (tmp_path / "2.mp3").write_bytes(b"text")
    code, out, _ = run(repair=True)
    assert code == 1
    assert f"{tmp_path / '2.mp3'} could not be read again: " in out


def test_nothing_of_a_later_version_is_mended(run: Run, filled: Path) -> None:
    os.truncate(snapshots(filled / "snapshots")[0].path, 5_000)
    execute(filled, f"PRAGMA user_version = {VERSION + 1}")
    before = {path: path.read_bytes() for path in filled.rglob("*") if path.is_file()}
    assert codes(run) == ["newer", "snapshot-damaged"]
    assert run(repair=True)[0] == 1
    assert {path: path.read_bytes() for path in filled.rglob("*") if path.is_file()} == before


def test_the_window_may_be_open_meanwhile(run: Run, filled: Path) -> None:
    with Library.open(filled) as library:
        [episode, _] = [summary.id for summary in library.episodes()]
        library.save_place(episode, file_of(library, episode), 9_000, 9).result(10)
        assert codes(run) == []
        assert codes(run, repair=True) == []
        library.save_place(episode, file_of(library, episode), 9_500, 9).result(10)
        assert library.episode(episode).place == Place(0, 9_500)


def test_titles_cannot_steer_the_terminal(run: Run, filled: Path, tmp_path: Path) -> None:
    with Library.open(filled) as library:
        library.set_title(library.episodes()[0].id, "red\x1b[31m\ntitle")
    (tmp_path / "1.mp3").unlink()
    (tmp_path / "2.mp3").unlink()
    _, out, _ = run()
    assert "\x1b" not in out
    assert "red [31m title" in out
