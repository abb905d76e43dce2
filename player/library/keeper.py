"""Makes the snapshots, in a thread of its own: soon after the first change of a start, then after every ten minutes in
which something was saved. What a snapshot is, and which ones stay, is in ``snapshot``.
"""

import sqlite3
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from player.core.errors import LibraryError
from player.core.notice import Notice
from player.library import snapshot
from player.library.change import Change
from player.library.journal import Journal, drop_before
from player.library.remains import Remains
from player.library.snapshot import snapshots
from player.library.trouble import is_of_surroundings, sentence
from player.library.wholeness import damage

OnNotice = Callable[[Notice], None]


class Pace(NamedTuple):
    """How soon after the first change, how often, and how soon after a failure. Seconds."""

    first_s: float = 5.0
    every_s: float = 600.0
    again_s: float = 60.0


@dataclass(frozen=True, eq=False)
class BeginSegment(Change):
    """Lets the journal go on in a new segment; gives its number."""

    journal: Journal
    remains: Remains

    @property
    def is_patient(self) -> bool:
        """Whoever begins one waits for the answer."""
        return False

    def write(self, db: sqlite3.Connection, device: str) -> int:
        """Carry it out, while nobody else writes."""
        number = self.remains.next_number
        try:
            self.journal.follow()
            self.journal.begin_segment(number)
        except OSError as error:
            raise LibraryError(f"The journal cannot be written ({error.strerror}).") from error
        return number


class Keeper:
    """Makes snapshots of the library at ``remains``. ``begin_segment`` starts a segment and gives its number.

    ``now_ms`` is the clock on the wall: it names snapshots and decides nothing but whether the last one is recent. What
    the listener should be told goes to ``on_notice``, from the keeper's thread.
    """

    def __init__(
        self,
        remains: Remains,
        begin_segment: Callable[[], int],
        now_ms: Callable[[], int],
        on_notice: OnNotice,
        pace: Pace = Pace(),  # noqa: B008 - a constant value
    ) -> None:
        self._remains = remains
        self._begin_segment = begin_segment
        self._now_ms = now_ms
        self._on_notice = on_notice
        self._pace = pace
        self._state = threading.Condition()
        self._making = threading.Lock()
        self._is_changed = False
        self._is_stopping = False
        self._due_at_s: float | None = None
        self._told: set[str] = set()
        self._thread = threading.Thread(target=self._run, name="library keeper", daemon=True)

    def note_saved(self, trouble: OSError | None = None) -> None:
        """Something reached the disk; ``trouble`` is why the journal did not get its line. Any thread."""
        with self._state:
            if self._is_stopping:
                return
            if trouble:
                self._hurry(self._pace.again_s)
            if not self._is_changed:
                self._is_changed = True
                if self._thread.ident is None:
                    self._thread.start()
                self._state.notify_all()
        if trouble:
            reason = trouble.strerror or str(trouble)
            self._tell("journal-unwritable", f"The journal beside the library cannot be written ({reason}).")

    def stop(self, timeout_s: float) -> None:
        """Make no further snapshot; one that is being made is waited for."""
        with self._state:
            self._is_stopping = True
            self._state.notify_all()
        if self._thread.ident is not None:
            self._thread.join(timeout_s)

    def make_now(self) -> bool:
        """Make a snapshot and wait for it, from any thread; False where that failed, which was told."""
        return self._make()

    def _run(self) -> None:
        with self._state:
            self._due_at_s = time.monotonic() + self._first_s()
        while self._wait():
            is_made = self._make()
            with self._state:
                self._due_at_s = time.monotonic() + (self._pace.every_s if is_made else self._pace.again_s)
                self._is_changed = self._is_changed or not is_made

    def _wait(self) -> bool:
        """Wait until a snapshot is due; False when it is time to stop."""
        with self._state:
            while not self._is_stopping:
                left_s = (self._due_at_s or 0.0) - time.monotonic()
                if self._is_changed and left_s <= 0:
                    self._is_changed = False
                    return True
                self._state.wait(max(left_s, 0.01) if self._is_changed else None)
            return False

    def _hurry(self, within_s: float) -> None:
        latest = time.monotonic() + within_s
        if self._due_at_s is not None and self._due_at_s > latest:
            self._due_at_s = latest
            self._state.notify_all()

    def _first_s(self) -> float:
        """How long the last snapshot is still recent; one from the future is not."""
        found = snapshots(self._remains.snapshots)
        age_s = (self._now_ms() - found[0].made_at_ms) / 1_000 if found else -1.0
        return self._pace.every_s - age_s if 0 <= age_s < self._pace.every_s else self._pace.first_s

    def _make(self) -> bool:
        with self._making:
            return self._make_one()

    def _make_one(self) -> bool:
        remains = self._remains
        try:
            number = self._begin_segment()
            snapshot.take(remains.library, remains.snapshots, number, self._now_ms(), damage)
            drop_before(remains.journal, number)
            snapshot.drop_old(remains.snapshots)
        except (sqlite3.Error, UnicodeDecodeError, OSError, LibraryError) as error:
            if not isinstance(error, LibraryError) and not is_of_surroundings(error):
                raise
            self._failed(error)
            return False
        return True

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, snapshot.DamagedError):
            try:
                self._remains.mark.write_text(f"{error}\n", encoding="utf-8")
            except OSError:
                return  # the next snapshot will find it again
            self._tell(
                "library-damaged-now",
                f"{error} It is put together again from its snapshots and its journal when Outspoken starts next.",
            )
        else:
            reason = str(error) if isinstance(error, LibraryError) else sentence(error, self._remains.library)
            self._tell("no-snapshot", f"No copy of the library could be made. {reason}")

    def _tell(self, code: str, message: str) -> None:
        if code not in self._told:
            self._told.add(code)
            self._on_notice(Notice(code, message))
