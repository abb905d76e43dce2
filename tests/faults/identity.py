"""The promise that a place follows its recording: moved, renamed, retagged, with a new cover, without tags, remuxed.

Run by name: ``python -m tests.faults.identity``. Each recording is added, listened to, changed by the tools that people
use, and added again as it is then: through the real reader, the real library and the disk. Prints one line a format.
"""

import sys
import tempfile
from pathlib import Path

from player.core.chapter import Chapter, ChapterList
from player.core.coverage import Coverage
from player.core.episode import OWN_SOURCE
from player.isolation.reading import close_shared_child, read_isolated
from player.library import intake
from player.library.library import Library
from tests.copies import CHANGES, KINDS, recording

PLACE_MS = 12_345
HEARD = Coverage(((0, 12_345),))
OWN = ChapterList(OWN_SOURCE, (Chapter(0, "1. Mine"), Chapter(7_000, "1.1 Mine too")))


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


def main() -> int:
    """Try each change of each kind, and print how often the place was kept."""
    trials = kept = 0
    print(f"{'':8}" + "".join(f"{change:>9}" for change in CHANGES) + f"{'all':>9}")
    with tempfile.TemporaryDirectory() as folder:
        for suffix in KINDS:
            outcomes = []
            for changes in (*([change] for change in CHANGES), ["remux", "cover", "retag", "strip", "rename", "move"]):
                outcome = follow(Path(folder, suffix, "-".join(changes)), suffix, changes)
                outcomes.append(outcome)
                trials += 1
                kept += outcome == "kept"
            print(f"{suffix:8}" + "".join(f"{outcome:>9}" for outcome in outcomes), flush=True)
    close_shared_child()
    print(f"place, heard, chapters and speed kept in {kept} of {trials}")
    return 0 if kept == trials else 1


if __name__ == "__main__":
    sys.exit(main())
