"""Reading many files: as many as are done in a moment in one call to a child, since most take less than the call.

What breaks the limits costs only time: its batch is read again, each file on its own.
"""

import os
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from player.core.errors import SourceError
from player.core.reading import Cover, Reading
from player.isolation.reading import Caller, limits, read_isolated, with_beside

if TYPE_CHECKING:
    from player.isolation.children import Children
    from player.readers.sidecar_name import Listing

SIZE = 64  # files of one call at most
MOMENT_S = 0.25  # after which a call gives back what it has
MOST_COVERS = 32 * 1024 * 1024  # bytes of pictures in one answer

UNKNOWN = "This file is damaged in a way that its reader does not know."

MOST_CHILDREN = 4  # more would only wait for the same disk

Outcome = Reading | SourceError


class ManyReader:
    """Reads many files in children of its own, which are started when something is first read. From any thread."""

    def __init__(self) -> None:
        self.lanes = min(MOST_CHILDREN, max(2, os.cpu_count() or 1))
        """How many batches are read at once: two at least, so that one hostile file does not hold up everything."""
        self._lock = threading.Lock()
        self._children: Children | None = None

    def read(self, paths: Sequence[str], is_wanted: Callable[[], bool]) -> "list[Outcome]":
        """See ``read_batch``."""
        from player.isolation.children import Children

        with self._lock:
            if self._children is None:
                self._children = Children(self.lanes)
        return read_batch(paths, self._children, is_wanted)

    def close(self) -> None:
        """End the children, whatever they do."""
        with self._lock:
            if self._children:
                self._children.close()


def read_batch(paths: Sequence[str], children: "Children", is_wanted: Callable[[], bool]) -> list[Outcome]:
    """What the first of ``paths`` hold, or in a sentence why nothing: of one at least, of as many as are soon done.

    Nothing is read any more once ``is_wanted`` says no; then less may come, or nothing. Frame tables are left out.
    """
    from player.isolation.child import LimitError

    if not is_wanted():
        return []
    batch = list(paths[:SIZE])
    each = [limits(path) for path in batch]
    cpu_s = max(cpu for cpu, _ in each) + MOMENT_S
    timeout_s = max(time_out for _, time_out in each) + MOMENT_S
    try:
        return children.call(_read_some, batch, timeout_s=timeout_s, cpu_s=cpu_s)
    except LimitError:
        return _read_alone(batch, children, is_wanted)


def _read_alone(paths: Sequence[str], children: Caller, is_wanted: Callable[[], bool]) -> list[Outcome]:
    outcomes: list[Outcome] = []
    for path in paths:
        if not is_wanted():
            break
        try:
            outcomes.append(replace(read_isolated(path, children), frame_table=None))
        except SourceError as error:
            outcomes.append(error)
        except Exception:  # noqa: BLE001 - parsers of other people's bytes fail in every way there is
            outcomes.append(SourceError(UNKNOWN))
    return outcomes


# These run in the child; the imports within keep every parser out of the process that asks.


def _read_some(paths: Sequence[str]) -> list[Outcome]:
    from player.readers.sidecar_name import Listing

    outcomes: list[Outcome] = []
    listings: dict[Path, Listing] = {}
    covers: dict[Cover, Cover] = {}
    end = time.monotonic() + MOMENT_S
    for path in paths:
        try:
            reading = _read_one(Path(path), listings)
        except SourceError as error:
            outcomes.append(error)
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - parsers of other people's bytes fail in every way there is
            outcomes.append(SourceError(UNKNOWN))
        else:
            cover = covers.setdefault(reading.cover, reading.cover) if reading.cover else None  # sent once
            outcomes.append(replace(reading, frame_table=None, cover=cover))
        if time.monotonic() > end or sum(len(cover.data) for cover in covers) > MOST_COVERS:
            break
    return outcomes


def _read_one(path: Path, listings: "dict[Path, Listing]") -> Reading:
    from player.readers.sidecar import read_sidecars
    from player.readers.sidecar_name import Listing
    from player.readers.source import read_source

    reading = read_source(path)
    if reading.container is None:
        return reading
    if path.parent not in listings:
        listings[path.parent] = Listing(path.parent)
    return with_beside(reading, read_sidecars(path, reading.duration_ms, listings[path.parent]))
