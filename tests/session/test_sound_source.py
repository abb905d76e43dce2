from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from player.core.audio_source import AudioSource
from player.core.episode import EpisodeFile
from player.core.errors import MissingFileError, OutspokenError, SourceError
from player.core.frame_table import FrameTable
from player.library.sample_table_cache import SampleTableCache
from player.readers.mp3_frames import scan
from player.session.sound_source import SoundSource
from player.tasks import Tasks
from tests import builders


class Finder:
    """A SoundSource that keeps what it handed out and which files were scanned."""

    def __init__(self, folder: Path) -> None:
        self.tasks = Tasks()
        self.tables = SampleTableCache(folder / "cache")
        self.sources = SoundSource(self.tasks, self.tables, self._scan)
        self.scanned: list[str] = []
        self.found: list[AudioSource] = []
        self.errors: list[OutspokenError] = []

    def _scan(self, path: str) -> FrameTable:
        self.scanned.append(path)
        return scan(path)

    def find(self, path: Path, container: str | None) -> None:
        file = EpisodeFile(1, str(path), 6_000, container, 1, 1)
        self.sources.find(file, self.found.append, self._keep)

    def _keep(self, error: OutspokenError) -> None:
        self.errors.append(error)


@pytest.fixture
def finder(tmp_path: Path, qapp: object) -> Iterator[Finder]:
    somebody = Finder(tmp_path)
    yield somebody
    somebody.tasks.close()


@pytest.fixture(scope="session")
def mp3(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return builders.make_audio(tmp_path_factory.mktemp("sounds") / "talk.mp3", 6)


def test_what_is_no_mp3_is_played_as_it_is(finder: Finder, tmp_path: Path, qtbot: QtBot):
    path = tmp_path / "talk.m4b"
    path.write_bytes(b"never opened here")
    finder.find(path, "mp4")
    qtbot.waitUntil(lambda: bool(finder.found))
    assert finder.found == [AudioSource(str(path), 6_000)]
    assert finder.scanned == []


def test_an_mp3_without_a_table_gets_one_off_this_thread(finder: Finder, mp3: Path, qtbot: QtBot):
    finder.find(mp3, "mp3")
    assert finder.found == []
    qtbot.waitUntil(lambda: bool(finder.found))
    (source,) = finder.found
    assert source.is_table
    assert source.path == str(mp3)
    assert source.duration_ms == pytest.approx(6_000, abs=60)


def test_a_table_that_is_there_is_used_again(finder: Finder, mp3: Path, qtbot: QtBot):
    finder.find(mp3, "mp3")
    qtbot.waitUntil(lambda: bool(finder.found))
    finder.find(mp3, "mp3")
    qtbot.waitUntil(lambda: len(finder.found) == 2)
    assert len(finder.scanned) == 1


def test_a_table_of_an_earlier_version_of_the_file_is_not_used(finder: Finder, mp3: Path, qtbot: QtBot, tmp_path: Path):
    path = tmp_path / "talk.mp3"
    path.write_bytes(mp3.read_bytes())
    finder.find(path, "mp3")
    qtbot.waitUntil(lambda: len(finder.found) == 1)
    path.write_bytes(mp3.read_bytes()[:20_000])
    finder.find(path, "mp3")
    qtbot.waitUntil(lambda: len(finder.found) == 2)
    assert len(finder.scanned) == 2


def test_an_mp3_that_cannot_be_scanned_is_played_as_it_is(finder: Finder, tmp_path: Path, qtbot: QtBot):
    path = tmp_path / "odd.mp3"
    path.write_bytes(b"no frame in here" * 100)
    with pytest.raises(SourceError, match="No MP3 sound"):
        scan(str(path))
    finder.find(path, "mp3")
    qtbot.waitUntil(lambda: bool(finder.found))
    assert finder.found == [AudioSource(str(path), 6_000)]
    assert finder.errors == []


def test_a_missing_file_is_said_by_its_name_and_nothing_is_handed_out(finder: Finder, tmp_path: Path, qtbot: QtBot):
    finder.find(tmp_path / "gone.mp3", "mp3")
    qtbot.waitUntil(lambda: bool(finder.errors))
    assert [str(error) for error in finder.errors] == ["“gone.mp3” is not where it was. Your place is kept."]
    assert isinstance(finder.errors[0], MissingFileError)
    assert finder.found == []


def test_a_disk_that_does_not_answer_holds_nothing_up(finder: Finder, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot):
    answers = Event()
    monkeypatch.setattr("player.session.sound_source.is_there", lambda path: answers.wait(30))
    finder.find(Path("/mnt/gone/talk.m4b"), "mp4")
    assert (finder.found, finder.errors) == ([], [])
    answers.set()
    qtbot.waitUntil(lambda: bool(finder.found))


def test_a_file_of_unknown_kind_is_played_as_it_is(finder: Finder, tmp_path: Path, qtbot: QtBot):
    path = tmp_path / "talk"
    path.write_bytes(b"something")
    finder.find(path, None)
    qtbot.waitUntil(lambda: bool(finder.found))
    assert [source.is_table for source in finder.found] == [False]


def test_the_next_file_is_prepared_ahead(finder: Finder, mp3: Path, qtbot: QtBot, tmp_path: Path):
    finder.sources.prepare(EpisodeFile(1, str(mp3), 6_000, "mp3", 1, 1))
    qtbot.waitUntil(lambda: finder.tasks.is_idle)
    assert finder.scanned == [str(mp3)]
    assert finder.tables.find(str(mp3)) is not None
    finder.sources.prepare(EpisodeFile(1, str(mp3), 6_000, "mp3", 1, 1))  # it is there already
    finder.sources.prepare(EpisodeFile(2, str(tmp_path / "gone.mp3"), 6_000, "mp3", 1, 1))
    finder.sources.prepare(EpisodeFile(3, str(mp3.with_suffix(".m4b")), 6_000, "mp4", 1, 1))
    assert finder.tasks.is_idle
    assert finder.scanned == [str(mp3)]
    assert (finder.found, finder.errors) == ([], [])
