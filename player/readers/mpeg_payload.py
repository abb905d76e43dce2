"""The sound of MP3 and ADTS: the frames between the tags, from the first that sounds to the last whole one."""

import os
from typing import BinaryIO

from player.readers.mp3_frames import sound_span
from player.readers.mp3_tags import audio_end
from player.readers.payload import Payload, behind_tags, read_at, stretch


def mp3_payload(file: BinaryIO) -> Payload | None:
    """Without the Xing, Info or VBRI frame. Raises SourceError where no frames are found."""
    return stretch(file, *sound_span(file, os.fstat(file.fileno()).st_size))


def adts_payload(file: BinaryIO) -> Payload | None:
    """The frames as they lie between the tags; None when none is there."""
    start, end = behind_tags(file), audio_end(file, file.seek(0, 2))
    head = read_at(file, start, 2)
    return stretch(file, start, end) if head[:1] == b"\xff" and head[1] & 0xF6 == 0xF0 else None
