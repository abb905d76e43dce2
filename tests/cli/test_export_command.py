import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from player import cli
from player.cli.export_command import run
from player.readers.source import read_source
from player.writers.formats import FORMATS
from tests.builders import SEED_PAGE, cue_sheet, make_audio, seed_chapters, write_id3_chapters, write_id3_tags

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = make_audio(tmp_path_factory.mktemp("talk") / "talk.mp3", 6)
    write_id3_tags(path, "A talk", "Somebody")
    write_id3_chapters(path, [(0, "Hello"), (1000, "1. First"), (2000, "1.1 Inner – 十二"), (4000, "2. Second")])
    return path


def export(source: object, name: str, output: object = None) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    code = run(str(source), name, None if output is None else str(output), out=out, err=err)
    return code, out.getvalue(), err.getvalue()


def test_formats_of_the_command_are_those_of_the_writers() -> None:
    assert (*FORMATS, "mp3") == cli.EXPORT_FORMATS


def test_recording_becomes_a_cue_sheet_that_names_it(talk: Path) -> None:
    code, out, err = export(talk, "cue")
    assert code == 0
    assert out.splitlines()[:3] == ['PERFORMER "Somebody"', 'TITLE "A talk"', 'FILE "talk.mp3" MP3']
    assert out.count("TRACK") == 4
    assert err == "There is no room for levels in a cue sheet: only numbers in titles tell them.\n"


def test_tree_of_the_outline_becomes_nested_atoms(talk: Path, tmp_path: Path) -> None:
    assert export(talk, "matroska", tmp_path / "a.xml") == (0, "", "")
    (found,) = read_source(tmp_path / "a.xml").chapter_lists
    assert [(each.title, each.depth) for each in found.chapters] == [
        ("Hello", 1),
        ("1. First", 1),
        ("1.1 Inner – 十二", 2),
        ("2. Second", 1),
    ]


def test_mp3_gets_a_copy_beside_it_with_the_tree_as_depth(talk: Path) -> None:
    before, copy = talk.read_bytes(), talk.with_name("talk (chapters).mp3")
    assert export(talk, "mp3") == (0, "", "")
    assert talk.read_bytes() == before
    assert [(each.title, each.depth) for each in read_source(copy).chapter_lists[0].chapters] == [
        ("Hello", 1),
        ("1. First", 1),
        ("1.1 Inner – 十二", 2),
        ("2. Second", 1),
    ]
    code, out, err = export(talk, "mp3")
    assert (code, out) == (1, "")
    assert err == f"{talk}: There is a file of that name already, and it is never overwritten.\n"
    copy.unlink()


def test_chapters_beside_an_mp3_go_into_its_copy(tmp_path: Path) -> None:
    bare = make_audio(tmp_path / "bare.mp3", 3)
    (tmp_path / "bare.cue").write_text(cue_sheet([(0, "One"), (1000, "Two")]))
    assert export(bare, "mp3", tmp_path / "new.mp3")[0] == 0
    (found,) = read_source(tmp_path / "new.mp3").chapter_lists
    assert [(each.start_ms, each.title) for each in found.chapters] == [(0, "One"), (1000, "Two")]


def test_what_a_text_does_not_give_back_is_counted(tmp_path: Path) -> None:
    source = tmp_path / "a.cue"
    source.write_text(cue_sheet([(0, "One"), (1000, "x" * 500), (2000, "Three"), (3000, "Four (1:00)")]))
    code, _, err = export(source, "text")
    assert (code, err) == (0, "2 chapters are read back differently from this text; --format json keeps all.\n")
    source.write_text(cue_sheet([(5000, "Alone")]))
    assert export(source, "markdown")[2].startswith("1 chapter is read back differently")


def test_mp3_is_refused_for_what_is_none_and_without_a_name(talk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code, out, err = export(SEED_PAGE, "mp3")
    assert (code, out, err) == (
        1,
        "",
        f"{SEED_PAGE}: Chapters can be written into a copy of an MP3 only, and this is none.\n",
    )
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(talk.read_bytes())))
    code, out, err = export("-", "mp3")
    assert (code, out) == (1, "")
    assert err == "standard input: What comes from standard input has no name: please give one with --output.\n"


@pytest.mark.parametrize("name", FORMATS)
def test_seed_goes_out_whole_and_what_was_odd_is_told(tmp_path: Path, name: str) -> None:
    code, out, err = export(SEED_PAGE, name, tmp_path / "seed")
    assert (code, out) == (0, "")
    assert "second copy was dropped" in err
    (found,) = read_source(tmp_path / "seed").chapter_lists
    assert [(each.start_ms, each.title) for each in found.chapters] == list(seed_chapters())


def test_standard_input_is_read_and_output_is_utf_8_whatever_the_terminal_is() -> None:
    command = [sys.executable, "-m", "player", "export", "-", "--format", "ffmetadata"]
    text = "Chapters\n0:00 – 一 = 1\n1:00 – Zwölf\n"
    environment = os.environ | {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(
        command, input=text.encode(), capture_output=True, cwd=ROOT, env=environment, check=False, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert "title=一 \\= 1\n" in done.stdout.decode()
    assert "title=Zwölf\n" in done.stdout.decode()


def test_what_cannot_be_done_is_one_sentence_and_one(talk: Path, tmp_path: Path) -> None:
    silent = make_audio(tmp_path / "silent.mp3", 1)
    taken = tmp_path / "taken"
    taken.write_text("mine")
    for arguments, sentence in (
        ((tmp_path / "none", "json"), f"{tmp_path / 'none'}: There is no such file.\n"),
        ((silent, "json"), f"{silent}: There are no chapters to export.\n"),
        ((talk, "json", taken), f"{taken}: There is a file of that name already, and it is never overwritten.\n"),
        ((talk, "json", tmp_path / "no" / "x"), f"{tmp_path}/no/x: The file could not be written: No such file or "),
    ):
        code, out, err = export(*arguments)
        assert (code, out, err.count("\n")) == (1, "", 1)
        assert err.startswith(sentence)
    assert taken.read_text() == "mine"


@pytest.mark.parametrize("arguments", ["a.mp3", "a.mp3 --format odd", "--format json", "a b --format json"])
def test_wrong_usage_of_export_is_two(capsys: pytest.CaptureFixture[str], arguments: str) -> None:
    assert cli.main(["export", *arguments.split()]) == 2
    assert "usage: outspoken export" in capsys.readouterr().err


def test_help_of_export_names_every_format(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["export", "--help"]) == 0
    told = capsys.readouterr().out
    assert [name for name in cli.EXPORT_FORMATS if name not in told] == []
