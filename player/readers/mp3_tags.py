"""How many bytes of an MP3 are tags: in front (ID3v2, APEv2) and behind (ID3v1, APEv2, Lyrics3, ID3v2.4 appended).

Only sizes, never contents, so that the sound between them can be found and fingerprinted.
"""

from typing import BinaryIO

APE_FOOTER = 32
ID3V1 = 128
ID3V1_ENHANCED = 227
MAX_TRAILING_TAGS = 16


def leading_tag_size(raw: bytes) -> int:
    """The size of the ID3v2 or APEv2 tag that ``raw`` begins with, 0 when it begins with none."""
    if raw[:3] == b"ID3" and len(raw) >= 10 and raw[3] < 0xFF and raw[4] < 0xFF and max(raw[6:10]) < 0x80:
        has_footer = raw[3] >= 4 and raw[5] & 0x10
        return 10 + _syncsafe(raw[6:10]) + (10 if has_footer else 0)
    if raw[:8] == b"APETAGEX" and len(raw) >= APE_FOOTER:
        return APE_FOOTER + int.from_bytes(raw[12:16], "little")
    return 0


def audio_end(file: BinaryIO, file_size: int) -> int:
    """The offset where the tags at the end of ``file`` begin, ``file_size`` when there are none."""
    end = file_size
    for _ in range(MAX_TRAILING_TAGS):
        size = _trailing_tag_size(file, end)
        if not 0 < size <= end:
            break
        end -= size
    return end


def _trailing_tag_size(file: BinaryIO, end: int) -> int:
    tail = _read_before(file, end, ID3V1 + ID3V1_ENHANCED)
    if tail[-ID3V1:][:3] == b"TAG" and len(tail) >= ID3V1:
        is_enhanced = tail[:-ID3V1][-ID3V1_ENHANCED:][:4] == b"TAG+"
        return ID3V1 + (ID3V1_ENHANCED if is_enhanced else 0)
    if tail[-APE_FOOTER:][:8] == b"APETAGEX":
        footer = tail[-APE_FOOTER:]
        has_header = footer[23] & 0x80
        return int.from_bytes(footer[12:16], "little") + (APE_FOOTER if has_header else 0)
    if tail.endswith(b"LYRICS200") and tail[-15:-9].isdigit():
        return int(tail[-15:-9]) + 15
    if tail.endswith(b"LYRICSEND"):
        text = _read_before(file, end, 5_200)
        start = text.rfind(b"LYRICSBEGIN")
        return len(text) - start if start >= 0 else 0
    if tail[-10:][:3] == b"3DI" and max(tail[-4:], default=0x80) < 0x80:
        return 20 + _syncsafe(tail[-4:])
    return 0


def _read_before(file: BinaryIO, end: int, size: int) -> bytes:
    start = max(0, end - size)
    file.seek(start)
    return file.read(end - start)


def _syncsafe(raw: bytes) -> int:
    return raw[0] << 21 | raw[1] << 14 | raw[2] << 7 | raw[3]
