"""Several children, so that many files are read at once and one that hangs stops nobody else.

Each is started when it is first needed: whoever asks one thing after the other needs one only.
"""

from collections.abc import Callable
from queue import LifoQueue
from types import TracebackType
from typing import Any, TypeVar

from player.isolation.child import IDLE_S, MEMORY_BYTES, Child

T = TypeVar("T")


class Children:
    """Runs functions in one of ``count`` child processes, each with limits of its own. May be used from any thread."""

    def __init__(self, count: int, memory_bytes: int = MEMORY_BYTES, idle_s: float = IDLE_S) -> None:
        self._all = tuple(Child(memory_bytes, idle_s) for _ in range(count))
        self._idle: LifoQueue[Child] = LifoQueue()  # the one that was used last is running already
        for child in reversed(self._all):
            self._idle.put(child)

    def __enter__(self) -> "Children":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def count(self) -> int:
        """How many calls run at once; more wait."""
        return len(self._all)

    @property
    def running(self) -> int:
        """How many processes there are now."""
        return sum(child.is_running for child in self._all)

    def call(self, func: Callable[..., T], /, *args: Any, timeout_s: float = 30.0, cpu_s: float = 0.0) -> T:
        """``func(*args)`` in a child that has nothing else to do; waits for one. For the rest see ``Child.call``."""
        child = self._idle.get()
        try:
            return child.call(func, *args, timeout_s=timeout_s, cpu_s=cpu_s)
        finally:
            self._idle.put(child)

    def close(self) -> None:
        """End all of them, whatever they do; calls that run or wait get a LimitError."""
        for child in self._all:
            child.close()
