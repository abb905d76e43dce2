"""How long the window's thread keeps a short timer waiting: what a listener feels as a window that stands still."""

import os
import time
from contextlib import suppress

from PySide6.QtCore import Qt, QTimer

EVERY_MS = 5


class Lateness:
    """A timer on the thread that starts it."""

    def __init__(self) -> None:
        self._worst_ms = 0.0
        self._due = 0.0
        self._timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=EVERY_MS)
        self._timer.timeout.connect(self._ring)

    def start(self) -> None:
        """Begin to measure; before other programs where we may, but not before our own helpers."""
        with suppress(AttributeError, PermissionError):
            os.sched_setscheduler(0, os.SCHED_RR | os.SCHED_RESET_ON_FORK, os.sched_param(5))
        self._worst_ms, self._due = 0.0, time.perf_counter() + EVERY_MS / 1000
        self._timer.start()

    def worst_ms(self) -> float:
        """The longest delay since this was asked last; 0 while nothing is measured."""
        if self._timer.isActive():
            self._ring()
        worst_ms, self._worst_ms = self._worst_ms, 0.0
        return worst_ms

    def _ring(self) -> None:
        now = time.perf_counter()
        self._worst_ms = max(self._worst_ms, (now - self._due) * 1000)
        self._due = now + EVERY_MS / 1000
