"""Who has the library in a folder open: many may share it, and one alone may put another file in its place.

The lock is on the folder itself, so that nothing is left behind, and ends with the process. Where a system or a disk
has no such locks, everybody is let in: there a file that is open cannot be renamed, or nobody else is expected.
"""

import os
import sys
import time
from pathlib import Path

WAIT_S = 5.0

if sys.platform != "win32":
    import fcntl


class FolderLock:
    """A lock on ``folder``, not held yet."""

    def __init__(self, folder: Path) -> None:
        self._descriptor: int | None = None
        if sys.platform != "win32":
            try:
                self._descriptor = os.open(folder, os.O_RDONLY)
            except OSError:
                return  # what cannot be opened is told by whoever opens the library

    def share(self, timeout_s: float = WAIT_S) -> bool:
        """Hold it with others; False where one has it alone for longer than ``timeout_s``."""
        return self._take(alone=False, timeout_s=timeout_s)

    def take_alone(self, timeout_s: float = WAIT_S) -> bool:
        """Hold it alone; False where others still hold it after ``timeout_s``. A shared hold is given up for it."""
        return self._take(alone=True, timeout_s=timeout_s)

    def release(self) -> None:
        """Let go of it."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _take(self, *, alone: bool, timeout_s: float) -> bool:
        if self._descriptor is None or sys.platform == "win32":
            return True
        give_up_at = time.monotonic() + timeout_s
        fcntl.flock(self._descriptor, fcntl.LOCK_UN)  # two that share it could wait for each other for ever
        while True:
            try:
                fcntl.flock(self._descriptor, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > give_up_at:
                    return False
                time.sleep(0.02)
            except OSError:
                return True  # no such locks on this disk
            else:
                return True
