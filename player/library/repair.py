"""Mending what ``checkup`` found, as far as the library itself goes: recordings are read again by whoever can read.

Nothing is deleted: what is damaged is renamed.
"""

from collections.abc import Iterable
from pathlib import Path

from player.core.errors import LibraryError
from player.library.checkup import JOURNAL, LIBRARY, SNAPSHOTS, Finding
from player.library.library import Library
from player.library.opening import LIBRARY_FILE
from player.library.remains import Remains

DAMAGED = "damaged-"


def mend(folder: Path, findings: Iterable[Finding]) -> list[str]:
    """Mend the library, its snapshots and its journal; gives what was done, a sentence each.

    Raises LibraryError where the library cannot be opened, or another program has it open and it must be replaced.
    """
    wrong = [finding for finding in findings if not finding.is_fine]
    parts = {finding.part for finding in wrong}
    if not parts & {LIBRARY, SNAPSHOTS, JOURNAL}:
        return []
    if any(finding.code == "newer" for finding in wrong):
        return []  # all of it is that version's to mend
    remains = Remains(folder / LIBRARY_FILE)
    if any(finding.part == LIBRARY and finding.code in ("damaged", "torn") for finding in wrong):
        _mark(remains)
    with Library.open(folder) as library:
        done = [notice.message for notice in library.notices]
        # Only now: what can be read of them was needed to put the library together.
        done += [_put_aside(Path(finding.path)) for finding in wrong if finding.code == "snapshot-damaged"]
        # Two, so that the segment that is damaged is needed no more.
        if library.keep_copy() and library.keep_copy():
            done.append("New snapshots were made, and the journal was begun anew.")
    return done


def _mark(remains: Remains) -> None:
    """Have the library put together again when it is opened, also where a start would not look as closely."""
    try:
        remains.mark.touch()
    except OSError as error:
        raise LibraryError(f"The folder {remains.mark.parent} cannot be written ({error.strerror}).") from error


def _put_aside(snapshot: Path) -> str:
    aside = snapshot.with_name(DAMAGED + snapshot.name)
    try:
        snapshot.rename(aside)
    except OSError as error:
        return f"The snapshot {snapshot.name} cannot be renamed ({error.strerror})."
    return f"The damaged snapshot is kept as {aside.name}."
