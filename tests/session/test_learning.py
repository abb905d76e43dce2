from pathlib import Path

from pytestqt.qtbot import QtBot

from player.library import intake
from player.readers.source import read_fingerprint, read_source
from player.session.learning import Learning
from tests.files import put_mp3
from tests.library.shelf import execute
from tests.session.conftest import Listener


def test_sounds_of_old_rows_are_learnt_a_few_at_a_time(listener: Listener, tmp_path: Path, qtbot: QtBot) -> None:
    library = listener.library
    paths = [put_mp3(tmp_path / f"{number}.mp3") for number in range(25)]
    episodes = [intake.add(library, str(path), read_source(path), 1) for path in paths]
    library.flush(5)
    execute(library.path.parent, "UPDATE file SET fingerprint = NULL")
    paths[3].unlink()  # gone
    put_mp3(paths[4], "changed since")
    paths[5].write_bytes(bytes(paths[5].stat().st_size))  # changed since, too, and no sound any more
    Learning(listener.tasks, library, read_fingerprint).begin()
    qtbot.waitUntil(lambda: listener.tasks.is_idle)
    assert library.flush(5)
    known = library.known_files()
    assert [number for number, path in enumerate(paths) if known[str(path)].fingerprint is None] == [3, 4, 5]
    paths[7].rename(tmp_path / "moved.mp3")
    put_mp3(paths[7], "Another title").replace(tmp_path / "moved.mp3")
    assert intake.add(library, str(tmp_path / "moved.mp3"), read_source(tmp_path / "moved.mp3"), 1) == episodes[7]


def test_what_cannot_be_read_is_passed_over(listener: Listener, tmp_path: Path, qtbot: QtBot) -> None:
    episode = listener.add("report.m4b")  # which is no sound at all
    Learning(listener.tasks, listener.library, read_fingerprint).begin()
    qtbot.waitUntil(lambda: listener.tasks.is_idle)
    assert listener.library.known_files()[listener.library.episode(episode).files[0].path].fingerprint is None
