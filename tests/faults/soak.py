"""An hour of playing on the real program, watched: memory, the place on the disk, complaints. By name, not a test:

    nice python -m tests.faults.soak [MINUTES] [SPEED]

Six hours with the seed's 119 chapters, as MP3, M4B and Opus in turn, off-screen with the real Engine, for MINUTES (60)
at SPEED (8: twice what the program offers, which this run alone lets through). Every few seconds something is asked: a
seek, a section, a pause, another speed, another recording. Every minute the place on the disk is held against the
sound, and what the process weighs is noted. Exits with 1 where a place was wrong, anything was said on stderr or in the
banner, or memory grew by more than a tenth: with the same recording open, for they weigh differently, between the two
halves of the run behind its first sixth.
"""

import random
import re
import statistics
import sys
import tempfile
import time
from pathlib import Path

from tests import builders
from tests.faults.driver import Program, place_on_disk

LATEST_S = 1.5
OFFER = "seems to be another copy of this"  # the three recordings are copies, and to say so is right
# said by the sound's libraries of a machine without sound, and of how the recordings were joined
NOT_OURS = re.compile(r"(PulseAudioService: pa_context|No audio device detected|\[\w+ @ 0x\w+\] ).*\n?")


def recordings(folder: Path) -> list[Path]:
    """The seed's six hours in three containers."""
    made = [
        builders.long_audio(folder / f"report{suffix}", builders.SEED_SECONDS) for suffix in (".mp3", ".m4b", ".opus")
    ]
    marks, end_ms = builders.seed_chapters(), builders.SEED_SECONDS * 1000
    builders.write_id3_chapters(made[0], marks, end_ms)
    builders.write_quicktime_track(made[1], marks, end_ms)
    builders.write_vorbis_chapters(made[2], marks)
    return made


class Soak:
    """One run."""

    def __init__(self, folder: Path, speed: float, chance: random.Random) -> None:
        self._files = recordings(folder)
        self._speed = speed
        self._chance = chance
        self._data = folder / "library"
        self.program = Program(self._data, self._files[0], most_speed=speed)
        self.program.until(lambda shown: shown["is_playing"])
        self.program.say(f"speed {speed}")
        self._open = self._files[0]
        self.weighed: list[tuple[Path, float]] = []  # what was open, and MB
        self.wrong: list[str] = []
        self.paces: list[float] = []
        self.asked = 0
        self.worst_s = 0.0

    def run(self, minutes: int) -> None:
        """Play and ask, minute by minute."""
        told = 0
        for minute in range(minutes):
            self._minute()
            self._check(minute)
            while told < len(self.wrong):
                print(f"WRONG: {self.wrong[told]}", flush=True)
                told += 1
            if minute % 5 == 4:
                figures = f"{self.weighed[-1][1]:.1f} MB, asked {self.asked} times, {self.worst_s:.2f} s behind at most"
                print(f"{minute + 1} min: {figures}, {len(self.wrong)} wrong", flush=True)

    def _minute(self) -> None:
        end = time.monotonic() + 60
        while (left := end - time.monotonic()) > 0:
            self.program.watch(min(left, self._chance.uniform(2, 10)))
            self._ask()

    def _ask(self) -> None:
        self.asked += 1
        match self._chance.randrange(8):
            case 0 | 1:
                self.program.say(f"seek {self._chance.randrange(builders.SEED_SECONDS * 1000 - 600_000)}")
            case 2 | 3:
                self.program.say(self._chance.choice(("next", "previous")))
            case 4:
                self.program.say("pause")
                self.program.watch(self._chance.uniform(0, 1))
                self.program.say("play")
            case 5:
                self.program.say(f"speed {self._chance.choice((1, 2, 4))}")
                self.program.watch(self._chance.uniform(0, 2))
                self.program.say(f"speed {self._speed}")
            case 6:
                self._open = self._chance.choice(self._files)
                self.program.say(f"open {self._open}")
                self.program.watch(2)
                self.program.say(f"speed {self._speed}")
            case _:
                for _ in range(20):  # a storm of them
                    self.program.say(f"seek {self._chance.randrange(builders.SEED_SECONDS * 1000 - 600_000)}")

    def _check(self, minute: int) -> None:
        self.program.say("play")
        seen = self.program.watch(3)  # the last wish is borne out
        while len(seen) < 11:
            seen += self.program.watch(1)
        shown, before = seen[-1], seen[-11]
        self.paces.append((shown["place_ms"] - before["place_ms"]) / 1000 / (shown["at"] - before["at"]))
        found = place_on_disk(self._data)
        late_s = abs(shown["place_ms"] - (found[0] if found else 0)) / 1000 / shown["speed"]
        self.worst_s = max(self.worst_s, late_s)
        if found is None or found[1] or late_s > LATEST_S or not shown["is_playing"]:
            self.wrong.append(f"minute {minute + 1}: the disk says {found}, the program {shown}")
        if shown["banner"] and OFFER not in shown["banner"]:
            self.wrong.append(f"minute {minute + 1}: it said {shown['banner']!r}")
        self.weighed.append((self._open, self.program.memory_mb()))

    def growth(self) -> dict[str, tuple[float, float]]:
        """For each kind of recording what the process weighed, in MB, in the first and in the second half."""
        settled = self.weighed[len(self.weighed) // 6 :]
        halves = settled[: len(settled) // 2], settled[len(settled) // 2 :]
        found = {}
        for file in self._files:
            first, last = ([mb for open_file, mb in half if open_file == file] for half in halves)
            if first and last:
                found[file.suffix] = (statistics.median(first), statistics.median(last))
        return found


def main(minutes: int, speed: float) -> int:
    """Run it; the exit status."""
    seed = random.randrange(10**6)
    print(f"{minutes} minutes at {speed}x, seed {seed}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        soak = Soak(Path(folder), speed, random.Random(seed))
        try:
            soak.run(minutes)
            soak.program.quit()
        finally:
            soak.program.end()
        errors = NOT_OURS.sub("", soak.program.errors)
    print(f"{soak.asked} wishes; place on the disk behind the sound by {soak.worst_s:.2f} s of listening at most")
    grown = soak.growth()
    for kind, (first, last) in grown.items():
        print(f"memory with {kind} open: {first:.1f} MB, later {last:.1f} MB ({(last / first - 1) * 100:+.1f} %)")
    print(f"said on stderr: {errors.strip() or 'nothing'}")
    return 1 if soak.wrong or errors.strip() or any(last > first * 1.1 for first, last in grown.values()) else 0


if __name__ == "__main__":
    given = [*sys.argv[1:], *("60", "8")[len(sys.argv) - 1 :]]
    sys.exit(main(int(given[0]), float(given[1])))
