"""Nero chapters of an MP4: ``moov/udta/chpl``, at most 255 titles of at most 255 bytes."""

import struct
from collections.abc import Iterator
from typing import BinaryIO

from mutagen.mp4._atom import Atoms

from player.core.chapter import Chapter, ChapterList
from player.readers.chapter_list import chapter_list
from player.readers.mp4_track import payload

UNITS_A_MS = 10_000  # times are tenths of microseconds


def chpl_chapters(atoms: Atoms, file: BinaryIO, duration_ms: int | None) -> ChapterList | None:
    """The chapters of the ``chpl`` atom, None when there are none. What follows a cut entry is left out."""
    if b"moov.udta.chpl" not in atoms:
        return None
    return chapter_list("chpl", _entries(payload(atoms[b"moov.udta.chpl"], file)), duration_ms)


def _entries(data: bytes) -> Iterator[Chapter]:
    """Version 1 has a reserved byte and counts in four; version 0 has neither. A cut title may end within a letter."""
    at, left = (9, int.from_bytes(data[5:9], "big")) if data[:1] == b"\1" else (5, int.from_bytes(data[4:5], "big"))
    while left > 0 and at + 9 <= len(data):
        start, size = struct.unpack_from(">QB", data, at)
        title = data[at + 9 : at + 9 + size]
        yield Chapter(start // UNITS_A_MS, title.decode("utf-8", errors="ignore"))
        at += 9 + size
        left -= 1
