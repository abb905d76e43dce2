"""A whole library in one file, and such a file put into a library, of this or another machine.

A backup is a database like the library itself, with nothing beside it. Restoring merges and overwrites nothing.
"""

import sqlite3
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

from player.core.errors import ExportError, LibraryError
from player.library.change import Change
from player.library.connection import connect_to_read
from player.library.library import Library
from player.library.merging import Kinship, is_recording, merge
from player.library.merging_kept import Merged
from player.library.opening import LIBRARY_FILE, errors_told
from player.library.part import Part, part_of_database
from player.library.remains import Remains
from player.library.salvage import in_memory_copy, salvage
from player.library.snapshot import copy_database
from player.library.standing import Standing, standing
from player.library.wholeness import damage
from player.writers.new_file import new_file


def back_up(folder: Path, file: Path) -> int:
    """Copy the library in ``folder`` into the new ``file``; gives how many recordings it holds.

    A program that has the library open is not disturbed. Raises LibraryError where there is no library, where it is
    not whole, and where there is a file of that name already.
    """
    library = folder / LIBRARY_FILE
    with errors_told(library):
        found = standing(library)
        if found is Standing.NEW:
            is_missing = Remains(library).are_there
            raise LibraryError(
                f"The library {library} is missing; start Outspoken to put it together again."
                if is_missing
                else f"There is no library in {folder} yet."
            )
        if found is not Standing.OURS:
            raise LibraryError(_REFUSED[found].format(library))
        try:
            with new_file(file) as target:
                copy_database(library, Path(target.name))
                return _checked(Path(target.name), library)
        except ExportError as error:
            raise LibraryError(f"{file}: {error}") from error


def check(file: Path) -> Standing:
    """Raise LibraryError where ``file`` cannot be a backup of ours; gives what it is else."""
    if file.is_dir():
        raise LibraryError(f"{file} is a folder; a backup is one file.")
    if not file.exists():
        raise LibraryError(f"There is no file {file}.")
    with errors_told(file):
        found = standing(file)
    if found in (Standing.FOREIGN, Standing.NEWER, Standing.NEW):
        raise LibraryError(_REFUSED[found].format(file))
    return found


def restore(library: Library, file: Path) -> "Restored":
    """Put what ``file`` holds into ``library``; raises LibraryError with a sentence where it is no backup of ours.

    Waits for the disk: not for the window's thread.
    """
    with ExitStack() as open_parts, errors_told(file):
        part, is_damaged = _part(file, open_parts)
        merged: Merged = library.submit(_Restore(part)).result()
    recordings = _recordings(part)
    missing = [line.values["path"] for line in part.files.values() if not Path(line.values["path"]).exists()]
    return Restored(recordings, merged, len(missing), is_damaged)


@dataclass(frozen=True)
class Restored:
    """What came of a restore; ``missing`` counts files that are not where they were on the other machine."""

    recordings: int
    merged: Merged
    missing: int
    is_damaged: bool


@dataclass(frozen=True, eq=False)
class _Restore(Change):
    part: Part

    @property
    def is_patient(self) -> bool:
        return False

    def write(self, db: sqlite3.Connection, device: str) -> Merged:
        return merge(db, self.part, Kinship.OTHER, device)


_REFUSED = {
    Standing.NEW: "{} is empty.",
    Standing.OLDER: "The library {} is of an earlier version; start Outspoken to bring it up to date.",
    Standing.NEWER: "{} was written by a later version of Outspoken.",
    Standing.FOREIGN: "{} is a database of another program.",
    Standing.DAMAGED: "The library {} is damaged; start Outspoken to put it together again.",
}


def _checked(copy: Path, library: Path) -> int:
    with closing(connect_to_read(copy, is_alone=True)) as db:
        if next(damage(db, thoroughly=True), None) is not None:
            raise LibraryError(_REFUSED[Standing.DAMAGED].format(library))
        return _recordings(part_of_database(db))


def _recordings(part: Part) -> int:
    """How many recordings are shown, those in books and series each for itself."""
    removed = {uid for uid, line in part.episodes.items() if line.values["is_removed"]}
    return sum(
        is_recording(line) and not removed & {uid, line.values.get("series")} for uid, line in part.episodes.items()
    )


def _part(file: Path, open_parts: ExitStack) -> tuple[Part, bool]:
    """What the backup holds, and whether some of it is damaged."""
    found = check(file)
    db: sqlite3.Connection
    if found is Standing.DAMAGED:
        db = salvage(file)
    else:
        db = connect_to_read(file, is_alone=True)
        if found is Standing.OLDER:
            with closing(db):
                db = in_memory_copy(db)
    open_parts.enter_context(closing(db))
    part = part_of_database(db)
    is_damaged = found is Standing.DAMAGED or next(damage(db, thoroughly=True), None) is not None
    if is_damaged and not part.episodes and not part.files:
        raise LibraryError(f"{file} is no backup of Outspoken, or it is damaged beyond reading.")
    return part, is_damaged
