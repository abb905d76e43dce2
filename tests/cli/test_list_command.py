import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from player.cli import list_command
from player.library import intake
from player.library.library import Library
from tests.library.shelf import file_of, files_in, make_reading, put_file

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def library(folder: Path) -> Iterator[Library]:
    with Library.open(folder) as library:
        yield library


def run(folder: Path, *, as_json: bool = False) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    code = list_command.run(str(folder), as_json=as_json, environ={}, out=out, err=err)
    return code, out.getvalue(), err.getvalue()


def run_json(folder: Path) -> list[dict[str, object]]:
    code, out, err = run(folder, as_json=True)
    assert (code, err) == (0, "")
    rows = json.loads(out)
    assert isinstance(rows, list)
    return rows


def fill(library: Library, tmp_path: Path) -> tuple[int, int]:
    """One episode that was listened to, and one that was not and whose length is unknown."""
    heard = intake.add(library, str(put_file(tmp_path / "heard.mp3")), make_reading("Heard"), 0)
    new = intake.add(library, str(put_file(tmp_path / "new.mp3")), make_reading("Neu 新", None, ()), 0)
    library.add_heard(heard, file_of(library, heard), 0, 15_000)
    library.set_finished(heard, True)
    library.save_place(heard, file_of(library, heard), 15_000, 1_764_000_000_123)
    assert library.flush(10)
    return heard, new


def test_json_has_exactly_the_promised_keys(library: Library, folder: Path, tmp_path: Path) -> None:
    heard, new = fill(library, tmp_path)
    assert run_json(folder) == [
        {
            "id": heard,
            "title": "Heard",
            "path": str(tmp_path / "heard.mp3"),
            "duration_ms": 60_000,
            "place_ms": 15_000,
            "heard_ms": 15_000,
            "section": "1.1",
            "is_finished": True,
            "saved_at": "2025-11-24T16:00:00.123000+00:00",
        },
        {
            "id": new,
            "title": "Neu 新",
            "path": str(tmp_path / "new.mp3"),
            "duration_ms": None,
            "place_ms": None,
            "heard_ms": 0,
            "section": None,
            "is_finished": False,
            "saved_at": None,
        },
    ]


def test_a_place_without_chapters_has_no_section(library: Library, folder: Path, tmp_path: Path) -> None:
    _, new = fill(library, tmp_path)
    library.save_place(new, file_of(library, new), 5_000, 1).result(10)
    assert run_json(folder)[0]["section"] is None


def test_people_get_a_table(library: Library, folder: Path, tmp_path: Path) -> None:
    fill(library, tmp_path)
    code, out, err = run(folder)
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0].split() == ["Title", "Place", "Heard", "Section", "Last", "listened"]
    assert lines[1].startswith("Heard   0:15 of 1:00  25 % finished  1.1      2025-11-2")
    assert lines[2] == "Neu 新  ?"
    assert len(lines) == 3


def test_titles_cannot_steer_the_terminal(library: Library, folder: Path, tmp_path: Path) -> None:
    intake.add(library, str(put_file(tmp_path / "a.mp3")), make_reading("red\x1b[31m\nrow e\u0301"), 0)
    _, out, _ = run(folder)
    assert out.splitlines()[1] == "red [31m row e\u0301  1:00"


class Screen(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_terminal_gets_titles_cut_to_its_width(
    library: Library, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(library, tmp_path)
    library.set_title(1, "What was said about everything that matters and about much that does not").result(10)
    for columns, width in (("80", 80), ("50", 72)):  # in a narrow one lines break, but the title stays readable
        monkeypatch.setenv("COLUMNS", columns)
        out = Screen()
        assert list_command.run(str(folder), as_json=False, environ={"TERM": "xterm"}, out=out) == 0
        heading, first, _ = out.getvalue().splitlines()
        assert heading.startswith("\x1b[1mTitle")
        assert len(first) == width
        assert "…  0:15 of 1:00" in first


def test_a_stream_of_few_characters_still_gets_every_row(library: Library, folder: Path, tmp_path: Path) -> None:
    fill(library, tmp_path)
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding="ascii")
    assert list_command.run(str(folder), as_json=False, environ={}, out=out) == 0
    out.flush()
    assert raw.getvalue().splitlines()[2] == b"Neu ?  ?"


def test_without_a_library_the_list_is_empty_and_nothing_is_made(folder: Path) -> None:
    assert run_json(folder) == []
    assert run(folder) == (0, "The library is empty.\n", "")
    assert not folder.exists()


def test_the_folder_of_the_environment_is_used(library: Library, folder: Path, tmp_path: Path) -> None:
    fill(library, tmp_path)
    out = io.StringIO()
    assert list_command.run(None, as_json=True, environ={"OUTSPOKEN_DATA_DIR": str(folder)}, out=out) == 0
    assert len(json.loads(out.getvalue())) == 2


def test_listing_changes_no_byte(library: Library, folder: Path, tmp_path: Path) -> None:
    fill(library, tmp_path)
    library.close()
    before = files_in(folder)
    assert len(run_json(folder)) == 2
    assert files_in(folder) == before


def test_a_damaged_library_is_one_sentence_and_exit_1(folder: Path) -> None:
    folder.mkdir()
    (folder / "library.db").write_bytes(b"rubbish")
    code, out, err = run(folder)
    assert (code, out) == (1, "")
    assert err.count("\n") == 1
    assert "is damaged" in err


def test_a_process_of_its_own_lists_while_the_window_runs_and_never_loads_qt(
    library: Library, folder: Path, tmp_path: Path
) -> None:
    fill(library, tmp_path)
    program = (
        "import sys; from player.cli import list_command; code = list_command.run(None, as_json=True); "
        "assert not any(name.startswith('PySide6') for name in sys.modules); sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**os.environ, "OUTSPOKEN_DATA_DIR": str(folder)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert [row["title"] for row in json.loads(done.stdout)] == ["Heard", "Neu 新"]
    library.set_speed(1, 2.0).result(10)
