"""The sample table: an MP4 header in front of an untouched MP3, so that every seek lands on the exact frame.

Pure bytes (ISO/IEC 14496-12 and -14): ``ftyp | moov | mdat`` whose media data is the whole MP3 file, tags and all, and
whose chunk offsets point at its frames. One frame is one sample: with more, only the first of them would be heard.

A million frames are handled in steps of a millisecond or so: during each the whole program, the window with it, waits.
"""

import struct
from array import array
from bisect import bisect_right
from itertools import accumulate, pairwise

from player.core.frame_table import FrameTable

SYNC_POINTS = 16
STEP = 1 << 16  # frames

_MATRIX = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)


def header_bytes(table: FrameTable) -> bytes:
    """The header that, followed by the MP3 file itself, is an MP4 file playing exactly the frames of ``table``."""
    file_type = _box(b"ftyp", b"isom", struct.pack(">I", 0x200), b"isomiso2mp41")
    header_size = len(file_type) + len(_movie(table, 0)) + 16
    media_data = struct.pack(">I4sQ", 1, b"mdat", 16 + table.file_size)
    return file_type + _movie(table, header_size) + media_data


def list_text(header_path: bytes, mp3_path: bytes) -> bytes:
    """The list that FFmpeg's ``concatf`` protocol reads: the header, then the MP3. Both paths absolute, as bytes."""
    return b"".join(b"'" + path.replace(b"'", b"'\\''") + b"'\n" for path in (header_path, mp3_path))


def sync_offsets(table: FrameTable) -> tuple[int, ...]:
    """File offsets of some frames spread over the whole file, the first and the last among them.

    A frame header must stand at each, or the table is not of these bytes.
    """
    count = min(SYNC_POINTS, table.frame_count)
    if count == 0:
        return ()
    frames = sorted({index * (table.frame_count - 1) // max(1, count - 1) for index in range(count)})
    firsts = list(accumulate((count for _, count in table.runs), initial=0))
    runs = [bisect_right(firsts, frame) - 1 for frame in frames]
    starts = _starts(table, {*frames, *(firsts[run] for run in runs)})
    return tuple(
        table.runs[run][0] + starts[frame] - starts[firsts[run]] for frame, run in zip(frames, runs, strict=True)
    )


def _starts(table: FrameTable, frames: set[int]) -> dict[int, int]:
    """How many bytes of frames lie before each of ``frames``."""
    sizes = array("H", table.sizes)
    if array("H", [1]).tobytes() != b"\x01\x00":
        sizes.byteswap()
    steps = sorted({*frames, *range(0, table.frame_count, STEP)})
    total, starts = 0, {}
    for frame, following in pairwise([*steps, table.frame_count]):
        starts[frame] = total
        total += sum(sizes[frame:following])
    return starts


def _movie(table: FrameTable, media_offset: int) -> bytes:
    rate, played = table.sample_rate, table.played_samples
    movie_header = _full_box(
        b"mvhd",
        1,
        0,
        struct.pack(">QQIQIHHQ", 0, 0, rate, played, 0x10000, 0x100, 0, 0),
        _MATRIX,
        bytes(24),
        struct.pack(">I", 2),
    )
    track_header = _full_box(
        b"tkhd",
        1,
        7,
        struct.pack(">QQIIQQHHHH", 0, 0, 1, 0, played, 0, 0, 0, 0x100, 0),
        _MATRIX,
        bytes(8),
    )
    edit = _full_box(b"elst", 1, 0, struct.pack(">IQqI", 1, played, table.first_sample, 0x10000))
    return _box(b"moov", movie_header, _box(b"trak", track_header, _box(b"edts", edit), _media(table, media_offset)))


def _media(table: FrameTable, media_offset: int) -> bytes:
    all_samples = table.frame_count * table.samples_per_frame
    media_header = _full_box(b"mdhd", 1, 0, struct.pack(">QQIQHH", 0, 0, table.sample_rate, all_samples, 0x55C4, 0))
    handler = _full_box(b"hdlr", 0, 0, bytes(4), b"soun", bytes(12), b"\0")
    own_file = _full_box(b"url ", 0, 1)
    data_info = _box(b"dinf", _full_box(b"dref", 0, 0, struct.pack(">I", 1), own_file))
    sound_header = _full_box(b"smhd", 0, 0, bytes(4))
    media_info = _box(b"minf", sound_header, data_info, _samples(table, media_offset))
    return _box(b"mdia", media_header, handler, media_info)


def _samples(table: FrameTable, media_offset: int) -> bytes:
    sizes = bytearray(4 * table.frame_count)  # 32 bits each, the high byte first; the table has 16, the low one first
    sizes[2::4], sizes[3::4] = table.sizes[1::2], table.sizes[0::2]
    offsets = [media_offset + offset for offset, _ in table.runs]
    return _box(
        b"stbl",
        _full_box(b"stsd", 0, 0, struct.pack(">I", 1), _sample_entry(table)),
        _full_box(b"stts", 0, 0, struct.pack(">III", 1, table.frame_count, table.samples_per_frame)),
        _full_box(b"stsc", 0, 0, _chunk_lengths(table)),
        _full_box(b"stsz", 0, 0, struct.pack(">II", 0, table.frame_count), sizes),
        _full_box(b"co64", 0, 0, struct.pack(f">I{len(offsets)}Q", len(offsets), *offsets)),
    )


def _chunk_lengths(table: FrameTable) -> bytes:
    entries: list[tuple[int, int, int]] = []
    for chunk, (_, count) in enumerate(table.runs, start=1):
        if not entries or entries[-1][1] != count:
            entries.append((chunk, count, 1))
    return struct.pack(">I", len(entries)) + b"".join(struct.pack(">III", *entry) for entry in entries)


def _sample_entry(table: FrameTable) -> bytes:
    # MPEG-1 audio is object type 0x6B, MPEG-2 (and 2.5) 0x69; an audio stream, no decoder configuration of its own
    object_type = 0x6B if table.is_mpeg1 else 0x69
    decoder_config = _descriptor(4, struct.pack(">BB3sII", object_type, 0x15, bytes(3), 0, 0))
    elementary_stream = _descriptor(3, struct.pack(">HB", 1, 0) + decoder_config + _descriptor(6, b"\x02"))
    return _box(
        b"mp4a",
        struct.pack(">6xH8xHHHHI", 1, table.channels, 16, 0, 0, (table.sample_rate & 0xFFFF) << 16),
        _full_box(b"esds", 0, 0, elementary_stream),
    )


def _descriptor(tag: int, content: bytes) -> bytes:
    return struct.pack(">BB", tag, len(content)) + content


def _box(kind: bytes, *parts: bytes | bytearray) -> bytes:
    content = b"".join(parts)
    return struct.pack(">I4s", 8 + len(content), kind) + content


def _full_box(kind: bytes, version: int, flags: int, *parts: bytes | bytearray) -> bytes:
    return _box(kind, struct.pack(">I", version << 24 | flags), *parts)
