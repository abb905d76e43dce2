"""The main job, told on the real program: window off-screen, real Engine, real files, a kill -9 in the middle."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import builders
from tests.faults.driver import Program

LABEL = "2.2.2.1.1"
PATIENCE_S = 30
LISTEN_S = 4


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[], Program]]:
    programs: list[Program] = []

    def started() -> Program:
        programs.append(Program(tmp_path / "data"))
        return programs[-1]

    yield started
    for program in programs:
        program.end()


def _recording(path: Path) -> Path:
    """Six hours with the seed's 119 chapters, in the container that the name says."""
    builders.long_audio(path, builders.SEED_SECONDS)
    marks, end_ms = builders.seed_chapters(), builders.SEED_SECONDS * 1000
    if path.suffix == ".mp3":
        builders.write_id3_chapters(path, marks, end_ms)
    elif path.suffix == ".m4b":
        builders.write_quicktime_track(path, marks, end_ms)
    else:
        builders.write_vorbis_chapters(path, marks)
    return path


@pytest.mark.parametrize("suffix", [".mp3", ".m4b", ".opus"])
def test_a_six_hour_recording_resumes_in_its_section_after_a_kill(
    tmp_path: Path, start: Callable[[], Program], suffix: str
):
    recording = _recording(tmp_path / f"report{suffix}")
    program = start()
    program.say(f"open {recording}")
    program.until(lambda shown: shown["sections"] == 119 and shown["is_playing"])
    program.say(f"section {LABEL}")
    begun = program.until(lambda shown: shown["row"] == LABEL)
    last = program.until(lambda shown: shown["place_ms"] > begun["place_ms"] + LISTEN_S * 1000)
    program.kill()

    program = start()
    resumed = program.until(lambda shown: shown["sections"] == 119)
    assert last["place_ms"] - 1_500 <= resumed["place_ms"] <= last["place_ms"] + 300
    assert (resumed["section"], resumed["row"]) == (LABEL, LABEL)
    assert not resumed["is_playing"]

    program.say("play")
    program.until(lambda shown: shown["place_ms"] > resumed["place_ms"] + 500)
    program.quit()
    recording.unlink()


def test_a_jump_is_taken_back_after_a_kill(tmp_path: Path, start: Callable[[], Program]):
    recording = _recording(tmp_path / "report.m4b")
    program = start()
    program.say(f"open {recording}")
    program.until(lambda shown: shown["sections"] == 119 and shown["is_playing"])
    program.say(f"section {LABEL}")
    begun = program.until(lambda shown: shown["row"] == LABEL)
    was_at = program.until(lambda shown: shown["place_ms"] > begun["place_ms"] + 6_000)
    program.say("section 5")
    jumped = program.until(lambda shown: shown["row"] == "5" and shown["chip"])
    assert jumped["chip"].startswith("Jumped to 5 · Go back to ")
    program.kill()

    program = start()
    program.until(lambda shown: shown["sections"] == 119)
    program.say("back")
    back = program.until(lambda shown: shown["row"] == LABEL)
    assert was_at["place_ms"] - 100 <= back["place_ms"] <= was_at["place_ms"] + 1_000
    program.say("forward")
    program.until(lambda shown: shown["row"] == "5")
    program.quit()
    recording.unlink()


def _listed(data: Path) -> dict[str, Any]:
    """What ``outspoken list`` says of the only episode, {} before there is one."""
    command = [sys.executable, "-m", "player", "--data-dir", str(data), "list", "--json"]
    rows = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return rows[0] if rows else {}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to speak of")
def test_the_command_itself_lists_its_place_while_it_runs_and_keeps_it_when_it_is_asked_to_end(tmp_path: Path):
    data, recording = tmp_path / "data", builders.make_audio(tmp_path / "talk.opus", 20)
    running = subprocess.Popen(
        [sys.executable, "-m", "player", "--data-dir", str(data), str(recording)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        deadline = time.monotonic() + PATIENCE_S
        while _listed(data).get("place_ms") in (None, 0):
            assert running.poll() is None
            assert time.monotonic() < deadline
        seen = _listed(data)["place_ms"]
        running.terminate()
        _, errors = running.communicate(timeout=PATIENCE_S)
    finally:
        if running.poll() is None:
            running.kill()
            running.communicate()
    assert running.returncode == 0
    assert "Traceback" not in errors
    assert seen <= _listed(data)["place_ms"] <= seen + 3_000
