"""The changes of one episode that can be taken back, the last one first. What each of them was is its owner's."""

from collections.abc import Callable
from enum import Enum, auto
from typing import NamedTuple

MOST = 200  # older ones can no longer be taken back


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


class Deed(NamedTuple):
    """What was done, and to what: a title, or nothing where it was to the whole outline."""

    did: Did
    subject: str = ""


class _Entry(NamedTuple):
    deed: Deed
    take_back: Callable[[], None]


class Undo:
    """A stack of deeds."""

    def __init__(self) -> None:
        self._entries: list[_Entry] = []

    def __len__(self) -> int:
        return len(self._entries)

    def keep(self, deed: Deed, take_back: Callable[[], None]) -> None:
        """``deed`` was done; ``take_back`` undoes it when nothing later stands in the way."""
        self._entries = [*self._entries, _Entry(deed, take_back)][-MOST:]

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
