"""A child process that runs one function at a time and can be killed while it does.

It is started when first needed, again after every kill, and ends when it has had nothing to do for a while. It begins
as a fresh interpreter (spawn, never fork), so neither Qt nor any thread of the window is in it.
"""

import multiprocessing
import signal
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import Any, TypeVar

from pebble import ProcessExpired, ProcessPool

from player.core.errors import SourceError
from player.isolation.confinement import OUT_OF_MEMORY, confine, limit_cpu

MEMORY_BYTES = 400 * 1024 * 1024
IDLE_S = 30.0
START_S = 30.0  # a loaded machine may take this long to start an interpreter

TOO_LONG = "Reading this took too long, so it was stopped."
TOO_LARGE = "Reading this needed too much memory, so it was stopped."
CRASHED = "Reading this failed in a way that stopped the reader."
NOT_STARTED = "The reader could not be started."
CLOSED = "Reading was stopped because the program is closing."

T = TypeVar("T")


class LimitError(SourceError):
    """Something took too much time or memory, or crashed the child. The child itself is well again."""


class Child:
    """Runs functions in a child process. May be used from any thread; calls wait for each other."""

    def __init__(self, memory_bytes: int = MEMORY_BYTES, idle_s: float = IDLE_S) -> None:
        self._memory_bytes = memory_bytes
        self._idle_s = idle_s
        self._lock = threading.Lock()
        self._pool: ProcessPool | None = None
        self._calls: set[Future[Any]] = set()
        self._timer: threading.Timer | None = None
        self._is_closed = False

    def __enter__(self) -> "Child":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def is_running(self) -> bool:
        """Whether there is a child process now."""
        return self._pool is not None

    def call(self, func: Callable[..., T], /, *args: Any, timeout_s: float = 30.0, cpu_s: float = 0.0) -> T:
        """``func(*args)`` in the child; ``func`` must be importable and all values picklable.

        Errors of ``func`` come as they are. Raises LimitError, which is a SourceError with a sentence, when it took
        more than ``timeout_s`` seconds, more than ``cpu_s`` seconds of processor time (0: no limit), too much memory,
        or the child with it.
        """
        for attempt in (1, 2):
            future = self._schedule(func, args, timeout_s, cpu_s)
            try:
                result: T = future.result(timeout=START_S + timeout_s * (len(self._calls) + 1))
                return result
            except (BrokenProcessPool, TimeoutError, ProcessExpired, MemoryError, CancelledError) as error:
                is_broken = isinstance(error, BrokenProcessPool) or not future.done()
                if is_broken:
                    self._stop()
                # a call may also be cancelled because another one found the pool broken
                if attempt == 1 and isinstance(error, (BrokenProcessPool, CancelledError)) and not self._is_closed:
                    continue
                raise LimitError(NOT_STARTED if is_broken else _sentence(error)) from error
            finally:
                self._finished(future)
        raise AssertionError("unreachable")

    def close(self) -> None:
        """End the child and whatever it does. Calls that wait for it get a LimitError; later ones too."""
        self._is_closed = True
        self._stop()

    def _schedule(self, func: Callable[..., T], args: tuple[Any, ...], timeout_s: float, cpu_s: float) -> "Future[T]":
        with self._lock:
            if self._is_closed:
                raise LimitError(CLOSED)
            if self._pool is None:
                context = multiprocessing.get_context("spawn")
                self._pool = ProcessPool(1, initializer=confine, initargs=(self._memory_bytes,), context=context)
            future: Future[T] = self._pool.schedule(_limited, args=(cpu_s, func, *args), timeout=timeout_s)
            self._calls.add(future)
            return future

    def _finished(self, future: "Future[Any]") -> None:
        with self._lock:
            self._calls.discard(future)
            if self._timer:
                self._timer.cancel()
                self._timer = None
            if self._pool and not self._calls:
                self._timer = threading.Timer(self._idle_s, self._stop_idle)
                self._timer.daemon = True
                self._timer.start()

    def _stop_idle(self) -> None:
        with self._lock:
            if self._calls:
                return
            pool, self._pool = self._pool, None
        _end(pool)

    def _stop(self) -> None:
        with self._lock:
            pool, self._pool = self._pool, None
            if self._timer:
                self._timer.cancel()
                self._timer = None
            for future in self._calls:
                future.cancel()
        _end(pool)


def _end(pool: Any) -> None:  # pebble's stop() is untyped
    if pool:
        pool.stop()
        pool.join()


def _limited(cpu_s: float, func: Callable[..., T], *args: Any) -> T:
    """Runs in the child."""
    limit_cpu(cpu_s)
    try:
        return func(*args)
    finally:
        limit_cpu(0)


def _sentence(error: BaseException) -> str:
    if isinstance(error, TimeoutError):
        return TOO_LONG
    if isinstance(error, CancelledError):
        return CLOSED
    if isinstance(error, MemoryError):
        return TOO_LARGE
    code = abs(getattr(error, "exitcode", 0) or 0)
    if code == OUT_OF_MEMORY:
        return TOO_LARGE
    return TOO_LONG if code == getattr(signal, "SIGXCPU", None) else CRASHED
