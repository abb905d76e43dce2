"""How fast the library is, beside what a bare SQLite does in the same run. Run by name:

python -m pytest tests/benchmarks/test_library.py --benchmark-only -s
"""

import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from player.core.chapter import Chapter, ChapterList
from player.core.coverage import Coverage
from player.library import intake
from player.library.connection import connect_to_write, transaction
from player.library.journal import Journal
from player.library.journal_line import Line
from player.library.library import Library
from player.library.row import write_heard, write_place
from tests.library.shelf import file_of, make_reading, put_file

Benchmark = Callable[..., Any]

EPISODES = 10_000
WRITES = 500


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "data") as library:
        yield library


@pytest.fixture(scope="module")
def full_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of 10,000 episodes, each with a place and something heard."""
    folder = tmp_path_factory.mktemp("full")
    heard = Coverage(tuple((start, start + 60_000) for start in range(0, 1_200_000, 120_000)))
    with closing(connect_to_write(folder / "library.db")) as db, transaction(db):
        for number in range(1, EPISODES + 1):
            db.execute(
                "INSERT INTO episode (id, uid, title, author, added_at_ms) VALUES (?, ?, ?, 'An author', 0)",
                (number, str(number), f"Episode {number}: what was said and what was not"),
            )
            db.execute(
                "INSERT INTO file (id, episode, position, path, duration_ms, container, size, mtime_ns, uid) "
                "VALUES (?, ?, 0, ?, 3600000, 'mp3', 1, 1, ?)",
                (number, number, f"/home/ada/podcasts/episode-{number}.mp3".encode(), str(number)),
            )
            write_place(db, number, number, number, device="device")
            write_heard(db, number, heard, device="device", adds=False)
    return folder


def median_ms(work: Callable[[int], object], times: int = WRITES) -> float:
    taken = []
    for number in range(times):
        started = time.perf_counter()
        work(number)
        taken.append((time.perf_counter() - started) * 1_000)
    return statistics.median(taken)


def test_a_durable_place_beside_a_bare_write(benchmark: Benchmark, library: Library, tmp_path: Path) -> None:
    episode = intake.add(library, str(put_file(tmp_path / "talk.mp3")), make_reading(), 0)
    file = file_of(library, episode)
    with closing(sqlite3.connect(tmp_path / "bare.db", isolation_level=None)) as bare:
        bare.execute("PRAGMA journal_mode = WAL")
        bare.execute("PRAGMA synchronous = FULL")
        bare.execute("CREATE TABLE place (episode INTEGER PRIMARY KEY, ms INTEGER)")
        floor = median_ms(lambda ms: bare.execute("INSERT OR REPLACE INTO place VALUES (1, ?)", (ms,)))
    journal = Journal(tmp_path / "journal")
    journal.follow()
    journal.begin_segment(2)
    line = Line("place", {"file": "0" * 32, "ms": 9_356_000, "saved_at_ms": 0, "seq": 1, "device": "0" * 32})
    noted = median_ms(lambda _: (journal.follow(), journal.add([line])))
    synced = median_ms(lambda _: (journal.add([line]), journal.sync()))
    journal.close()
    acknowledged = median_ms(lambda ms: library.save_place(episode, file, ms, ms).result())
    waited = median_ms(lambda ms: library.save_place(episode, file, ms, ms))
    assert library.flush(10)
    benchmark.pedantic(
        lambda: library.save_place(episode, file, 1, 1).result(),
        rounds=WRITES,
        iterations=1,
        warmup_rounds=5,
    )
    print(
        f"\ndurable place {acknowledged:.3f} ms, bare SQLite {floor:.3f} ms, ratio {acknowledged / floor:.2f}; "
        f"of it the journal's lines {noted:.3f} ms ({synced:.3f} ms when they are synced, every 2 s); "
        f"the window waits {waited * 1_000:.0f} µs"
    )


def test_ten_thousand_episodes_beside_the_bare_query(benchmark: Benchmark, full_folder: Path) -> None:
    with closing(sqlite3.connect(full_folder / "library.db")) as bare:
        query = (
            "SELECT * FROM episode JOIN file ON file.episode = episode.id "
            "LEFT JOIN place ON place.file = file.id LEFT JOIN heard ON heard.file = file.id"
        )
        floor = median_ms(lambda _: bare.execute(query).fetchall(), 10)
    with Library.open(full_folder) as library:
        assert len(library.episodes()) == EPISODES
        taken = median_ms(lambda _: library.episodes(), 10)
        benchmark.pedantic(library.episodes, rounds=10, iterations=1)
    print(f"\n{EPISODES} episodes {taken:.1f} ms, bare query {floor:.1f} ms, ratio {taken / floor:.2f}")


def test_opening_a_full_library(benchmark: Benchmark, full_folder: Path) -> None:
    def open_and_close() -> None:
        Library.open(full_folder).close()

    benchmark.pedantic(open_and_close, rounds=10, iterations=1)


def test_reading_one_long_episode(benchmark: Benchmark, library: Library, tmp_path: Path) -> None:
    chapters = tuple(Chapter(number * 1_000, f"{number}. A title of usual length") for number in range(10_000))
    reading = make_reading(chapter_lists=(ChapterList("id3", chapters),))
    episode = intake.add(library, str(put_file(tmp_path / "long.mp3")), reading, 0)
    benchmark.pedantic(lambda: library.episode(episode), rounds=10, iterations=1)
