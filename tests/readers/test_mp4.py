import struct
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from player.readers.mp4 import read
from tests.builders import (
    Mark,
    ffmpeg,
    make_audio,
    png,
    write_chpl,
    write_mp4_tags,
    write_quicktime_track,
)

MARKS: list[Mark] = [(0, "Eins"), (1000, "Zwölf – 十二 🎉"), (2500, "Drei")]


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return make_audio(tmp_path_factory.mktemp("mp4") / "a.m4b", 4).read_bytes()


@pytest.fixture
def book(tmp_path: Path, recording: bytes) -> Path:
    path = tmp_path / "book.m4b"
    path.write_bytes(recording)
    return path


def marks(path: Path, which: int = 0) -> list[Mark]:
    return [(chapter.start_ms, chapter.title) for chapter in read(path).chapter_lists[which].chapters]


def sources(path: Path) -> list[str]:
    return [chapters.source for chapters in read(path).chapter_lists]


def test_recording_without_chapters_has_its_exact_length(book: Path) -> None:
    reading = read(book)
    assert (reading.container, reading.duration_ms, reading.chapter_lists, reading.notices) == ("mp4", 4000, (), ())


def test_nero_chapters_are_read(book: Path) -> None:
    write_chpl(book, MARKS)
    assert sources(book) == ["chpl"]
    assert marks(book) == MARKS


def test_chapter_track_written_by_ffmpeg_is_read(book: Path) -> None:
    write_quicktime_track(book, MARKS, 4000)
    assert sources(book) == ["quicktime-track"]
    assert marks(book) == MARKS
    assert [chapter.end_ms for chapter in read(book).chapter_lists[0].chapters] == [1000, 2500, 4000]


def test_chapter_track_of_a_mov_is_read(book: Path, tmp_path: Path) -> None:
    write_quicktime_track(book, MARKS, 4000)
    ffmpeg("-i", book, "-map", "0:a", "-c", "copy", "-f", "mov", tmp_path / "a.mov")
    assert marks(tmp_path / "a.mov") == MARKS


def test_longer_list_comes_first_and_both_are_kept(book: Path) -> None:
    many = [(row * 10, f"Chapter {row}") for row in range(300)]
    write_quicktime_track(book, many, 4000)
    write_chpl(book, many)
    assert sources(book) == ["quicktime-track", "chpl"]
    assert (len(marks(book)), len(marks(book, 1))) == (300, 255)


def test_shorter_track_comes_after_the_longer_nero_list(book: Path) -> None:
    write_quicktime_track(book, MARKS, 4000)
    write_chpl(book, [*MARKS, (3000, "Vier")])
    assert sources(book) == ["chpl", "quicktime-track"]


def test_tags_and_cover_are_read(book: Path) -> None:
    write_mp4_tags(book, nam="Title", ART=["One", "Two"], alb="Album", covr=[png()])
    reading = read(book)
    assert (reading.title, reading.author, reading.album) == ("Title", "One, Two", "Album")
    assert reading.cover is not None
    assert reading.cover.mime == "image/png"


def test_author_of_the_album_stands_in_for_a_missing_artist(book: Path) -> None:
    write_mp4_tags(book, aART="Author")
    assert read(book).author == "Author"


def test_damaged_track_leaves_the_other_list_and_the_sound(book: Path) -> None:
    write_quicktime_track(book, MARKS, 4000)
    write_chpl(book, MARKS[:2])
    raw = bytearray(book.read_bytes())
    text = raw.index(b"text", raw.index(b"moov"))
    sizes = raw.index(b"stsz", text)
    raw[sizes + 4 : sizes + 12] = b"\xff" * 8
    book.write_bytes(raw)
    reading = read(book)
    assert (reading.container, reading.duration_ms) == ("mp4", 4000)
    assert "chpl" in [chapters.source for chapters in reading.chapter_lists]


def test_atoms_nested_without_end_are_told_not_followed(tmp_path: Path) -> None:
    path = tmp_path / "deep.m4b"
    depth = 20_000
    path.write_bytes(
        struct.pack(">I4s", 16, b"ftyp")
        + b"M4B \0\0\0\0"
        + b"".join(struct.pack(">I4s", 8 * (depth - row), b"moov") for row in range(depth))
    )
    reading = read(path)
    assert reading.container == "mp4"
    assert [notice.code for notice in reading.notices] == ["structure-unreadable"]


def test_cut_recording_is_told(book: Path, recording: bytes) -> None:
    book.write_bytes(recording[: len(recording) // 2])
    reading = read(book)
    assert reading.duration_ms is None
    assert reading.notices


def test_broken_tags_leave_chapters_and_length(book: Path) -> None:
    write_mp4_tags(book, nam="Title")
    write_chpl(book, MARKS)
    raw = bytearray(book.read_bytes())
    ilst = raw.index(b"ilst")
    raw[ilst + 4 : ilst + 8] = b"\0\0\0\x09"
    book.write_bytes(raw)
    reading = read(book)
    assert reading.title is None


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_recording_with_some_bytes_changed_never_raises(data: st.DataObject, book: Path) -> None:
    raw = _changed(data, _chaptered(book))
    path = book.with_name("changed.m4b")
    path.write_bytes(raw)
    assert read(path).container == "mp4"


_made: dict[str, bytes] = {}


def _chaptered(book: Path) -> bytes:
    if not _made:
        write_quicktime_track(book, MARKS, 4000)
        write_mp4_tags(book, nam="Title")
        write_chpl(book, MARKS)
        _made["raw"] = book.read_bytes()
    return _made["raw"]


def _changed(data: st.DataObject, raw: bytes) -> bytes:
    changed = bytearray(raw)
    moov = changed.index(b"moov")
    for at in data.draw(st.lists(st.integers(moov, len(changed) - 1), min_size=1, max_size=8)):
        changed[at] = data.draw(st.integers(0, 255))
    return bytes(changed)
