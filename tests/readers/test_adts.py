from pathlib import Path

import pytest

from player.readers.adts import read
from tests.builders import AAC_FRAME, RATE, make_audio, write_id3_chapters, write_id3_tags

MARKS = [(0, "A"), (1000, "B")]


def frames_ms(path: Path) -> int:
    """The length by counting what no bit rate can tell: the frames, each found by the size in its header."""
    raw, at, frames = path.read_bytes(), 0, 0
    while at + 7 <= len(raw):
        at += int.from_bytes(raw[at + 3 : at + 6], "big") >> 5 & 0x1FFF
        frames += 1
    return -(-frames * AAC_FRAME * 1000 // RATE)


def test_length_is_counted_frame_by_frame(tmp_path: Path) -> None:
    path = make_audio(tmp_path / "a.aac", 3)
    assert read(path).duration_ms == frames_ms(path) == pytest.approx(3000, abs=45)


def test_tags_and_chapters_in_front_are_read(tmp_path: Path) -> None:
    path = make_audio(tmp_path / "a.aac", 3)
    length = read(path).duration_ms
    write_id3_tags(path, "Title", "Author")
    write_id3_chapters(path, MARKS)
    reading = read(path)
    assert (reading.container, reading.title, reading.duration_ms) == ("aac", "Title", length)
    assert [(c.start_ms, c.title) for c in reading.chapter_lists[0].chapters] == MARKS


def test_cut_last_frame_is_not_counted(tmp_path: Path) -> None:
    path = make_audio(tmp_path / "a.aac", 3)
    whole = read(path).duration_ms
    path.write_bytes(path.read_bytes()[:-1])
    assert whole is not None
    assert read(path).duration_ms == pytest.approx(whole - 21, abs=1)


def test_file_without_frames_has_no_length(tmp_path: Path) -> None:
    path = tmp_path / "a.aac"
    path.write_bytes(b"\xff\xf1" + bytes(100))
    assert read(path).duration_ms is None
