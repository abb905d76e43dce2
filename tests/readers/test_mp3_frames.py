"""Frames are built by hand here, so that every trap has its own bytes; one real encoding checks the whole."""

import contextlib
import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from player.core.errors import SourceError
from player.core.frame_table import FrameTable
from player.readers.mp3_frames import scan
from tests import tones

# 128 kbit/s at 44.1 kHz, stereo, MPEG-1 layer III: 417 bytes; with the padding bit 418
FRAME = b"\xff\xfb\x90\x64" + bytes(413)
PADDED = b"\xff\xfb\x92\x64" + bytes(414)
SLOW = b"\xff\xfb\x50\x64" + bytes(205)  # 64 kbit/s: 208 bytes and a fraction
MPEG2 = b"\xff\xf3\x80\x64" + bytes(204)  # 64 kbit/s at 22.05 kHz: 208 bytes
MPEG25_MONO = b"\xff\xe3\x40\xc4" + bytes(204)  # 32 kbit/s at 11.025 kHz: 208 bytes
MPEG2_MONO = b"\xff\xf3\x80\xc4" + bytes(204)
ID3V1 = b"TAG" + bytes(125)
SLOW_SIZE = 208


def id3(size: int, content: bytes = b"") -> bytes:
    syncsafe = bytes((size >> shift) & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x03\x00\x00" + syncsafe + content.ljust(size, b"\0")


def ape(with_header: bool) -> bytes:
    def block(flags: int) -> bytes:
        return b"APETAGEX" + b"".join(n.to_bytes(4, "little") for n in (2000, 32 + 40, 1, flags)) + bytes(8)

    item = b"x" * 40
    return (block(0xA0000000) if with_header else b"") + item + block(0x80000000 if with_header else 0)


def lyrics3v2() -> bytes:
    body = b"LYRICSBEGIN" + b"IND0000200" + b"LYR00010words words"
    return body + f"{len(body):06}".encode() + b"LYRICS200"


def lyrics3v1() -> bytes:
    return b"LYRICSBEGIN" + b"la la" * 20 + b"LYRICSEND"


def xing(frames: int, delay: int = 0, padding: int = 0, kind: bytes = b"Info", encoder: bytes = b"LAME3.100") -> bytes:
    side_info = bytes(32)
    head = kind + (0xF).to_bytes(4, "big") + frames.to_bytes(4, "big") + bytes(4 + 100 + 4)
    lame = encoder.ljust(9, b"\0") + bytes(12) + (delay << 12 | padding).to_bytes(3, "big")
    return (b"\xff\xfb\x90\x64" + side_info + head + lame).ljust(len(FRAME), b"\0")


def scanned(tmp_path: Path, data: bytes) -> FrameTable:
    path = tmp_path / "file.mp3"
    path.write_bytes(data)
    return scan(str(path))


def sizes(table: FrameTable) -> list[int]:
    return [int.from_bytes(table.sizes[at : at + 2], "little") for at in range(0, len(table.sizes), 2)]


def test_frames_of_changing_size_are_found_in_order(tmp_path: Path) -> None:
    slow = SLOW[:SLOW_SIZE]
    table = scanned(tmp_path, FRAME + PADDED + slow + FRAME)
    assert sizes(table) == [417, 418, 208, 417]
    assert table.runs == ((0, 4),)
    assert (table.sample_rate, table.samples_per_frame, table.channels, table.is_mpeg1) == (44_100, 1152, 2, True)
    assert table.duration_ms == -(-4 * 1152 * 1000 // 44_100)


@pytest.mark.parametrize(
    ("frame", "rate", "channels"), [(MPEG2, 22_050, 2), (MPEG25_MONO, 11_025, 1), (MPEG2_MONO, 22_050, 1)]
)
def test_mpeg_2_and_2_5_have_half_the_samples(tmp_path: Path, frame: bytes, rate: int, channels: int) -> None:
    table = scanned(tmp_path, frame * 5)
    assert (table.sample_rate, table.samples_per_frame, table.channels) == (rate, 576, channels)
    assert not table.is_mpeg1
    assert table.frame_count == 5


@pytest.mark.parametrize(
    "front", [b"", id3(500), id3(500) + id3(3), ape(True) + id3(9), id3(20) + bytes(999), bytes(70)]
)
@pytest.mark.parametrize(
    "back", [b"", ID3V1, ape(True), ape(False), ape(True) + ID3V1, lyrics3v2() + ID3V1, lyrics3v1() + ID3V1, b"junk"]
)
def test_tags_in_front_and_behind_are_no_frames(tmp_path: Path, front: bytes, back: bytes) -> None:
    table = scanned(tmp_path, front + FRAME * 6 + back)
    assert sizes(table) == [417] * 6
    assert table.runs == ((len(front), 6),)


def test_frames_inside_a_tag_are_not_sound(tmp_path: Path) -> None:
    front = id3(6_000, FRAME * 9)
    assert scanned(tmp_path, front + FRAME * 6).runs == ((len(front), 6),)


def test_a_tag_in_the_middle_of_joined_files_is_skipped_with_the_frames_in_it(tmp_path: Path) -> None:
    middle = id3(6_000, b"xx" + FRAME * 9)
    table = scanned(tmp_path, FRAME * 6 + ID3V1 + middle + FRAME * 7)
    assert table.runs == ((0, 6), (6 * 417 + 128 + len(middle), 7))


def test_a_large_tag_reaching_over_many_chunks_is_skipped(tmp_path: Path) -> None:
    front = id3(3_000_000, FRAME * 2_000)
    assert scanned(tmp_path, front + FRAME * 6).runs == ((len(front), 6),)


def test_frames_across_chunks_are_one_run(tmp_path: Path) -> None:
    table = scanned(tmp_path, (FRAME + PADDED) * 4_000)
    assert table.runs == ((0, 8_000),)
    assert sizes(table) == [417, 418] * 4_000


def test_rubbish_in_the_middle_is_stepped_over(tmp_path: Path) -> None:
    rubbish = bytes(range(256)) * 5 + b"\xff\xfb\x90\x64" + b"nothing follows"
    table = scanned(tmp_path, FRAME * 5 + rubbish + PADDED * 5)
    assert table.frame_count in (9, 10)  # the frame before the rubbish may be counted or not
    assert table.runs[-1] == (5 * 417 + len(rubbish), 5)


def test_a_cut_last_frame_does_not_count(tmp_path: Path) -> None:
    assert scanned(tmp_path, FRAME * 5 + FRAME[:200]).frame_count == 5
    assert scanned(tmp_path, FRAME * 5 + FRAME[:200] + ID3V1).frame_count == 5
    assert scanned(tmp_path, FRAME * 5 + FRAME[:3]).frame_count == 5


def test_one_and_two_frames_are_sound_too(tmp_path: Path) -> None:
    assert scanned(tmp_path, FRAME).frame_count == 1
    assert scanned(tmp_path, id3(9) + FRAME * 2).frame_count == 2


@pytest.mark.parametrize("kind", [b"Xing", b"Info"])
def test_the_frame_that_tells_of_the_encoding_is_no_sound_but_tells_its_delay(tmp_path: Path, kind: bytes) -> None:
    table = scanned(tmp_path, xing(10, 576, 1_000, kind) + FRAME * 10)
    assert table.frame_count == 10
    assert table.runs == ((417, 10),)
    assert (table.delay_samples, table.padding_samples) == (576, 1_000)
    assert table.first_sample == 1_105
    assert table.played_samples == 10 * 1152 - 576 - 1_000


def test_padding_is_not_cut_from_a_file_that_lacks_its_end(tmp_path: Path) -> None:
    table = scanned(tmp_path, xing(10, 576, 1_000) + FRAME * 7)
    assert table.padding_samples == 0
    assert table.played_samples == 7 * 1152 - 1_105


def test_a_delay_is_believed_only_of_encoders_that_write_it(tmp_path: Path) -> None:
    table = scanned(tmp_path, xing(10, 576, 1_000, encoder=b"Else") + FRAME * 10)
    assert (table.delay_samples, table.first_sample) == (0, 0)


def test_a_vbri_frame_is_no_sound(tmp_path: Path) -> None:
    vbri = (b"\xff\xfb\x90\x64" + bytes(32) + b"VBRI" + bytes(22)).ljust(417, b"\0")
    assert scanned(tmp_path, vbri + FRAME * 4).runs == ((417, 4),)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff",
        b"ID3",
        id3(2_000_000)[:100],
        ID3V1,
        bytes(10_000),
        b"text " * 1_000,
        b"\xff\xfd\x90\x64" * 2_000,  # layer II
        (b"\xff\xfb\x00\x64" + bytes(413)) * 20,  # free format
        b"\xff\xf1\x50\x80\x02\x1f\xfc" * 500,  # ADTS
    ],
)
def test_what_holds_no_frames_is_one_sentence(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(SourceError) as caught:
        scanned(tmp_path, data)
    assert str(caught.value).endswith(".")


HOSTILE = [
    b"\xff\xfb\x90\x64" * 2_000_000,
    b"ID3\x03\0\0\0\0\0\0" * 500_000,
    b"\xff" * 8_000_000,
    FRAME * 3 + b"\xff\xfb\x90\x64\0" * 1_500_000,
    b"APETAGEX" * 500_000,
    FRAME * 3 + b"ID3" * 2_000_000,
    b"x".join([b"ID3\x03\0\0\0\0\0\0"] * 500_000),
]


@pytest.mark.parametrize("data", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_bytes_come_to_an_end(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "hostile.mp3"
    path.write_bytes(data)
    found = []
    with contextlib.suppress(SourceError):
        found.append(scan(str(path)).frame_count)
    assert found in ([], [3])  # nothing, or the frames before the rest


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                [FRAME, PADDED, MPEG2, ID3V1, id3(40), id3(700, FRAME), xing(5, 576, 9), ape(True), b"\xff"]
            ),
            st.binary(max_size=700),
        ),
        max_size=12,
    )
)
def test_any_bytes_give_a_table_inside_the_file_or_a_sentence(tmp_path: Path, parts: list[bytes]) -> None:
    data = b"".join(parts)
    try:
        table = scanned(tmp_path, data)
    except SourceError:
        return
    each = iter(sizes(table))
    for offset, count in table.runs:
        assert count > 0
        at = offset
        for _ in range(count):
            assert data[at] == 0xFF
            at += next(each)
        assert at <= len(data)
    assert next(each, None) is None


def test_a_real_encoding_has_its_exact_duration(tmp_path: Path) -> None:
    path = tones.encode(tmp_path / "tone.mp3", 7.5, "-c:a", "libmp3lame", "-q:a", "5")
    assert scan(str(path)).duration_ms == 7_500


def test_without_a_xing_frame_the_duration_is_that_of_the_frames(tmp_path: Path) -> None:
    path = tones.encode(tmp_path / "tone.mp3", 7.5, "-c:a", "libmp3lame", "-q:a", "5", "-write_xing", "0")
    decoded = subprocess.run(
        ["ffmpeg", "-v", "error", "-i", str(path), "-f", "s16le", "-"], capture_output=True, check=True, timeout=60
    )
    assert scan(str(path)).duration_ms == -(-len(decoded.stdout) // 2 * 1000 // 44_100)


def test_only_regular_files_are_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.mp3")
    for path in (tmp_path / "pipe.mp3", tmp_path, tmp_path / "missing.mp3"):
        with pytest.raises(SourceError):
            scan(str(path))
