"""Chapters of a QuickTime chapter track: a text track that the sound track's ``tref/chap`` points to.

Each sample is a title: two bytes of length, then UTF-8, or UTF-16 with a byte order mark. Its time is where it stands
in the track. A further text track, which players show as links, is not read.
"""

import struct
from collections.abc import Iterator, Sequence
from itertools import islice, repeat
from typing import BinaryIO

from mutagen.mp4._atom import Atoms

from player.core.chapter import MAX_CHAPTERS, Chapter, ChapterList
from player.readers.chapter_list import chapter_list
from player.readers.mp4_track import Track, movie_timescale, tracks

MAX_SAMPLE = 8_192  # bytes of one title
TEXT_KINDS = ("text", "sbtl", "subt")


def track_chapters(atoms: Atoms, file: BinaryIO, duration_ms: int | None) -> ChapterList | None:
    """The chapters of the first text track that a track names as holding its chapters, None when there is none."""
    found = tracks(atoms, file)
    by_id = {track.id: track for track in found}
    sound_first = sorted(found, key=lambda track: track.kind != "soun")
    named = (by_id.get(track_id) for track in sound_first for track_id in track.chapter_ids)
    chapters = next((track for track in named if track and track.kind in TEXT_KINDS and track.timescale > 0), None)
    if chapters is None:
        return None
    return chapter_list("quicktime-track", _marks(chapters, file, movie_timescale(atoms, file)), duration_ms)


def _marks(track: Track, file: BinaryIO, movie_scale: int) -> Iterator[Chapter]:
    """One chapter a sample. An empty sample only fills a gap, unless all are empty."""
    shift = _shift_ms(track, movie_scale)
    times = islice(_times(track), MAX_CHAPTERS + 1)
    marks = []
    for (start, end), (offset, size) in zip(times, _places(track), strict=False):
        file.seek(offset)
        title = _title(file.read(min(size, MAX_SAMPLE)))
        marks.append(
            Chapter(start * 1000 // track.timescale + shift, title, end_ms=end * 1000 // track.timescale + shift)
        )
    is_titled = any(mark.title for mark in marks)
    return (mark for mark in marks if mark.title or not is_titled)


def _title(sample: bytes) -> str:
    size = int.from_bytes(sample[:2], "big")
    text = sample[2 : 2 + size]
    if text[:2] in (b"\xfe\xff", b"\xff\xfe"):
        return text.decode("utf-16", errors="replace")
    return text.decode("utf-8", errors="replace")


def _shift_ms(track: Track, movie_scale: int) -> int:
    """An edit list may put an empty stretch before the first sample, or skip into the media."""
    if not track.edits or movie_scale <= 0:
        return 0
    empty = sum(edit.duration for edit in track.edits if edit.media_time < 0) * 1000 // movie_scale
    first = next((edit.media_time for edit in track.edits if edit.media_time >= 0), 0)
    return empty - first * 1000 // track.timescale


def _times(track: Track) -> Iterator[tuple[int, int]]:
    start = 0
    for count, length in track.sample_times():
        for _ in range(count):
            yield start, start + length
            start += length


def _places(track: Track) -> Iterator[tuple[int, int]]:
    """(offset, size) of each sample: chunks of them (``stsc``) at offsets (``stco``, ``co64``), sizes in ``stsz``."""
    sizes = _sizes(track.table(b"stsz"))
    runs = _chunk_runs(track.table(b"stsc"))
    run = 0
    for number, chunk_offset in enumerate(_chunk_offsets(track), 1):
        while run + 1 < len(runs) and runs[run + 1][0] <= number:
            run += 1
        offset = chunk_offset
        for size in islice(sizes, runs[run][1] if runs else 1):
            yield offset, size
            offset += size


def _sizes(table: bytes) -> Iterator[int]:
    if len(table) < 12:
        return iter(())
    same, count = struct.unpack_from(">II", table, 4)
    if same:
        return repeat(same, count)
    count = min(count, (len(table) - 12) // 4)
    return iter(struct.unpack_from(f">{count}I", table, 12))


def _chunk_runs(table: bytes) -> Sequence[tuple[int, int]]:
    """(first chunk, samples in each chunk from there on)."""
    count = min(int.from_bytes(table[4:8], "big"), (len(table) - 8) // 12)
    entries = (struct.unpack_from(">III", table, 8 + at * 12) for at in range(count))
    return [(first, samples) for first, samples, _ in entries]


def _chunk_offsets(track: Track) -> Sequence[int]:
    name, form, width = (b"stco", "I", 4) if track.table(b"stco") else (b"co64", "Q", 8)
    table = track.table(name)
    count = min(int.from_bytes(table[4:8], "big"), (len(table) - 8) // width)
    return struct.unpack_from(f">{count}{form}", table, 8) if count > 0 else ()
