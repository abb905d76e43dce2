"""What it costs to know a recording of some 180 MB by its sound: warm, and cold, once the system has forgotten it.

Run by name: ``python -m pytest tests/benchmarks/test_fingerprint.py --benchmark-only``. The floor is reading as many
bytes in sixteen places. Where the system cannot be asked to forget a file, the cold ones are skipped.
"""

import os
from pathlib import Path
from typing import Any

import pytest

from player.isolation.child import Child
from player.isolation.reading import fingerprint_isolated
from player.readers.payload import WINDOW, WINDOWS, stretch
from player.readers.source import read_fingerprint
from tests.builders import ffmpeg, long_audio

SECONDS = 44_000  # at 32 kbit/s
KINDS = (".mp3", ".m4b", ".opus", ".flac", ".mka")


@pytest.fixture(scope="module")
def large_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("large")
    files = {suffix: long_audio(folder / f"large{suffix}", SECONDS) for suffix in KINDS[:3]}
    files[".flac"] = folder / "large.flac"
    ffmpeg("-f", "lavfi", "-i", "anoisesrc=d=1100:r=48000:a=0.5", files[".flac"])
    files[".mka"] = folder / "large.mka"
    ffmpeg("-i", files[".opus"], "-c", "copy", files[".mka"])
    return files


def forget(path: Path) -> None:
    """Ask the system to drop what it keeps of the file."""
    if not hasattr(os, "posix_fadvise"):
        pytest.skip("the system cannot be asked to forget a file")
    with path.open("rb") as file:
        os.fsync(file.fileno())
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def read_windows(path: Path) -> int:
    with path.open("rb") as file:
        payload = stretch(file, 0, path.stat().st_size)
        return sum(map(len, payload.windows)) if payload else 0


def test_floor_of_reading_the_windows_alone(benchmark: Any, large_files: dict[str, Path]) -> None:
    assert benchmark(read_windows, large_files[".mp3"]) == WINDOW * WINDOWS


@pytest.mark.parametrize("suffix", KINDS)
def test_warm(benchmark: Any, large_files: dict[str, Path], suffix: str) -> None:
    benchmark.extra_info["megabytes"] = large_files[suffix].stat().st_size // 1_000_000
    assert benchmark(read_fingerprint, large_files[suffix])


@pytest.mark.parametrize("suffix", KINDS)
def test_cold(benchmark: Any, large_files: dict[str, Path], suffix: str) -> None:
    path = large_files[suffix]
    assert benchmark.pedantic(read_fingerprint, args=(path,), setup=lambda: forget(path), rounds=20)


def test_warm_through_the_child(benchmark: Any, large_files: dict[str, Path]) -> None:
    with Child() as child:
        child.call(len, "")
        assert benchmark(fingerprint_isolated, str(large_files[".mp3"]), child)
