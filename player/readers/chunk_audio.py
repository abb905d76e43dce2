"""WAV and AIFF: the exact length from their chunks, tags from an ID3 chunk, else from the container's own few."""

import struct
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, NamedTuple

from player.core.notice import Notice
from player.core.reading import Reading
from player.readers.attempt import attempt
from player.readers.head import open_regular
from player.readers.id3_reading import id3_reading
from player.readers.tag import DURATION_UNKNOWN

MAX_TAG = 64 * 1024 * 1024
MAX_CHUNKS = 10_000


class Chunk(NamedTuple):
    """One chunk: where its payload starts, and how long that is."""

    name: bytes
    start: int
    size: int


def read_wav(path: Path) -> Reading:
    """The WAV (or RF64) file at ``path``. Broken parts are notices; SourceError only when it cannot be opened."""
    return _read(path, "wav", "<")


def read_aiff(path: Path) -> Reading:
    """The AIFF or AIFF-C file at ``path``. Broken parts are notices; SourceError only when it cannot be opened."""
    return _read(path, "aiff", ">")


def _read(path: Path, container: str, order: str) -> Reading:
    told: list[Notice] = []
    with open_regular(path) as file:
        chunks = {chunk.name.lower(): chunk for chunk in chunks_of(file, order)}
        length_of = _wav_length if container == "wav" else _aiff_length
        length = attempt(lambda: length_of(file, chunks), None, told, "duration-unknown", DURATION_UNKNOWN)
        tag = chunks.get(b"id3 ")
        return id3_reading(container, BytesIO(content_of(file, tag, MAX_TAG)) if tag else None, length, told)


def chunks_of(file: BinaryIO, order: str) -> Iterator[Chunk]:
    """All chunks, as far as they can be followed; ``order`` of bytes is "<" or ">"."""
    file.seek(0, 2)
    end = file.tell()
    at = 12
    for _ in range(MAX_CHUNKS):
        file.seek(at)
        head = file.read(8)
        if len(head) < 8:
            return
        name, size = struct.unpack(f"{order}4sL", head)
        size = min(size, end - at - 8)  # RF64 and streams write 2**32 - 1 for a size that they cannot tell here
        yield Chunk(name, at + 8, size)
        at += 8 + size + size % 2


def content_of(file: BinaryIO, chunk: Chunk, most: int) -> bytes:
    """At most ``most`` bytes of what is in ``chunk``."""
    file.seek(chunk.start)
    return file.read(min(chunk.size, most))


def _wav_length(file: BinaryIO, chunks: dict[bytes, Chunk]) -> int:
    """For PCM the size of the samples over that of a block; else what the ``fact`` chunk counts, or bytes a second."""
    fields: tuple[int, int, int, int] = struct.unpack("<H2xLLH", content_of(file, chunks[b"fmt "], 14))
    form, rate, bytes_a_second, block = fields
    size = chunks[b"data"].size
    if form in (1, 3, 0xFFFE):
        return -(-(size // block) * 1000 // rate)
    fact = chunks.get(b"fact")
    samples = int.from_bytes(content_of(file, fact, 4), "little") if fact else 0
    return -(-samples * 1000 // rate) if samples else -(-size * 1000 // bytes_a_second)


def _aiff_length(file: BinaryIO, chunks: dict[bytes, Chunk]) -> int:
    """The frames in the COMM chunk over the rate, an 80-bit float (IEEE 754 extended)."""
    frames, exponent, mantissa = struct.unpack(">2xL2xHQ", content_of(file, chunks[b"comm"], 18))
    rate = mantissa * 2.0 ** ((exponent & 0x7FFF) - 16383 - 63)
    return int(-(-frames * 1000 // rate))
