import multiprocessing
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from player.app import Application
from player.core.reading import Reading
from player.isolation.reading import shared_child
from player.library import intake
from player.library.data_folder import Folders
from player.library.library import Library
from player.library.opening import LIBRARY_FILE
from tests.builders import make_audio
from tests.ui.desk import Looks

Start = Callable[[], Application]


@pytest.fixture
def start(tmp_path: Path, qapp: object) -> Iterator[Start]:
    """Starts the program; what was not closed is closed at the end."""
    looks = Looks()
    running: list[Application] = []

    def started() -> Application:
        running.append(Application(Folders(tmp_path / "data", tmp_path / "cache")))
        return running[-1]

    yield started
    for application in running:
        if application.parent() is None:
            application.close()
        application.window.deleteLater()
    looks.restore()


def put(folder: Path, name: str) -> int:
    """Put an episode into the library; its file exists and is never opened."""
    (folder / name).touch()
    with Library.open(folder / "data") as library:
        return intake.add(library, str(folder / name), Reading(container="mp4", duration_ms=60_000), 1)


def make_newer(folder: Path) -> None:
    """Let the library be one of a later version."""
    with closing(sqlite3.connect(folder / "data" / LIBRARY_FILE)) as db:
        db.execute("PRAGMA user_version = 999")


def test_the_last_episode_is_shown_silent(start: Start, tmp_path: Path):
    put(tmp_path, "one.m4b")
    other = put(tmp_path, "two.m4b")
    first = start()
    first.start()
    first.session.open(other)
    assert first.close()
    first.setParent(first.window)  # closed
    again = start()
    again.start()
    assert again.session.episode is not None
    assert again.session.episode.id == other
    assert not again.session.is_playing


def test_what_is_wrong_with_the_library_stays_in_view_when_an_episode_is_shown(start: Start, tmp_path: Path):
    put(tmp_path, "one.m4b")
    make_newer(tmp_path)
    application = start()
    application.start()
    assert application.session.episode is not None
    assert application.window.work.banner.isVisible()
    assert "later version" in application.window.work.banner.words


def test_closing_while_many_files_are_read_ends_soon_and_starts_no_child_again(
    start: Start, tmp_path: Path, qtbot: QtBot
):
    sound = make_audio(tmp_path / "talk.opus", 2).read_bytes()
    paths = [tmp_path / f"{number}.opus" for number in range(40)]
    for number, path in enumerate(paths):
        path.write_bytes(sound + bytes(number))
    application = start()
    application.start([str(path) for path in paths], play=False)
    qtbot.waitUntil(lambda: application.scan.progress is not None and application.scan.progress.done > 0)
    assert application.close()
    application.setParent(application.window)  # closed
    assert application.scan.progress is None or application.scan.progress.done < len(paths)
    assert not shared_child().is_running
    assert not multiprocessing.active_children()
