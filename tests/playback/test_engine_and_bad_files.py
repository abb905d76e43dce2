"""The real Engine on real files that are hostile, damaged, oddly named, or changed while they play."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from player.core.audio_source import AudioSource
from player.library.sample_table_cache import SampleTableCache
from player.playback import engine as engine_module
from player.playback.engine import Engine
from player.playback.state import EngineState
from player.readers.mp3_frames import scan
from tests import tones
from tests.playback.conftest import LENGTH_S

LENGTH_MS = LENGTH_S * 1000


@pytest.fixture
def engine(qtbot: QtBot) -> Iterator[Engine]:
    made = Engine()
    yield made
    made.unload()
    qtbot.wait(10)


def reaches(qtbot: QtBot, engine: Engine, state: EngineState) -> None:
    qtbot.waitUntil(lambda: engine.state is state, timeout=10_000)


def ticks_past(qtbot: QtBot, engine: Engine, ms: int) -> None:
    engine.play()
    qtbot.waitUntil(lambda: engine.position_ms > ms, timeout=10_000)


def test_a_pipe_blocks_nothing(qtbot: QtBot, engine: Engine, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.mp3")
    engine.load(AudioSource(str(tmp_path / "pipe.mp3")), play=True)
    reaches(qtbot, engine, EngineState.FAILED)


@pytest.mark.parametrize("start", [b"\0\0\0\x20ftypM4A ", b"OggS", b"fLaC", b"RIFF\0\0\0\0WAVEfmt ", b"\x1aE\xdf\xa3"])
def test_rubbish_that_begins_like_sound_is_one_sentence(
    qtbot: QtBot, engine: Engine, tmp_path: Path, start: bytes
) -> None:
    path = tmp_path / "rubbish"
    path.write_bytes(start + bytes(range(1, 256)) * 40)
    told: list[str] = []
    engine.failed.connect(told.append)
    engine.load(AudioSource(str(path)), 5_000, play=True)
    reaches(qtbot, engine, EngineState.FAILED)
    assert len(told) == 1
    assert engine.position_ms == 5_000


def test_a_text_shown_through_a_table_is_never_opened_as_a_list(qtbot: QtBot, engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "episode.mp3"
    path.write_bytes(b"ffconcat version 1.0\nfile /etc/passwd\n")
    source = AudioSource(str(path), 5_000, str(path), path.stat().st_size, sync_points=((0, b"ffco"),))
    engine.load(source, play=True)
    reaches(qtbot, engine, EngineState.FAILED)


def test_a_damaged_table_gives_way_to_the_plain_file(
    qtbot: QtBot, engine: Engine, media: Callable[[str], Path], tmp_path: Path
) -> None:
    path = str(media("cbr.mp3"))
    source = SampleTableCache(tmp_path).source_for(path, scan(path))
    Path(source.list_path or "").write_bytes(b"'/nowhere/at/all'\n")
    engine.load(source, 20_000, play=True)
    ticks_past(qtbot, engine, 20_100)
    assert not engine.plays_through_table
    assert engine.position_ms < 21_000


def test_a_table_of_other_bytes_is_not_used(
    qtbot: QtBot, engine: Engine, media: Callable[[str], Path], tmp_path: Path
) -> None:
    path = tmp_path / "copy.mp3"
    data = media("cbr.mp3").read_bytes()
    path.write_bytes(data)
    source = SampleTableCache(tmp_path).source_for(str(path), scan(str(path)))
    longer_tag = b"ID3\x03\0\0\0\0\x08\x0d" + bytes(1_037)
    path.write_bytes((longer_tag + data)[: len(data)])
    engine.load(source, 20_000)
    reaches(qtbot, engine, EngineState.PAUSED)
    assert not engine.plays_through_table
    assert engine.position_ms == 20_000


@pytest.mark.parametrize("name", ["plain.m4a", "cbr.mp3"])
def test_a_file_cut_while_playing_never_counts_as_ended(
    qtbot: QtBot,
    engine: Engine,
    media: Callable[[str], Path],
    tmp_path: Path,
    name: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(engine_module, "STALL_MS", 800)
    path = tmp_path / name
    path.write_bytes(media(name).read_bytes())
    engine.load(AudioSource(str(path), LENGTH_MS), 10_000)
    reaches(qtbot, engine, EngineState.PAUSED)
    told: list[tuple[str, object]] = []
    engine.ended.connect(lambda ms: told.append(("ended", ms)))
    engine.stalled.connect(lambda sentence: told.append(("stalled", sentence)))
    engine.failed.connect(lambda sentence: told.append(("failed", sentence)))
    ticks_past(qtbot, engine, 10_150)
    os.truncate(path, path.stat().st_size // 4)
    engine.set_speed(4.0)
    qtbot.waitUntil(lambda: bool(told), timeout=15_000)
    name_told, what = told[0]
    assert name_told != "ended" or what < LENGTH_MS - 2_000
    assert 10_000 <= engine.position_ms < LENGTH_MS - 2_000
    assert not engine.needs_restart


@pytest.mark.parametrize("name", ["50 % #1?.mp3", "it's 'so' \\ \".mp3", "höre 聞く.mp3", "a\nb.mp3"])
def test_a_table_plays_files_of_any_name_from_any_folder(
    qtbot: QtBot, engine: Engine, media: Callable[[str], Path], tmp_path: Path, name: str
) -> None:
    folder = tmp_path / "ü 100% #1"
    folder.mkdir()
    path = folder / name
    path.write_bytes(media("vbr.mp3").read_bytes())
    source = SampleTableCache(folder / "tables").source_for(str(path), scan(str(path)))
    engine.load(source, 20_000, play=True)
    ticks_past(qtbot, engine, 20_100)
    assert engine.plays_through_table


def test_frames_with_rubbish_between_them_play_on_through_a_table(
    qtbot: QtBot, engine: Engine, media: Callable[[str], Path], tmp_path: Path
) -> None:
    frames = tones.raw_frames(media("vbr.mp3"))
    path = tmp_path / "damaged.mp3"
    half = len(frames) // 2
    path.write_bytes(b"".join(frames[:half]) + bytes(range(256)) * 300 + b"".join(frames[half:]))
    table = scan(str(path))
    assert table.frame_count >= len(frames) - 1
    engine.load(SampleTableCache(tmp_path / "tables").source_for(str(path), table), LENGTH_MS // 2 - 200)
    ticks_past(qtbot, engine, LENGTH_MS // 2 + 200)
    assert engine.plays_through_table
