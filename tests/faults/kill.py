"""kill -9 while playing, on the real program: how much listening is lost. By name, not a test:

    nice python -m tests.faults.kill [KILLS] [WORKERS]

Each of KILLS (1,000) starts the whole program off-screen with its real Engine (MP3 by its table, M4B, Opus),
plays somewhere at some speed between 0.5 and 4, kills it at some moment, and reads the library from the disk. At times
a seek, a change of speed or another section comes just before; at times the program is started again and must stand
where the disk says. Lost is wall time of listening: from the place on the disk to where the sound was when the signal
was sent. Exits with 1 if one kill lost more than 1.5 s, or kept a place that was never reached.
"""

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from tests import builders
from tests.faults.driver import Program, Shown, place_on_disk

MOST_S = 1.5
LENGTH_S = 3_000
SUFFIXES = (".mp3", ".m4b", ".opus")
SPEEDS = (0.5, 0.8, 1.0, 1.0, 1.3, 1.7, 2.0, 2.5, 3.0, 4.0)
SECTIONS = tuple((start * 1000, f"Section {start}") for start in range(0, LENGTH_S, 37))
AHEAD_MS = 2_000  # of a busy machine: a report may show a tick that is as old when the next one is saved


class Trial(NamedTuple):
    """One kill: what was played, and how much of it was lost, in seconds of the listener's time."""

    what: str
    lost_s: float
    is_ahead: bool  # the disk holds a place that was not reached


def recordings(folder: Path) -> list[Path]:
    """Fifty minutes in three containers, with sections."""
    made = [builders.long_audio(folder / f"talk{suffix}", LENGTH_S) for suffix in SUFFIXES]
    builders.write_id3_chapters(made[0], SECTIONS, LENGTH_S * 1000)
    builders.write_quicktime_track(made[1], SECTIONS, LENGTH_S * 1000)
    builders.write_vorbis_chapters(made[2], SECTIONS)
    return made


def try_once(data: Path, recording: Path, chance: random.Random) -> Trial:
    """Play, kill, look."""
    program = Program(data, recording)
    try:
        speed = chance.choice(SPEEDS)
        target_ms = chance.randrange(60_000, (LENGTH_S - 120) * 1000)
        program.until(lambda shown: shown["is_playing"])
        program.say(f"speed {speed}")
        program.say(f"seek {target_ms}")
        program.until(lambda shown: 0 < shown["place_ms"] - target_ms < 60_000)
        program.watch(chance.uniform(0, 2.5))
        before, last_wish = program.shown, _wish(program, chance)
        program.watch(chance.uniform(0, 0.6) if last_wish else 0)
        killed_at = time.time()
        shown = program.kill()
    finally:
        program.end()
    what = f"{recording.suffix} at {shown['speed']}x{last_wish}"
    found = place_on_disk(data)
    if found is None:
        return Trial(what, float("inf"), False)
    losses = [_judge(found[0], each, killed_at) for each in (shown, before)[: 2 if last_wish else 1]]
    if last_wish.startswith(", seek") and _is_wished(found[0], last_wish, shown["speed"]):
        losses.append((0.0, False))  # borne out, and killed before that was shown
    lost_s, is_ahead = min(losses, key=lambda loss: (loss[1], abs(loss[0])))
    return Trial(what, lost_s, is_ahead and not last_wish)  # a wish may lead ahead of all that was shown


def _wish(program: Program, chance: random.Random) -> str:
    """What the listener wants just before the end, in one of four kills."""
    wish = chance.choice([*[""] * 9, "next", "speed 1.5", f"seek {chance.randrange(2_500_000)}"])
    if wish:
        program.say(wish)
    return f", {wish}" if wish else ""


def _is_wished(place_ms: int, wish: str, speed: float) -> bool:
    """Whether the place is where the last seek led, or what was heard from there since."""
    return 0 <= place_ms - int(wish.rpartition(" ")[2]) <= AHEAD_MS * speed


def _judge(place_ms: int, shown: Shown, killed_at: float) -> tuple[float, bool]:
    """Seconds lost if the sound was last seen as ``shown``, and whether the place lies past where it can have been."""
    since_ms = (killed_at - shown["at"]) * 1000 * shown["speed"]
    is_ahead = place_ms > shown["place_ms"] + since_ms + AHEAD_MS * shown["speed"]
    return (shown["place_ms"] + since_ms - place_ms) / 1000 / shown["speed"], is_ahead


def start_again(data: Path) -> bool:
    """Whether a program without arguments stands silent where the disk says."""
    kept = place_on_disk(data)
    program = Program(data)
    try:
        shown = program.until(lambda shown: shown["sections"] > 0)
        assert kept is not None
        return shown["place_ms"] == kept[0] and not shown["is_playing"]
    finally:
        program.end()


def work(folder: Path, number: int, kills: int, seed: int) -> list[Trial]:
    """``kills`` one after the other in a library of its own."""
    chance = random.Random(seed + number)
    data, trials = folder / f"library {number}", []
    files = [folder / f"talk{suffix}" for suffix in SUFFIXES]
    for trial in range(kills):
        trials.append(try_once(data, chance.choice(files), chance))
        if trial % 20 == 19 and not start_again(data):
            trials.append(Trial("started again elsewhere", float("inf"), True))
        if number == 0 and trial % 25 == 24:
            print(f"{trial + 1} of {kills} here, worst {max(each.lost_s for each in trials):.2f} s", flush=True)
    return trials


def report(trials: Sequence[Trial]) -> bool:
    """Print the figures; whether the promise is kept."""
    losses = sorted(trial.lost_s for trial in trials)
    kept = sum(trial.lost_s <= MOST_S and not trial.is_ahead for trial in trials)
    print(f"lost at most {MOST_S} s: {kept} of {len(trials)}")
    p99 = losses[min(len(losses) - 1, len(losses) * 99 // 100)]
    print(f"lost: median {statistics.median(losses):.2f} s, p99 {p99:.2f} s, worst {losses[-1]:.2f} s")
    for trial in sorted(trials, key=lambda trial: -trial.lost_s)[:5]:
        print(f"  {trial.lost_s:.2f} s: {trial.what}{', AHEAD' if trial.is_ahead else ''}")
    for trial in (trial for trial in trials if trial.is_ahead):
        print(f"  ahead by {-trial.lost_s:.2f} s: {trial.what}")
    return kept == len(trials)


def main(kills: int, workers: int) -> int:
    """Run them all; the exit status."""
    seed = random.randrange(10**6)
    print(f"{kills} kills, seed {seed}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        recordings(Path(folder))
        shares = [kills // workers + (number < kills % workers) for number in range(workers)]
        with ThreadPoolExecutor(workers) as pool:
            found = pool.map(lambda pair: work(Path(folder), pair[0], pair[1], seed), enumerate(shares))
            trials = [trial for each in found for trial in each]
    return 0 if report(trials) else 1


if __name__ == "__main__":
    given = [*sys.argv[1:], *("1000", "3")[len(sys.argv) - 1 :]]
    sys.exit(main(int(given[0]), int(given[1])))
