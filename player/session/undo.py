"""The changes of one episode that can be taken back, the last one first. What each of them was is its owner's."""

from collections.abc import Callable
from enum import Enum, auto
from typing import NamedTuple

MOST = 200  # older ones can no longer be taken back
HEAVIEST = 200_000  # chapters that all of them hold together, some 40 MB


class Did(Enum):
    """What the listener did."""

    MARK_HEARD = auto()
    MARK_UNHEARD = auto()
    USE_CHAPTERS = auto()
    CHOOSE_SOURCE = auto()
    CHOOSE_SHAPE = auto()
    RENAME = auto()
    MOVE = auto()
    ADD = auto()
    DELETE = auto()
    INDENT = auto()
    OUTDENT = auto()
    UNDO_ALL = auto()
    TAKE_OVER = auto()


class Deed(NamedTuple):
    """What was done, and to what: a title, or nothing where it was to the whole outline."""

    did: Did
    subject: str = ""


class _Entry(NamedTuple):
    deed: Deed
    take_back: Callable[[], None]
    weight: int


class Undo:
    """A stack of deeds."""

    def __init__(self) -> None:
        self._entries: list[_Entry] = []

    def __len__(self) -> int:
        return len(self._entries)

    def keep(self, deed: Deed, take_back: Callable[[], None], weight: int = 0) -> None:
        """``deed`` was done; ``take_back`` undoes it when nothing later stands in the way.

        ``weight`` is how many chapters that holds: of very long outlines fewer deeds are remembered.
        """
        self._entries = [*self._entries, _Entry(deed, take_back, weight)][-MOST:]
        while len(self._entries) > 1 and sum(entry.weight for entry in self._entries) > HEAVIEST:
            del self._entries[0]

    def take_back(self) -> Deed | None:
        """Undo the last deed and return it; None when there is none."""
        if not self._entries:
            return None
        last = self._entries.pop()
        last.take_back()
        return last.deed

    def clear(self) -> None:
        """Forget all deeds: they stay done."""
        self._entries.clear()
