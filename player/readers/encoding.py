"""Bytes of a text file to characters. Which encodings are tried, and in which order, is told only here."""

import codecs

from player.core.errors import SourceError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(raw: bytes) -> str:
    """``raw`` as text: by its byte order mark, as UTF-8, as UTF-16 without a mark, else as Windows-1252.

    Raises SourceError when it is no text at all.
    """
    for bom, encoding in _BOMS:
        if raw.startswith(bom):
            return raw.decode(encoding, errors="replace")
    head = raw[:4096]
    if b"\0" in head:
        return _without_mark(raw, head)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        controls = sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in head)
        if controls > len(head) // 100:
            raise SourceError("This is neither sound nor text that can be read.") from None
        return raw.decode("cp1252", errors="replace")


def _without_mark(raw: bytes, head: bytes) -> str:
    """UTF-16 without a mark: nearly every second byte of Western text is 0."""
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros = head[offset::2].count(0)
        if zeros > 0.4 * len(head) / 2 and head[1 - offset :: 2].count(0) <= len(head) // 50:
            return raw.decode(encoding, errors="replace")
    raise SourceError("This is neither sound nor text that can be read.")
