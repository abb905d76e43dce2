"""How long an outline takes to build, beside a floor measured in the same run: sorting and one match a title.

Garbage is looked for as the program does it; as Python does it by itself, a tenth and more comes on top.

Run by name: pytest tests/benchmarks/test_outline.py --benchmark-only -s
"""

import gc
import re
import time
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from player.app import collect_garbage
from player.core.chapter import Chapter
from player.core.outline import Outline, build

NUMBER = re.compile(r"([0-9]+(?:\.[0-9]+)*)\s+(.*)")
ROUNDS = 9
T = TypeVar("T")


@pytest.fixture(autouse=True, scope="module")
def garbage() -> Iterator[None]:
    before = gc.get_threshold()
    collect_garbage()
    yield
    gc.set_threshold(*before)
    gc.unfreeze()


def nested(count: int) -> list[Chapter]:
    """Chapters of a numbered outline four levels deep, ten to a branch."""
    chapters = []
    for row in range(count):
        parts = [row // 1000 + 1, row // 100 % 10, row // 10 % 10, row % 10]
        while len(parts) > 1 and parts[-1] == 0:
            parts.pop()
        number = ".".join(map(str, parts))
        chapters.append(Chapter(row * 1000, f"{number} How models will think about “time”, and why"))
    return chapters


def book(count: int) -> list[Chapter]:
    """Chapters of parts, twenty to each, which go on counting."""
    titles = (f"Part {row // 20 + 1}" if row % 20 == 0 else f"Chapter {row}: How models think" for row in range(count))
    return [Chapter(row * 1000, title) for row, title in enumerate(titles)]


def two_steps(count: int) -> list[Chapter]:
    """The dearest titles there are: two labels in each."""
    titles = (f"Part {row // 20 + 1}, Chapter {row + 1}: How models think" for row in range(count))
    return [Chapter(row * 1000, title) for row, title in enumerate(titles)]


def plain(count: int) -> list[Chapter]:
    """Titles without any label."""
    return [Chapter(row * 1000, f"How models will think about time {row}") for row in range(count)]


def floor(chapters: Sequence[Chapter]) -> list[re.Match[str] | None]:
    return [NUMBER.match(chapter.title) for chapter in sorted(chapters, key=lambda chapter: chapter.start_ms)]


def best_ms(work: Callable[[T], object], given: T) -> float:
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        work(given)
        times.append(time.perf_counter() - started)
    return min(times) * 1000


@pytest.mark.parametrize("make", [nested, book, two_steps, plain])
@pytest.mark.parametrize("count", [119, 10_000, 100_000])
def test_an_outline_beside_sorting_and_one_match_a_title(
    benchmark: BenchmarkFixture, make: Callable[[int], list[Chapter]], count: int
):
    chapters = make(count)
    floor_ms = best_ms(floor, chapters)
    outline: Outline = benchmark.pedantic(build, args=(chapters, count * 1000), rounds=ROUNDS, iterations=1)
    assert len(outline) == count
    assert outline.is_flat is (make in (plain, two_steps))  # no row of its own stands for a part
    built_ms = benchmark.stats.stats.min * 1000
    benchmark.extra_info["floor_ms"] = round(floor_ms, 2)
    benchmark.extra_info["times_the_floor"] = round(built_ms / floor_ms, 1)
    ratio = f"{built_ms / floor_ms:.1f} times the floor of {floor_ms:.1f} ms"
    print(f"\n{make.__name__}, {count:,} chapters: {built_ms:.1f} ms, {ratio}")
