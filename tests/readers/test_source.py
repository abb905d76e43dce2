import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from player.core.errors import NotAudioError, SourceError
from player.readers.source import read_sound, read_source
from tests.builders import SEED_PAGE, make_audio, write_id3_chapters, write_id3_tags


def test_path_may_be_text_or_path(tmp_path: Path) -> None:
    assert len(read_source(SEED_PAGE).chapter_lists[0].chapters) == 119
    assert len(read_source(str(SEED_PAGE)).chapter_lists[0].chapters) == 119


def test_protected_sound_is_refused_plainly(tmp_path: Path) -> None:
    (tmp_path / "book.aax").write_bytes(b"\0\0\0\x18ftypaax \0\0\0\0" + bytes(100))
    with pytest.raises(NotAudioError, match="protected"):
        read_source(tmp_path / "book.aax")


@pytest.mark.parametrize(
    "raw", [b"", bytes(3000), b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, b"PK\x03\x04" + bytes(300)]
)
def test_what_is_neither_sound_nor_text_is_refused_in_a_sentence(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "a.bin").write_bytes(raw)
    with pytest.raises(SourceError, match=r"^[A-Z][^\n]*\.$"):
        read_source(tmp_path / "a.bin")


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="everything may be read here")
def test_file_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.mp3").write_bytes(b"x")
    (tmp_path / "a.mp3").chmod(0)
    with pytest.raises(SourceError, match="permission denied"):
        read_source(tmp_path / "a.mp3")


@pytest.mark.skipif(sys.platform != "linux", reason="names are text elsewhere")
def test_name_that_is_no_unicode_is_read(tmp_path: Path) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.mp3")
    make_audio(tmp_path / "a.mp3", 1).rename(path)
    assert read_source(path).container == "mp3"


def test_sound_alone_has_no_tags(tmp_path: Path) -> None:
    path = make_audio(tmp_path / "a.mp3", 1)
    write_id3_tags(path, "Title")
    write_id3_chapters(path, [(0, "A"), (500, "B")])
    reading = read_sound(path)
    assert (reading.container, reading.title, reading.chapter_lists) == ("mp3", None, ())


def test_sound_alone_of_a_text_is_refused() -> None:
    with pytest.raises(NotAudioError):
        read_sound(SEED_PAGE)


STARTS = [
    *(b"", b"ID3\x04\0\0\0\0\0\x40", b"ID3\x03\0\x80\0\0\0\x40", b"\xff\xfb\x90\0", b"\xff\xf1\x50\x80"),
    *(b"\0\0\0\x10ftypM4B ", b"\0\0\0\x40moov", b"OggS", b"fLaC\0\0\0\x22", b"RIFF\0\0\0\0WAVEfmt "),
    *(b"FORM\0\0\0\0AIFFCOMM", b"\x1aE\xdf\xa3", b"wvpk", b"MAC ", b"MPCK", b"MP+", b"TTA1", b"#!AMR", b"\x0b\x77"),
    *(bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c"), b'{"chapters":', b"[", b"0:00 A\n1:00 "),
]


@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    start=st.sampled_from(STARTS),
    rest=st.binary(max_size=400),
    suffix=st.sampled_from([".mp3", ".m4b", ".txt", ".json", ""]),
)
def test_random_bytes_behind_any_beginning_give_a_reading_or_a_sentence(
    tmp_path: Path, start: bytes, rest: bytes, suffix: str
) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(start + rest)
    for read in (read_source, read_sound):
        try:
            read(path)
        except SourceError:
            continue


def test_length_that_no_sound_can_have_is_not_believed(tmp_path: Path) -> None:
    path = make_audio(tmp_path / "a.opus", 1)
    raw = bytearray(path.read_bytes())
    last = raw.rindex(b"OggS")
    raw[last + 6 : last + 14] = (2**62).to_bytes(8, "little")  # the granule position, from which the length is told
    path.write_bytes(raw)
    reading = read_source(path)
    assert (reading.container, reading.duration_ms) == ("ogg", None)
    assert "duration-unknown" in [notice.code for notice in reading.notices]
