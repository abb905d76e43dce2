"""The cache of sample tables on disk: a header and a list for each MP3, so that each is scanned once.

An entry belongs to the exact bytes: it is named by a hash of path, size and time of change. Everything here can be
made again, so nothing is precious; what may not fit is thrown away.
"""

import atexit
import contextlib
import json
import os
import re
import shutil
import tempfile
import zlib
from pathlib import Path

from player.core.audio_source import AudioSource
from player.core.errors import LibraryError
from player.core.frame_table import FrameTable
from player.core.sample_table import header_bytes, list_text, sync_offsets

MAX_BYTES = 400 * 1024 * 1024  # some 700 hours of MP3
FORMAT = 1
_ENTRY = re.compile(r"[0-9a-f]{32}\.(head|list|json)")


class SampleTableCache:
    """Sample tables kept in one directory."""

    def __init__(self, cache_dir: Path, max_bytes: int = MAX_BYTES) -> None:
        self._asked_dir = cache_dir
        self._max_bytes = max_bytes
        self._temporary: Path | None = None

    def find(self, path: str) -> AudioSource | None:
        """The source for ``path`` when an entry for its present size and time of change exists, else None."""
        try:
            info = Path(path).stat()
        except OSError:
            return None
        entry = self._entry(path, info.st_size, info.st_mtime_ns)
        try:
            kept = json.loads(entry.with_suffix(".json").read_text("utf-8"))
            sync_points = tuple((int(offset), bytes.fromhex(raw)) for offset, raw in kept["sync_points"])
            is_whole = zlib.crc32(entry.with_suffix(".head").read_bytes()) == kept["header_crc"]
            is_whole = is_whole and entry.with_suffix(".list").read_bytes() == _list_of(entry, path)
            duration_ms = int(kept["duration_ms"])
        except (OSError, ValueError, KeyError, TypeError):
            return None  # not there, or damaged: it is made again
        if not is_whole:
            return None
        with contextlib.suppress(OSError):
            os.utime(entry.with_suffix(".json"))  # lately used: pruned last
        return AudioSource(
            path=path,
            duration_ms=duration_ms,
            list_path=str(entry.with_suffix(".list")),
            file_size=info.st_size,
            mtime_ns=info.st_mtime_ns,
            sync_points=sync_points,
        )

    def source_for(self, path: str, table: FrameTable) -> AudioSource:
        """Writes the entry of ``table``, the frames of the MP3 at ``path``, and returns how to play it.

        Raises LibraryError when it cannot be written or the file is gone; the file can still be played plainly.
        """
        entry = self._entry(path, table.file_size, table.mtime_ns)
        try:
            sync_points = _read_sync_points(path, sync_offsets(table))
            header = header_bytes(table)
            entry.parent.mkdir(parents=True, exist_ok=True)
            _write(entry.with_suffix(".head"), header)
            _write(entry.with_suffix(".list"), _list_of(entry, path))
            kept = {
                "format": FORMAT,
                "duration_ms": table.duration_ms,
                "header_crc": zlib.crc32(header),
                "sync_points": [(offset, raw.hex()) for offset, raw in sync_points],
            }
            _write(entry.with_suffix(".json"), json.dumps(kept).encode())
            self._prune(keep=entry.name)
        except OSError as error:
            raise LibraryError(f"The table for exact seeking could not be kept: {error.strerror}.") from error
        return AudioSource(
            path=path,
            duration_ms=table.duration_ms,
            list_path=str(entry.with_suffix(".list")),
            file_size=table.file_size,
            mtime_ns=table.mtime_ns,
            sync_points=sync_points,
        )

    def _entry(self, path: str, size: int, mtime_ns: int) -> Path:
        import hashlib  # with the first MP3: what it loads takes longer than all of this

        identity = os.fsencode(Path(path).absolute()) + f"\0{size}\0{mtime_ns}\0{FORMAT}".encode()
        return self._directory() / hashlib.blake2b(identity, digest_size=16).hexdigest()

    def _directory(self) -> Path:
        """The directory asked for, or a temporary one where the sound could not open the list's own path."""
        absolute = self._asked_dir.absolute()
        if _can_be_opened(absolute):
            return absolute
        if self._temporary is None:
            self._temporary = Path(tempfile.mkdtemp(prefix="outspoken-"))
            atexit.register(shutil.rmtree, self._temporary, ignore_errors=True)
        return self._temporary

    def _prune(self, keep: str) -> None:
        """Removes the entries least lately used until the rest fits."""
        entries: dict[str, tuple[float, int]] = {}
        for file in self._directory().iterdir():
            if not _ENTRY.fullmatch(file.name):
                continue
            try:
                info = file.stat()
            except FileNotFoundError:
                continue  # another thread or program was quicker
            used, size = entries.get(file.stem, (0.0, 0))
            entries[file.stem] = (max(used, info.st_mtime), size + info.st_size)
        total = sum(size for _, size in entries.values())
        for name, (_, size) in sorted(entries.items(), key=lambda entry: entry[1]):
            if total <= self._max_bytes:
                return
            if name == keep:
                continue
            for suffix in (".json", ".list", ".head"):
                (self._directory() / (name + suffix)).unlink(missing_ok=True)
            total -= size


def _can_be_opened(directory: Path) -> bool:
    """Whether Qt and FFmpeg agree on this path inside a URL: no ``%`` or ``#``, no line break, plain UTF-8."""
    text = str(directory)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return not any(character in text for character in "%#?\n\r")


def _list_of(entry: Path, path: str) -> bytes:
    return list_text(os.fsencode(entry.with_suffix(".head")), os.fsencode(Path(path).absolute()))


def _read_sync_points(path: str, offsets: tuple[int, ...]) -> tuple[tuple[int, bytes], ...]:
    points = []
    with Path(path).open("rb", buffering=0) as file:
        for offset in offsets:
            file.seek(offset)
            points.append((offset, file.read(4)))
    return tuple(points)


def _write(path: Path, content: bytes) -> None:
    """Writes atomically: a reader sees the old file, none, or the whole new one."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
