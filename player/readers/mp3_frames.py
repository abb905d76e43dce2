"""Finds every frame of an MP3: the exact duration and the exact places to seek to come from nowhere else.

Only layer III of MPEG-1, 2 and 2.5 (ISO/IEC 11172-3 and 13818-3) with a bit rate in the header. Tags are skipped here,
not read; the bytes are never trusted, and the work is bounded for any file.
"""

import os
import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from player.core.errors import SourceError
from player.core.frame_table import FrameTable
from player.readers.head import open_regular
from player.readers.mp3_tags import audio_end, leading_tag_size

CHUNK = 1 << 20
GLANCE = 1 << 15
MAX_RESYNC_CANDIDATES = 400_000  # about half a second of looking; real files need a few
MAX_RESYNCS = 2_000  # tags and rubbish in the middle; each costs a chunk
CONSISTENT_HEADERS = 3
_TAILS = (8 * 1024, 128 * 1024, CHUNK)  # how far before the end the last frames are looked for

_TOO_DAMAGED = "This file is too damaged to find its MP3 frames."
_NO_SOUND = "No MP3 sound was found in this file."

_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}  # by version bits
_KBPS_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_KBPS_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
# sync, layer III of any version; a real bit rate; a real sample rate
_HEADER = re.compile(rb"\xff[\xe2\xe3\xf2\xf3\xfa\xfb][\x10-\xef]", re.DOTALL)
_ID3_IN_THE_MIDDLE = re.compile(rb"ID3[\x02-\x04][^\xff].[\x00-\x7f]{4}", re.DOTALL)
_ENCODERS_THAT_TELL_DELAY = (b"LAME", b"Lavf", b"Lavc")


@dataclass(frozen=True, slots=True)
class _Header:
    version: int
    sample_rate: int
    channels: int
    size: int

    @property
    def is_mpeg1(self) -> bool:
        return self.version == 3

    @property
    def kind(self) -> tuple[int, int]:
        return (self.version, self.sample_rate)


def scan(path: str) -> FrameTable:
    """The table of all frames of the MP3 at ``path``. Raises SourceError with a sentence when there are none."""
    with open_regular(Path(path)) as file:
        info = os.fstat(file.fileno())
        try:
            return _Scan(file, info.st_size).table(info.st_mtime_ns)
        except OSError as error:
            raise SourceError(f"The file could not be read: {error.strerror}.") from error


def sound_span(file: BinaryIO, file_size: int) -> tuple[int, int]:
    """Where the frames begin, behind tags and the encoder's own frame, and where the last whole one ends.

    Looks at both ends of the file only. Raises SourceError when there are no frames.
    """
    return _Scan(file, file_size, chunk=GLANCE).span()


@dataclass(slots=True)
class _Scan:
    """One pass over one file."""

    file: BinaryIO
    file_size: int
    chunk: int = CHUNK
    sizes: "array[int]" = field(default_factory=lambda: array("H"))
    runs: list[tuple[int, int]] = field(default_factory=list)
    candidates: int = 0
    resyncs: int = 0

    def table(self, mtime_ns: int) -> FrameTable:
        end = audio_end(self.file, self.file_size)
        start, header, info = self._begin(end)
        self._walk(start, end, header.kind)
        if not self.sizes:
            raise SourceError(_NO_SOUND)
        is_whole = info.frames == len(self.sizes)
        return FrameTable(
            sample_rate=header.sample_rate,
            samples_per_frame=1152 if header.is_mpeg1 else 576,
            channels=header.channels,
            is_mpeg1=header.is_mpeg1,
            sizes=_little_endian(self.sizes),
            runs=tuple(self.runs),
            delay_samples=info.delay,
            padding_samples=info.padding if is_whole else 0,
            file_size=self.file_size,
            mtime_ns=mtime_ns,
        )

    def span(self) -> tuple[int, int]:
        """The offsets of the first frame of sound and of what follows the last."""
        end = audio_end(self.file, self.file_size)
        start, header, _ = self._begin(end)
        for size in _TAILS:
            tail = self._resync(max(start, end - size), end, header.kind)
            if tail is not None:
                return start, self._end_of_frames(tail, end, header.kind)
        return start, end

    def _end_of_frames(self, offset: int, end: int, kind: tuple[int, int]) -> int:
        """Where the frames that follow each other from ``offset`` on stop, before ``end``."""
        rest = self._at(offset, end - offset)
        known: dict[bytes, int] = {}
        at = 0
        while at < len(rest):
            raw = rest[at : at + 4]
            if raw not in known:
                header = _parse(raw)
                if header is None or header.kind != kind:
                    break
                known[raw] = header.size
            if at + known[raw] > len(rest):
                break
            at += known[raw]
        return offset + at

    def _begin(self, end: int) -> tuple[int, _Header, "_EncoderInfo"]:
        """Where the sound starts, what its first frame is like, and what the encoder told before it."""
        first = self._first_frame(end)
        header = _parse(self._at(first, 4))
        assert header is not None  # _first_frame has parsed it
        info = _EncoderInfo.of(self._at(first, header.size), header)
        return first + header.size if info.is_info_frame else first, header, info

    def _at(self, offset: int, size: int) -> bytes:
        self.file.seek(offset)
        return self.file.read(size)

    def _first_frame(self, end: int) -> int:
        found = self._resync(0, end, None)
        if found is None:
            raise SourceError(_NO_SOUND)
        return found

    def _walk(self, offset: int, end: int, kind: tuple[int, int]) -> None:
        """Fills ``sizes`` and ``runs`` from ``offset`` on. Known headers cost one look-up each: that is the speed."""
        known: dict[bytes, int] = {}
        sizes, append = self.sizes, self.sizes.append
        run_start, frames_before = offset, 0
        base, chunk = offset, self._at(offset, CHUNK)
        position = 0
        while True:
            try:
                while True:
                    size = known[chunk[position : position + 4]]
                    append(size)
                    position += size
            except KeyError:
                pass
            here = base + position
            if here < end and position + 4 > len(chunk):
                base, chunk, position = here, self._at(here, CHUNK), 0
                if len(chunk) >= 4:
                    continue
            header = _parse(chunk[position : position + 4]) if here < end else None
            if header is not None and header.kind == kind:
                known[chunk[position : position + 4]] = header.size
                continue
            if here > end and len(sizes) > frames_before:
                sizes.pop()  # the last frame is cut, or runs into a tag
            if len(sizes) > frames_before:
                self.runs.append((run_start, len(sizes) - frames_before))
            found = self._resync(here, end, kind) if here < end else None
            if found is None:
                return
            run_start, frames_before = found, len(sizes)
            base, chunk, position = found, self._at(found, CHUNK), 0

    def _resync(self, offset: int, end: int, kind: tuple[int, int] | None) -> int | None:
        """The next place at or after ``offset`` with consistent headers, None when there is none."""
        while offset < end:
            self.resyncs += 1
            if self.resyncs > MAX_RESYNCS + self.file_size // self.chunk:
                raise SourceError(_TOO_DAMAGED)
            chunk = self._at(offset, self.chunk)
            skip = leading_tag_size(chunk)
            if skip and offset + skip <= end:
                offset += skip
                continue
            if len(chunk) < 4:
                return None
            found = self._search(chunk, offset, end, kind)
            if found is not None:
                return found
            tag = _next_tag(chunk)
            offset += tag if tag else max(1, len(chunk) - 3)
        return None

    def _search(self, chunk: bytes, offset: int, end: int, kind: tuple[int, int] | None) -> int | None:
        limit = _next_tag(chunk) or len(chunk)
        for match in _HEADER.finditer(chunk, 0, limit):
            self.candidates += 1
            if self.candidates > MAX_RESYNC_CANDIDATES:
                raise SourceError(_TOO_DAMAGED)
            if self._is_consistent(chunk, match.start(), offset, end, kind):
                return offset + match.start()
        return None

    def _is_consistent(self, chunk: bytes, position: int, offset: int, end: int, kind: tuple[int, int] | None) -> bool:
        """Whether three headers of one kind follow each other here, or fewer that end where the sound ends."""
        for _ in range(CONSISTENT_HEADERS):
            if offset + position == end:
                return True
            if offset + position + 4 > end:
                return False
            raw = chunk[position : position + 4]
            header = _parse(raw if len(raw) == 4 else self._at(offset + position, 4))
            if header is None or (kind is not None and header.kind != kind):
                return False
            kind = header.kind
            position += header.size
        return True


def _next_tag(chunk: bytes) -> int:
    """Where an ID3v2 tag inside ``chunk`` begins, 0 for none: what it holds may look like frames."""
    found = _ID3_IN_THE_MIDDLE.search(chunk, 1)
    return found.start() if found else 0


def _parse(raw: bytes) -> _Header | None:
    if len(raw) < 4 or not _HEADER.match(raw):
        return None
    version = raw[1] >> 3 & 3
    rate_index = raw[2] >> 2 & 3
    if version == 1 or rate_index == 3:
        return None
    rate = _RATES[version][rate_index]
    kbps = (_KBPS_1 if version == 3 else _KBPS_2)[raw[2] >> 4]
    size = (144_000 if version == 3 else 72_000) * kbps // rate + (raw[2] >> 1 & 1)
    return _Header(version, rate, 1 if raw[3] >> 6 == 3 else 2, size)


@dataclass(frozen=True, slots=True)
class _EncoderInfo:
    """What the first frame tells when it is a Xing, Info or VBRI frame instead of sound."""

    is_info_frame: bool = False
    frames: int | None = None
    delay: int = 0
    padding: int = 0

    @classmethod
    def of(cls, frame: bytes, header: _Header) -> "_EncoderInfo":
        if frame[36:40] == b"VBRI":
            return cls(is_info_frame=True)
        for start in _xing_offsets(header):
            if frame[start : start + 4] in (b"Xing", b"Info"):
                return cls._of_xing(frame[start:])
        return cls()

    @classmethod
    def _of_xing(cls, xing: bytes) -> "_EncoderInfo":
        flags = int.from_bytes(xing[4:8], "big")
        frames = int.from_bytes(xing[8:12], "big") if flags & 1 else None
        encoder = 8 + 4 * (flags & 1) + 2 * (flags & 2) + 25 * (flags & 4) + (flags & 8) // 2
        if xing[encoder : encoder + 4] not in _ENCODERS_THAT_TELL_DELAY or len(xing) < encoder + 24:
            return cls(is_info_frame=True, frames=frames)
        both = int.from_bytes(xing[encoder + 21 : encoder + 24], "big")
        return cls(is_info_frame=True, frames=frames, delay=both >> 12, padding=both & 0xFFF)


def _xing_offsets(header: _Header) -> Iterator[int]:
    side_info = (17 if header.channels == 1 else 32) if header.is_mpeg1 else (9 if header.channels == 1 else 17)
    yield 4 + side_info
    yield 6 + side_info  # some writers put it after a checksum


def _little_endian(sizes: "array[int]") -> bytes:
    if array("H", [1]).tobytes() != b"\x01\x00":
        sizes = sizes[:]
        sizes.byteswap()
    return sizes.tobytes()
