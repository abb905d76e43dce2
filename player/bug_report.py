"""Errors that nobody caught, from any thread: a bug is written down and told, and the program goes on.

What the listener can be told in a sentence is no bug and is told as it is. Nothing is mended here.
"""

import sys
import threading
import traceback
from datetime import datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Signal

from player import __version__
from player.core.errors import OutspokenError

MAX_BYTES = 1_000_000  # of reports; what comes after them is only told


class BugReport(QObject):
    """Writes to ``bugs.log`` in ``folder``. A bug that comes again and again is written and told once."""

    told = Signal(str)  # sentence; to be received on the window's thread

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.path = folder / "bugs.log"
        self._last = ""

    def install(self) -> None:
        """From now on, catch what nobody catches."""
        sys.excepthook = self.catch
        threading.excepthook = self._catch_in_thread

    def catch(self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        """Tell ``error``, and write it down if it is a bug. May be called from any thread."""
        if isinstance(error, OutspokenError):
            self.told.emit(str(error))
            return
        sys.__excepthook__(kind, error or kind(), trace)
        report = "".join(traceback.format_exception(kind, error, trace))
        if report == self._last:
            return
        self._last = report
        where = f" A report is in {self.path}." if self._write(report) else ""
        self.told.emit(self.tr("Something went wrong inside Outspoken; your place is kept.") + where)

    def _catch_in_thread(self, caught: threading.ExceptHookArgs) -> None:
        if caught.exc_type is not SystemExit:
            self.catch(caught.exc_type, caught.exc_value, caught.exc_traceback)

    def _write(self, report: str) -> bool:
        """Add ``report``; False when the disk does not take it, or has enough of them."""
        try:
            with self.path.open("a", encoding="utf-8", errors="replace") as file:
                if file.tell() > MAX_BYTES:
                    return False
                file.write(f"--- {datetime.now().astimezone().isoformat()} Outspoken {__version__}\n{report}")
        except OSError:
            return False
        return True
