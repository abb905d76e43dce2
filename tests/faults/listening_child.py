"""A real Session and Library over the FakeEngine, in a process that is to be killed; given a folder and a speed.

It plays an hour's recording in real time from where it was left and prints the place, a line a tick.
"""

import sys
import time
from pathlib import Path

from player.core.reading import Reading
from player.library import intake
from player.library.library import Library
from player.library.sample_table_cache import SampleTableCache
from player.session.session import Session
from player.session.sound_source import SoundSource
from tests.fakes import FakeEngine, TasksAtOnce

TICK_MS = 50


def main(folder: Path, speed: float) -> None:
    """Play until killed."""
    library = Library.open(folder / "data")
    path = folder / "talk.m4b"
    path.write_bytes(b"talk")
    reading = Reading(title="Talk", container="mp4", duration_ms=3_600_000)
    engine = FakeEngine()
    sources = SoundSource(TasksAtOnce(), SampleTableCache(folder / "cache"), _no_scan)
    session = Session(engine, library, sources, lambda: time.time_ns() // 1_000_000)  # type: ignore[arg-type]
    session.open(intake.add(library, str(path), reading, 1), play=True)
    session.set_speed(speed)
    session.skip(60_000)
    while True:
        engine.advance(TICK_MS)
        if session._listening.is_confirmed:
            print(session._listening.place_ms, flush=True)
        time.sleep(TICK_MS / 1000)


def _no_scan(path: str) -> None:
    raise AssertionError("nothing here is an MP3")


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]))
