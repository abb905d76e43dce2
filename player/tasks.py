"""The one door from the window to threads: a plain function runs elsewhere, its outcome comes back on this thread.

Knows nothing of what is run. An error that the listener can be told goes to ``on_error``; a bug too, and is then
raised on the window's thread, where everything unexpected is seen.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from player.core.errors import OutspokenError

T = TypeVar("T")
WORKERS = 2
UNEXPECTED = "Something went wrong inside Outspoken."


class Tasks(QObject):
    """Runs functions off the window's thread. Close it before the program ends."""

    _came_back = Signal(object)

    def __init__(self, parent: QObject | None = None, workers: int = WORKERS) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="task")
        self._came_back.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._waiting = 0
        self._held: list[Callable[[], None]] | None = None  # what waits for ``let_go``
        self._is_closed = False

    @property
    def is_idle(self) -> bool:
        """Whether every outcome has been delivered."""
        return self._waiting == 0

    def run(
        self,
        func: Callable[[], T],
        on_done: Callable[[T], None],
        on_error: Callable[[OutspokenError], None],
    ) -> None:
        """Run ``func`` elsewhere; then ``on_done`` with what it gave, or ``on_error``, on this object's thread."""
        self._waiting += 1

        def begin() -> None:
            self._pool.submit(func).add_done_callback(lambda future: self._came_back.emit((future, on_done, on_error)))

        if self._held is None:
            begin()
        else:
            self._held.append(begin)

    def hold(self) -> None:
        """Begin nothing until ``let_go``; what is asked for meanwhile waits."""
        self._held = self._held or []

    def let_go(self) -> None:
        """Begin what waited, in the order of asking, and all else at once from now on."""
        held, self._held = self._held or [], None
        for begin in held:
            begin()

    def drop_waiting(self) -> None:
        """Take no more, and drop what has not begun; what runs goes on."""
        self._held = None
        self._pool.shutdown(wait=False, cancel_futures=True)

    def close(self) -> None:
        """Wait for what runs, drop what has not begun; outcomes are no longer delivered."""
        self._held = None
        self._is_closed = True  # to be asked when an outcome comes: Qt delivers also what is on its way already
        self._pool.shutdown(wait=True, cancel_futures=True)

    @Slot(object)
    def _deliver(self, outcome: tuple[Future[Any], Callable[[Any], None], Callable[[OutspokenError], None]]) -> None:
        future, on_done, on_error = outcome
        self._waiting -= 1
        if self._is_closed or future.cancelled():
            return
        error = future.exception()
        if error is None:
            on_done(future.result())
        elif isinstance(error, OutspokenError):
            on_error(error)
        else:
            on_error(OutspokenError(UNEXPECTED))  # whoever waits is told all the same
            raise error
