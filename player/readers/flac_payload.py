"""The sound of a FLAC file: its frames, which lie in one piece behind the blocks of metadata."""

from typing import BinaryIO

from player.readers.mp3_tags import audio_end
from player.readers.payload import Payload, behind_tags, read_at, stretch

MAX_BLOCKS = 10_000


def flac_payload(file: BinaryIO) -> Payload | None:
    """The frames; None when the blocks before them do not end."""
    at = behind_tags(file)  # some taggers put ID3 there
    if read_at(file, at, 4) != b"fLaC":
        return None
    at += 4
    for _ in range(MAX_BLOCKS):
        header = read_at(file, at, 4)
        if len(header) < 4:
            return None
        at += 4 + int.from_bytes(header[1:], "big")
        if header[0] & 0x80:  # the last one
            return stretch(file, at, audio_end(file, file.seek(0, 2)))
    return None
