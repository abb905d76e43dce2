import subprocess
import sys
from pathlib import Path

import pytest

from player import __version__, cli
from player.cli import backup_command, doctor_command, export_command, list_command, outline_command, window_command

ROOT = Path(__file__).parents[2]


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, ...]]:
    """What the commands were asked to do, none of which they do."""
    calls: list[tuple[object, ...]] = []

    def outline(source: str, *, as_json: bool) -> int:
        calls.append(("outline", source, as_json))
        return 0

    def export(source: str, format_name: str, output: str | None) -> int:
        calls.append(("export", source, format_name, output))
        return 0

    def list_all(data_dir: str | None, *, as_json: bool) -> int:
        calls.append(("list", data_dir, as_json))
        return 0

    def window(files: list[str], data_dir: str | None, *, resume: bool) -> int:
        calls.append(("window", files, data_dir, *(["resume"] if resume else [])))
        return 0

    monkeypatch.setattr(outline_command, "run", outline)
    monkeypatch.setattr(export_command, "run", export)
    monkeypatch.setattr(list_command, "run", list_all)

    def doctor(data_dir: str | None, *, as_json: bool, repair: bool) -> int:
        calls.append(("doctor", data_dir, as_json, repair))
        return 0

    monkeypatch.setattr(window_command, "run", window)
    monkeypatch.setattr(doctor_command, "run", doctor)
    for name in ("backup", "restore"):
        monkeypatch.setattr(
            backup_command, f"run_{name}", lambda file, data_dir, name=name: calls.append((name, file, data_dir)) or 0
        )
    return calls


@pytest.mark.parametrize(
    ("arguments", "call"),
    [
        ("", ("window", [], None)),
        ("--resume", ("window", [], None, "resume")),
        ("a.mp3 b.mp3", ("window", ["a.mp3", "b.mp3"], None)),
        ("--data-dir d a.mp3", ("window", ["a.mp3"], "d")),
        ("a.mp3 --data-dir=d", ("window", ["a.mp3"], "d")),
        ("./list", ("window", ["./list"], None)),
        ("-- list", ("window", ["list"], None)),
        ("a.mp3 outline", ("window", ["a.mp3", "outline"], None)),
        ("outline a.mp3", ("outline", "a.mp3", False)),
        ("outline --json -", ("outline", "-", True)),
        ("outline -- --json", ("outline", "--json", False)),
        ("--data-dir d outline a.mp3", ("outline", "a.mp3", False)),
        ("export a.mp3 --format cue", ("export", "a.mp3", "cue", None)),
        ("--data-dir d export - --format json --output x", ("export", "-", "json", "x")),
        ("list", ("list", None, False)),
        ("list --json", ("list", None, True)),
        ("--data-dir d list", ("list", "d", False)),
        ("--data-dir=d list --json", ("list", "d", True)),
        ("list --data-dir d", ("list", "d", False)),
        ("--data-dir c list --data-dir d", ("list", "d", False)),
        ("doctor", ("doctor", None, False, False)),
        ("--data-dir d doctor --json --repair", ("doctor", "d", True, True)),
        ("backup b", ("backup", "b", None)),
        ("restore b --data-dir d", ("restore", "b", "d")),
        ("./backup", ("window", ["./backup"], None)),
    ],
)
def test_arguments_mean_what_they_say(
    called: list[tuple[object, ...]], arguments: str, call: tuple[object, ...]
) -> None:
    assert cli.main(arguments.split()) == 0
    assert called == [call]


@pytest.mark.parametrize(
    "arguments",
    [
        ["--nonsense"],
        ["--data-dir"],
        ["--data-dir", "d", "list", "x"],
        ["list", "--jso"],
        ["backup"],
        ["restore", "a", "b"],
    ],
)
def test_wrong_usage_is_two(
    called: list[tuple[object, ...]], capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert cli.main(arguments) == 2
    assert called == []
    assert "usage: outspoken" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["outline", "--help"],
        ["export", "--help"],
        ["list", "-h"],
        ["doctor", "-h"],
        ["backup", "-h"],
        ["restore", "-h"],
    ],
)
def test_help_is_given_with_zero(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    assert cli.main(arguments) == 0
    assert "usage: outspoken" in capsys.readouterr().out


def test_interruption_is_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(source: str, *, as_json: bool) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(outline_command, "run", interrupted)
    assert cli.main(["outline", "a"]) == 130


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_version_and_help_load_neither_qt_nor_readers(option: str) -> None:
    script = (
        "import sys\n"
        "from player.__main__ import main\n"
        f"sys.argv = ['outspoken', '{option}']\n"
        "code = main()\n"
        "heavy = ('PySide6', 'mutagen', 'pebble', 'multiprocessing', 'sqlite3', 'player.readers', 'player.library')\n"
        "print(code, [name for name in heavy if name in sys.modules], file=sys.stderr)\n"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True)
    assert result.stderr == "0 []\n"


def test_module_and_command_are_the_same() -> None:
    result = subprocess.run(
        [sys.executable, "-m", "player", "--version"], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert result.stdout == f"outspoken {__version__}\n"
