"""What the child processes of the tests do. They are started by spawn, as every child of the program is."""

import sys
from itertools import count
from pathlib import Path

from player.core.coverage import Coverage
from player.library import intake
from player.library.library import Library
from tests.library.shelf import file_of, make_reading, put_file


def save_places(folder: str, episode: int) -> None:
    """Save one place after another for ever, and print each that is acknowledged."""
    with Library.open(Path(folder)) as library:
        start = library.episode(episode).place
        for ms in count(start.ms + 1 if start else 1):
            library.add_heard(episode, file_of(library, episode), ms * 10, ms * 10 + 10)
            library.save_place(episode, file_of(library, episode), ms, ms).result()
            sys.stdout.write(f"{ms}\n")
            sys.stdout.flush()


def write_alongside(folder: str, number: int, steps: int) -> list[str]:
    """Open, add an own episode and a shared one, and save ``steps`` times; gives what was told as trouble."""
    told: list[str] = []
    with Library.open(Path(folder), on_trouble=lambda sentence: told.append(str(sentence))) as library:
        shared = intake.add(library, str(Path(folder).parent / "shared.mp3"), make_reading(), 0)
        own = intake.add(library, str(put_file(Path(folder).parent / f"{number}.mp3")), make_reading(), 0)
        for step in range(steps):
            start = (step * 4 + number) * 10
            library.add_heard(shared, file_of(library, shared), start, start + 10).result()
            library.save_place(own, file_of(library, own), step, step).result()
            library.set_setting(f"writer {number}", step).result()
        assert library.episode(own).heard == Coverage()
    return told


def open_once(folder: str) -> None:
    """Say that it begins, and open the library."""
    sys.stdout.write("begins\n")
    sys.stdout.flush()
    Library.open(Path(folder)).close()


if __name__ == "__main__":
    if sys.argv[1] == "open":
        open_once(sys.argv[2])
    else:
        save_places(sys.argv[1], int(sys.argv[2]))
