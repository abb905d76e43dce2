import struct
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from player.core.errors import NotAudioError, SourceError
from player.isolation import reading as module
from player.isolation.child import Child, LimitError
from player.isolation.reading import read_isolated, read_text_isolated, shared_child
from player.readers.source import read_source
from tests.builders import SEED_PAGE, cue_sheet, make_audio, png, write_id3_chapters, write_id3_tags, write_mp4_tags
from tests.isolation import work


@pytest.fixture(scope="module")
def child() -> Iterator[Child]:
    with Child() as own:
        yield own


@pytest.mark.parametrize("name", ["a.mp3", "a.m4b", "a.opus", "a.wav"])
def test_reading_through_the_child_is_that_of_the_reader(child: Child, tmp_path: Path, name: str) -> None:
    path = make_audio(tmp_path / name, 2)
    if name == "a.mp3":
        write_id3_tags(path, "Title", cover=png())
        write_id3_chapters(path, [(0, "A"), (1000, "B")])
    if name == "a.m4b":
        write_mp4_tags(path, nam="Title")
    assert read_isolated(path, child) == read_source(path)


def test_text_is_read_through_the_child(child: Child) -> None:
    reading = read_text_isolated(SEED_PAGE.read_text(encoding="utf-8"), 22_170_000, child)
    assert len(reading.chapter_lists[0].chapters) == 119


def test_readers_are_loaded_in_the_child_only(child: Child, tmp_path: Path) -> None:
    read_isolated(make_audio(tmp_path / "a.mp3", 1), child)
    modules = child.call(work.loaded_modules)
    assert "player.readers.mp3" in modules
    assert not [
        name for name in modules if name.startswith(("PySide6", "player.ui", "player.playback", "player.library"))
    ]


@pytest.mark.parametrize("name", ["missing.mp3", "a\0b.mp3", ""])
def test_what_cannot_be_read_is_told_in_a_sentence(child: Child, name: str) -> None:
    with pytest.raises(SourceError, match=r"\.$"):
        read_isolated(name, child)


def test_shared_child_is_one() -> None:
    assert shared_child() is shared_child()


def bomb(frames: int = 3, size: int = 150_000_000) -> bytes:
    """An ID3 tag of compressed pictures that grow a thousandfold."""
    packed = zlib.compress(b"\x03image/png\0\x03\0" + bytes(size), 9)
    frame = b"APIC" + struct.pack(">IH", len(packed) + 4, 0x0080) + struct.pack(">I", size) + packed
    body = frame * frames
    digits = [len(body) >> shift & 0x7F for shift in (21, 14, 7, 0)]
    return b"ID3\x03\0\0" + bytes(digits) + body


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
def test_tag_that_grows_without_end_costs_the_tag_not_the_sound(child: Child, tmp_path: Path) -> None:
    path = make_audio(tmp_path / "a.mp3", 2)
    path.write_bytes(bomb() + path.read_bytes())
    reading = read_isolated(path, child)
    assert reading.container == "mp3"
    assert reading.duration_ms == pytest.approx(2000, abs=1)
    assert reading.notices


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
def test_tags_that_take_too_long_are_left_out_with_a_notice(
    child: Child, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_audio(tmp_path / "a.mp3", 2)
    monkeypatch.setattr(module, "_read_source", work.compute_in_c_for)
    monkeypatch.setattr(module, "CPU_S", 0.5)
    reading = read_isolated(path, child)
    assert reading.duration_ms == pytest.approx(2000, abs=1)
    (notice,) = reading.notices
    assert notice == ("tags-too-much", "Reading this took too long, so it was stopped. The sound plays without tags.")


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
def test_text_that_takes_too_long_is_told(child: Child, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("0:00 A", encoding="utf-8")
    monkeypatch.setattr(module, "_read_source", work.compute_in_c_for)
    monkeypatch.setattr(module, "CPU_S", 0.5)
    with pytest.raises(LimitError, match="took too long"):
        read_isolated(tmp_path / "a.txt", child)


def test_chapters_beside_a_sound_come_before_its_own(child: Child, tmp_path: Path) -> None:
    path = make_audio(tmp_path / "a.mp3", 2)
    write_id3_tags(path, "Title")
    write_id3_chapters(path, [(0, "A"), (500, "B"), (1000, "C")])
    (tmp_path / "a.cue").write_text(
        'TITLE "Other"\nPERFORMER "Author"\n' + cue_sheet([(0, "One"), (1000, "Two")]), encoding="utf-8"
    )
    reading = read_isolated(path, child)
    assert [chapters.source for chapters in reading.chapter_lists] == ["cue:a.cue", "id3"]
    assert (reading.title, reading.author) == ("Title", "Author")


def test_files_beside_a_file_of_chapters_are_not_its_own(child: Child, tmp_path: Path) -> None:
    for name in ("a.txt", "a.cue"):
        (tmp_path / name).write_text(cue_sheet([(0, "One"), (1000, "Two")]), encoding="utf-8")
    assert [chapters.source for chapters in read_isolated(tmp_path / "a.txt", child).chapter_lists] == ["cue"]


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
def test_file_beside_a_sound_that_takes_too_long_costs_only_itself(
    child: Child, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_audio(tmp_path / "a.mp3", 2)
    write_id3_chapters(path, [(0, "A"), (1000, "B")])
    monkeypatch.setattr(module, "_read_beside", work.compute_beside)
    monkeypatch.setattr(module, "CPU_S_BESIDE", 0.5)
    reading = read_isolated(path, child)
    assert [chapters.source for chapters in reading.chapter_lists] == ["id3"]
    (notice,) = reading.notices
    assert notice.code == "sidecars-too-much"
    assert notice.message.endswith("The files of chapters beside the sound were left out.")


def test_protected_sound_is_refused_through_the_child(child: Child, tmp_path: Path) -> None:
    (tmp_path / "a.aax").write_bytes(b"\0\0\0\x18ftypaax " + bytes(100))
    with pytest.raises(NotAudioError):
        read_isolated(tmp_path / "a.aax", child)
