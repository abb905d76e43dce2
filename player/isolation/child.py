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

MEMORY_BYTES = 360 * 1024 * 1024  # its own data; with what the interpreter maps it stays below 400 MB
IDLE_S = 30.0
MOST_ATTEMPTS = 3
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
        self._calls: dict[Future[Any], ProcessPool] = {}
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
        attempts = 0
        while True:
            future, pool = self._schedule(func, args, timeout_s, cpu_s)
            try:
                result: T = future.result(timeout=START_S + timeout_s * (len(self._calls) + 1))
                return result
            except MemoryError as error:
                raise LimitError(TOO_LARGE) from error
            except TimeoutError as error:
                if future.done():
                    raise LimitError(TOO_LONG) from error
                self._discard(pool)
                raise LimitError(NOT_STARTED) from error
            except ProcessExpired as error:
                self._discard(pool)
                raise LimitError(_sentence(error)) from error
            except (BrokenProcessPool, CancelledError) as error:
                # not this call's fault: the child was killed from outside, or with it for another call
                self._discard(pool)
                attempts += isinstance(error, BrokenProcessPool)
                if attempts == MOST_ATTEMPTS:
                    raise LimitError(NOT_STARTED) from error
            finally:
                self._finished(future)

    def close(self) -> None:
        """End the child and whatever it does. Calls that wait for it get a LimitError; later ones too."""
        with self._lock:
            self._is_closed = True
            pool = self._pool
        self._discard(pool)

    def _schedule(
        self, func: Callable[..., T], args: tuple[Any, ...], timeout_s: float, cpu_s: float
    ) -> "tuple[Future[T], ProcessPool]":
        with self._lock:
            if self._is_closed:
                raise LimitError(CLOSED)
            while True:
                pool = self._pool or self._new_pool()
                try:
                    future: Future[T] = pool.schedule(_limited, args=(cpu_s, func, *args), timeout=timeout_s)
                except RuntimeError:  # the pool found its child dead before anything was asked of it
                    _end(pool)
                    self._pool = None
                    continue
                self._pool = pool
                self._calls[future] = pool
                return future, pool

    def _new_pool(self) -> ProcessPool:
        context = multiprocessing.get_context("spawn")
        return ProcessPool(1, initializer=confine, initargs=(self._memory_bytes,), context=context)

    def _finished(self, future: "Future[Any]") -> None:
        with self._lock:
            self._calls.pop(future, None)
            if self._timer:
                self._timer.cancel()
                self._timer = None
            if self._pool and not self._calls:
                self._timer = threading.Timer(self._idle_s, self._stop_idle)
                self._timer.daemon = True
                self._timer.start()

    def _stop_idle(self) -> None:
        with self._lock:
            pool = None if self._calls else self._pool
        self._discard(pool)

    def _discard(self, pool: ProcessPool | None) -> None:
        """End ``pool``; the next call gets a new one, and so do calls that still wait for it."""
        with self._lock:
            if pool is None or self._pool is not pool:
                return
            self._pool = None
            if self._timer:
                self._timer.cancel()
                self._timer = None
            for future, its_pool in self._calls.items():
                if its_pool is pool:
                    future.cancel()
        _end(pool)


def _end(pool: Any) -> None:  # pebble's stop() is untyped
    pool.stop()
    pool.join()


def _limited(cpu_s: float, func: Callable[..., T], *args: Any) -> T:
    """Runs in the child."""
    limit_cpu(cpu_s)
    try:
        return func(*args)
    except MemoryError:
        pass  # raised anew below, without the frames that hold what filled the memory
    finally:
        limit_cpu(0)
    raise MemoryError


def _sentence(expired: ProcessExpired) -> str:
    code = abs(expired.exitcode or 0)
    if code == OUT_OF_MEMORY:
        return TOO_LARGE
    return TOO_LONG if code == getattr(signal, "SIGXCPU", None) else CRASHED
