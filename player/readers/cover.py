"""Covers: recognised by their own bytes, not by what the tag says, and only in sizes that are safe to show."""

from collections.abc import Iterable

from player.core.reading import Cover

MAX_BYTES = 16 * 1024 * 1024
MAX_SIDE = 4_096  # pixels


def best_cover(pictures: Iterable[bytes]) -> Cover | None:
    """The first picture that is a JPEG, PNG, WebP or GIF of at most ``MAX_SIDE`` a side, else None."""
    for data in pictures:
        kind = _kind_and_size(data) if len(data) <= MAX_BYTES else None
        if kind:
            mime, width, height = kind
            if 0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE:
                return Cover(mime, bytes(data))
    return None


def _kind_and_size(data: bytes) -> tuple[str, int, int] | None:
    if data.startswith(b"\x89PNG\r\n\x1a\n") and data[12:16] == b"IHDR":
        return "image/png", _big(data[16:20]), _big(data[20:24])
    if data[:6] in (b"GIF87a", b"GIF89a"):
        return "image/gif", _little(data[6:8]), _little(data[8:10])
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _webp(data)
    if data.startswith(b"\xff\xd8\xff"):
        return _jpeg(data)
    return None


def _webp(data: bytes) -> tuple[str, int, int] | None:
    mime, kind = "image/webp", data[12:16]
    if kind == b"VP8X":
        return mime, _little(data[24:27]) + 1, _little(data[27:30]) + 1
    if kind == b"VP8L" and data[20:21] == b"\x2f":
        bits = _little(data[21:25])
        return mime, (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 " and data[23:26] == b"\x9d\x01\x2a":
        return mime, _little(data[26:28]) & 0x3FFF, _little(data[28:30]) & 0x3FFF
    return None


def _jpeg(data: bytes) -> tuple[str, int, int] | None:
    """Walks the segments up to the frame header, which tells the size."""
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:  # padding
            at += 1
        elif 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            return "image/jpeg", _big(data[at + 7 : at + 9]), _big(data[at + 5 : at + 7])
        else:
            at += 2 + max(2, _big(data[at + 2 : at + 4]))
    return None


def _big(raw: bytes) -> int:
    return int.from_bytes(raw, "big")


def _little(raw: bytes) -> int:
    return int.from_bytes(raw, "little")
