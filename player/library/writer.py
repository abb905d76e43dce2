"""The one thread that writes: changes are taken at once, written together, and acknowledged when they are on the disk.

What cannot be written is kept and tried again, and after a while told. Which changes there are is not known here.
"""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from player.core.errors import LibraryError, OutspokenError
from player.library.change import Change
from player.library.connection import transaction
from player.library.ledger import Ledger
from player.library.trouble import is_busy, is_of_surroundings

OnTrouble = Callable[[str | None], None]


class Patience(NamedTuple):
    """How long to wait between tries (doubled each time, up to a limit), and before the listener is told. Seconds."""

    first_s: float = 0.1
    longest_s: float = 2.0
    tell_after_s: float = 5.0


class Desk(NamedTuple):
    """What is written through: a connection, the device whose changes they are, and what keeps count of them."""

    db: sqlite3.Connection
    device: str
    ledger: Ledger | None = None

    def close(self) -> None:
        """Let go of all files."""
        with closing(self.db):
            if self.ledger:
                self.ledger.close()


@dataclass(slots=True)
class _Item:
    change: Change
    futures: list[Future[Any]] = field(default_factory=list)


class Writer:
    """Writes changes in the order in which they came; of equal keys, waiting ones become one.

    It writes through ``desk``; without one, and after each failure, ``connect`` makes one in the writer's thread.
    ``on_trouble`` is called there too: with a sentence, which ``describe`` makes, when writing has failed for a while,
    with None when all is well again; ``on_saved`` after each time that something reached the disk.
    """

    def __init__(
        self,
        connect: Callable[[], Desk],
        desk: Desk | None,
        describe: Callable[[BaseException], str],
        on_trouble: OnTrouble,
        patience: Patience = Patience(),  # noqa: B008 - a constant value
        on_saved: Callable[[], None] = lambda: None,
    ) -> None:
        self._on_saved = on_saved
        self._connect = connect
        self._describe = describe
        self._on_trouble = on_trouble
        self._patience = patience
        self._changed = threading.Condition()
        self._waiting: dict[object, _Item] = {}
        self._in_hand: dict[object, _Item] = {}
        self._is_closing = False
        self._is_hurried = False
        self._failing_since: float | None = None
        self._pause_s = 0.0
        self._told: str | None = None
        self._desk = desk
        self._thread = threading.Thread(target=self._run, name="library writer", daemon=True)

    def submit(self, change: Change) -> "Future[Any]":
        """Take ``change``. The future is done when it is on the disk, and holds what ``change.write`` gave."""
        future: Future[Any] = Future()
        future.set_running_or_notify_cancel()  # a change once asked for is not taken back
        with self._changed:
            if self._is_closing:
                future.set_exception(LibraryError("The library is closed."))
            else:
                if self._thread.ident is None:
                    self._thread.start()
                self._put(self._waiting, _Item(change, [future]))
                self._changed.notify_all()
        return future

    def unwritten(self) -> list[Change]:
        """What is not on the disk yet, in order."""
        with self._changed:
            return [item.change for item in (*self._in_hand.values(), *self._waiting.values())]

    def flush(self, timeout_s: float) -> bool:
        """Wait until everything is on the disk; False when that took longer than ``timeout_s``."""
        with self._changed:
            self._is_hurried = True
            self._changed.notify_all()
            return self._changed.wait_for(self._is_idle, timeout_s)

    def stop(self, timeout_s: float) -> None:
        """End the thread, to be asked after ``flush``; what is still not written is given up with a LibraryError."""
        with self._changed:
            self._is_closing = True
            self._changed.notify_all()
        if self._thread.ident is None:
            self._drop_desk()
        else:
            self._thread.join(timeout_s)

    def _is_idle(self) -> bool:
        return not self._waiting and not self._in_hand

    def _run(self) -> None:
        while self._take():
            self._attempt()
            with self._changed:
                self._changed.notify_all()
        self._give_up()

    def _take(self) -> bool:
        """Wait for something to write, and for the pause after a failure; False when it is time to stop."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._is_closing)
            if self._pause_s:
                self._changed.wait_for(lambda: self._is_hurried or self._is_closing, self._pause_s)
            self._is_hurried = False
            if self._is_closing and (not self._waiting or self._pause_s):
                return False
            self._in_hand, self._waiting = self._waiting, {}
            return True

    def _attempt(self) -> None:
        started = time.monotonic()
        try:
            if self._desk is None:
                self._desk = self._connect()
            outcomes = self._write(self._desk, [item.change for item in self._in_hand.values()])
        except (sqlite3.Error, UnicodeDecodeError, OutspokenError, OSError) as error:
            if not (isinstance(error, sqlite3.Error) and is_busy(error)):
                self._drop_desk()  # it may not recover: the next try begins anew
            self._failed(error, started)
        else:
            self._saved(outcomes)

    def _write(self, desk: Desk, changes: Iterable[Change]) -> list[object]:
        with transaction(desk.db):
            outcomes = [self._write_one(desk, change) for change in changes]
            if desk.ledger:
                desk.ledger.settle()
            return outcomes

    def _write_one(self, desk: Desk, change: Change) -> object:
        """What the change gave, or its own mistake, which must not hold up the others."""
        desk.db.execute("SAVEPOINT change")
        try:
            outcome = change.write(desk.db, desk.device)
        except Exception as error:
            if is_of_surroundings(error):
                raise
            desk.db.execute("ROLLBACK TO change")
            outcome = error
        desk.db.execute("RELEASE change")
        return outcome

    def _saved(self, outcomes: list[object]) -> None:
        with self._changed:
            items, self._in_hand = list(self._in_hand.values()), {}
            self._failing_since, self._pause_s = None, 0.0
        for item, outcome in zip(items, outcomes, strict=True):
            if isinstance(outcome, Exception):
                self._refuse(item, outcome)
            else:
                for future in item.futures:
                    future.set_result(outcome)
        self._tell(None)
        self._on_saved()

    def _refuse(self, item: _Item, error: Exception) -> None:
        for future in item.futures:
            future.set_exception(error)
        if item.change.is_patient:
            _report(error)  # nobody waits for its future: this is a bug, and must be seen as one

    def _failed(self, error: BaseException, started: float) -> None:
        message = self._describe(error)
        with self._changed:
            self._failing_since = started if self._failing_since is None else self._failing_since
            failing_s = time.monotonic() - self._failing_since
            self._pause_s = min(self._pause_s * 2, self._patience.longest_s) or self._patience.first_s
            kept = {key: item for key, item in self._in_hand.items() if item.change.is_patient}
            given_back = [item for item in self._in_hand.values() if not item.change.is_patient]
            newer, self._waiting, self._in_hand = self._waiting, kept, {}
            for item in newer.values():
                self._put(self._waiting, item)
        for item in given_back:
            for future in item.futures:
                future.set_exception(LibraryError(message))
        if failing_s >= self._patience.tell_after_s:
            self._tell(message)

    def _give_up(self) -> None:
        with self._changed:
            items, self._waiting = list(self._waiting.values()), {}
        for item in items:
            for future in item.futures:
                future.set_exception(LibraryError("The library was closed before this could be written."))
        self._drop_desk()

    def _drop_desk(self) -> None:
        desk, self._desk = self._desk, None
        if desk:
            desk.close()

    def _tell(self, message: str | None) -> None:
        if message == self._told:
            return
        self._told = message
        try:
            self._on_trouble(message)
        except Exception as error:  # noqa: BLE001 - writing goes on whatever the window does with the message
            _report(error)

    @staticmethod
    def _put(items: dict[object, _Item], item: _Item) -> None:
        """Put ``item`` last, as one with the waiting one of the same key."""
        older = items.pop(item.change.key, None)
        if older:
            item = _Item(item.change.after(older.change), [*older.futures, *item.futures])
        items[item.change.key] = item


def _report(error: Exception) -> None:
    threading.excepthook(
        threading.ExceptHookArgs((type(error), error, error.__traceback__, threading.current_thread()))
    )
