"""kill -9 at any moment, a few times on the whole program and some more on what keeps the place."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.faults import kill
from tests.faults.driver import ROOT, place_on_disk

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal there")


def test_the_whole_program_loses_at_most_a_second_and_a_half(tmp_path: Path):
    kill.recordings(tmp_path)
    trials = kill.work(tmp_path, 1, 2, seed=random.randrange(10**6))
    assert all(trial.lost_s <= kill.MOST_S and not trial.is_ahead for trial in trials), trials
    assert kill.start_again(tmp_path / "library 1")


@pytest.mark.parametrize("speed", [0.5, 1.0, 4.0])
def test_what_keeps_the_place_loses_at_most_a_second_and_a_half(tmp_path: Path, speed: float):
    chance = random.Random()
    for _ in range(6):
        program = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.listening_child", str(tmp_path), str(speed)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert program.stdout is not None
        began = program.stdout.readline()
        time.sleep(chance.uniform(0, 1.5))
        program.kill()
        rest, _ = program.communicate()
        whole_lines = [began, *rest.split("\n")[:-1]]  # the last one may be cut off
        reached_ms = int(whole_lines[-1])
        found = place_on_disk(tmp_path / "data")
        kept_ms = found[0] if found else int(began)  # nothing had sounded yet
        lost_s = (reached_ms - kept_ms) / 1000 / speed
        assert -0.2 <= lost_s <= kill.MOST_S
