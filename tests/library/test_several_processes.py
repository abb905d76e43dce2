"""The library under several programs at once, and under programs that are killed."""

import multiprocessing
import random
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from player.core.coverage import Coverage
from player.core.place import Place
from player.library.library import Library
from tests.library.children import write_alongside
from tests.library.shelf import execute, put_file

ROOT = Path(__file__).parents[2]
KILLS = 12
WRITERS = 4
STEPS = 40


def test_no_acknowledged_place_is_lost_by_a_kill(library: Library, folder: Path, add: Callable[..., int]) -> None:
    episode = add()
    assert library.close()
    chance = random.Random(2)
    acknowledged = 0
    for _ in range(KILLS):
        acknowledged = max(acknowledged, _killed_while_saving(folder, episode, chance.uniform(0.0, 0.05)))
        with Library.open(folder) as opened:
            found = opened.episode(episode)
            assert found.place is not None
            # the place that was just being saved may be there already, but never an earlier one
            assert acknowledged <= found.place.ms <= acknowledged + 1
            assert found.heard.within(10, acknowledged * 10 + 10) == acknowledged * 10
            assert opened.notices == ()
            acknowledged = found.place.ms
    assert acknowledged > KILLS


def _killed_while_saving(folder: Path, episode: int, after_s: float) -> int:
    """The last place that a child acknowledged before it was killed."""
    command = [sys.executable, "-m", "tests.library.children", str(folder), str(episode)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        first = child.stdout.readline()
        time.sleep(after_s)
        child.kill()
        lines = [first, *child.stdout.read().splitlines(keepends=True)]
    return max(int(line) for line in lines if line.endswith("\n"))


def test_four_writers_at_once_lose_nothing_and_are_never_told_of_a_lock(folder: Path) -> None:
    put_file(folder.parent / "shared.mp3")
    with ProcessPoolExecutor(WRITERS, multiprocessing.get_context("spawn")) as pool:
        told = [
            sentence
            for found in pool.map(write_alongside, [str(folder)] * WRITERS, range(WRITERS), [STEPS] * WRITERS)
            for sentence in found
        ]
    assert told == []
    with Library.open(folder) as library:
        summaries = library.episodes()
        assert len(summaries) == WRITERS + 1
        by_name = {Path(summary.path).name: summary.id for summary in summaries}
        assert library.episode(by_name["shared.mp3"]).heard == Coverage(((0, WRITERS * STEPS * 10),))
        for number in range(WRITERS):
            assert library.episode(by_name[f"{number}.mp3"]).place == Place(0, STEPS - 1)
            assert library.setting(f"writer {number}", -1) == STEPS - 1
    # every seq was taken once
    assert execute(folder, "SELECT value FROM counter") == [(WRITERS * (STEPS * 3 + 2),)]
