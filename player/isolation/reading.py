"""Reading what comes from outside, in the child. Only names of functions are known here, never formats.

The child's machinery is loaded when something is first read: a window that only shows its library does not wait for it.
"""

import os
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from player.core.errors import NotAudioError
from player.core.notice import Notice
from player.core.reading import Reading

if TYPE_CHECKING:
    from player.isolation.child import Child

T = TypeVar("T")


class Caller(Protocol):
    """A child, or several."""

    def call(self, func: Callable[..., T], /, *args: Any, timeout_s: float = 30.0, cpu_s: float = 0.0) -> T:
        """See ``Child.call``."""
        ...


CPU_S = 3.0
CPU_S_BESIDE = 2.0
CPU_S_A_GB = 10.0  # finding every frame of a large MP3 is honest work
TIMEOUT_S = 30.0
SLOWEST_DISK = 2_000_000  # bytes a second

_shared: "Child | None" = None
_shared_lock = threading.Lock()


def shared_child() -> "Child":
    """The child that all reading of this process shares; made when first asked for."""
    global _shared  # noqa: PLW0603 - a process has one, as it has one standard output
    from player.isolation.child import Child

    with _shared_lock:
        if _shared is None:
            _shared = Child()
        return _shared


def close_shared_child() -> None:
    """End the shared child, if there is one; who reads afterwards gets a new one."""
    global _shared
    with _shared_lock:
        child, _shared = _shared, None
    if child:
        child.close()


def scan_isolated(scan: Callable[[str], T], path: str) -> T:
    """``scan(path)`` in the shared child, within the limits of reading a file. Raises SourceError with a sentence."""
    cpu_s, timeout_s = limits(path)
    return shared_child().call(scan, path, timeout_s=timeout_s, cpu_s=cpu_s)


def read_isolated(path: str | os.PathLike[str], child: "Caller | None" = None) -> Reading:
    """What the file at ``path`` holds, read in ``child`` (else in the shared one) within limits.

    Chapters from files beside a sound come before its own. When the tags of a sound break the limits, the sound alone
    is read, when what lies beside it does, the sound with its tags; a notice says so. Raises SourceError with a
    sentence when the file holds nothing that can be used.
    """
    child = child or shared_child()
    name = os.fspath(path)
    reading = _read_alone(name, child)
    return reading if reading.container is None else _with_sidecars(os.path.realpath(name), reading, child)


def _read_alone(name: str, child: "Caller") -> Reading:
    from player.isolation.child import LimitError

    cpu_s, timeout_s = limits(name)
    try:
        return child.call(_read_source, name, timeout_s=timeout_s, cpu_s=cpu_s)
    except LimitError as limit:
        try:
            reading = child.call(_read_sound, name, timeout_s=timeout_s, cpu_s=cpu_s)
        except (LimitError, NotAudioError):
            raise limit from None
        return replace(
            reading, notices=(Notice("tags-too-much", f"{limit} The sound plays without tags."), *reading.notices)
        )


def _with_sidecars(name: str, reading: Reading, child: "Caller") -> Reading:
    """``reading`` with what lies beside it: in a call of its own, which can cost nothing of what is read already."""
    from player.isolation.child import LimitError
    from player.readers.sidecar_name import sidecar_state

    try:
        beside = child.call(_read_beside, name, reading.duration_ms, timeout_s=TIMEOUT_S, cpu_s=CPU_S_BESIDE)
    except LimitError as limit:
        told = Notice("sidecars-too-much", f"{limit} The files of chapters beside the sound were left out.")
        return replace(reading, sidecars=sidecar_state(Path(name)), notices=(*reading.notices, told))
    return with_beside(reading, beside)


def with_beside(reading: Reading, beside: Reading) -> Reading:
    """What a sound holds, and before it what lies beside it."""
    return replace(
        reading,
        title=reading.title or beside.title,
        author=reading.author or beside.author,
        album=reading.album or beside.album,
        chapter_lists=(*beside.chapter_lists, *reading.chapter_lists),
        notes=max(filter(None, (reading.notes, beside.notes)), key=len, default=None),
        sidecars=beside.sidecars,
        notices=(*reading.notices, *beside.notices),
    )


def fingerprint_isolated(path: str, child: "Caller | None" = None) -> bytes | None:
    """By what the recording at ``path`` is known, read in ``child`` (else in the shared one) within limits.

    None for what holds no sound, or none that can be told. Raises SourceError with a sentence when it cannot be read.
    """
    return (child or shared_child()).call(_read_fingerprint, path, timeout_s=TIMEOUT_S, cpu_s=CPU_S)


def read_text_isolated(text: str, duration_ms: int | None, child: "Caller | None" = None) -> Reading:
    """The chapters in ``text``, read in the child within limits. Raises SourceError with a sentence."""
    return (child or shared_child()).call(_read_text, text, duration_ms, timeout_s=TIMEOUT_S, cpu_s=CPU_S)


def limits(path: str) -> tuple[float, float]:
    """Seconds of processor and of time that reading the file at ``path`` may take."""
    try:
        size = os.stat(path).st_size  # noqa: PTH116 - a name that is no path is the reader's to refuse
    except (OSError, ValueError):
        size = 0
    return CPU_S + CPU_S_A_GB * size / 1e9, TIMEOUT_S + size / SLOWEST_DISK


# These run in the child; the imports within keep every parser out of the process that asks.


def _read_source(path: str) -> Reading:
    from player.readers.source import read_source

    return read_source(path)


def _read_beside(path: str, duration_ms: int | None) -> Reading:
    from player.readers.sidecar import read_sidecars

    return read_sidecars(Path(path), duration_ms)


def _read_sound(path: str) -> Reading:
    from player.readers.source import read_sound

    return read_sound(path)


def _read_fingerprint(path: str) -> bytes | None:
    from player.readers.source import read_fingerprint

    return read_fingerprint(path)


def _read_text(text: str, duration_ms: int | None) -> Reading:
    from player.readers.text import read_text

    return read_text(text, duration_ms)
