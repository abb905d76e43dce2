import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from shlex import quote
from typing import Any

import pytest

from player.cli.outline_command import run
from tests.builders import SEED_PAGE, make_audio, seed_chapters, write_id3_chapters, write_id3_tags

ROOT = Path(__file__).parents[2]
ESCAPES = re.compile(r"\x1b\[[0-9;]*m")


class Screen(io.StringIO):
    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = make_audio(tmp_path_factory.mktemp("talk") / "talk.mp3", 6)
    write_id3_tags(path, "A talk", "Somebody")
    write_id3_chapters(
        path, [(0, "Hello"), (1000, "1. First"), (2000, "1.1 Inner – 十二"), (3000, "2. Second"), (9000, "x")]
    )
    return path


def outline(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "player", "outline", *arguments]
    environment = os.environ | {"PYTHONUTF8": "1"} | environ
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment, check=False, timeout=60)


def run_json(source: Path) -> Any:
    out, err = io.StringIO(), io.StringIO()
    assert run(str(source), as_json=True, out=out, err=err) == 0
    assert err.getvalue() == ""
    return json.loads(out.getvalue())


def test_json_is_what_scripts_were_promised(talk: Path) -> None:
    document = run_json(talk)
    assert document == {
        "title": "A talk",
        "duration_ms": 6000,
        "source": "id3",
        "notices": [{"code": "beyond-end", "message": "1 chapter beyond the end left out."}],
        "sections": [
            {"depth": 1, "number": None, "title": "Hello", "start_ms": 0, "end_ms": 1000, "whole_end_ms": 1000},
            {"depth": 1, "number": "1", "title": "1. First", "start_ms": 1000, "end_ms": 2000, "whole_end_ms": 3000},
            {
                "depth": 2,
                "number": "1.1",
                "title": "1.1 Inner – 十二",
                "start_ms": 2000,
                "end_ms": 3000,
                "whole_end_ms": 3000,
            },
            {"depth": 1, "number": "2", "title": "2. Second", "start_ms": 3000, "end_ms": 6000, "whole_end_ms": 6000},
        ],
    }


def test_json_of_the_seed_is_its_worked_case() -> None:
    document = run_json(SEED_PAGE)
    sections = document["sections"]
    assert [(section["start_ms"], section["title"]) for section in sections] == list(seed_chapters())
    assert [sum(section["depth"] == depth for section in sections) for depth in (1, 2, 3, 4, 5)] == [8, 31, 37, 26, 17]
    assert (document["title"], document["duration_ms"], document["source"]) == (None, None, "text")
    assert (sections[-1]["end_ms"], sections[-1]["whole_end_ms"]) == (None, None)
    assert {notice["code"] for notice in document["notices"]} == {
        "list-repeated",
        "list-numbers-stripped",
        "order-break",
    }


def test_tree_shows_starts_whole_lengths_numbers_and_titles(talk: Path) -> None:
    out, err = io.StringIO(), io.StringIO()
    assert run(str(talk), as_json=False, out=out, err=err) == 0
    assert out.getvalue().splitlines() == [
        "A talk",
        "Somebody · 0:06 · 4 sections in 2 levels, from ID3 chapters",
        "",
        "0:00  0:01  Hello",
        "0:01  0:02  1  First",
        "0:02  0:01    1.1  Inner – 十二",
        "0:03  0:03  2  Second",
    ]
    assert err.getvalue() == "1 chapter beyond the end left out.\n"


@pytest.mark.parametrize("width", [40, 57, 80, 120])
def test_tree_on_a_screen_fits_it_and_no_escape_is_cut(monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setattr("shutil.get_terminal_size", lambda: os.terminal_size((width, 24)))
    out = Screen()
    assert run(str(SEED_PAGE), as_json=False, environ={}, out=out, err=io.StringIO()) == 0
    lines = out.getvalue().splitlines()
    assert len(lines) == 119 + 3
    for line in lines:
        bare = ESCAPES.sub("", line)
        assert "\x1b" not in bare
        assert len(bare) <= width
        assert line.count("\x1b") % 2 == 0
    assert "\x1b[" in out.getvalue()


def test_no_color_is_respected() -> None:
    out = Screen()
    assert run(str(SEED_PAGE), as_json=False, environ={"NO_COLOR": "1"}, out=out, err=io.StringIO()) == 0
    assert "\x1b" not in out.getvalue()


def test_sound_without_chapters_has_an_empty_outline(tmp_path: Path) -> None:
    path = make_audio(tmp_path / "My talk.mp3", 2)
    out, err = io.StringIO(), io.StringIO()
    assert run(str(path), as_json=False, out=out, err=err) == 0
    assert out.getvalue() == "My talk\n0:02 · no chapters\n"
    assert run_json(path) == {"title": "My talk", "duration_ms": 2000, "source": None, "notices": [], "sections": []}


def test_chapter_file_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "chapters.json"
    path.write_text('{"title":"T","chapters":[{"startTime":0,"title":"A"},{"startTime":5,"title":"B","toc":false}]}')
    document = run_json(path)
    assert (document["title"], document["source"]) == ("T", "podcast-json")
    assert [section["title"] for section in document["sections"]] == ["A"]


def test_standard_input_is_read_as_a_file_would_be(talk: Path) -> None:
    command = [sys.executable, "-m", "player", "outline", "-", "--json"]
    for source, kind in ((SEED_PAGE, "text"), (talk, "id3")):
        with source.open("rb") as file:
            result = subprocess.run(command, stdin=file, capture_output=True, cwd=ROOT, check=True, timeout=60)
        assert json.loads(result.stdout)["source"] == kind
        assert result.stderr == b""


def test_standard_input_beyond_all_reason_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("player.cli.source_file.MAX_INPUT", 10)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"x" * 11)))
    err = io.StringIO()
    assert run("-", as_json=False, out=io.StringIO(), err=err) == 1
    assert err.getvalue().startswith("standard input: This is more than")


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("missing.mp3", None, "There is no such file."),
        ("empty.mp3", b"", "The file is empty."),
        ("words.txt", b"No times here.", "No list of chapters with times was found in this text."),
        ("rubbish.mp3", bytes(range(256)) * 20, ""),
        ("broken.json", b'{"chapters": [', "This chapter file is damaged: it is not valid JSON."),
        ("picture.mp3", b"\x89PNG\r\n\x1a\n" + bytes(40), ""),
        ("a\nb.txt", b"words", "No list of chapters with times was found in this text."),
    ],
)
def test_bad_input_is_one_sentence_and_never_a_traceback(
    tmp_path: Path, name: str, content: bytes | None, sentence: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    result = outline(str(path))
    assert "Traceback" not in result.stderr
    if result.returncode == 0:  # sound by its name, with its oddity told
        assert result.stderr.strip()
        return
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.endswith(f"{sentence}\n")
    assert result.stderr.count("\n") == 1


def test_folder_without_audio_is_refused(tmp_path: Path) -> None:
    result = outline(str(tmp_path))
    assert (result.returncode, result.stdout) == (1, "")
    assert "There is no audio in this folder." in result.stderr


@pytest.mark.parametrize("arguments", [(), ("a", "b"), ("--nonsense", "a"), ("--js", "a")])
def test_wrong_usage_is_told_with_two(arguments: tuple[str, ...]) -> None:
    result = outline(*arguments)
    assert (result.returncode, result.stdout) == (2, "")
    assert "usage: outspoken outline" in result.stderr


def test_reader_that_goes_away_ends_it_in_silence() -> None:
    command = f"{quote(sys.executable)} -m player outline {quote(str(SEED_PAGE))} --json | head -c 10"
    result = subprocess.run(["sh", "-c", command], capture_output=True, cwd=ROOT, check=True, timeout=60)
    assert len(result.stdout) == 10
    assert result.stderr == b""


def test_terminal_of_few_letters_gets_question_marks() -> None:
    result = outline(str(SEED_PAGE), PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert result.returncode == 0
    assert "?schemers?" in result.stdout
    data = outline(str(SEED_PAGE), "--json", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert "“schemers”" in data.stdout or any("“schemers”" in s["title"] for s in json.loads(data.stdout)["sections"])
