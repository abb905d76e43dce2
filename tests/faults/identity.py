"""The promise that a place follows its recording: moved, renamed, retagged, with a new cover, without tags, remuxed.

By name:

python -m tests.faults.identity             through the real reader, the real library and the disk
python -m tests.faults.identity --program   the whole program plays it before and after, off-screen, with its Engine

Each recording is added, listened to, changed by the tools that people use, and added again as it is then. Prints one
line a format.
"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from player.core.chapter import Chapter, ChapterList
from player.core.coverage import Coverage
from player.core.episode import OWN_SOURCE
from player.isolation.reading import close_shared_child, read_isolated
from player.library import intake
from player.library.library import Library
from tests.copies import CHANGES, KINDS, recording
from tests.faults.driver import Program, place_on_disk

PLACE_MS = 12_345
HEARD = Coverage(((0, 12_345),))
REWIND_MS = 2_000  # what going on after a short while takes back
SOON_MS = 3_000  # what sounds until it is first told that it does
OWN = ChapterList(OWN_SOURCE, (Chapter(0, "1. Mine"), Chapter(7_000, "1.1 Mine too")))


def play(folder: Path, suffix: str, changes: list[str]) -> str:
    """ "kept", or what was lost, when the whole program plays a recording before and after its ``changes``."""
    folder.mkdir(parents=True)
    path, data = recording(folder / f"talk{suffix}"), folder / "data"
    program = Program(data, path)
    try:
        program.until(lambda shown: shown["is_playing"])
        program.say("speed 1.5")
        program.say("pause")
        program.say(f"seek {PLACE_MS}")
        program.until(lambda shown: shown["place_ms"] == PLACE_MS and not shown["is_playing"])
        program.quit()
    finally:
        program.end()
    kept = place_on_disk(data)
    for change in changes:
        path = CHANGES[change](path)
    program = Program(data, path)
    try:
        sounds = program.until(lambda shown: shown["is_playing"] and shown["place_ms"] > 0)
        program.quit()
    finally:
        program.end()
    with Library.open(data) as library:
        if len(library.episodes()) != 1:
            return "several"
        file = library.episode(library.episodes()[0].id).files[0]
        if kept != (PLACE_MS, False) or sounds["speed"] != 1.5:
            return "changed"
        if not PLACE_MS - REWIND_MS <= sounds["place_ms"] <= PLACE_MS + SOON_MS:
            return f"{sounds['place_ms']} ms"
        return "kept" if Path(file.path) == path.resolve() else "old path"


def follow(folder: Path, suffix: str, changes: list[str]) -> str:
    """ "kept", or what was lost, when a recording undergoes ``changes`` one after the other."""
    folder.mkdir(parents=True)
    path = recording(folder / f"talk{suffix}")
    with Library.open(folder / "data") as library:
        episode = intake.add(library, str(path), read_isolated(path), 1)
        file = library.episode(episode).files[0].id
        library.save_place(episode, file, PLACE_MS, 2)
        library.set_heard(episode, file, HEARD)
        library.set_chapters(episode, file, OWN)
        library.set_speed(episode, 1.5)
        library.flush(10)
        before = library.episode(episode)
    for change in changes:
        path = CHANGES[change](path)
    with Library.open(folder / "data") as library:
        if intake.add(library, str(path), read_isolated(path), 3) != episode:
            return "another episode"
        after = library.episode(episode)
        if len(library.episodes()) != 1 or len(after.files) != 1:
            return "several"
        [was], [now] = before.files, after.files
        kept = (now.id, now.place_ms, now.heard, now.chapter_lists[0], after.place, after.speed)
        if kept != (was.id, PLACE_MS, HEARD, OWN, before.place, 1.5):
            return "changed"
        return "kept" if Path(now.path) == path.resolve() else "old path"


def main(try_once: Callable[[Path, str, list[str]], str]) -> int:
    """Try each change of each kind, and print how often the place was kept."""
    trials = kept = 0
    print(f"{'':8}" + "".join(f"{change:>9}" for change in CHANGES) + f"{'all':>9}")
    with tempfile.TemporaryDirectory() as folder:
        for suffix in KINDS:
            outcomes = []
            for changes in (*([change] for change in CHANGES), ["remux", "cover", "retag", "strip", "rename", "move"]):
                outcome = try_once(Path(folder, suffix, "-".join(changes)), suffix, changes)
                outcomes.append(outcome)
                trials += 1
                kept += outcome == "kept"
            print(f"{suffix:8}" + "".join(f"{outcome:>9}" for outcome in outcomes), flush=True)
    close_shared_child()
    print(f"all kept in {kept} of {trials}")
    return 0 if kept == trials else 1


if __name__ == "__main__":
    sys.exit(main(play if sys.argv[1:] == ["--program"] else follow))
