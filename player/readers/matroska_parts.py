"""Where the parts of a Matroska file lie, and reading their elements by id. What they mean is not known here.

Elements are walked with ebmlite, but named by their ids: its table of names lacks some that matter here.
"""

import functools
import struct
from collections.abc import Iterator
from io import BytesIO
from typing import Any, BinaryIO, NamedTuple

from ebmlite import loadSchema
from ebmlite.decoding import readElementID, readElementSize

SEGMENT = 0x18538067
SEEK_HEAD = 0x114D9B74
CLUSTER = 0x1F43B675
INFO = 0x1549A966
TRACKS = 0x1654AE6B
CHAPTERS = 0x1043A770
TAGS = 0x1254C367
ATTACHMENTS = 0x1941A469
_WANTED = frozenset((INFO, TRACKS, CHAPTERS, TAGS, ATTACHMENTS))
_SEEK, _SEEK_ID, _SEEK_POSITION = 0x4DBB, 0x53AB, 0x53AC

MAX_STEPS = 50_000  # elements that are passed over in search of the parts
MAX_TEXT = 16 * 1024  # bytes
_BROKEN = (TypeError, ValueError, OSError, OverflowError, struct.error)  # what ebmlite raises of broken elements


class _Header(NamedTuple):
    id: int
    size: int | None  # None: as far as it goes
    payload: int


class Parts(NamedTuple):
    """The elements below the segment that are of use, by their ids; ``is_cut`` says that the file ends too early."""

    elements: dict[int, list[Any]]
    is_cut: bool


def parts_of(file: BinaryIO) -> Parts:
    """Finds them by the file's own list of them (SeekHead), or, where it has none, from end to end."""
    file_end = file.seek(0, 2)
    segment = _segment(file, file_end)
    if segment is None:
        return Parts({}, True)
    end = file_end if segment.size is None else segment.payload + segment.size
    places: dict[int, int] = {}  # place to id, so that a part named twice is one
    at = segment.payload
    has_list = False
    for _ in range(MAX_STEPS):
        header = _header(file, at) if at < min(end, file_end) else None
        if header is None or (header.id == CLUSTER and has_list):
            break
        if header.id in _WANTED:
            places[at] = header.id
        elif header.id == SEEK_HEAD:
            has_list = True
            for id_, place in _listed(file, at):
                places[segment.payload + place] = id_
        # a cluster without a size is gone through element by element
        at = header.payload + (header.size or 0)
    elements: dict[int, list[Any]] = {}
    for place, id_ in sorted(places.items()):
        header = _header(file, place) if id_ in _WANTED and place < file_end else None
        if header and header.id == id_:
            elements.setdefault(id_, []).append(_element(file, place))
    return Parts(elements, end > file_end)


def children(element: Any, id_: int | None = None) -> Iterator[Any]:
    """The elements in ``element``, all or those of one id, up to where they are broken."""
    try:
        for child in element.__iter__(nocache=True):
            if id_ is None or child.id == id_:
                yield child
    except _BROKEN:
        return


def child(element: Any, id_: int) -> Any:
    """The first element of that id in ``element``, None when there is none."""
    return next(children(element, id_), None)


def raw_of(element: Any, limit: int) -> bytes:
    """At most ``limit`` bytes of what is in ``element``."""
    element.stream.seek(element.payloadOffset)
    return bytes(element.stream.read(min(element.size or 0, limit)))


def number_of(element: Any, otherwise: int) -> int:
    """An unsigned integer; ``otherwise`` where there is no element. An empty one is 0."""
    return otherwise if element is None else int.from_bytes(raw_of(element, 8), "big")


def float_of(element: Any) -> float | None:
    """A floating-point number of 4 or 8 bytes, None for anything else."""
    raw = b"" if element is None else raw_of(element, 9)
    form = {4: ">f", 8: ">d"}.get(len(raw))
    return float(struct.unpack(form, raw)[0]) if form else None


def text_of(element: Any, limit: int = MAX_TEXT) -> str:
    """A text of at most ``limit`` bytes, an empty one where there is no element."""
    return "" if element is None else raw_of(element, limit).partition(b"\0")[0].decode("utf-8", errors="replace")


def _segment(file: BinaryIO, file_end: int) -> _Header | None:
    """The first segment, behind the EBML header and whatever fills the gap."""
    at = 0
    for _ in range(16):
        header = _header(file, at) if at < file_end else None
        if header is None or header.id == SEGMENT:
            return header
        if header.size is None:
            return None
        at = header.payload + header.size
    return None


def _header(file: BinaryIO, at: int) -> _Header | None:
    file.seek(at)
    try:
        id_, id_length = readElementID(file)
        size, size_length = readElementSize(file)
    except _BROKEN:
        return None
    return _Header(id_, size, at + id_length + size_length)


def _listed(file: BinaryIO, at: int) -> Iterator[tuple[int, int]]:
    for seek in children(_element(file, at), _SEEK):
        place = child(seek, _SEEK_POSITION)
        if place is not None:
            yield number_of(child(seek, _SEEK_ID), 0), number_of(place, 0)


def _element(file: BinaryIO, at: int) -> Any:
    file.seek(at)
    element, _ = _walker().parseElement(file, nocache=True)
    return element


@functools.cache
def _walker() -> Any:
    """A document of nothing: a real one would look at the whole file at once."""
    return loadSchema("matroska.xml").document(BytesIO(), name="", size=0)
