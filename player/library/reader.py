"""The connections that read. The thread that opened the library never waits while another one reads much."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from player.core.errors import LibraryError
from player.library.connection import FrozenConnection, connect_to_read


@dataclass
class _Seat:
    """One connection, and whose turn it is."""

    db: sqlite3.Connection | None
    turn: threading.Lock = field(default_factory=threading.Lock)

    def let_go(self) -> None:
        with self.turn:
            if self.db:
                self.db.close()
            self.db = None


class Reader:
    """``first`` is for the thread that makes this; all others share a second one, made when it is first needed.

    A frozen connection is shared by all: another one might show another state of the file.
    """

    def __init__(self, path: Path, first: sqlite3.Connection) -> None:
        self._path = path
        self._thread = threading.get_ident()
        self._is_closed = False
        self._is_frozen = isinstance(first, FrozenConnection)
        self._own = _Seat(first)
        self._others = self._own if self._is_frozen else _Seat(None)

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """A connection that nobody else uses meanwhile. Raises LibraryError once it is closed."""
        seat = self._own if threading.get_ident() == self._thread else self._others
        with seat.turn:
            if self._is_closed:
                raise LibraryError("The library is closed.")
            seat.db = seat.db or connect_to_read(self._path)
            yield seat.db

    def renew(self) -> None:
        """The file can be written again: what showed it as it was shows it as it is."""
        with self._own.turn:
            if self._is_frozen and self._own.db:
                frozen, self._own.db = self._own.db, connect_to_read(self._path)
                frozen.close()
                self._is_frozen = False
                self._others = _Seat(None)

    def close(self) -> None:
        """Let go of the file, once nobody reads any more."""
        self._is_closed = True
        for seat in (self._own, self._others):
            seat.let_go()
