import struct
from pathlib import Path

import pytest

from player.readers.mp4 import read
from tests.builders import Mark, make_audio, write_chpl, write_raw_chpl


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return make_audio(tmp_path_factory.mktemp("mp4") / "a.m4b", 4).read_bytes()


@pytest.fixture
def book(tmp_path: Path, recording: bytes) -> Path:
    path = tmp_path / "book.m4b"
    path.write_bytes(recording)
    return path


def marks(path: Path) -> list[Mark]:
    return [(chapter.start_ms, chapter.title) for chapter in read(path).chapter_lists[0].chapters]


def test_nero_title_that_was_cut_within_a_letter_is_read(book: Path) -> None:
    write_chpl(book, [(0, "x" * 254 + "é"), (1000, "B")])
    assert marks(book) == [(0, "x" * 254), (1000, "B")]


@pytest.mark.parametrize(
    "payload",
    [
        b"\0\0\0\0\x02" + struct.pack(">QB", 0, 1) + b"A" + struct.pack(">QB", 10_000_000, 1) + b"B",
        b"\1\0\0\0\0\0\0\0\x09" + struct.pack(">QB", 0, 1) + b"A" + struct.pack(">QB", 10_000_000, 200) + b"B",
    ],
    ids=["version 0", "fewer entries than it counts, the last one cut"],
)
def test_odd_nero_chapters_are_read(book: Path, payload: bytes) -> None:
    write_raw_chpl(book, payload)
    assert marks(book) == [(0, "A"), (1000, "B")]


@pytest.mark.parametrize("payload", [b"", b"\1", b"\1\0\0\0\0\0\0\0\xff"])
def test_empty_nero_chapters_are_none(book: Path, payload: bytes) -> None:
    write_raw_chpl(book, payload)
    reading = read(book)
    assert (reading.chapter_lists, reading.duration_ms) == ((), 4000)
