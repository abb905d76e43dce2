import struct
from io import BytesIO
from pathlib import Path

import pytest
from mutagen.aiff import AIFF
from mutagen.id3 import CHAP, TIT2
from mutagen.wave import WAVE

from player.core.reading import Reading
from player.readers.chunk_audio import read_aiff, read_wav
from tests.builders import make_audio


def tagged(file: WAVE | AIFF) -> None:
    file.add_tags()
    assert file.tags is not None
    file.tags.add(TIT2(encoding=3, text="Title"))
    for number, start in enumerate((0, 1000)):
        title = TIT2(encoding=3, text=f"Part {number}")
        file.tags.add(CHAP(element_id=f"c{number}", start_time=start, end_time=start + 1000, sub_frames=[title]))
    file.save()


def check(reading: Reading, container: str) -> None:
    assert (reading.container, reading.title, reading.duration_ms) == (container, "Title", 3000)
    assert [chapter.title for chapter in reading.chapter_lists[0].chapters] == ["Part 0", "Part 1"]


def test_wav_has_length_tags_and_chapters(tmp_path: Path) -> None:
    path = make_audio(tmp_path / "a.wav", 3)
    assert (read_wav(path).duration_ms, read_wav(path).notices) == (3000, ())
    tagged(WAVE(path))
    check(read_wav(path), "wav")


def test_aiff_has_length_tags_and_chapters(tmp_path: Path) -> None:
    path = make_audio(tmp_path / "a.aiff", 3)
    assert (read_aiff(path).duration_ms, read_aiff(path).notices) == (3000, ())
    tagged(AIFF(path))
    check(read_aiff(path), "aiff")


@pytest.mark.parametrize("codec", ["pcm_u8", "pcm_s24le", "pcm_f32le", "pcm_alaw", "adpcm_ima_wav"])
def test_length_of_wav_is_right_in_every_coding(tmp_path: Path, codec: str) -> None:
    path = make_audio(tmp_path / "a.wav", 3, codec)
    assert read_wav(path).duration_ms == pytest.approx(3000, abs=60 if codec.startswith("adpcm") else 0)


def test_wav_of_the_large_kind_is_read(tmp_path: Path) -> None:
    path = make_audio(tmp_path / "a.wav", 3, None, "-rf64", "always")
    assert path.read_bytes()[:4] == b"RF64"
    assert read_wav(path).duration_ms == 3000


def test_stream_whose_size_was_never_written_is_as_long_as_it_is(tmp_path: Path) -> None:
    path = make_audio(tmp_path / "a.wav", 3)
    raw = bytearray(path.read_bytes())
    at = raw.index(b"data")
    raw[at + 4 : at + 8] = b"\xff" * 4
    path.write_bytes(raw)
    assert read_wav(path).duration_ms == 3000


@pytest.mark.parametrize("raw", [b"RIFF\0\0\0\0WAVE", b"RIFF\0\0\0\0WAVEfmt \x02\0\0\0\0\0", b"RIFF" + bytes(200)])
def test_broken_wav_is_told(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "a.wav").write_bytes(raw)
    reading = read_wav(tmp_path / "a.wav")
    assert (reading.container, reading.duration_ms) == ("wav", None)
    assert [notice.code for notice in reading.notices] == ["duration-unknown"]


def test_aiff_with_an_endless_rate_is_told(tmp_path: Path) -> None:
    comm = struct.pack(">hLhHQ", 1, 1000, 16, 0x7FFE, 2**64 - 1)
    out = BytesIO(b"FORM\0\0\0\0AIFFCOMM" + struct.pack(">L", len(comm)) + comm)
    (tmp_path / "a.aiff").write_bytes(out.getvalue())
    assert read_aiff(tmp_path / "a.aiff").duration_ms is None
