"""The library on disks that are full or cannot be written, and under clocks that jump."""

import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from player.core.place import Place
from player.library import intake
from player.library.keeper import Pace
from player.library.library import Care, Library
from player.library.snapshot import snapshots
from player.library.writer import Patience
from tests.library.shelf import execute, file_of, make_reading, put_file

FIFTY_YEARS_MS = 50 * 365 * 86_400_000
NOW_MS = 1_790_000_000_000
QUICK = Patience(0.01, 0.05, tell_after_s=0.2)
WAIT_S = 30.0


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A disk of 2 MB; needs root, who may mount."""
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    with tempfile.TemporaryDirectory() as name:
        mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", name]
        if subprocess.run(mount, capture_output=True, check=False).returncode:
            pytest.skip("this machine lets nobody mount a small disk")
        try:
            yield Path(name)
        finally:
            subprocess.run(["umount", "-l", name], check=True)


def fill(disk: Path) -> Path:
    """Fill the disk to the last byte."""
    path = disk / "filler"
    with path.open("wb", buffering=0) as file:
        for size in (65_536, 4_096, 512, 1):
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                continue
    return path


def wait_until(is_so: Callable[[], object]) -> None:
    give_up_at = time.monotonic() + WAIT_S
    while not is_so() and time.monotonic() < give_up_at:
        time.sleep(0.01)
    assert is_so()


def test_on_a_full_disk_places_wait_in_memory_are_told_and_reach_the_disk_when_it_has_room(
    small_disk: Path, tmp_path: Path
) -> None:
    told: list[str | None] = []
    with Library.open(small_disk / "data", on_trouble=told.append, patience=QUICK) as library:
        episode = intake.add(library, str(put_file(tmp_path / "talk.mp3")), make_reading(), 0)
        file = file_of(library, episode)
        library.save_place(episode, file, 1_000, 1).result(10)
        filler = fill(small_disk)
        saves = count(2)
        while not told:  # what SQLite has in its log already may take a few more
            ms = next(saves) * 1_000
            library.save_place(episode, file, ms, 2)
            library.add_heard(episode, file, ms - 1_000, ms)
            time.sleep(0.01)
        assert told == [f"The disk that holds the library {library.path} is full."]
        assert library.episode(episode).place == Place(0, ms)
        assert library.episodes()[0].place_ms == ms
        filler.unlink()
        wait_until(lambda: told[-1] is None)
        assert library.flush(10)
        assert library.episode(episode).place == Place(0, ms)
        assert execute(small_disk / "data", "SELECT ms FROM place") == [(ms,)]
    with Library.open(small_disk / "data") as library:
        assert library.episode(episode).place == Place(0, ms)
        assert library.notices == ()


def test_a_program_killed_on_a_full_disk_loses_nothing_that_was_acknowledged(small_disk: Path, tmp_path: Path) -> None:
    folder = small_disk / "data"
    library = Library.open(folder, patience=QUICK)
    episode = intake.add(library, str(put_file(tmp_path / "talk.mp3")), make_reading(), 0)
    file = file_of(library, episode)
    fill(small_disk)
    acknowledged = 0
    for ms in range(1, 400):
        future = library.save_place(episode, file, ms, ms)
        try:
            future.result(0.2)
        except TimeoutError:
            break
        acknowledged = ms
    copy = tmp_path / "killed"
    subprocess.run(["cp", "-r", folder, copy], check=True)
    library.close(0.01)
    with Library.open(copy) as later:
        assert later.episode(episode).place in (Place(0, acknowledged), Place(0, acknowledged + 1))


def test_a_snapshot_that_finds_no_room_is_told_once_and_leaves_nothing(small_disk: Path, tmp_path: Path) -> None:
    told: list[str] = []
    care = Care(on_notice=lambda notice: told.append(notice.code), pace=Pace(0.0, 0.01, 0.01))
    with Library.open(small_disk / "data", patience=QUICK, care=care) as library:
        episode = intake.add(library, str(put_file(tmp_path / "talk.mp3")), make_reading(), 0)
        file = file_of(library, episode)
        filler = fill(small_disk)
        saves = count(1)
        while not told:
            library.save_place(episode, file, next(saves), 1)
            time.sleep(0.01)
        assert set(told) <= {"no-snapshot", "journal-unwritable"}
        assert not list((small_disk / "data" / "snapshots").glob("new-*"))
        filler.unlink()
        kept = len(snapshots(small_disk / "data" / "snapshots"))
        library.save_place(episode, file, next(saves), 1)
        wait_until(lambda: len(snapshots(small_disk / "data" / "snapshots")) > kept)
        assert len(told) == len(set(told))


@pytest.mark.parametrize("jump_ms", [FIFTY_YEARS_MS, -FIFTY_YEARS_MS])
def test_a_clock_that_jumps_changes_no_place_and_no_order(folder: Path, tmp_path: Path, jump_ms: int) -> None:
    clock = [NOW_MS]
    ids = []
    for start in range(4):
        with Library.open(folder, care=Care(now_ms=lambda: clock[0])) as library:
            name = f"{start}.mp3"
            episode = intake.add(library, str(put_file(tmp_path / name)), make_reading(name), clock[0])
            library.save_place(episode, file_of(library, episode), 1_000 * start, clock[0]).result(10)
            ids.append(episode)
            assert library.keep_copy()
        clock[0] = NOW_MS + start * 1_000 if start % 2 else NOW_MS + jump_ms
    assert len(snapshots(folder / "snapshots")) == 4
    (folder / "library.db").unlink()
    with Library.open(folder, care=Care(now_ms=lambda: clock[0])) as library:
        assert [summary.id for summary in library.episodes()] == ids[::-1]  # the last listened to first
        assert [library.episode(id).place for id in ids] == [Place(0, 1_000 * start) for start in range(4)]


def test_a_clock_from_the_future_keeps_no_snapshot_waiting(folder: Path, tmp_path: Path) -> None:
    with Library.open(folder, care=Care(now_ms=lambda: NOW_MS + FIFTY_YEARS_MS)) as library:
        intake.add(library, str(put_file(tmp_path / "a.mp3")), make_reading(), 0)
        assert library.keep_copy()
    with Library.open(folder, care=Care(now_ms=lambda: NOW_MS, pace=Pace(0.0, 600.0, 60.0))) as library:
        library.set_setting("volume", 1).result(10)
        wait_until(lambda: len(snapshots(folder / "snapshots")) == 2)


def test_a_recent_snapshot_is_not_made_again_at_the_next_start(folder: Path, tmp_path: Path) -> None:
    for minute in range(3):
        care = Care(now_ms=lambda minute=minute: NOW_MS + minute * 60_000, pace=Pace(0.0, 600.0, 60.0))
        with Library.open(folder, care=care) as library:
            library.set_setting("minute", minute).result(10)
            wait_until(lambda: snapshots(folder / "snapshots"))
    assert len(snapshots(folder / "snapshots")) == 1
