"""ID3v2 tags as plain values: title, author, album, cover, and the frames that make chapters of ``id3_chapters``."""

import struct
from collections import Counter
from collections.abc import Iterator
from typing import Any, BinaryIO, NamedTuple

from mutagen.id3 import CHAP, CTOC, ID3, CTOCFlags, Frame, Frames, ID3NoHeaderError
from mutagen.id3._frames import Frames_2_2
from mutagen.id3._tags import ID3Header, determine_bpi

from player.core.chapter import MAX_CHAPTERS
from player.readers import overdrive
from player.readers.cover import best_cover
from player.readers.notes import best_notes
from player.readers.tag import Tags, ordinal
from player.readers.title import clean_name, clean_title


class _Chap(CHAP):
    """A CHAP that shares its id with others without replacing them: some writers give every chapter the same id."""

    @property
    def HashKey(self) -> str:  # noqa: N802 - mutagen's name
        return f"CHAP:{id(self)}"


class _Ctoc(CTOC):
    @property
    def HashKey(self) -> str:  # noqa: N802 - mutagen's name
        return f"CTOC:{id(self)}"


PIECE = 64 * 1024  # bytes of frames parsed at once


class _Id3(ID3):
    """An ID3 tag that is read in pieces: mutagen copies the rest of the tag for every frame, which takes 20 s for
    100,000 of them. Of each kind of frame only the first are read, one more than chapters are kept.
    """

    def _read(self, header: ID3Header, data: bytes) -> bytes:
        is_plain = header.version >= ID3Header._V23 and not (header.version < ID3Header._V24 and header.f_unsynch)
        rest = b""
        for piece in _pieces(header, data) if is_plain and len(data) > PIECE else [data]:
            rest = super()._read(header, piece)
        return rest


def _pieces(header: ID3Header, data: bytes) -> Iterator[bytes]:
    """The frames of ``data``, joined to pieces of about ``PIECE`` bytes; a larger frame is a piece of its own."""
    size_of = determine_bpi(data, _KNOWN) if header.version >= ID3Header._V24 else int
    at = start = 0
    seen: Counter[bytes] = Counter()
    while at + 10 <= len(data) and data[at : at + 4].strip(b"\0"):
        name, size = struct.unpack_from(">4sL", data, at)
        end = at + 10 + size_of(size)
        if end - start > PIECE:
            yield data[start:at]
            start = at
        seen[name] += 1
        if seen[name] > MAX_CHAPTERS + 1:
            yield data[start:at]
            start = end
        at = end
    yield data[start:]


# All that is ever parsed: what nobody reads can neither fail nor take time. Three letters are ID3v2.2.
_KNOWN: dict[str, type[Frame]] = {
    **{
        name: Frames[name]
        for name in ("TIT1", "TIT2", "TIT3", "TPE1", "TPE2", "TCOM", "TALB", "TPOS", "TRCK", "APIC", "WXXX", "TXXX")
    },
    **{name: Frames[name] for name in ("COMM", "TDES", "USLT")},
    **{
        name: Frames_2_2[name] for name in ("TT1", "TT2", "TT3", "TP1", "TP2", "TCM", "TAL", "TPA", "TRK", "PIC", "TXX")
    },
    **{name: Frames_2_2[name] for name in ("COM", "ULT")},
    "CHAP": _Chap,
    "CTOC": _Ctoc,
}


_DESCRIPTIONS = frozenset(("comment", "description", "long description", "podcastdesc", "summary", "synopsis"))
_NOT_SAID = ("iTun", "ID3v1", "Songs-DB", "CDDB")


class ChapFrame(NamedTuple):
    """One CHAP frame. Times are milliseconds as written; ids and titles may repeat or be empty."""

    id: str
    start_ms: int
    end_ms: int
    title: str
    link: str | None = None


class TableFrame(NamedTuple):
    """One CTOC frame: the ids of the chapters and tables in it, in order."""

    id: str
    children: tuple[str, ...]
    title: str = ""
    is_top_level: bool = False


def load_id3(file: BinaryIO) -> ID3 | None:
    """The ID3v2 tag at the start of ``file`` (else ID3v1 at its end), None when there is none.

    Raises whatever mutagen does of a damaged one.
    """
    tags = _Id3()
    try:
        tags.load(file, known_frames=_KNOWN, translate=False)
    except ID3NoHeaderError:
        return None
    return tags


def id3_tags(tags: ID3) -> Tags:
    """The tags that a listener needs, with the front cover before other pictures."""
    pictures = sorted(tags.getall("APIC"), key=lambda frame: frame.type != 3)
    author = _text(tags, "TPE1") or _text(tags, "TPE2") or _text(tags, "TCOM")
    return Tags(
        _text(tags, "TIT2"),
        author,
        _text(tags, "TALB"),
        best_cover(frame.data for frame in pictures),
        ordinal(_text(tags, "TPOS")),
        ordinal(_text(tags, "TRCK")),
        best_notes(_descriptions(tags), (str(frame.text) for frame in tags.getall("USLT") + tags.getall("ULT"))),
    )


def _descriptions(tags: ID3) -> Iterator[str]:
    """Comments, descriptions, and what ffmpeg writes as such; not what programs keep in comments for themselves."""
    for frame in tags.getall("TDES"):
        yield _joined(frame)
    for frame in tags.getall("TXXX"):
        if frame.desc.lower() in _DESCRIPTIONS:
            yield _joined(frame)
    for frame in tags.getall("COMM") + tags.getall("COM"):
        if not frame.desc.startswith(_NOT_SAID):
            yield _joined(frame)


def _joined(frame: Any) -> str:
    return "\n".join(map(str, frame.text))


def chap_frames(tags: ID3) -> list[ChapFrame]:
    """All CHAP frames in the order in which they stand."""
    return [
        ChapFrame(frame.element_id, frame.start_time, frame.end_time, _title(frame.sub_frames), _link(frame.sub_frames))
        for frame in tags.getall("CHAP")
    ]


def table_frames(tags: ID3) -> list[TableFrame]:
    """All CTOC frames in the order in which they stand."""
    return [
        TableFrame(
            frame.element_id,
            tuple(frame.child_element_ids),
            _title(frame.sub_frames),
            bool(frame.flags & CTOCFlags.TOP_LEVEL),
        )
        for frame in tags.getall("CTOC")
    ]


def overdrive_markers(tags: ID3) -> str | None:
    """The text that OverDrive keeps its markers in, None when there is none."""
    for frame in tags.getall("TXXX"):
        if frame.desc == overdrive.FRAME:
            return str(frame.text[0]) if frame.text else None
    return None


def _text(tags: ID3, name: str) -> str | None:
    """All texts of a frame; several are several people."""
    frame = tags.get(name)
    texts = [clean_name(str(text)) for text in frame.text] if frame else []
    return ", ".join(text for text in texts if text) or None


def _title(tags: Any) -> str:
    """The first text of the first title frame that holds any; what follows a NUL in one is rubbish."""
    for name in ("TIT2", "TIT3", "TIT1"):
        frame = tags.get(name)
        for text in frame.text if frame else ():
            if title := clean_title(str(text)):
                return title
    return ""


def _link(tags: Any) -> str | None:
    """A chapter's own address: a WXXX frame, http or https only."""
    links = (clean_title(frame.url) for frame in tags.getall("WXXX"))
    return next((link for link in links if link.startswith(("http://", "https://"))), None)
