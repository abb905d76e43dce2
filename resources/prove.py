"""Shows the main job where no window can be seen: add a recording, play, close, start again, and be where one was.

``run.sh`` calls it in place of the window, when there is no display. It drives the real program off-screen: two
processes, one after the other, over one library of their own. Nothing of the listener's is touched.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QPixmap

    from player.core.section import Section
    from player.session.session import Session

NUMBER = "2.1"  # the section to play; the first one where there is none of that number
PLAY_MS = 4_000
PLAY_ON_MS = 1_500  # past the place, after the few seconds that are played again before it
CLOSE_ENOUGH_MS = 1_500
PATIENCE_S = 60.0
WIDTH, HEIGHT = 1100, 720


class ProofError(Exception):
    """The main job did not succeed; ``str(error)`` says where."""


def main(arguments: list[str]) -> int:
    """Prove with the recording named, or take one of the two parts that the proof itself starts."""
    try:
        match arguments:
            case ["listen", folder, recording]:
                listen(Path(folder), recording)
            case ["resume", folder, picture, place_ms]:
                resume(Path(folder), Path(picture), int(place_ms))
            case [recording]:
                prove(str(Path(recording).resolve()))
            case _:
                print("usage: prove.py RECORDING", file=sys.stderr)
                return 2
    except ProofError as error:
        print(f"outspoken: {error}", file=sys.stderr)
        return 1
    return 0


def prove(recording: str) -> None:
    """Both parts, each in a process of its own, with a look into the library in between."""
    folder = Path(tempfile.mkdtemp(prefix="outspoken-"))
    library, picture = folder / "library", folder / "window.png"
    print(
        "There is no display here, so Outspoken shows off-screen, in a library of its own, what it is for.\n",
        flush=True,
    )
    try:
        start("listen", str(library), recording)
        place_ms, number = read_library(library)
        print(f"Closed. The library on the disk says: {clock(place_ms)}, in {number}.", flush=True)
        start("resume", str(library), str(picture), str(place_ms))
    except ProofError:
        shutil.rmtree(folder)
        raise
    shutil.rmtree(library)
    print(f"\nA picture of the window is in {picture}")
    print("To see the window itself, start this from a graphical session, or over ssh with `ssh -X`.")


def start(*arguments: str) -> None:
    """Run one part off-screen and wait for it. What the sound libraries mutter is shown only when it failed."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-P", __file__, *arguments]
    ended = subprocess.run(command, env=environment, stderr=subprocess.PIPE, text=True, check=False)
    if ended.returncode:
        sys.stderr.write(ended.stderr)
        raise ProofError("the main job did not succeed here; the lines above say why.")


def read_library(library: Path) -> tuple[int, str]:
    """The place and the number of its section, as ``outspoken list`` says them of the one recording."""
    command = [sys.executable, "-P", "-m", "player", "--data-dir", str(library), "list", "--json"]
    rows = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    if len(rows) != 1 or rows[0]["place_ms"] is None:
        raise ProofError("the recording or its place is not in the library.")
    return rows[0]["place_ms"], rows[0]["section"] or "a section without a number"


def listen(folder: Path, recording: str) -> None:
    """The first start: add the recording, play a section for some seconds, close the window."""
    program = Program(folder, recording)
    session = program.session
    program.wait_until(lambda: len(session.outline) > 0, "the recording could not be added")
    section = find_section(session)
    depth = max(section.depth for section in session.outline.sections)
    print(f"Added “{title_of(session)}”: {clock(session.duration_ms)}, {len(session.outline)} sections, {depth} deep.")
    session.play_section(section)
    end_ms = min(section.start_ms + PLAY_MS, session.duration_ms or sys.maxsize)
    program.wait_until(lambda: session.place_ms >= end_ms, "the recording did not play")
    print(f"Played “{section.title}” from {clock(section.start_ms)} to {clock(session.place_ms)}.")
    program.close()


def resume(folder: Path, picture: Path, kept_ms: int) -> None:
    """The second start: the same place, and on from there."""
    program = Program(folder)
    session = program.session
    program.wait_until(lambda: len(session.outline) > 0, "the recording was not shown again")
    shown_ms = session.place_ms
    if abs(shown_ms - kept_ms) > CLOSE_ENOUGH_MS:
        raise ProofError(f"it came back at {clock(shown_ms)} instead of {clock(kept_ms)}.")
    session.play()
    program.wait_until(lambda: session.place_ms >= kept_ms + PLAY_ON_MS, "it did not go on playing")
    print(f"Started again. It stood at {clock(shown_ms)} and has played on to {clock(session.place_ms)}:\n")
    for section in session.outline.sections:
        print(row_text(section, is_current=section == session.section))
    program.picture().save(str(picture))
    program.close()


class Program:
    """Outspoken with its window, started as the command does, and let work until something is so."""

    def __init__(self, folder: Path, *recordings: str) -> None:
        from player.playback.environment import prepare_environment

        prepare_environment()
        from player.app import Application, make_qt
        from player.library.data_folder import data_folder

        self._qt = make_qt()
        self._application = Application(data_folder(str(folder), {}))
        self._troubles: list[str] = []
        self._application.adding.failed.connect(self._troubles.append)
        self._application.window.resize(WIDTH, HEIGHT)
        self._application.start(recordings, play=False)

    @property
    def session(self) -> "Session":
        """What is listened to."""
        return self._application.session

    def wait_until(self, is_so: Callable[[], bool], otherwise: str) -> None:
        """Work until ``is_so``; raises ProofError when a recording cannot be read, or with ``otherwise`` after long."""
        deadline = time.monotonic() + PATIENCE_S
        while not is_so():
            if self._troubles:
                raise ProofError(self._troubles[0])
            if time.monotonic() > deadline:
                raise ProofError(f"{otherwise} within {PATIENCE_S:.0f} s.")
            self._qt.processEvents()
            time.sleep(0.01)
        self._qt.processEvents()

    def picture(self) -> "QPixmap":
        """The window as it looks now."""
        return self._application.window.grab()

    def close(self) -> None:
        """Close the window as a listener does."""
        self._application.close()


def find_section(session: "Session") -> "Section":
    """The section that the proof plays."""
    return next((section for section in session.outline.sections if section.label == NUMBER), session.outline[0])


def title_of(session: "Session") -> str:
    """The title of what is open."""
    return session.episode.title if session.episode else ""


def row_text(section: "Section", *, is_current: bool) -> str:
    """One row of the outline; the current one is marked."""
    indent = "    " * (section.depth - 1)
    return f"{'▶' if is_current else ' '} {clock(section.start_ms):>8}  {indent}{section.title}"


def clock(ms: int | None) -> str:
    """A time as people read it."""
    from player.core.clock import clock_text

    return "?" if ms is None else clock_text(ms)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
