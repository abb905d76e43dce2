"""Media for the tests of the sound: the same tone in every kind that matters, made once a run."""

from collections.abc import Callable
from pathlib import Path

import pytest

from player.core.audio_source import AudioSource
from player.library.sample_table_cache import SampleTableCache
from player.playback.environment import prepare_environment
from player.readers.mp3_frames import scan
from tests import tones

prepare_environment()

LENGTH_S = 40
ENCODINGS: dict[str, tuple[str, ...]] = {
    "cbr.mp3": (*tones.MP3, "-b:a", "64k", "-id3v2_version", "3"),
    "vbr.mp3": (*tones.MP3, "-q:a", "6"),
    "plain.m4a": ("-c:a", "aac", "-b:a", "64k"),
    "plain.opus": ("-c:a", "libopus", "-b:a", "48k", "-application", "audio"),
    "plain.flac": ("-c:a", "flac"),
}


@pytest.fixture(scope="session")
def media(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The path of a test file by its name, made when first asked for."""
    directory = tmp_path_factory.mktemp("media")

    def made(name: str) -> Path:
        path = directory / name
        if not path.exists():
            if name == "noxing.mp3":
                tones.vbr_without_xing(path, LENGTH_S)
            else:
                tones.encode(path, LENGTH_S, *ENCODINGS[name])
        return path

    return made


@pytest.fixture(scope="session")
def table_source(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], AudioSource]:
    """The source of an MP3 with its sample table."""
    cache = SampleTableCache(tmp_path_factory.mktemp("tables"))
    return lambda path: cache.source_for(str(path), scan(str(path)))
