import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display")


def outspoken(*arguments: str, seconds: float = 30, **environment: str) -> subprocess.CompletedProcess[str]:
    session = ("DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "QT_QPA_PLATFORM", "QT_DEBUG_PLUGINS")
    kept = {name: value for name, value in os.environ.items() if name not in session}
    return subprocess.run(
        [sys.executable, "-m", "player", *arguments],
        env=kept | environment,
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )


@pytest.mark.parametrize("display", [{}, {"DISPLAY": ":77123"}, {"WAYLAND_DISPLAY": "nobody"}])
def test_window_without_a_display_is_refused_in_one_paragraph(tmp_path: Path, display: dict[str, str]) -> None:
    result = outspoken("--data-dir", str(tmp_path / "library"), **display)
    assert result.returncode == 1
    assert result.stdout == ""
    assert result.stderr.startswith("Outspoken cannot open its window")
    assert result.stderr.count("\n") == 1
    assert not (tmp_path / "library").exists()


def test_library_that_cannot_be_opened_is_said_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = outspoken("--data-dir", str(tmp_path / "file"), QT_QPA_PLATFORM="offscreen")
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_and_version_never_load_qt(option: str) -> None:
    program = (
        "import sys; from player import cli; code = cli.main(sys.argv[1:]);"
        "sys.exit(code or any(name.startswith(('PySide6', 'shiboken')) for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", program, option], check=False).returncode == 0
