"""The sound of a file that was put into the library before sounds were known, or could not be told then."""

import sqlite3
from dataclasses import dataclass

from player.library.change import Change


@dataclass(frozen=True, slots=True, eq=False)
class LearnSound(Change):
    """Keeps the fingerprint of the file of that id; one that is known already stays."""

    file: int
    fingerprint: bytes

    @property
    def is_patient(self) -> bool:
        """It can be learnt again at any time."""
        return False

    def write(self, db: sqlite3.Connection, device: str) -> None:
        """Carry it out."""
        db.execute(
            "UPDATE file SET fingerprint = ? WHERE id = ? AND fingerprint IS NULL", (self.fingerprint, self.file)
        )
