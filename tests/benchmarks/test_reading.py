"""From a six-hour file to its Reading: beside bare mutagen, in this process and through the child.

Run by name: ``python -m pytest tests/benchmarks/test_reading.py --benchmark-only``. For MP3 the floor is mutagen's tags
alone, while a Reading finds every frame too, which nothing else can tell the exact length from.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import mutagen
import pytest

from player.core.outline import build
from player.isolation.child import Child
from player.isolation.reading import read_isolated
from player.readers.source import read_source
from player.readers.text import read_text
from tests.builders import (
    SEED_PAGE,
    SEED_SECONDS,
    long_audio,
    seed_chapters,
    write_id3_chapters,
    write_quicktime_track,
    write_vorbis_chapters,
)

WRITERS: dict[str, Callable[..., None]] = {
    "mp3": write_id3_chapters,
    "m4b": write_quicktime_track,
    "opus": write_vorbis_chapters,
}


@pytest.fixture(scope="module")
def long_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("long")
    files = {}
    for suffix, write in WRITERS.items():
        files[suffix] = long_audio(folder / f"long.{suffix}", SEED_SECONDS)
        write(files[suffix], seed_chapters())
    return files


@pytest.fixture(scope="module")
def child() -> Iterator[Child]:
    with Child() as own:
        own.call(len, "")
        yield own


@pytest.mark.parametrize("suffix", WRITERS)
def test_floor_of_bare_mutagen(benchmark: Any, long_files: dict[str, Path], suffix: str) -> None:
    assert benchmark(mutagen.File, long_files[suffix]) is not None


@pytest.mark.parametrize("suffix", WRITERS)
def test_reading_in_this_process(benchmark: Any, long_files: dict[str, Path], suffix: str) -> None:
    assert len(benchmark(read_source, long_files[suffix]).chapter_lists[0].chapters) == 119


@pytest.mark.parametrize("suffix", WRITERS)
def test_reading_through_the_child(benchmark: Any, long_files: dict[str, Path], child: Child, suffix: str) -> None:
    assert len(benchmark(read_isolated, long_files[suffix], child).chapter_lists[0].chapters) == 119


def test_call_of_the_child_alone(benchmark: Any, child: Child) -> None:
    assert benchmark(child.call, len, "ab") == 2


def test_first_call_of_a_new_child(benchmark: Any) -> None:
    def first() -> int:
        with Child() as own:
            return own.call(len, "ab")

    assert benchmark(first) == 2


def test_page_of_the_seed_to_its_outline(benchmark: Any) -> None:
    page = SEED_PAGE.read_text(encoding="utf-8")
    outline = benchmark(lambda: build(read_text(page, 22_170_000).chapter_lists[0].chapters, 22_170_000))
    assert len(outline) == 119
