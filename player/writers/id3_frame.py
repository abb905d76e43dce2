"""Chapters as ID3v2.3 and 2.4 frames (ID3v2 Chapter Frame Addendum 1.0): a CHAP each, the tree as nested CTOC.

A chapter with deeper ones after it is a table named like it, whose first child is the chapter itself.
"""

import struct
from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import quote

from player.core.chapter import Chapter
from player.writers.document import Document, ends_ms

MOST_CHILDREN = 255  # a CTOC counts its children in one byte
LATEST_MS = 0xFFFFFFFF
NO_OFFSET = b"\xff" * 8  # the sound is found by time, not by byte
TOP_LEVEL, ORDERED = 2, 1
ROOT = "toc"
V23, V24 = 3, 4
_URL_SIGNS = "!#$%&'()*+,/:;=?@[]~"

Size = Callable[[int], bytes]


def plain_size(size: int) -> bytes:
    """A size in 32 bits, as ID3v2.3 writes those of frames."""
    return struct.pack(">I", size)


def syncsafe_size(size: int) -> bytes:
    """A size in four times 7 bits, as ID3v2.4 writes those of frames, and both that of the tag."""
    return bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))


def chapter_frames(document: Document, version: int, size: Size, is_unsynchronised: bool = False) -> bytes:
    """The frames of all chapters; those that are not listed stand in no table.

    ``is_unsynchronised`` hides what looks like the begin of a frame of sound, as all frames of such a tag of 2.4 do.
    """
    chapters = tuple(map(_named, document.chapters, range(1, len(document.chapters) + 1)))
    ends = ends_ms(chapters, document.duration_ms)
    frames = [*_tables(chapters, version, size)]
    frames += [
        (b"CHAP", _chap(f"c{row}", chapter, end_ms, version, size))
        for row, (chapter, end_ms) in enumerate(zip(chapters, ends, strict=True))
    ]
    return b"".join(_frame(name, payload, size, is_unsynchronised) for name, payload in frames)


def _named(chapter: Chapter, number: int) -> Chapter:
    """A chapter with a title: a table without one would say nothing, and leave those in it a level higher."""
    return chapter if chapter.title else replace(chapter, title=f"Chapter {number}")


def _tables(chapters: tuple[Chapter, ...], version: int, size: Size) -> Iterator[tuple[bytes, bytes]]:
    children: dict[str, list[str]] = {ROOT: []}
    titles: dict[str, str] = {}
    listed = [(row, chapter) for row, chapter in enumerate(chapters) if chapter.is_listed]
    depths = [*(chapter.depth or 1 for _, chapter in listed), 1]
    open_tables = [(0, ROOT)]
    for at, (row, chapter) in enumerate(listed):
        while open_tables[-1][0] >= depths[at]:
            open_tables.pop()
        if depths[at + 1] > depths[at]:
            table = f"t{row}"
            children[open_tables[-1][1]].append(table)
            children[table], titles[table] = [], chapter.title
            open_tables.append((depths[at], table))
        children[open_tables[-1][1]].append(f"c{row}")
    for table, ids in children.items():
        yield from _table(table, ids, titles.get(table, ""), version, size)


def _table(name: str, children: list[str], title: str, version: int, size: Size) -> Iterator[tuple[bytes, bytes]]:
    """One table; where it has more children than it can count, these are put into tables without a title."""
    if len(children) > MOST_CHILDREN:
        parts = [children[start : start + MOST_CHILDREN] for start in range(0, len(children), MOST_CHILDREN)]
        children = [f"{name}-{number}" for number in range(len(parts))]
        for part_name, part in zip(children, parts, strict=True):
            yield b"CTOC", _ctoc(part_name, part, "", version, size)
    yield b"CTOC", _ctoc(name, children, title, version, size)


def _ctoc(name: str, children: list[str], title: str, version: int, size: Size) -> bytes:
    flags = ORDERED | (TOP_LEVEL if name == ROOT else 0)
    ids = b"".join(_id(child) for child in children)
    return _id(name) + bytes((flags, len(children))) + ids + _title(title, version, size)


def _chap(name: str, chapter: Chapter, end_ms: int, version: int, size: Size) -> bytes:
    times = struct.pack(">II", min(chapter.start_ms, LATEST_MS), min(end_ms, LATEST_MS))
    link = b""
    if chapter.link:
        link = _frame(b"WXXX", b"\0\0" + quote(chapter.link, safe=_URL_SIGNS).encode("ascii"), size)
    return _id(name) + times + NO_OFFSET + _title(chapter.title, version, size) + link


def _title(title: str, version: int, size: Size) -> bytes:
    """A title frame, in the version's encoding for all letters where it needs one; none for a table without a title."""
    if not title:
        return b""
    if title.isascii():
        text = b"\0" + title.encode("ascii")
    elif version == V23:
        text = b"\1\xff\xfe" + title.encode("utf-16-le")
    else:
        text = b"\3" + title.encode()
    return _frame(b"TIT2", text, size)


def _id(name: str) -> bytes:
    return name.encode("ascii") + b"\0"


def _frame(name: bytes, payload: bytes, size: Size, is_unsynchronised: bool = False) -> bytes:
    flags = b"\0\0"
    if is_unsynchronised:
        payload, flags = _unsynchronised(payload), b"\0\x02"
    return name + size(len(payload)) + flags + payload


def _unsynchronised(payload: bytes) -> bytes:
    """``payload`` with a 0 after each 255 that could be taken for the begin of a frame of sound."""
    found = bytearray()
    for byte, following in zip(payload, payload[1:] + b"\0", strict=True):
        found.append(byte)
        if byte == 0xFF and (following >= 0xE0 or following == 0):
            found.append(0)
    return bytes(found)
