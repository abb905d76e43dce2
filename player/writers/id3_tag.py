"""An ID3v2 tag with other chapters in it: every other frame stays byte for byte, which no tag library promises."""

import re
from collections.abc import Callable
from typing import NamedTuple

from player.core.errors import ExportError
from player.core.notice import Notice
from player.writers.document import Document
from player.writers.id3_frame import V23, V24, Size, chapter_frames, plain_size, syncsafe_size

HEADER = 10  # bytes, of a tag and of a frame
LARGEST = 1 << 28  # four times 7 bits
UNSYNCHRONISED, EXTENDED, FOOTER = 0x80, 0x40, 0x10
DAMAGED = "The tags of this file are damaged; to lose none of them, nothing was written."
TOO_OLD = "The tags of this file are ID3v2.2, which has no chapters; nothing was written."
TOO_LARGE = "The tags would become larger than tags can be; nothing was written."
PICTURES = Notice("chapter-pictures-lost", "The pictures of the chapters that were there before are left out.")

_NAME = re.compile(rb"[A-Z][A-Z0-9]{3}")
_CHAPTERS = (b"CHAP", b"CTOC")


class NewTag(NamedTuple):
    """A whole tag, and what is to be said of it."""

    raw: bytes
    notices: tuple[Notice, ...]


class _Frames(NamedTuple):
    kept: bytes
    rest: bytes  # padding, or whatever stands there
    has_pictures: bool  # in the chapters that go


def tag_size(first: bytes) -> int:
    """The size of the ID3v2 tag that a file with these ``first`` 10 bytes begins with, 0 when there is none."""
    if first[:3] != b"ID3" or len(first) < HEADER or max(first[6:10]) >= 0x80:
        return 0
    return HEADER + _from_syncsafe(first[6:10]) + (HEADER if first[3] >= V24 and first[5] & FOOTER else 0)


def with_chapters(tag: bytes, document: Document) -> NewTag:
    """``tag`` with the chapters of ``document`` in place of its own; an empty one becomes a tag of version 2.3.

    Raises ExportError with a sentence for a tag that cannot be kept whole.
    """
    version, flags, body = _parts(tag)
    is_unsynchronised = version == V24 and bool(flags & UNSYNCHRONISED)
    found, size = _split(body, version)
    new = chapter_frames(document, version, size, is_unsynchronised)
    raw = found.kept + new + found.rest
    if len(raw) >= LARGEST:
        raise ExportError(TOO_LARGE)
    header = b"ID3" + bytes((version, 0, UNSYNCHRONISED if is_unsynchronised else 0)) + syncsafe_size(len(raw))
    return NewTag(header + raw, (PICTURES,) if found.has_pictures else ())


def _parts(tag: bytes) -> tuple[int, int, bytes]:
    """Version, flags and frames. The extended header goes: its checksum and size of padding are true no longer."""
    if not tag:
        return V23, 0, b""
    version, flags = tag[3], tag[5]
    if version < V23:
        raise ExportError(TOO_OLD)
    if version > V24 or len(tag) != tag_size(tag):
        raise ExportError(DAMAGED)
    body = tag[HEADER : HEADER + _from_syncsafe(tag[6:10])]
    if version == V23 and flags & UNSYNCHRONISED:
        body = body.replace(b"\xff\0", b"\xff")
    if flags & EXTENDED:
        plain = 4 + int.from_bytes(body[:4], "big")
        body = body[plain if version == V23 else _from_syncsafe(body[:4]) :]
    return version, flags, body


def _split(body: bytes, version: int) -> tuple[_Frames, Size]:
    """The frames, and how their sizes are written: some programs write those of 2.4 as if they were of 2.3."""
    if version == V24 and (found := _frames(body, _from_syncsafe)):
        return found, syncsafe_size
    if found := _frames(body, lambda raw: int.from_bytes(raw, "big")):
        return found, plain_size
    raise ExportError(DAMAGED)


def _frames(body: bytes, size_of: Callable[[bytes], int]) -> _Frames | None:
    """``body`` taken apart; None when the sizes do not lead from frame to frame to the padding or the end."""
    kept = []
    has_pictures = False
    at = 0
    while at < len(body) and body[at]:
        name = body[at : at + 4]
        end = at + HEADER + size_of(body[at + 4 : at + 8])
        if not _NAME.fullmatch(name) or end > len(body):
            return None
        if name not in _CHAPTERS:
            kept.append(body[at:end])
        elif b"APIC" in body[at:end]:
            has_pictures = True
        at = end
    return _Frames(b"".join(kept), body[at:], has_pictures)


def _from_syncsafe(raw: bytes) -> int:
    """The size in ``raw``; beyond any tag when it is none."""
    if len(raw) < 4 or max(raw) >= 0x80:
        return LARGEST
    return raw[0] << 21 | raw[1] << 14 | raw[2] << 7 | raw[3]
