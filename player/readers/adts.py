"""Raw AAC (ADTS): the exact length from its frames, since nothing else tells it; tags from an ID3 tag in front."""

import mmap
from pathlib import Path
from typing import BinaryIO

from player.core.notice import Notice
from player.core.reading import Reading
from player.readers.attempt import attempt
from player.readers.head import open_regular
from player.readers.id3_reading import id3_reading
from player.readers.mp3_tags import leading_tag_size
from player.readers.tag import DURATION_UNKNOWN

_RATES = (96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350)
SAMPLES_A_BLOCK = 1_024


def read(path: Path) -> Reading:
    """The AAC file at ``path``. Broken parts are notices; SourceError only when it cannot be opened."""
    told: list[Notice] = []
    with open_regular(path) as file:
        length = attempt(lambda: _length(file), None, told, "duration-unknown", DURATION_UNKNOWN)
        file.seek(0)
        return id3_reading("aac", file, length, told)


def _length(file: BinaryIO) -> int | None:
    """Walks all frames; what follows the last whole one is left out. None when there is none."""
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as raw:
        at = leading_tag_size(raw[:10])
        rate = 0
        blocks = 0
        while at + 7 <= len(raw) and raw[at] == 0xFF and raw[at + 1] & 0xF6 == 0xF0:
            size = (raw[at + 3] & 3) << 11 | raw[at + 4] << 3 | raw[at + 5] >> 5
            if size < 7 or at + size > len(raw):
                break
            rate = rate or _RATES[min(raw[at + 2] >> 2 & 0xF, len(_RATES) - 1)]
            blocks += (raw[at + 6] & 3) + 1
            at += size
    return -(-blocks * SAMPLES_A_BLOCK * 1000 // rate) if blocks else None
