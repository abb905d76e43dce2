import subprocess
from pathlib import Path

import pytest

from player.core.frame_table import FrameTable
from player.core.sample_table import STEP, SYNC_POINTS, header_bytes, list_text, sync_offsets
from player.readers.mp3_frames import scan
from tests import tones


def table(*runs: tuple[int, int], is_mpeg1: bool = True, size: int = 100) -> FrameTable:
    frames = sum(count for _, count in runs)
    return FrameTable(44_100, 1152, 2, is_mpeg1, size.to_bytes(2, "little") * frames, runs, 576, 600, 10_000_000, 1)


def boxes(data: bytes) -> dict[str, bytes]:
    """The boxes of an MP4 by their path, leaves only."""
    found: dict[str, bytes] = {}

    def walk(content: bytes, path: str) -> None:
        at = 0
        while at < len(content):
            size = int.from_bytes(content[at : at + 4], "big")
            name = path + content[at + 4 : at + 8].decode()
            if size == 1:
                found[name] = content[at + 8 : at + 16]
                return
            body = content[at + 8 : at + size]
            if name.rsplit("/", 1)[-1] in ("moov", "trak", "edts", "mdia", "minf", "dinf", "stbl"):
                walk(body, name + "/")
            else:
                found[name] = body
            at += size

    walk(data, "")
    return found


def number(raw: bytes, at: int, size: int = 4) -> int:
    return int.from_bytes(raw[at : at + size], "big")


STBL = "moov/trak/mdia/minf/stbl/"


def test_every_frame_is_one_sample_and_every_run_one_chunk() -> None:
    made = table((500, 3), (5_000, 7), (9_000, 7))
    header = header_bytes(made)
    found = boxes(header)
    stsz, co64, stsc = found[STBL + "stsz"], found[STBL + "co64"], found[STBL + "stsc"]
    assert (number(stsz, 8), number(stsz, 12)) == (17, 100)
    assert [number(co64, 8 + 8 * index, 8) - len(header) for index in range(number(co64, 4))] == [500, 5_000, 9_000]
    entries = [tuple(number(stsc, 8 + 12 * index + 4 * part) for part in range(3)) for index in range(number(stsc, 4))]
    assert entries == [(1, 3, 1), (2, 7, 1)]
    assert found["mdat"] == (16 + made.file_size).to_bytes(8, "big")


def test_the_edit_starts_behind_the_delay_and_lasts_as_long_as_what_is_heard() -> None:
    made = table((0, 1_000))
    edit = boxes(header_bytes(made))["moov/trak/edts/elst"]
    assert (number(edit, 4), number(edit, 8, 8), number(edit, 16, 8)) == (1, made.played_samples, 1_105)


@pytest.mark.parametrize(("is_mpeg1", "object_type"), [(True, 0x6B), (False, 0x69)])
def test_the_kind_of_mpeg_is_told(is_mpeg1: bool, object_type: int) -> None:
    entry = boxes(header_bytes(table((0, 9), is_mpeg1=is_mpeg1)))[STBL + "stsd"]
    config = entry.index(b"\x04\x0d")
    assert entry[config + 2 : config + 4] == bytes([object_type, 0x15])


def test_the_header_of_an_hour_is_about_half_a_megabyte() -> None:
    frames = 3_600 * 44_100 // 1152
    assert len(header_bytes(table((0, frames)))) < 560_000


def test_sync_points_are_spread_over_all_runs_from_the_first_to_the_last_frame() -> None:
    offsets = sync_offsets(table((1_000, 50), (20_000, 50)))
    assert len(offsets) == SYNC_POINTS
    assert offsets[0] == 1_000
    assert offsets[-1] == 20_000 + 49 * 100
    assert all((offset - (1_000 if offset < 20_000 else 20_000)) % 100 == 0 for offset in offsets)


@pytest.mark.parametrize("frames", [0, 1, 2, 15, 16, 17])
def test_short_files_have_fewer_sync_points(frames: int) -> None:
    assert len(sync_offsets(table((7, frames)))) == min(frames, SYNC_POINTS)


def test_frames_of_a_long_file_lie_where_their_sizes_say() -> None:
    count = 2 * STEP + 500
    sizes = b"".join((100 + frame % 300).to_bytes(2, "little") for frame in range(count))
    made = FrameTable(44_100, 1152, 2, True, sizes, ((40, STEP + 7), (9_000_000, count - STEP - 7)), 0, 0, 10**8, 1)
    starts, at = [], 40
    for frame in range(count):
        at = 9_000_000 if frame == STEP + 7 else at
        starts.append(at)
        at += 100 + frame % 300
    offsets = sync_offsets(made)
    assert offsets == tuple(starts[index * (count - 1) // (SYNC_POINTS - 1)] for index in range(SYNC_POINTS))
    stsz = boxes(header_bytes(made))[STBL + "stsz"]
    assert [number(stsz, 12 + 4 * frame) for frame in (0, 299, count - 1)] == [100, 399, 100 + (count - 1) % 300]


def test_paths_in_the_list_are_quoted() -> None:
    assert list_text(b"/c/x.head", b"/m/it's \xe9.mp3") == b"'/c/x.head'\n'/m/it'\\''s \xe9.mp3'\n"


@pytest.mark.parametrize("codec", [("-q:a", "6"), ("-q:a", "6", "-write_xing", "0"), ("-b:a", "32k", "-ar", "22050")])
def test_the_decoded_sound_is_that_of_the_mp3_sample_for_sample(tmp_path: Path, codec: tuple[str, ...]) -> None:
    path = tones.encode(tmp_path / "tone.mp3", 5.5, "-c:a", "libmp3lame", *codec)
    made = scan(str(path))
    shown = tmp_path / "shown.mp4"
    shown.write_bytes(header_bytes(made) + path.read_bytes())

    def decoded(file: Path) -> bytes:
        command = ["ffmpeg", "-v", "error", "-i", str(file), "-f", "s16le", "-"]
        return subprocess.run(command, capture_output=True, check=True, timeout=60).stdout

    sound = decoded(path)
    assert len(sound) == 2 * made.played_samples
    assert decoded(shown)[: len(sound)] == sound  # some decoders do not cut the padding at the very end
