"""The sound of an Ogg file: the bytes of its packets without the pages around them and without the comments.

A copy may cut the same packets into other pages, so nothing is taken from the middle, where only pages could be found:
half of the windows follow the headers, half come before the end, and the last page tells the exact length in samples.
"""

from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from player.readers.payload import SAMPLED, Payload, read_at

HALF = SAMPLED // 2
MAX_PAGES = 50_000  # of headers: pictures of a hundred megabytes
MAX_CANDIDATES = 10_000  # places that look like pages
MAX_TAIL = 1024 * 1024
_HEADER = 27
_HEADERS = ((b"OpusHead", 2), (b"\x01vorbis", 3), (b"Speex   ", 2), (b"\x7fFLAC", 0))
"""How the first packet of a stream of sound begins, and how many packets are no sound; of FLAC the first tells."""


class _Page(NamedTuple):
    serial: bytes
    granule: int
    lacing: bytes
    body: int  # offset

    @property
    def size(self) -> int:
        return sum(self.lacing)

    @property
    def end(self) -> int:
        return self.body + self.size


def ogg_payload(file: BinaryIO) -> Payload | None:
    """The packets of the first stream of sound; None when there is none."""
    found = _first_sound(file)
    if found is None:
        return None
    page, headers = found
    start, skipped = _behind_headers(file, page, headers)
    head = _bytes_from(file, page.serial, start, skipped)
    tail, length = _tail(file, page.serial, start, skipped)
    return Payload(length, (head, tail)) if head else None


def _first_sound(file: BinaryIO) -> tuple[_Page, int] | None:
    """The first page of a stream of sound, and how many of its packets are headers."""
    at = 0
    for _ in range(64):  # all streams begin before any goes on
        page = _page(file, at)
        if page is None:
            return None
        first = read_at(file, page.body, 13)
        for mark, headers in _HEADERS:
            if first.startswith(mark):
                return page, headers or _flac_headers(first)
        at = page.end
    return None


def _flac_headers(first: bytes) -> int:
    """The first packet tells how many more follow; 0 says that the writer did not know."""
    more = int.from_bytes(first[7:9], "big")
    if not more:
        raise ValueError("headers without number")
    return 1 + more


def _behind_headers(file: BinaryIO, page: _Page, headers: int) -> tuple[int, int]:
    """The offset of the page with the first packet of sound, and how many bytes of it are still headers."""
    at = page.body - _HEADER - len(page.lacing)
    for _ in range(MAX_PAGES):
        here = _page(file, at)
        if here is None:
            break
        if here.serial == page.serial:
            skipped = 0
            for lace in here.lacing:
                if not headers:
                    return at, skipped
                skipped += lace
                headers -= lace < 255
        at = here.end
        if not headers:
            return at, 0
    raise ValueError("headers without an end")


def _bytes_from(file: BinaryIO, serial: bytes, at: int, skipped: int) -> bytes:
    """The first bytes of sound."""
    found = bytearray()
    for _ in range(MAX_PAGES):
        page = _page(file, at)
        if page is None or len(found) >= HALF:
            break
        if page.serial == serial:
            found += read_at(file, page.body, page.size)[skipped:]
            skipped = 0
        at = page.end
    return bytes(found[:HALF])


def _tail(file: BinaryIO, serial: bytes, start: int, skipped: int) -> tuple[bytes, int]:
    """The last bytes of sound, and the length in samples."""
    end = file.seek(0, 2)
    reach = 2 * HALF
    while True:
        begin = max(start, end - reach)
        found, length = bytearray(), 0
        for page in _pages_from(file, begin, end, serial):
            is_first = page.body - _HEADER - len(page.lacing) == start
            found += read_at(file, page.body, page.size)[skipped if is_first else 0 :]
            length = page.granule if page.granule >= 0 else length
        if len(found) >= HALF or begin == start or reach >= MAX_TAIL:
            return bytes(found[-HALF:]), length
        reach *= 2


def _pages_from(file: BinaryIO, begin: int, end: int, serial: bytes) -> Iterator[_Page]:
    """The pages of that stream that follow each other to the end of the file, from the first that is one on."""
    raw = read_at(file, begin, end - begin)
    here, at = end, raw.find(b"OggS")
    for _ in range(MAX_CANDIDATES):
        page = _page(file, begin + at) if at >= 0 else None
        if page and page.end <= end and (page.end == end or raw[page.end - begin :][:4] == b"OggS"):
            here = begin + at
            break
        if at < 0:
            break
        at = raw.find(b"OggS", at + 1)
    while here < end and (page := _page(file, here)):
        if page.serial == serial:
            yield page
        here = page.end


def _page(file: BinaryIO, at: int) -> _Page | None:
    """The page at ``at``, None when there is none."""
    raw = read_at(file, at, _HEADER + 255)
    if len(raw) < _HEADER or not raw.startswith(b"OggS\0"):
        return None
    lacing = raw[_HEADER : _HEADER + raw[26]]
    granule = int.from_bytes(raw[6:14], "little", signed=True)
    return _Page(raw[14:18], granule, lacing, at + _HEADER + len(lacing))
