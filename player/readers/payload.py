"""What of a file's bytes is sound, sampled: the parts that the fingerprint of a recording is made of.

Where the sound lies in a container is in the files named after it; what they give in common is here.
"""

from collections.abc import Iterable, Iterator
from typing import BinaryIO, NamedTuple

from player.readers.mp3_tags import audio_end, leading_tag_size

WINDOWS = 16
WINDOW = 16 * 1024  # bytes
SAMPLED = WINDOWS * WINDOW  # a payload that is not longer is taken whole
MAX_TAGS = 8  # one behind the other


class Payload(NamedTuple):
    """How long the sound is, in the unit that its container counts in, and what it is known by."""

    length: int
    windows: Iterable[bytes]


def stretch(file: BinaryIO, start: int, end: int) -> Payload | None:
    """Sound that lies in one piece from ``start`` to ``end`` bytes; None when there is none."""
    return Payload(end - start, _spread(file, start, end)) if start < end else None


def between_tags(file: BinaryIO) -> Payload | None:
    """All that is not an ID3, APE or Lyrics3 tag in front or behind."""
    size = file.seek(0, 2)
    return stretch(file, behind_tags(file), audio_end(file, size))


def behind_tags(file: BinaryIO) -> int:
    """The offset of what follows the tags in front."""
    at = 0
    for _ in range(MAX_TAGS):
        file.seek(at)
        size = leading_tag_size(file.read(32))
        if not size:
            break
        at += size
    return at


def _spread(file: BinaryIO, start: int, end: int) -> Iterator[bytes]:
    """Windows at even distances, the first at the start, the last at the end."""
    if end - start <= SAMPLED:
        yield read_at(file, start, end - start)
        return
    for number in range(WINDOWS):
        yield read_at(file, start + (end - start - WINDOW) * number // (WINDOWS - 1), WINDOW)


def read_at(file: BinaryIO, offset: int, size: int) -> bytes:
    """``size`` bytes at ``offset``, fewer where the file ends."""
    file.seek(offset)
    return file.read(size)
