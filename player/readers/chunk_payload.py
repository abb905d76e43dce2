"""The sound of WAV and AIFF: the chunk of samples, whole blocks of it."""

from typing import BinaryIO

from player.readers.chunk_audio import Chunk, chunks_of, content_of
from player.readers.payload import Payload, stretch

_SSND_HEADER = 8  # offset and block size


def wav_payload(file: BinaryIO) -> Payload | None:
    """The ``data`` chunk; None when there is none."""
    found = _by_name(file, "<")
    block = int.from_bytes(content_of(file, found[b"fmt "], 16)[12:14], "little")
    data = found[b"data"]
    return stretch(file, data.start, data.start + _whole(data.size, block))


def aiff_payload(file: BinaryIO) -> Payload | None:
    """The samples in the ``SSND`` chunk; None when there is none."""
    samples = _by_name(file, ">")[b"ssnd"]
    return stretch(file, samples.start + _SSND_HEADER, samples.start + samples.size)


def _by_name(file: BinaryIO, order: str) -> dict[bytes, Chunk]:
    """The first chunk of each name, in lower case."""
    found: dict[bytes, Chunk] = {}
    for chunk in chunks_of(file, order):
        found.setdefault(chunk.name.lower(), chunk)
    return found


def _whole(size: int, block: int) -> int:
    return size - size % block if block else size
