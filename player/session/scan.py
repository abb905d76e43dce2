"""One scan of folders: where it stands and what it has found. What is done with it is in ``scan_step``."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum

from player.core.errors import SourceError
from player.core.notice import Notice
from player.core.reading import Reading

IsWanted = Callable[[], bool]
ReadMany = Callable[[Sequence[str], IsWanted], Sequence[Reading | SourceError]]
"""Reads as many of the paths, from the first on, as are soon done: one at least, unless they are no longer wanted."""


class Phase(Enum):
    """What a scan is doing."""

    LOOKING = "looking"  # for files
    ASKING = "asking"  # whether so many shall be added
    READING = "reading"


@dataclass(slots=True)
class Found:
    """What a look into folders gave: files to be read, files that did not change since they were, and what is told."""

    todo: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Scan:
    """One scan of ``paths``, some of which are ``folders``, with where it stands."""

    paths: tuple[str, ...]
    folders: tuple[str, ...]
    phase: Phase = Phase.LOOKING
    found: Found = field(default_factory=Found)
    todo: deque[str] = field(default_factory=deque)
    seen: int = 0
    settled: int = 0
    added: int = 0
    lanes: int = 0
    told: list[str] = field(default_factory=list)
    is_wanted: bool = True
    begun_ms: int = 0  # when reading began: when all of it was added
    episodes: dict[str, int] = field(default_factory=dict)  # what was added, by path
