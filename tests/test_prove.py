"""What a bare machine without a display is shown: the real program, twice, off-screen."""

import os
import subprocess
import sys
from pathlib import Path

from player import resource


def prove(recording: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("OUTSPOKEN", "QT_"))}
    return subprocess.run(
        [sys.executable, "-P", str(resource.path("prove.py")), str(recording)],
        env=environment | {"TMPDIR": str(folder)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_tour_is_played_closed_and_resumed_without_a_display(tmp_path: Path) -> None:
    result = prove(resource.path("tour", "tour.opus"), tmp_path)
    assert result.returncode == 0, result.stderr
    assert result.stderr == ""
    current = [line for line in result.stdout.splitlines() if line.startswith("▶")]
    assert len(current) == 1
    assert "2.1 The ring of each section" in current[0]
    assert "Played “2.1 The ring of each section” from 0:34 to 0:38." in result.stdout
    assert "It stood at 0:38" in result.stdout
    [picture] = tmp_path.glob("outspoken-*/window.png")
    assert str(picture) in result.stdout
    assert [path.name for path in picture.parent.iterdir()] == ["window.png"]


def test_recording_that_cannot_be_read_fails_at_once_with_a_sentence(tmp_path: Path) -> None:
    text = tmp_path / "notes.mp3"
    text.write_text("This is no audio at all.")
    result = prove(text, tmp_path)
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert result.stderr.endswith("outspoken: the main job did not succeed here; the lines above say why.\n")
    assert list(tmp_path.glob("outspoken-*")) == []
