"""What hostile titles and bytes cost, beside harmless ones of the same length in the same run.

Run by name: pytest tests/benchmarks/test_hostile.py --benchmark-only -s
"""

import contextlib
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from player.core.closing_word import is_closing
from player.core.cut_title import looks_cut
from player.core.errors import SourceError
from player.core.title_label import find_label
from player.readers.mp3_frames import scan
from tests.benchmarks.test_outline import best_ms
from tests.core import test_cut_title, test_label, test_word_label
from tests.readers.test_mp3_frames import FRAME, HOSTILE

TITLES = {**test_label.HOSTILE, **test_word_label.HOSTILE, **{title[:8]: title for title in test_cut_title.HOSTILE}}


def labels_and_endings(title: str) -> None:
    find_label(title)
    is_closing(title)
    looks_cut(title)


def frames(path: Path) -> None:
    with contextlib.suppress(SourceError):
        scan(str(path))


def tell(benchmark: BenchmarkFixture, name: str, floor_ms: float) -> None:
    taken_ms = benchmark.stats.stats.min * 1000
    benchmark.extra_info["times_the_floor"] = round(taken_ms / floor_ms, 1)
    print(f"\n{name}: {taken_ms:.2f} ms, {taken_ms / floor_ms:.1f} times a harmless one of its length")


@pytest.mark.parametrize("name", TITLES)
def test_a_hostile_title_beside_a_harmless_one(benchmark: BenchmarkFixture, name: str):
    title = TITLES[name]
    harmless = ("1.2 How models will think about time " * (len(title) // 37 + 1))[: len(title)]
    benchmark.pedantic(labels_and_endings, args=(title,), rounds=20, iterations=5)
    tell(benchmark, name, best_ms(labels_and_endings, harmless))


@pytest.mark.parametrize("data", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_bytes_beside_a_recording(benchmark: BenchmarkFixture, tmp_path: Path, data: bytes):
    hostile, recording = tmp_path / "hostile.mp3", tmp_path / "recording.mp3"
    hostile.write_bytes(data)
    recording.write_bytes((FRAME * (len(data) // len(FRAME) + 1))[: len(data)])
    benchmark.pedantic(frames, args=(hostile,), rounds=3, iterations=1)
    tell(benchmark, repr(data[:8]), best_ms(frames, recording))
