"""What happens to the file, the disk and the clock under the whole program while it plays: told, and nothing lost."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests import builders
from tests.faults.driver import Program, Shown, place_on_disk

Start = Callable[..., Program]
FROM_MS = 20_000
LENGTH_S = 600
TOLD_AFTER_MS = 7_000  # the writer tells of trouble after 5 s
YEARS_MS = 50 * 365 * 86_400_000


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts the program with a recording and lets it play at 20 s."""
    programs: list[Program] = []

    def started(recording: Path, data: Path = tmp_path / "data") -> Program:
        program = Program(data, recording)
        programs.append(program)
        program.until(lambda shown: shown["is_playing"])
        program.say(f"seek {FROM_MS}")
        program.until(lambda shown: shown["place_ms"] > FROM_MS + 1_500)
        return program

    yield started
    for program in programs:
        program.end()


def told(shown: Shown) -> bool:
    return bool(shown["banner"])


# --- the file ---


@pytest.mark.parametrize("suffix", [".m4b", ".mp3", ".opus"])
def test_a_file_that_is_cut_while_it_plays_is_told_and_the_place_is_kept(tmp_path: Path, start: Start, suffix: str):
    recording = builders.long_audio(tmp_path / f"talk{suffix}", LENGTH_S)
    program = start(recording)
    reached_ms = program.shown["place_ms"]
    os.truncate(recording, recording.stat().st_size // 50)  # that is well before the place
    shown = program.until(told)
    assert shown["place_ms"] > FROM_MS
    assert shown["banner"].count("\n") == 0
    program.say("pause")
    program.until(lambda shown: not shown["is_playing"])
    kept = place_on_disk(program.data)
    assert kept is not None
    assert reached_ms - 100 <= kept[0] <= reached_ms + 90_000  # what was read ahead may still sound
    assert not kept[1]
    program.quit()


def test_a_file_that_is_replaced_while_it_plays_is_told_and_the_place_is_kept(tmp_path: Path, start: Start):
    recording = builders.long_audio(tmp_path / "talk.mp3", LENGTH_S)
    program = start(recording)
    with recording.open("r+b") as file:  # the same file, other bytes
        file.write(os.urandom(recording.stat().st_size))
    shown = program.until(told)
    program.say("pause")
    program.until(lambda shown: not shown["is_playing"])
    kept = place_on_disk(program.data)
    assert kept is not None
    assert FROM_MS < kept[0] <= shown["place_ms"] + 1_000
    assert not kept[1]
    program.quit()


def test_a_file_that_is_removed_plays_on_and_is_told_when_it_is_needed_again(tmp_path: Path, start: Start):
    recording = builders.long_audio(tmp_path / "talk.m4b", LENGTH_S)
    program = start(recording)
    recording.unlink()
    begun_ms = program.shown["place_ms"]
    program.until(lambda shown: shown["place_ms"] > begun_ms + 1_500)
    program.say("pause")
    paused = program.until(lambda shown: not shown["is_playing"])
    assert program.keeps(paused["place_ms"])
    program.quit()
    again = Program(program.data)
    try:
        again.until(lambda shown: shown["place_ms"] == paused["place_ms"])
        again.say("play")
        again.until(told)
        assert again.keeps(paused["place_ms"])
        again.quit()
    finally:
        again.end()


# --- the disk ---


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 8 MB of its own."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=8m", "outspoken-test", str(folder)]
    if (
        sys.platform != "linux"
        or os.geteuid() != 0
        or subprocess.run(command, capture_output=True, check=False).returncode
    ):
        pytest.skip("only root can mount a disk")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def remount(disk: Path, how: str) -> None:
    """Let ``disk`` be "ro" or "rw", as soon as nobody writes there any more."""
    command = ["mount", "-o", f"remount,{how}", str(disk)]
    deadline = time.monotonic() + 10
    while subprocess.run(command, capture_output=True, check=False).returncode:
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_a_full_disk_is_told_and_when_there_is_room_nothing_is_lost(tmp_path: Path, start: Start, small_disk: Path):
    recording = builders.make_audio(tmp_path / "talk.opus", 120)
    program = start(recording, small_disk / "data")
    filler = small_disk / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while file.write(bytes(4096)):
                pass
        except OSError:
            pass
    shown = program.until(told)  # whichever of the library, its journal and its copies misses room first
    assert shown["is_playing"]
    later = program.until(lambda now: now["place_ms"] > shown["place_ms"] + 3_000)
    filler.unlink()
    program.say("pause")
    paused = program.until(lambda now: not now["is_playing"])
    assert paused["place_ms"] >= later["place_ms"]
    assert program.keeps(paused["place_ms"])
    program.quit()


@pytest.mark.parametrize("is_damaged", [False, True])
def test_a_read_only_disk_is_told_and_when_it_can_be_written_nothing_is_lost(
    tmp_path: Path, start: Start, small_disk: Path, is_damaged: bool
):
    recording = builders.make_audio(tmp_path / "talk.opus", 120)
    data = small_disk / "data"
    start(recording, data).quit()
    if is_damaged:
        os.truncate(data / "library.db", 5_000)
    remount(small_disk, "ro")
    program = Program(data, log=tmp_path / "stderr")
    try:
        program.until(lambda shown: told(shown) and shown["place_ms"] > FROM_MS)
        program.say("play")
        begun = program.until(lambda shown: shown["is_playing"])
        later = program.until(lambda shown: shown["place_ms"] > begun["place_ms"] + TOLD_AFTER_MS)
        assert later["banner"].count("\n") == 0  # it is not said twice, in other words
        remount(small_disk, "rw")
        program.say("pause")
        paused = program.until(lambda shown: not shown["is_playing"])
        program.until(lambda shown: ("library-damaged-1.db" in shown["banner"]) is is_damaged)
        assert program.keeps(paused["place_ms"])
        program.quit()
    finally:
        program.end()


# --- the clock ---


@pytest.mark.parametrize("by_ms", [-YEARS_MS, YEARS_MS])
def test_a_clock_that_is_fifty_years_off_costs_nothing(tmp_path: Path, start: Start, by_ms: int):
    program = start(builders.make_audio(tmp_path / "talk.opus", 120))
    program.say(f"clock {by_ms}")
    begun_ms = program.shown["place_ms"]
    program.until(lambda shown: shown["place_ms"] > begun_ms + 3_000)
    program.say(f"clock {-by_ms}")
    last = program.until(lambda shown: shown["place_ms"] > begun_ms + 6_000)
    assert not told(last)
    shown = program.kill()
    kept = place_on_disk(program.data)
    assert kept is not None
    assert shown["place_ms"] - 1_500 <= kept[0] <= shown["place_ms"] + 300
    again = Program(program.data)
    try:
        assert again.until(lambda shown: shown["place_ms"] > 0)["place_ms"] == kept[0]
        again.quit()
    finally:
        again.end()
