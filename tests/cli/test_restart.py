import os
import subprocess
import sys
from pathlib import Path

import pytest

from player.cli import restart

ROOT = Path(__file__).parents[2]
PROGRAM = """
import os, sys
from player.cli.restart import command_again, start_again
print(os.getpid(), *sys.argv[1:], sep="|")
if "--resume" not in sys.argv:
    sys.exit(start_again(command_again("the library")))
"""


@pytest.fixture
def ways(tmp_path: Path) -> dict[str, list[str]]:
    """How a program may have been started."""
    (tmp_path / "outspoken").write_text(PROGRAM)
    (tmp_path / "package").mkdir()
    (tmp_path / "package" / "__init__.py").touch()
    (tmp_path / "package" / "__main__.py").write_text(PROGRAM)
    return {
        "module": [sys.executable, "-m", "package"],
        "module, with options": [sys.executable, "-X", "utf8", "-W", "error", "-m", "package"],
        "script": [sys.executable, str(tmp_path / "outspoken")],
        "words": [sys.executable, "-c", PROGRAM],
    }


@pytest.mark.skipif(sys.platform == "win32", reason="there a process cannot become another")
@pytest.mark.parametrize("way", ["module", "module, with options", "script", "words"])
def test_a_process_becomes_itself_anew_and_goes_on_in_its_library(tmp_path: Path, ways: dict[str, list[str]], way: str):
    ended = subprocess.run(
        [*ways[way], "--data-dir", "the library", "one.mp3", "-- two.mp3"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    first, again = (line.split("|") for line in ended.stdout.splitlines())
    assert first[1:] == ["--data-dir", "the library", "one.mp3", "-- two.mp3"]
    assert again == [first[0], "--data-dir", "the library", "--resume"]


def test_a_program_without_an_interpreter_of_its_own_is_started_by_its_name(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "executable", "/opt/outspoken/outspoken")
    monkeypatch.setattr(sys, "argv", ["outspoken", "one.mp3"])
    monkeypatch.setattr(sys, "orig_argv", ["outspoken", "one.mp3"])
    assert restart.command_again(None) == ["/opt/outspoken/outspoken", "--resume"]
