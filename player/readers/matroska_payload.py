"""The sound of a Matroska file: the frames of its first sound track without the clusters and blocks around them.

A copy may put the same frames into other clusters, several to a block, so nothing is taken from the middle, where only
clusters could be found: half of the windows follow the start, half come before the end. How many frames there are only
a walk through the whole file would tell; whoever compares has to compare the durations too.
"""

from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from player.readers.matroska_parts import CLUSTER, MAX_STEPS, SEGMENT, TRACKS, child, children, number_of, parts_of
from player.readers.payload import SAMPLED, Payload, read_at

HALF = SAMPLED // 2
MAX_ELEMENTS = 50_000  # from one place on
MAX_CANDIDATES = 20_000  # places that look like clusters; real ones are seconds apart
STEP = 1024 * 1024  # in search of the last clusters
MAX_BACK = 48 * STEP  # pictures and cues may stand behind them
_CLUSTER_BYTES = CLUSTER.to_bytes(4, "big")
_TRACK_ENTRY, _TRACK_TYPE, _TRACK_NUMBER, _SOUND = 0xAE, 0x83, 0xD7, 2
_TIMESTAMP, _CHECKSUM, _SIMPLE_BLOCK, _GROUP, _BLOCK = 0xE7, 0xBF, 0xA3, 0xA0, 0xA1
_NO_LACE, _FIXED, _EBML = 0x00, 0x04, 0x06  # how several frames share a block
_LONGEST_HEADER = 12


class _Element(NamedTuple):
    """``size`` is None where the element goes as far as it goes; ``payload`` is an offset."""

    id: int
    size: int | None
    payload: int

    @property
    def end(self) -> int | None:
        return None if self.size is None else self.payload + self.size


def matroska_payload(file: BinaryIO) -> Payload | None:
    """The frames of the first sound track; None when it has none."""
    track = _sound_track(file)
    first = None if track is None else _first_cluster(file)
    if track is None or first is None:
        return None
    end = file.seek(0, 2)
    head = _head(file, first, end, track)
    return Payload(0, (head, _tail(file, first, end, track))) if head else None


def _sound_track(file: BinaryIO) -> int | None:
    for element in parts_of(file).elements.get(TRACKS, ()):
        for entry in children(element, _TRACK_ENTRY):
            if number_of(child(entry, _TRACK_TYPE), 0) == _SOUND:
                return number_of(child(entry, _TRACK_NUMBER), 1)
    return None


def _first_cluster(file: BinaryIO) -> int | None:
    """The offset of the first cluster."""
    at: int | None = 0
    for _ in range(MAX_STEPS):
        element = None if at is None else _element(file, at)
        if element is None or element.id == CLUSTER:
            return at if element else None
        at = element.payload if element.id == SEGMENT else element.end
    return None


def _head(file: BinaryIO, first: int, end: int, track: int) -> bytes:
    """The first bytes of sound."""
    found = bytearray()
    for frames in _frames(file, first, end, track):
        found += frames
        if len(found) >= HALF:
            break
    return bytes(found[:HALF])


def _tail(file: BinaryIO, first: int, end: int, track: int) -> bytes:
    """The last bytes of sound, gathered cluster by cluster from the end."""
    found = b""
    until = end
    for cluster in _clusters_backwards(file, first, end):
        found = b"".join(_frames(file, cluster, until, track)) + found
        until = cluster
        if len(found) >= HALF:
            break
    return found[-HALF:]


def _clusters_backwards(file: BinaryIO, first: int, end: int) -> Iterator[int]:
    """The offsets of clusters, the last one first."""
    begin, candidates = end, 0
    while begin > first and end - begin < MAX_BACK:
        begin = max(first, begin - STEP)
        raw = read_at(file, begin, STEP + len(_CLUSTER_BYTES) - 1)
        at = raw.rfind(_CLUSTER_BYTES)
        while at >= 0:
            candidates += 1
            if candidates > MAX_CANDIDATES:
                raise ValueError("too many clusters")
            if _is_cluster(file, begin + at, end):
                yield begin + at
            at = raw.rfind(_CLUSTER_BYTES, 0, at + len(_CLUSTER_BYTES) - 1)


def _is_cluster(file: BinaryIO, at: int, end: int) -> bool:
    """Whether these four bytes are no chance: a cluster begins with its time."""
    cluster = _element(file, at)
    if cluster is None or (cluster.end or 0) > end:
        return False
    inner = _element(file, cluster.payload)
    return inner is not None and inner.id in (_TIMESTAMP, _CHECKSUM) and inner.size is not None and inner.size <= 8


def _frames(file: BinaryIO, at: int, end: int, track: int) -> Iterator[bytes]:
    """What each block of ``track`` holds between two offsets, of which the first is that of a cluster."""
    for _ in range(MAX_ELEMENTS):
        element = _element(file, at) if at < end else None
        if element is None:
            return
        if element.id in (CLUSTER, _GROUP):
            at = element.payload
            continue
        if element.end is None:
            return
        if element.id in (_SIMPLE_BLOCK, _BLOCK):
            yield _sound_of(read_at(file, element.payload, min(element.end, end) - element.payload), track)
        at = element.end


def _sound_of(block: bytes, track: int) -> bytes:
    """The frames of a block one behind the other, nothing where it is of another track."""
    number, width = _number(block, 0)
    if number != track or len(block) < width + 4:
        return b""
    at = width + 3  # behind a time and flags
    lace = block[width + 2] & 0x06
    if lace == _NO_LACE:
        return block[at:]
    more = block[at]
    at += 1
    for _ in range(0 if lace == _FIXED else more):
        if lace == _EBML:
            at += _number(block, at)[1]
            continue
        while at < len(block) and block[at] == 255:
            at += 1
        at += 1
    return block[at:]


def _element(file: BinaryIO, at: int) -> _Element | None:
    raw = read_at(file, at, _LONGEST_HEADER)
    _, id_width = _number(raw, 0)
    size, size_width = _number(raw, id_width)
    if not id_width or not size_width or id_width > 4:
        return None
    is_unknown = size == (1 << 7 * size_width) - 1
    return _Element(int.from_bytes(raw[:id_width], "big"), None if is_unknown else size, at + id_width + size_width)


def _number(raw: bytes, at: int) -> tuple[int, int]:
    """A number of variable width, and that width: 0 where there is none."""
    if at >= len(raw) or not raw[at]:
        return 0, 0
    width = 9 - raw[at].bit_length()
    value = int.from_bytes(raw[at : at + width], "big") & (1 << 7 * width) - 1
    return (value, width) if at + width <= len(raw) else (0, 0)
