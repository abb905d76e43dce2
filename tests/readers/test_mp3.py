from pathlib import Path

import pytest

from player.readers.mp3 import read, read_sound
from tests.builders import long_audio, make_audio, seed_chapters, write_id3_chapters, write_id3_tags

MARKS = [(0, "Eins"), (1000, "Zwölf – 十二"), (2500, "Drei")]


def test_recording_has_its_exact_length_tags_and_chapters(tmp_path: Path) -> None:
    path = make_audio(tmp_path / "a.mp3", 4)
    write_id3_tags(path, "Title", "Author", "Album")
    write_id3_chapters(path, MARKS, 4000)
    reading = read(path)
    assert (reading.container, reading.title, reading.author, reading.album) == ("mp3", "Title", "Author", "Album")
    assert reading.duration_ms == pytest.approx(4000, abs=1)
    assert reading.frame_table is not None
    assert reading.frame_table.duration_ms == reading.duration_ms
    assert [(chapter.start_ms, chapter.title) for chapter in reading.chapter_lists[0].chapters] == MARKS
    assert reading.notices == ()


def test_nested_tables_give_the_depths_they_were_written_with(tmp_path: Path) -> None:
    path = make_audio(tmp_path / "a.mp3", 4)
    marks = [(start, f"Part {start}") for start in (0, 500, 1000, 1500, 2000, 2500)]
    depths = [1, 2, 3, 2, 1, 2]
    write_id3_chapters(path, marks, 4000, depths)
    (chapters,) = read(path).chapter_lists
    assert [(chapter.start_ms, chapter.title) for chapter in chapters.chapters] == marks
    assert [chapter.depth for chapter in chapters.chapters] == depths


def test_seed_in_hours_of_sound_is_read_whole(tmp_path: Path) -> None:
    path = long_audio(tmp_path / "long.mp3", 22_170)
    write_id3_chapters(path, seed_chapters())
    reading = read(path)
    assert reading.duration_ms == 22_170_000
    assert [(c.start_ms, c.title) for c in reading.chapter_lists[0].chapters] == list(seed_chapters())


def test_broken_tag_leaves_the_sound(tmp_path: Path) -> None:
    path = make_audio(tmp_path / "a.mp3", 4, None, "-id3v2_version", "0", "-write_id3v1", "0")
    path.write_bytes(b"ID3\x04\0\x0f\0\0\0\x0a" + b"TIT2rubbis" + path.read_bytes())
    reading = read(path)
    assert reading.duration_ms == pytest.approx(4000, abs=1)
    assert [notice.code for notice in reading.notices] == ["tags-unreadable"]


def test_chapters_beyond_the_sound_are_told_even_when_none_is_left(tmp_path: Path) -> None:
    path = make_audio(tmp_path / "a.mp3", 1)
    write_id3_chapters(path, [(5000, "A"), (6000, "B")])
    reading = read(path)
    assert reading.chapter_lists == ()
    assert [notice.code for notice in reading.notices] == ["beyond-end"]


def test_file_without_frames_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.mp3"
    path.write_bytes(b"\xff\xfb" + bytes(5000))
    reading = read(path)
    assert (reading.container, reading.duration_ms, reading.frame_table) == ("mp3", None, None)
    assert [notice.code for notice in reading.notices] == ["frames-unreadable"]


def test_sound_alone_has_length_and_table_but_no_tags(tmp_path: Path) -> None:
    path = make_audio(tmp_path / "a.mp3", 4)
    write_id3_tags(path, "Title")
    reading = read_sound(path)
    assert (reading.title, reading.chapter_lists, reading.notices) == (None, (), ())
    assert reading.duration_ms == pytest.approx(4000, abs=1)
    assert reading.frame_table is not None
