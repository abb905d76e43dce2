"""What a file on the disk looks like from outside, without opening it; and such looks taken beforehand.

A look may wait for ever on a disk that does not answer. The writer, who must never wait, is handed what others have
seen, and says what is still to be looked at.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from stat import S_ISREG
from typing import NamedTuple


class Glance(NamedTuple):
    """One regular file."""

    device: int
    inode: int
    size: int
    mtime_ns: int

    def is_same_file(self, other: "Glance") -> bool:
        """Whether both are the same file, by two names."""
        return (self.device, self.inode) == (other.device, other.inode)


def glance(path: str) -> Glance | None:
    """A look at the file at ``path``, None when no regular file is there."""
    try:
        info = Path(path).stat()
    except (OSError, ValueError):
        return None
    return Glance(info.st_dev, info.st_ino, info.st_size, info.st_mtime_ns) if S_ISREG(info.st_mode) else None


def is_there(path: str) -> bool:
    """Whether there is anything at ``path`` that may be looked at."""
    return os.path.exists(path)  # noqa: PTH110 - Path's own raises where it may not


class UnseenError(Exception):
    """Somebody has to look at ``path`` first."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class Sight:
    """Looks that were taken."""

    def __init__(self, seen: Mapping[str, Glance | None]) -> None:
        self._seen = dict(seen)

    def take(self, path: str) -> Glance | None:
        """Look at ``path`` now."""
        self._seen[path] = glance(path)
        return self._seen[path]

    def recall(self, path: str) -> Glance | None:
        """What was seen at ``path``. Raises UnseenError where nobody has looked."""
        if path not in self._seen:
            raise UnseenError(path)
        return self._seen[path]
