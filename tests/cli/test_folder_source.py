import io
import json
import os
from pathlib import Path
from typing import Any

import pytest

from player.cli import export_command, outline_command
from tests.builders import write_id3_chapters
from tests.files import put_book, put_mp3, put_seed


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book whose second file has chapters, the seed posted one by one, and a talk."""
    folder = tmp_path_factory.mktemp("all") / "Shelf"
    second = put_book(folder / "Emma", 3)[1]
    write_id3_chapters(second, [(0, "Here"), (500, "There")], 1_000)
    put_seed(folder / "Feed")
    put_mp3(folder / "Talk.mp3", "A talk", author="Somebody")
    return folder


def outline(folder: Path) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    status = outline_command.run(str(folder), as_json=False, environ={}, out=out, err=err)
    return status, out.getvalue(), err.getvalue()


def outline_json(folder: Path) -> Any:
    out, err = io.StringIO(), io.StringIO()
    assert outline_command.run(str(folder), as_json=True, out=out, err=err) == 0
    assert err.getvalue() == ""
    return json.loads(out.getvalue())


def test_a_folder_that_is_a_book_is_one_tree(shelf: Path):
    status, out, err = outline(shelf / "Emma")
    assert (status, err) == (0, "")
    lines = out.splitlines()
    assert lines[:2] == ["Emma", "A speaker · 0:03 · 5 sections in 2 levels, from a book of 3 files"]
    assert [line[12:] for line in lines[3:]] == [
        "Part 1  Title", "Part 2  Title", "  Here", "  There", "Part 3  Title",
    ]  # fmt: skip


def test_a_folder_of_many_recordings_prints_one_after_the_other(shelf: Path):
    status, out, _ = outline(shelf)
    assert status == 0
    parts = out.split("\n\n")
    heads = [part.splitlines()[0] for part in parts if " · " in part]
    assert [head[:19] for head in heads] == ["Emma", 'Full audio for "Sch', "Joe Carlsmith Audio", "A talk"]
    assert "118 sections in 5 levels, from a series of 118 files" in out
    assert out.index("4.4.2  How big") < out.index("4.4.3  Can we")


def test_json_of_one_book_is_what_a_recording_has_and_more(shelf: Path):
    document = outline_json(shelf / "Emma")
    assert (document["title"], document["source"], document["duration_ms"]) == ("Emma", "files", 3_000)
    assert [section["title"] for section in document["sections"]][:2] == ["Part 1: Title", "Part 2: Title"]
    (work,) = document["works"]
    assert work["arrangement"] == "book"
    assert [Path(file).name for file in work["files"]] == ["03.mp3", "02.mp3", "01.mp3"]
    assert [section["file"] for section in work["sections"]] == [0, 1, 1, 1, 2]


def test_json_of_several_recordings_lists_them(shelf: Path):
    document = outline_json(shelf)
    assert (document["title"], document["sections"], document["source"]) == ("Shelf", [], None)
    assert [work["arrangement"] for work in document["works"]] == ["book", "separate", "series", "separate"]
    assert sum(len(work["files"]) for work in document["works"]) == 3 + 119 + 1
    assert document["duration_ms"] == sum(work["duration_ms"] for work in document["works"])


def test_what_cannot_be_read_is_told_in_sentences(tmp_path: Path):
    folder = tmp_path / "bad"
    put_mp3(folder / "a.mp3", "A talk")
    (folder / "b.mp3").write_text("words\n" * 500)
    os.mkfifo(folder / "c.mp3")
    (folder / "inner").symlink_to(folder)
    (folder / ".hidden.mp3").write_bytes(b"x")
    status, out, err = outline(folder)
    assert status == 0
    assert out.startswith("A talk\n")
    assert sorted(line[:8] for line in err.splitlines()) == ["“b.mp3” ", "“bad” is", "“c.mp3” "]
    codes = [notice["code"] for notice in outline_json(folder)["notices"]]
    assert sorted(codes) == ["file-left-out", "file-unreadable", "folder-again"]


def test_a_folder_without_audio_is_an_error_in_a_sentence(tmp_path: Path):
    (tmp_path / "empty").mkdir()
    assert outline(tmp_path / "empty") == (1, "", f"{tmp_path / 'empty'}: There is no audio in this folder.\n")


def test_names_that_are_no_text_are_printed_all_the_same(tmp_path: Path):
    put_mp3(tmp_path / "x\udcff.mp3")
    assert outline(tmp_path)[0] == 0
    (work,) = outline_json(tmp_path)["works"]
    assert work["files"][0].endswith("x\ufffd.mp3")


def test_a_book_is_exported_as_one(shelf: Path, tmp_path: Path):
    out, err = io.StringIO(), io.StringIO()
    assert export_command.run(str(shelf / "Emma"), "json", None, out=out, err=err) == 0
    document = json.loads(out.getvalue())
    assert [chapter["title"] for chapter in document["chapters"]] == [
        "Part 1: Title", "Part 2: Title", "Here", "There", "Part 3: Title",
    ]  # fmt: skip


def test_several_recordings_are_not_exported_as_one(shelf: Path):
    err = io.StringIO()
    assert export_command.run(str(shelf), "json", None, out=io.StringIO(), err=err) == 1
    assert "This folder holds 4 recordings: please name one of them, or its folder." in err.getvalue()
