"""Samples of a fragmented MP4, as streams are saved: each fragment tells where its own lie (ISO/IEC 14496-12, 8.8)."""

import struct
from array import array
from collections.abc import Iterator
from itertools import islice
from typing import Any, BinaryIO

from mutagen.mp4._atom import Atoms

from player.readers.mp4_track import boxes, payload

MAX_SAMPLES = 2_000_000  # twelve hours
_BASE, _DESCRIPTION, _DURATION, _SIZE = 0x1, 0x2, 0x8, 0x10  # flags of a tfhd, in the order of its fields
_OFFSET, _FIRST_FLAGS, _DURATIONS, _SIZES, _FLAGS, _SHIFTS = 0x1, 0x4, 0x100, 0x200, 0x400, 0x800  # and of a trun


class Fragments:
    """All samples of one track, in order. Raises ValueError where there are too many."""

    def __init__(self, atoms: Atoms, file: BinaryIO, track_id: int) -> None:
        self._offsets: array[int] = array("Q")
        self._sizes: array[int] = array("Q")
        self._file, self._id = file, track_id
        self._default = _default_size(atoms, file, track_id)
        for moof in atoms.atoms:
            for traf in moof.findall(b"traf") if moof.name == b"moof" else ():
                self._take(moof.offset, traf)

    @property
    def count(self) -> int:
        """How many samples there are."""
        return len(self._sizes)

    def stretches(self, number: int) -> Iterator[tuple[int, int]]:
        """Offset and size of sample ``number`` and of those that follow it."""
        return zip(islice(self._offsets, number, None), islice(self._sizes, number, None), strict=True)

    def _take(self, moof_offset: int, traf: Any) -> None:
        """A base that is not told is the start of the fragment, as all writers of one track have it."""
        head = payload(traf[b"tfhd",], self._file)
        flags = int.from_bytes(head[1:4], "big")
        if int.from_bytes(head[4:8], "big") != self._id:
            return
        at = moof_offset
        field = 8
        if flags & _BASE:
            at, field = int.from_bytes(head[8:16], "big"), 16
        field += 4 * (flags & (_DESCRIPTION | _DURATION)).bit_count()
        default = int.from_bytes(head[field : field + 4], "big") if flags & _SIZE else self._default
        base = at
        for trun in traf.findall(b"trun"):
            raw = payload(trun, self._file)
            if int.from_bytes(raw[1:4], "big") & _OFFSET:
                at = base + struct.unpack_from(">i", raw, 8)[0]
            for size in _sizes(raw, default):
                self._offsets.append(at)
                self._sizes.append(size)
                at += size
            if self.count > MAX_SAMPLES:
                raise ValueError("too many samples in fragments")


def _sizes(trun: bytes, default: int) -> Iterator[int]:
    flags, count = int.from_bytes(trun[1:4], "big"), int.from_bytes(trun[4:8], "big")
    if not flags & _SIZES:
        yield from (default for _ in range(min(count, MAX_SAMPLES)))
        return
    start = 8 + 4 * (flags & (_OFFSET | _FIRST_FLAGS)).bit_count()
    width = 4 * (flags & (_DURATIONS | _SIZES | _FLAGS | _SHIFTS)).bit_count()
    start += 4 if flags & _DURATIONS else 0
    for at in range(start, min(len(trun) - 3, start + count * width), width):
        yield struct.unpack_from(">I", trun, at)[0]


def _default_size(atoms: Atoms, file: BinaryIO, track_id: int) -> int:
    """What ``mvex/trex`` says that a sample of this track is long; mutagen does not open ``mvex``."""
    for mvex in atoms[b"moov"].findall(b"mvex"):
        for name, trex in boxes(payload(mvex, file)):
            if name == b"trex" and int.from_bytes(trex[4:8], "big") == track_id:
                return int.from_bytes(trex[16:20], "big")
    return 0
