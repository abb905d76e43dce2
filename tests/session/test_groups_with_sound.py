"""A book and a series heard through the real Engine: sound goes on from one file into the next."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from player.core.arrangement import Arrangement
from player.library.grouping import arrange_as, arrange_folder
from player.library.library import Library
from player.library.sample_table_cache import SampleTableCache
from player.playback.engine import Engine
from player.playback.environment import prepare_environment
from player.readers.mp3_frames import scan
from player.readers.source import read_source
from player.session.folder_scan import FolderScan
from player.session.session import Session
from player.session.sound_source import SoundSource
from player.tasks import Tasks
from tests.builders import make_audio, write_id3_tags, write_mp4_tags

prepare_environment()


def now_ms() -> int:
    return time.time_ns() // 1_000_000


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """Four seconds of MP3, then four of M4B, whose names tell the other order."""
    folder = tmp_path / "shelf"
    folder.mkdir()
    write_id3_tags(make_audio(folder / "b.mp3", 4), "1. One")
    write_mp4_tags(make_audio(folder / "a.m4b", 4.5), nam="2. Two")
    return folder


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "data") as opened:
        yield opened


@pytest.mark.parametrize("arrangement", [Arrangement.SERIES, Arrangement.BOOK])
def test_sound_goes_on_from_one_file_into_the_next(
    shelf: Path, library: Library, tmp_path: Path, qtbot: QtBot, arrangement: Arrangement
):
    tasks = Tasks()
    scan_folder = FolderScan(tasks, library, lambda paths, _: [read_source(path) for path in paths], now_ms)
    scan_folder.add([str(shelf)])
    qtbot.waitUntil(lambda: scan_folder.progress is None)
    (work,) = arrange_folder(library, str(shelf), now_ms())
    if arrangement is not Arrangement.SERIES:
        arrange_as(library, work, arrangement, now_ms())
    engine = Engine()
    session = Session(engine, library, SoundSource(tasks, SampleTableCache(tmp_path / "cache"), scan), now_ms)
    session.open(work)
    session.seek(2_000)
    session.play()
    qtbot.waitUntil(lambda: session.place_ms > 5_000, timeout=30_000)
    session.pause()
    heard = session.heard
    assert heard.within(2_500, 3_500) == 1_000
    assert heard.within(4_000, 4_800) > 400
    session.close()
    assert library.flush(5)
    episode = library.episode(work)
    assert episode.is_series == (arrangement is Arrangement.SERIES)
    # A series goes by its numbers, a book without tracks by its names.
    names = ["b.mp3", "a.m4b"] if episode.is_series else ["a.m4b", "b.mp3"]
    assert [Path(file.path).name for file in episode.files] == names
    assert episode.place is not None
    assert episode.place.file == 1
    assert episode.place.ms > 500
    assert not episode.is_finished
    tasks.close()
