"""Where the library is and what it can be put together from, and how new that is. Nothing is put together here."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from player.library.connection import connect_to_read
from player.library.journal import last_seq, segment_numbers
from player.library.row import highest_seq
from player.library.snapshot import snapshots


class Remains(NamedTuple):
    """Where the library is, and beside it all that it can be put together from."""

    library: Path

    @property
    def snapshots(self) -> Path:
        """The folder of the snapshots."""
        return self.library.with_name("snapshots")

    @property
    def journal(self) -> Path:
        """The folder of the journal's segments."""
        return self.library.with_name("journal")

    @property
    def are_there(self) -> bool:
        """Whether anything is left to put a library together from."""
        return bool(segment_numbers(self.journal) or snapshots(self.snapshots) or self.new.exists())

    @property
    def next_number(self) -> int:
        """The number of the next snapshot and its segment."""
        known = [found.number for found in snapshots(self.snapshots)]
        return max([0, *known, *segment_numbers(self.journal)]) + 1

    @property
    def new(self) -> Path:
        """Where the new file is made."""
        return self.library.with_name(f"{self.library.stem}-new{self.library.suffix}")

    @property
    def mark(self) -> Path:
        """A file that says, while it is there, that the library was found damaged and is to be put together again."""
        return self.library.with_suffix(".damaged")


def newest_seq(remains: Remains) -> int:
    """The highest seq that the journal or the last snapshot knows: whether the database is as new as they are."""
    seq = last_seq(remains.journal)
    for snapshot in snapshots(remains.snapshots)[:1]:
        try:
            with closing(connect_to_read(snapshot.path, is_alone=True)) as db:
                seq = max(seq, highest_seq(db))
        except (sqlite3.Error, OSError):
            break  # it cannot be read: that is found when it is needed
    return seq
