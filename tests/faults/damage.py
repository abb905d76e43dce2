"""Damage and deletion of the files that Outspoken keeps, many times over, and what is left of the library. By name:

python -m tests.faults.damage 1000             any one file
python -m tests.faults.damage 1000 --two       any two
python -m tests.faults.damage 50 --program     any one, and the whole program is started on what is left

A library is listened to for 25 minutes (saves a second apart, without waiting), and its program is then killed or
closed. In each trial files of a copy are deleted, cut or overwritten; the library is opened as the window does it, and
every recording, its title, place, own chapters and what was heard are compared.
"""

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from player.core.chapter import Chapter, ChapterList
from player.library import intake
from player.library.keeper import Pace
from player.library.library import Care, Library
from tests.library.shelf import file_of, make_reading, put_file

ROOT = Path(__file__).parents[2]
MINUTES = 25
EVERY_S = 600  # between snapshots
RECORDINGS = 12  # at the beginning; more come while one listens
LATE = (200, 700, 1_100, 1_450)  # seconds in which further ones are added
ONE_MS, TWO_MS = 2_000, 600_000  # what may be lost of the current one
WAYS = ("delete", "cut", "bytes", "bytes", "page", "zeros", "swap")


class Kept(NamedTuple):
    """What must be found again of one recording."""

    title: str
    place_ms: int | None
    heard_ms: int
    own: int  # chapters of the listener's own


class Loss(NamedTuple):
    """What was not."""

    recordings: int
    titles: int
    own: int
    places: int  # of others than the current one, and wrong ones
    current_ms: int


def listen(folder: Path) -> None:
    """Make the library, listen, print what is kept, and wait to be killed or, at a line, close."""
    media = folder.parent / "media"
    media.mkdir(parents=True, exist_ok=True)
    with Library.open(folder, care=Care(pace=_never())) as library:
        episodes = [_add(library, media, number) for number in range(RECORDINGS)]
        for number, episode in enumerate(episodes[: RECORDINGS // 2]):
            file = file_of(library, episode)
            library.add_heard(episode, file, 0, 10_000 * number + 1)
            library.save_place(episode, file, 10_000 * number + 1, number).result()
        library.keep_copy()
        current = episodes[3]
        file = file_of(library, current)
        for second in range(1, MINUTES * 60 + 1):
            if second in LATE:
                late = _add(library, media, len(episodes))
                library.save_place(late, file_of(library, late), second, second)
                episodes.append(late)
            library.add_heard(current, file, 1_000_000 + second * 1_000 - 1_000, 1_000_000 + second * 1_000)
            library.save_place(current, file, 1_000_000 + second * 1_000, second).result()
            if second % EVERY_S == 0:
                library.keep_copy()
        library.set_setting("open_episode", current).result()
        kept = {summary.path: _kept(library, summary.id) for summary in library.episodes()}
        print(json.dumps({"current": library.episode(current).files[0].path, "kept": kept}), flush=True)
        sys.stdin.readline()


def _never() -> Pace:
    return Pace(3_600.0, 3_600.0, 3_600.0)


def _add(library: Library, media: Path, number: int) -> int:
    reading = make_reading(f"Talk {number}", duration_ms=6 * 3_600_000)
    episode = intake.add(library, str(put_file(media / f"{number}.mp3")), reading, number)
    if number % 3 == 0:
        own = ChapterList("own", tuple(Chapter(at * 1_000, f"{at}. Mine") for at in range(20 + number)))
        library.set_chapters(episode, file_of(library, episode), own).result()
    if number % 4 == 1:
        library.set_title(episode, f"My title of {number}").result()
    return episode


def _kept(library: Library, id: int) -> Kept:
    episode = library.episode(id)
    own = sum(len(kept.chapters) for kept in episode.files[0].chapter_lists if kept.source == "own")
    return Kept(episode.title, episode.files[0].place_ms, episode.heard.total_ms, own)


class Scene(NamedTuple):
    """A library as it lay on the disk, and what it held."""

    folder: Path
    current: str
    kept: dict[str, Kept]


def make_scene(base: Path, *, is_killed: bool) -> Scene:
    """Listen in a child, which is then killed or closes the library; nothing else was ever written beside it."""
    folder = base / "data"
    command = [sys.executable, "-m", "tests.faults.damage", "--listen", str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdin is not None
        said = json.loads(child.stdout.readline())
        if is_killed:
            child.kill()
        else:
            child.stdin.write("\n")
            child.stdin.flush()
            child.stdin.close()
            child.wait()
    return Scene(folder, said["current"], {path: Kept(*kept) for path, kept in said["kept"].items()})


def files_of(folder: Path) -> list[Path]:
    """Every file of ours, by its path within ``folder``."""
    return sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())


def hurt(path: Path, chance: random.Random, other: Path | None = None) -> str:
    """Delete, cut or overwrite some of the file; gives how."""
    size = path.stat().st_size
    way = chance.choice(WAYS) if size else "delete"
    if way == "delete":
        path.unlink()
    elif way == "cut":
        os.truncate(path, chance.randrange(size))
    elif way == "swap":  # two blocks of a disk that were exchanged
        content = bytearray(path.read_bytes())
        one, two = (chance.randrange(max(1, size // 512)) * 512 for _ in range(2))
        content[one : one + 512], content[two : two + 512] = content[two : two + 512], content[one : one + 512]
        path.write_bytes(content[:size])
    else:
        length = min(size, {"bytes": 16, "page": 4_096, "zeros": 20_000}[way])
        at = chance.randrange(size - length + 1)
        with path.open("r+b") as file:
            file.seek(at)
            file.write(bytes(length) if way == "zeros" else chance.randbytes(length))
    return way


def loss_of(library: Library, scene: Scene) -> Loss:
    """What of the scene is not in ``library`` any more."""
    found = {summary.path: _kept(library, summary.id) for summary in library.episodes()}
    recordings = titles = own = places = current_ms = 0
    for path, kept in scene.kept.items():
        now = found.get(path)
        if now is None:
            recordings += 1
            current_ms = max(current_ms, kept.place_ms or 0) if path == scene.current else current_ms
            continue
        titles += now.title != kept.title
        own += now.own < kept.own
        if path == scene.current:
            current_ms = abs((kept.place_ms or 0) - (now.place_ms or 0))
        else:
            places += now.place_ms != kept.place_ms
    return Loss(recordings, titles, own, places, current_ms)


class Trial(NamedTuple):
    """What was done, what was lost, what was told, and seconds until the library was open."""

    done: list[str]
    loss: Loss
    told: list[str]
    opened_s: float


def try_once(scene: Scene, work: Path, chance: random.Random, files: int, *, program: bool = False) -> Trial:
    """Hurt so many files of a copy and open it, with ``program`` first as the whole program."""
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(scene.folder, work)
    done = []
    for name in chance.sample(files_of(work), files):
        done.append(f"{hurt(work / name, chance)} {name}")
    seen = start_program(work) if program else None
    started = time.perf_counter()
    with Library.open(work) as library:
        opened_s = time.perf_counter() - started
        told = [notice.code for notice in library.notices]
        loss = loss_of(library, scene)
    if seen and (seen["path"] != scene.current or seen["episodes"] != len(scene.kept)):
        done.append(f"the program shows {seen}")
        loss = loss._replace(places=loss.places + 1)
    return Trial(done, loss, told, opened_s)


def start_program(work: Path) -> dict[str, object]:
    """Start the window off-screen on the folder; gives its open episode's path, its place and its banner."""
    command = [sys.executable, "-m", "tests.faults.window_once", str(work)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False)
    if run.returncode:
        raise RuntimeError(f"the program ended with {run.returncode}: {run.stderr}")
    return dict(json.loads(run.stdout.splitlines()[-1]))


def main() -> int:
    """Run the trials that the command line asks for and print the figures; 1 where a promise was broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("trials", type=int, nargs="?", default=1_000)
    parser.add_argument("--two", action="store_true", help="hurt two files at once")
    parser.add_argument("--program", action="store_true", help="start the whole program on what is left")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--listen", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.listen:
        listen(options.listen)
        return 0
    with tempfile.TemporaryDirectory(prefix="outspoken-damage-") as name:
        return run(Path(name), options)


def run(base: Path, options: argparse.Namespace) -> int:
    """The trials, half of them on a killed and half on a closed library."""
    chance = random.Random(options.seed)
    scenes = [make_scene(base / how, is_killed=how == "killed") for how in ("killed", "closed")]
    allowed_ms = TWO_MS if options.two else ONE_MS
    worst, told, broken, slowest_s = Counter[str](), Counter[str](), 0, 0.0
    for trial in range(options.trials):
        scene = scenes[trial % 2]
        done, loss, codes, opened_s = try_once(scene, base / "trial", chance, 1 + options.two, program=options.program)
        slowest_s = max(slowest_s, opened_s)
        told.update(codes or ["nothing"])
        for name, value in loss._asdict().items():
            worst[name] = max(worst[name], value)
        is_broken = loss.recordings or loss.current_ms > allowed_ms or loss.titles or loss.own
        is_broken = is_broken or (loss.places and not options.two)  # of two files, minutes of any may be lost
        if is_broken:
            broken += 1
            print(f"trial {trial} ({'killed' if trial % 2 == 0 else 'closed'}; {', '.join(done)}): {loss}")
    print(
        f"{options.trials} trials, {'any two files' if options.two else 'any one file'} damaged or deleted: "
        f"{broken} with a loss; at worst {worst['recordings']} recordings lost, {worst['titles']} titles, "
        f"{worst['own']} lists of own chapters, {worst['places']} places of others, and "
        f"{worst['current_ms'] / 1_000:.1f} s of the current one (allowed {allowed_ms / 1_000:.0f} s); "
        f"opened in {slowest_s:.2f} s at the slowest; told: {', '.join(f'{n}x {code}' for code, n in told.items())}"
    )
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
