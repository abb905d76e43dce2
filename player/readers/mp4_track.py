"""The tracks of an MP4 as values (ISO/IEC 14496-12): what they are, how long, their tables of samples. No chapters."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from mutagen.mp4._atom import Atom, Atoms

MAX_TABLE = 64 * 1024 * 1024  # bytes of one table; 30 hours of sound need 6 MB


@dataclass(frozen=True, slots=True)
class Edit:
    """One entry of an edit list: ``duration`` in the movie's time scale, ``media_time`` in the track's (-1: none)."""

    duration: int
    media_time: int


@dataclass(frozen=True, slots=True)
class Track:
    """One track. ``kind`` is its handler ("soun", "text"...), ``chapter_ids`` the tracks that hold its chapters."""

    id: int
    kind: str
    timescale: int
    duration: int
    edits: tuple[Edit, ...]
    chapter_ids: tuple[int, ...]
    atom: Atom
    file: BinaryIO

    def table(self, name: bytes) -> bytes:
        """The payload of a table of samples, b"" when the track has none of that name."""
        try:
            atom = self.atom[b"mdia", b"minf", b"stbl", name]
        except KeyError:
            return b""
        return payload(atom, self.file)

    def table_span(self, name: bytes) -> tuple[int, int] | None:
        """Where the payload of that table lies and how long it is, None when the track has none of that name."""
        try:
            atom: Any = self.atom[b"mdia", b"minf", b"stbl", name]
        except KeyError:
            return None
        return atom._dataoffset, atom.datalength

    def sample_times(self) -> Iterator[tuple[int, int]]:
        """(number of samples, duration of each) runs in the track's time scale."""
        return _pairs(self.table(b"stts"))


def tracks(atoms: Atoms, file: BinaryIO) -> list[Track]:
    """All tracks that can be read; broken ones are not among them."""
    found = []
    for trak in atoms[b"moov"].findall(b"trak"):
        try:
            found.append(_track(trak, file))
        except (KeyError, struct.error, IndexError, ValueError):
            continue
    return found


def movie_timescale(atoms: Atoms, file: BinaryIO) -> int:
    """Units a second of the movie's own times, 0 when it does not say."""
    data = payload(atoms[b"moov"][b"mvhd",], file)
    return int.from_bytes(data[20:24] if data[0] == 1 else data[12:16], "big")


def payload(atom: Any, file: BinaryIO) -> bytes:
    """What is in ``atom``, at most ``MAX_TABLE`` bytes."""
    start: int = atom._dataoffset
    size: int = atom.datalength
    file.seek(start)
    return file.read(min(size, MAX_TABLE))


def boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """(name, payload) of the boxes that stand one after the other in ``data``."""
    at = 0
    while at + 8 <= len(data):
        size, name = struct.unpack_from(">I4s", data, at)
        if size < 8:
            return
        yield name, data[at + 8 : at + size]
        at += size


def _track(trak: Any, file: BinaryIO) -> Track:
    header = payload(trak[b"tkhd",], file)
    track_id = int.from_bytes(header[20:24] if header[0] == 1 else header[12:16], "big")
    handler = payload(trak[b"mdia", b"hdlr"], file)[8:12].decode("latin-1")
    media = payload(trak[b"mdia", b"mdhd"], file)
    timescale, duration = (
        struct.unpack_from(">IQ", media, 20) if media[0] == 1 else struct.unpack_from(">II", media, 12)
    )
    chapter_ids: list[int] = []
    for tref in trak.findall(b"tref"):
        for name, ids in boxes(payload(tref, file)):
            if name == b"chap":
                chapter_ids += struct.unpack(f">{len(ids) // 4}I", ids[: len(ids) // 4 * 4])
    edits = tuple(edit for edts in trak.findall(b"edts") for edit in _edits(payload(edts, file)))
    return Track(track_id, handler, timescale, duration, edits, tuple(chapter_ids), trak, file)


def _edits(data: bytes) -> Iterator[Edit]:
    for name, entries in boxes(data):
        if name != b"elst":
            continue
        form = ">Qqi" if entries[:1] == b"\1" else ">Iii"
        for at in range(8, len(entries) - struct.calcsize(form) + 1, struct.calcsize(form)):
            duration, media_time, _rate = struct.unpack_from(form, entries, at)
            yield Edit(duration, media_time)


def _pairs(table: bytes) -> Iterator[tuple[int, int]]:
    """The (count, value) entries of a full box with a count in front."""
    entries = min(int.from_bytes(table[4:8], "big"), (len(table) - 8) // 8)
    for at in range(entries):
        yield struct.unpack_from(">II", table, 8 + at * 8)
