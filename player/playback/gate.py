"""The gate before Qt: only a regular local file whose first bytes are those of a sound container gets through.

FFmpeg decides by content what a file is, and a text can tell it to open other files or the network. So no text ever
reaches it, whatever its name; and nothing that could block, such as a pipe, is ever opened by it.
"""

import re
from pathlib import Path

from player.core.errors import NotAudioError, SourceError
from player.readers.head import open_regular

FIRST_BYTES = 4_096
MAX_TAGS = 8
GUESSED_DURATION = frozenset({"mp3", "aac", "mpegts"})  # containers whose duration Qt can only guess

_PLAYLIST = re.compile(rb"\s*(ffconcat|#EXTM3U|#EXTINF|v=0\r?\n|\[playlist\]|<\?xml|<asx|<smil)", re.IGNORECASE)
_SYNC = re.compile(rb"\xff[\xe2\xe3\xf2\xf3\xfa\xfb]", re.DOTALL)
_ASF = bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c")
_STARTS = {
    b"OggS": "ogg",
    b"fLaC": "flac",
    b"\x1aE\xdf\xa3": "matroska",
    b"wvpk": "wavpack",
    b"MAC ": "monkeys-audio",
    b"MPCK": "musepack",
    b"MP+": "musepack",
    b"TTA1": "tta",
    b"caff": "caf",
    b".snd": "au",
    b"#!AMR": "amr",
    _ASF: "asf",
}
_MP4_BOXES = (b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"pnot")


def check(path: str) -> str:
    """The container of the file at ``path``, which may be handed to Qt; raises SourceError with a sentence if not."""
    try:
        path.encode("utf-8")
    except UnicodeEncodeError as error:
        raise SourceError(
            "The name of this file is not valid UTF-8; please rename it, then it can be played."
        ) from error
    first, behind_tags = _read(path)
    if not first:
        raise NotAudioError("This file is empty.")
    if first[4:12] in (b"ftypaax ", b"ftypaaxc"):
        raise NotAudioError("This is an AAX file: it is protected by its shop and cannot be played here.")
    if _PLAYLIST.match(first) or _PLAYLIST.match(behind_tags):
        raise NotAudioError("This is a list of other files, not a sound file.")
    container = _container_of(behind_tags)
    if container is None and behind_tags is not first and _may_be_damaged_sound(behind_tags):
        container = "mp3"
    if container is None:
        raise NotAudioError("This is not a sound file of a kind that can be played here.")
    return container


def _read(path: str) -> tuple[bytes, bytes]:
    """The first bytes, and those behind the ID3v2 tags in front: FFmpeg looks behind them too."""
    with open_regular(Path(path)) as file:
        try:
            first = behind = file.read(FIRST_BYTES)
            offset = 0
            for _ in range(MAX_TAGS):
                tag = _id3_size(behind)
                if not tag:
                    break
                offset += tag
                file.seek(offset)
                behind = file.read(FIRST_BYTES)
            return first, behind
        except OSError as error:
            raise SourceError(f"The file could not be read: {error.strerror}.") from error


def _may_be_damaged_sound(behind_tags: bytes) -> bool:
    """Rubbish between a tag and the first frame, but not a text: a text holds no zeros and no bytes above 0xF7."""
    return _SYNC.search(behind_tags) is not None and b"\0" in behind_tags


def _container_of(first: bytes) -> str | None:
    """The container that begins with ``first``, None for anything else."""
    for start, container in _STARTS.items():
        if first.startswith(start):
            return container
    if first[4:8] in _MP4_BOXES:
        return "mp4"
    if first[:4] in (b"RIFF", b"RF64") and first[8:12] == b"WAVE":
        return "wav"
    if first[:4] == b"FORM" and first[8:12] in (b"AIFF", b"AIFC"):
        return "aiff"
    if len(first) > 376 and first[0] == first[188] == first[376] == 0x47:
        return "mpegts"
    return _mpeg_audio(first.lstrip(b"\0"))  # a removed tag leaves zeros


def _id3_size(first: bytes) -> int:
    if first[:3] != b"ID3" or len(first) < 10 or max(first[6:10]) >= 0x80:
        return 0
    return 10 + (first[6] << 21 | first[7] << 14 | first[8] << 7 | first[9])


def _mpeg_audio(first: bytes) -> str | None:
    """MPEG audio of layer II or III, or ADTS: eleven bits of sync, and none of the values that do not exist."""
    if len(first) < 4 or first[0] != 0xFF or first[1] & 0xE0 != 0xE0:
        return None
    if first[1] & 0xF6 == 0xF0:
        return "aac" if (first[2] >> 2 & 0xF) < 13 else None
    has_known_values = first[1] & 0x18 != 0x08 and first[2] >> 4 != 0xF and first[2] & 0x0C != 0x0C
    return "mp3" if has_known_values and first[1] & 0x06 in (2, 4) else None
