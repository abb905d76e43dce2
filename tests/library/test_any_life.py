"""Whatever was done with a library: a lost one comes back as it was, and a merged one loses nothing."""

import random
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from player.core.arrangement import Arrangement
from player.core.chapter import ChapterList
from player.core.coverage import Coverage
from player.core.episode import OWN_SOURCE
from player.core.errors import LibraryError
from player.core.stop import Stop, StopKind
from player.library import intake
from player.library.backup import back_up, restore
from player.library.grouping import arrange_as, arrange_folder
from player.library.library import Library
from player.library.merging_kept import FAR_MS
from player.library.trail import ChangeTrail
from tests.library.shelf import OWN, execute, make_reading, put_file

SEEDS = range(12)
LENGTH_MS = 60_000
DEEDS = (
    "add",
    "add",
    "add",
    "place",
    "place",
    "hear",
    "arrange",
    "part",
    "forget",
    "speed",
    "chapters",
    "copy",
    "trail",
    "trail",
)


def live(library: Library, shelf: Path, chance: random.Random) -> None:
    """Do some thirty things with the library, whose recordings lie in ``shelf``."""
    shelf.mkdir(exist_ok=True)
    for _ in range(30):
        deed, shown = chance.choice(DEEDS), library.episodes()
        if deed == "add" or not shown:
            add(library, shelf, chance)
        else:
            do(deed, library, chance.choice(shown).id, chance)
    assert library.flush(10)


def add(library: Library, shelf: Path, chance: random.Random) -> None:
    number = chance.randrange(8)
    reading = make_reading(f"{number}. Part", LENGTH_MS)
    sound = None if number % 4 == 0 else b"sound %d" % (number % 6)  # some sound alike, of some it is not known
    path = put_file(shelf / f"{number}.mp3")
    intake.add(library, str(path), replace(reading, track=number, fingerprint=sound), 1_000)
    if chance.random() < 0.5:
        arrange_folder(library, str(shelf), 2_000)


def do(deed: str, library: Library, work: int, chance: random.Random) -> None:
    file = chance.choice(library.episode(work).files).id
    if deed == "place":
        library.save_place(work, file, chance.randrange(LENGTH_MS), 5)
    elif deed == "hear":
        library.add_heard(work, file, *sorted((chance.randrange(LENGTH_MS), chance.randrange(LENGTH_MS))))
    elif deed == "speed":
        library.set_speed(work, chance.randrange(5, 30) / 10)
    elif deed == "trail":
        went = tuple(stop for stop in library.trail(work) if chance.random() < 0.5)
        came = Stop(file, chance.randrange(LENGTH_MS), StopKind.JUMP_FROM, 7, 0)
        library.submit(ChangeTrail(work, (came,), went))
    elif deed == "chapters":
        library.set_chapters(work, file, OWN)
    elif deed == "copy":
        assert library.keep_copy()
    elif deed == "forget" and chance.random() < 0.3:
        library.forget(work)
    elif deed in ("arrange", "part"):
        wanted = Arrangement.SEPARATE if deed == "part" else chance.choice([Arrangement.BOOK, Arrangement.SERIES])
        with suppress(LibraryError):  # there is only this one recording
            arrange_as(library, work, wanted, 3_000)


class Kept(NamedTuple):
    """All that is kept of a file, and of what it is listened to in."""

    work: int
    title: str
    is_series: bool
    speed: float
    path: str
    place_ms: int | None
    heard: Coverage
    own: list[ChapterList]  # those of the files themselves are read again
    trail: list[Stop]


def kept(library: Library) -> dict[int, Kept]:
    """By the id of each file that is shown."""
    found = {}
    for work in (library.episode(summary.id) for summary in library.episodes()):
        for file in work.files:
            own = [each for each in file.chapter_lists if each.source == OWN_SOURCE]
            trail = [stop for stop in library.trail(work.id) if stop.file == file.id]
            found[file.id] = Kept(
                work.id, work.title, work.is_series, work.speed, file.path, file.place_ms, file.heard, own, trail
            )
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_a_lost_library_comes_back_as_it_was_however_often(library: Library, folder: Path, tmp_path: Path, seed: int):
    live(library, tmp_path / "shelf", random.Random(seed))
    before = kept(library)
    assert library.close()
    for _ in range(2):
        (folder / "library.db").unlink()
        with Library.open(folder) as again:
            assert kept(again) == before


@pytest.mark.parametrize("seed", SEEDS)
def test_what_another_machine_brings_hides_tears_and_replaces_nothing(library: Library, tmp_path: Path, seed: int):
    chance = random.Random(seed)
    live(library, tmp_path / "shelf", chance)
    with Library.open(tmp_path / "other") as other:
        live(other, tmp_path / "shelf", chance)
    before = kept(library)
    back_up(tmp_path / "other", tmp_path / "backup")
    restore(library, tmp_path / "backup")
    after = kept(library)
    stops = execute(library.path.parent, "SELECT file, ms FROM trail")
    for file, row in before.items():
        now = after[file]
        assert now.path == row.path
        assert row.place_ms in (None, now.place_ms) or (file, row.place_ms) in stops or is_near(row, now)
        assert set(row.trail) <= set(now.trail)
        assert Coverage.of((*row.heard.spans, *now.heard.spans)) == now.heard
        assert {after[other].work for other, beside in before.items() if beside.work == row.work} == {now.work}
    restored = restore(library, tmp_path / "backup")
    assert kept(library) == after
    assert (restored.merged.episodes_added, restored.merged.places_taken) == (0, 0)


def is_near(one: Kept, other: Kept) -> bool:
    return one.place_ms is not None and other.place_ms is not None and abs(one.place_ms - other.place_ms) < FAR_MS
