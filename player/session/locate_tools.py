"""What finding files again is given to work with."""

from collections.abc import Callable
from dataclasses import dataclass

from player.core.reading import Reading
from player.library.library import Library

Fingerprint = Callable[[str], bytes | None]


@dataclass(frozen=True, slots=True)
class Tools:
    """What is needed for it: ``read`` and ``fingerprint`` may raise SourceError, ``now`` is milliseconds since 1970."""

    library: Library
    read: Callable[[str], Reading]
    fingerprint: Fingerprint
    now: Callable[[], int]
