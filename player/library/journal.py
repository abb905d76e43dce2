"""The journal beside the database: text files, called segments, to which every save adds its lines.

A segment begins with each snapshot and has its number, and the one before it is kept: the last snapshot with its own
segment, or the one before it with both, are the whole library. Lines are only ever added, under the database's own
write lock, so that several programs can share a segment. What lines say is not known here.
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
        self._descriptor: int | None = None
        self._is_broken = False  # its last line may have no end
        self._synced_at_s = 0.0

    def follow(self) -> None:
        """Turn to the segment that is the last now: another program may have begun one, or taken ours away."""
        number = max(segment_numbers(self.folder), default=1)
        if self._descriptor is None or number != self._number or not self._is_there():
            self._open(number)

    def add(self, lines: Iterable[Line]) -> None:
        """Put ``lines`` at the end of the last segment, at once or not at all; to be asked after ``follow``."""
        content = b"".join(map(encoded, lines))
        assert self._descriptor is not None
        try:
            _write(self._descriptor, b"\n" + content if self._is_broken else content)
        except OSError:
            self._is_broken = True
            raise
        self._is_broken = False
        if self._now_s() - self._synced_at_s >= SYNC_S:
            self.sync()

    def add_before(self, lines: Iterable[Line]) -> None:
        """Put ``lines`` at the end of the segment before the last too, so that no single file holds them alone."""
        earlier = path_of(self.folder, self._number - 1)
        if earlier.exists():
            descriptor = os.open(earlier, os.O_WRONLY | os.O_APPEND | getattr(os, "O_BINARY", 0))
            try:
                _write(descriptor, b"\n" + b"".join(map(encoded, lines)))
                os.fsync(descriptor)
            finally:
                os.close(descriptor)

    def begin_segment(self, number: int) -> None:
        """Let segment ``number`` be the last; those before it stay until ``drop_before``."""
        self.sync()
        self._open(number)
        self.trouble = None

    def sync(self) -> None:
        """Have all that was added on the disk itself, not only with the system."""
        self._synced_at_s = self._now_s()
        if self._descriptor is not None:
            os.fsync(self._descriptor)

    def close(self) -> None:
        """Let go of the segment."""
        if self._descriptor is not None:
            try:
                self.sync()
            finally:
                os.close(self._descriptor)
                self._descriptor = None

    def _open(self, number: int) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
        self.folder.mkdir(mode=0o700, exist_ok=True)
        flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)
        self._descriptor = os.open(path_of(self.folder, number), flags, 0o600)
        self._number = number
        self.identified = set()
        size = os.lseek(self._descriptor, 0, os.SEEK_END)
        self._is_broken = False
        if size:
            os.lseek(self._descriptor, -1, os.SEEK_END)
            self._is_broken = os.read(self._descriptor, 1) != b"\n"
        else:
            self.add([Line(HEAD, {"format": FORMAT, "segment": number})])

    def _is_there(self) -> bool:
        assert self._descriptor is not None
        try:
            return os.path.samestat(os.fstat(self._descriptor), path_of(self.folder, self._number).stat())
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
    """The highest seq near the end of the last segment: whether the database is as new as its journal."""
    numbers = segment_numbers(folder)
    if not numbers:
        return 0
    with path_of(folder, numbers[-1]).open("rb") as file:
        file.seek(max(0, file.seek(0, os.SEEK_END) - _TAIL))
        lines = [decoded(raw) for raw in file.read().split(b"\n")]
    if not any(lines):  # a very long line, or damage
        lines = list(read_segment(path_of(folder, numbers[-1])))
    return max((line.seq for line in lines if line), default=0)


def _write(descriptor: int, content: bytes) -> None:
    written = os.write(descriptor, content)  # in one go, so that lines of several programs do not mix
    while written < len(content):
        written += os.write(descriptor, content[written:])
