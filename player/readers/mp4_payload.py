"""The sound of an MP4: the samples of its first sound track, wherever they lie among the titles and pictures.

A copy may lay them out anew, in other chunks or before its tables, so they are counted and followed one by one. Only
the parts of the tables that are needed are read: there are a million samples in six hours.
"""

import struct
import sys
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate, pairwise
from typing import BinaryIO

from player.readers.mp4_atoms import atoms_of
from player.readers.mp4_fragments import Fragments
from player.readers.mp4_track import Track, tracks
from player.readers.payload import WINDOW, WINDOWS, Payload, read_at

MAX_SAMPLES = 4_096  # in one window
MAX_RUNS = 500_000  # of chunks; six hours have some 40,000 at most
MAX_PASSED = 8_000_000  # samples that are passed over within chunks, where a whole file is one


Stretch = tuple[int, int]  # offset and size of bytes that lie in one piece


def mp4_payload(file: BinaryIO) -> Payload | None:
    """The samples of the first sound track; None when it has none."""
    atoms = atoms_of(file)
    sound = next((track for track in tracks(atoms, file) if track.kind == "soun"), None)
    if sound is None:
        return None
    samples: _Samples | Fragments = _Samples(sound, file)
    if not samples.count:
        samples = Fragments(atoms, file, sound.id)
    return Payload(samples.count, _windows(file, samples)) if samples.count else None


def _windows(file: BinaryIO, samples: "_Samples | Fragments") -> Iterator[bytes]:
    return (_read(file, samples.stretches(samples.count * number // WINDOWS)) for number in range(WINDOWS))


class _Samples:
    """The tables of one track, looked into."""

    def __init__(self, track: Track, file: BinaryIO) -> None:
        self._file = file
        self._passed = 0
        self._sizes_at, sizes_length = track.table_span(b"stsz") or (0, 0)
        head = read_at(file, self._sizes_at, 12) if sizes_length >= 12 else bytes(12)
        self._same = int.from_bytes(head[4:8], "big")  # the size of all, 0 where each has its own
        self.count = int.from_bytes(head[8:12], "big")
        if not self._same:
            self.count = min(self.count, max(0, sizes_length - 12) // 4)
        self._width = 4 if track.table_span(b"stco") else 8
        self._chunks_at, chunks_length = track.table_span(b"stco") or track.table_span(b"co64") or (0, 0)
        chunk_count = max(0, chunks_length - 8) // self._width
        runs = _runs(track.table(b"stsc"), chunk_count)
        self._first_chunks = [first for first, _, _ in runs]
        self._a_chunk = [samples for _, samples, _ in runs]
        self._first_samples = list(accumulate((samples * chunks for _, samples, chunks in runs), initial=0))
        self.count = min(self.count, self._first_samples[-1])

    def stretches(self, number: int) -> Iterator[Stretch]:
        """Where sample ``number`` and those that follow it lie, the rest of a chunk at a time."""
        left = min(MAX_SAMPLES, self.count - number)
        while left > 0:
            run = bisect_right(self._first_samples, number) - 1
            chunk, before = divmod(number - self._first_samples[run], self._a_chunk[run])
            here = min(left, self._a_chunk[run] - before)
            offset = self._offset_of(self._first_chunks[run] + chunk) + self._size_of(number - before, before)
            yield offset, self._size_of(number, here)
            number += here
            left -= here

    def _size_of(self, number: int, count: int) -> int:
        """How many bytes ``count`` samples from ``number`` on are."""
        if self._same:
            return self._same * count
        self._passed += count
        if self._passed > MAX_PASSED:
            raise ValueError("too many samples in a chunk")
        sizes = array("I", read_at(self._file, self._sizes_at + 12 + 4 * number, 4 * count))
        if sys.byteorder == "little":
            sizes.byteswap()
        return sum(sizes)

    def _offset_of(self, chunk: int) -> int:
        raw = read_at(self._file, self._chunks_at + 8 + self._width * chunk, self._width)
        return int.from_bytes(raw, "big")


def _runs(table: bytes, chunk_count: int) -> list[tuple[int, int, int]]:
    """(first chunk from 0, samples in each, chunks) of runs of chunks that hold as many samples."""
    count = min(int.from_bytes(table[4:8], "big"), (len(table) - 8) // 12)
    if count > MAX_RUNS:
        raise ValueError("too many runs of chunks")
    entries = [entry for entry in struct.iter_unpack(">III", table[8 : 8 + 12 * max(0, count)]) if entry[1]]
    entries.append((chunk_count + 1, 0, 0))
    return [
        (first - 1, samples, min(following, chunk_count + 1) - first)
        for (first, samples, _), (following, _, _) in pairwise(entries)
        if 0 < first < following
    ]


def _read(file: BinaryIO, stretches: Iterator[Stretch]) -> bytes:
    parts: list[bytes] = []
    size = 0
    for offset, length in stretches:
        part = read_at(file, offset, min(length, WINDOW - size))
        parts.append(part)
        size += len(part)
        if size >= WINDOW or len(part) < min(length, WINDOW):
            break
    return b"".join(parts)
