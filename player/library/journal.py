"""The journal beside the database: text files, called segments, to which every save adds its lines.

A segment begins with each snapshot and has its number; the one before it is kept, and added to as well. The last
snapshot with either segment, or the snapshot before it with the earlier segment, are the whole library. Lines are only
ever added, under the database's own write lock, so that several programs can share a segment. What lines say is not
known here.
"""

import os
import re
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from player.library.journal_line import FORMAT, HEAD, Line, decoded, encoded

KEPT = 2
SYNC_S = 2.0

_NAME = re.compile(r"(\d{6,})\.txt")
_TAIL = 65_536  # bytes: enough to hold a whole line near the end of a segment


class Journal:
    """The segments in ``folder``, for adding to. Raises OSError where the disk does not take a line."""

    def __init__(self, folder: Path, now_s: Callable[[], float] = time.monotonic) -> None:
        self.folder = folder
        self.identified: set[int] = set()
        """The ids of the files that this segment has said all about; kept by whoever writes lines."""
        self.trouble: OSError | None = None
        """Why a line is missing; the gap is closed by the snapshot that begins the next segment."""
        self._now_s = now_s
        self._number = 0
        self._last: _Segment | None = None
        self._before: _Segment | None = None
        self._synced_at_s = 0.0

    def follow(self) -> None:
        """Turn to the segment that is the last now: another program may have begun one, or taken ours away."""
        number = max(segment_numbers(self.folder), default=1)
        if self._last is None or number != self._number or not self._last.is_there():
            self._open(number)

    def add(self, lines: Iterable[Line]) -> None:
        """Put ``lines`` at the end of the last two segments; to be asked after ``follow``."""
        content = b"".join(map(encoded, lines))
        assert self._last is not None
        self._last.add(content)
        if self._before:
            self._before.add(content)
        if self._now_s() - self._synced_at_s >= SYNC_S:
            self.sync()

    def begin_segment(self, number: int) -> None:
        """Let segment ``number`` be the last; those before it stay until ``drop_before``."""
        self.sync()
        self._open(number)
        self.trouble = None

    def sync(self) -> None:
        """Have all that was added on the disk itself, not only with the system."""
        self._synced_at_s = self._now_s()
        if self._last:
            self._last.sync()

    def close(self) -> None:
        """Let go of the segments."""
        try:
            self.sync()
        finally:
            self._let_go()

    def _open(self, number: int) -> None:
        self._let_go()
        self.folder.mkdir(mode=0o700, exist_ok=True)
        before = path_of(self.folder, number - 1)
        self._last = _Segment(path_of(self.folder, number))
        self._before = _Segment(before) if before.exists() else None
        self._number = number
        self.identified = set()
        if self._last.is_new:
            self._last.add(encoded(Line(HEAD, {"format": FORMAT, "segment": number})))

    def _let_go(self) -> None:
        for segment in (self._last, self._before):
            if segment:
                segment.close()
        self._last = self._before = None


class _Segment:
    """One file that is added to. Raises OSError where the disk does not take a line."""

    def __init__(self, path: Path) -> None:
        self._path = path
        flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)
        self._descriptor = os.open(path, flags, 0o600)
        size = os.lseek(self._descriptor, 0, os.SEEK_END)
        self.is_new = not size
        self._is_cut = False
        """Whether its last line may have no end."""
        if size:
            os.lseek(self._descriptor, -1, os.SEEK_END)
            self._is_cut = os.read(self._descriptor, 1) != b"\n"

    def add(self, content: bytes) -> None:
        """Put whole lines at the end."""
        try:
            _write(self._descriptor, b"\n" + content if self._is_cut else content)
        except OSError:
            self._is_cut = True
            raise
        self._is_cut = False

    def sync(self) -> None:
        os.fsync(self._descriptor)

    def close(self) -> None:
        os.close(self._descriptor)

    def is_there(self) -> bool:
        """Whether the file still has its name."""
        try:
            return os.path.samestat(os.fstat(self._descriptor), self._path.stat())
        except FileNotFoundError:
            return False


def segment_numbers(folder: Path) -> list[int]:
    """The numbers of the segments in ``folder``, in order; none where there is no such folder."""
    try:
        names = os.listdir(folder)  # noqa: PTH208 - asked at every save
    except (FileNotFoundError, NotADirectoryError):
        return []
    return sorted(int(match[1]) for match in map(_NAME.fullmatch, names) if match)


def drop_before(folder: Path, number: int) -> None:
    """Delete the segments that neither the snapshot of that number nor the one before it needs."""
    for known in segment_numbers(folder)[:-KEPT]:
        if known < number - 1:
            with suppress(PermissionError):  # Windows: another program has it open; it goes the next time
                path_of(folder, known).unlink(missing_ok=True)


def path_of(folder: Path, number: int) -> Path:
    """The segment of that number."""
    return folder / f"{number:06}.txt"


def read_segment(path: Path) -> Iterator[Line | None]:
    """Every line of a segment in order; None for one that is damaged. Raises OSError."""
    with path.open("rb") as file:
        for raw in file:
            if raw.strip():
                yield decoded(raw)


def last_seq(folder: Path) -> int:
    """The highest seq near the ends of the last segments: whether the database is as new as its journal."""
    return max((_last_seq(path_of(folder, number)) for number in segment_numbers(folder)[-KEPT:]), default=0)


def _last_seq(path: Path) -> int:
    with path.open("rb") as file:
        file.seek(max(0, file.seek(0, os.SEEK_END) - _TAIL))
        lines = [decoded(raw) for raw in file.read().split(b"\n")]
    if not any(lines):  # a very long line, or damage
        lines = list(read_segment(path))
    return max((line.seq for line in lines if line), default=0)


def _write(descriptor: int, content: bytes) -> None:
    written = os.write(descriptor, content)  # in one go, so that lines of several programs do not mix
    while written < len(content):
        written += os.write(descriptor, content[written:])
