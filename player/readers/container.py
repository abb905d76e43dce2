"""Containers of sound told by their first bytes: the one table, for what reads them and for what may reach the sound.

FFmpeg decides by content too, and a text can tell it to open other files or the network. So nothing that could be text
is recognised here, whatever its name: "The free press" begins as an MP4 may, but a text holds no zeros.
"""

from functools import lru_cache

_MARKS = (
    ("ogg", 0, b"OggS"),
    ("flac", 0, b"fLaC"),
    ("matroska", 0, b"\x1aE\xdf\xa3"),
    ("asf", 0, bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c")),
    ("wavpack", 0, b"wvpk"),
    ("ape", 0, b"MAC "),
    ("musepack", 0, b"MPCK"),
    ("musepack", 0, b"MP+"),
    ("trueaudio", 0, b"TTA1"),
    ("ac3", 0, b"\x0b\x77"),
    ("amr", 0, b"#!AMR"),
    ("caf", 0, b"caff"),
    ("au", 0, b".snd"),
    *(("mp4", 4, box) for box in (b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"pnot")),
)
"""Container, and what stands at which offset."""

_CHUNKED = {
    (b"RIFF", b"WAVE"): "wav",
    (b"RF64", b"WAVE"): "wav",
    (b"FORM", b"AIFF"): "aiff",
    (b"FORM", b"AIFC"): "aiff",
}
_LAYERS = {1: "mp3", 2: "mp2"}  # by the two bits of a frame header
_TS_PACKET = 188


@lru_cache(maxsize=4)  # each row of the table of formats asks
def container_of(first: bytes) -> str | None:
    """The container that begins with ``first``, some thousand bytes behind any ID3v2 tag; None for anything else."""
    marked = _marked(first) if b"\0" in first else None
    return marked or _frames(first.lstrip(b"\0"))  # a removed tag leaves zeros


def _marked(first: bytes) -> str | None:
    for container, offset, mark in _MARKS:
        if first.startswith(mark, offset):
            return container
    if len(first) > 2 * _TS_PACKET and first[0] == first[_TS_PACKET] == first[2 * _TS_PACKET] == 0x47:
        return "mpegts"
    return _CHUNKED.get((first[:4], first[8:12]))


def _frames(first: bytes) -> str | None:
    """MPEG audio or ADTS: eleven bits of sync, and none of the values that do not exist."""
    if len(first) < 4 or first[0] != 0xFF or first[1] & 0xE0 != 0xE0:
        return None
    if first[1] & 0xF6 == 0xF0:
        return "aac" if (first[2] >> 2 & 0xF) < 13 else None
    has_known_values = first[1] & 0x18 != 0x08 and first[2] >> 4 != 0xF and first[2] & 0x0C != 0x0C
    return _LAYERS.get(first[1] >> 1 & 3) if has_known_values else None
