"""The steps of adding folders that run off the window's thread: looking for files, reading and adding some, arranging.

When which step is taken is ``folder_scan``'s to say. Plain functions over one ``Scan``, which also counts.
"""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from player.core.errors import LibraryError, OutspokenError, SourceError
from player.core.notice import Notice
from player.core.reading import Reading
from player.library import grouping, intake
from player.library.known_file import FileState
from player.library.library import Library
from player.playback import gate
from player.readers.sidecar_name import Listing
from player.readers.sound_folder import SoundFile, walk
from player.readers.title import clean_title
from player.session.scan import Found, Scan


def look(scan: Scan, library: Library, count: Callable[[int], None]) -> Found:
    """Find the files; ``count`` is told how many there are so far."""
    found = Found()
    known = library.known_files()
    for path in scan.paths:
        if path in scan.folders:
            _look_into(scan, path, known, found, count)
        elif intake.find_unchanged(library, path) is None:
            found.todo.append(path)
        else:
            found.known.append(path)
    return found


def add(
    scan: Scan, library: Library, outcomes: Sequence[tuple[str, Reading | SourceError]], now_ms: int
) -> list[str | None]:
    """Add what was read of each path; gives a sentence for each that could not be added."""
    sentences: list[str | None] = [None] * len(outcomes)
    good: list[tuple[int, str, Reading]] = []
    for at, (path, outcome) in enumerate(outcomes):
        try:
            if isinstance(outcome, SourceError):
                raise outcome
            gate.check(path)
            good.append((at, path, outcome))
        except SourceError as error:
            sentences[at] = _sentence(path, error)
    added = intake.add_many(library, [(path, reading) for _, path, reading in good], now_ms)
    for (at, path, _), episode in zip(good, added, strict=True):
        if isinstance(episode, LibraryError):
            sentences[at] = _sentence(path, episode)
        else:
            scan.episodes[path] = episode
    return sentences


def arrange(scan: Scan, library: Library, now_ms: int) -> list[int]:
    """Put together what belongs together; gives what came of the scan to be listened to, in order."""
    if not scan.added:
        known = library.known_files()
        works: dict[int, None] = dict.fromkeys(
            known[path].work for path in map(os.path.realpath, scan.found.known) if path in known
        )
        return list(works)
    loose = [path for path in scan.paths if path not in scan.folders]
    if loose:
        grouping.arrange_files(library, loose, now_ms)
    works = {}
    for path in scan.paths:
        if path in scan.folders:
            works |= dict.fromkeys(grouping.arrange_folder(library, path, now_ms))
        elif (work := _work_of(scan, library, path)) is not None:
            works[work] = None
    return list(works)


def _work_of(scan: Scan, library: Library, path: str) -> int | None:
    """What the file at ``path`` is listened to in; of a further copy, what its recording is."""
    work = library.find_by_path(path)
    if work is None and path in scan.episodes:
        work = library.find_by_path(library.episode(scan.episodes[path]).files[0].path)
    return work


def _look_into(
    scan: Scan, folder: str, known: dict[str, FileState], found: Found, count: Callable[[int], None]
) -> None:
    try:
        for files in walk(folder, found.notices.append, lambda: scan.is_wanted):
            listing = Listing(Path(files[0].path).parent) if any(file.path in known for file in files) else None
            for file in files:
                is_known = listing is not None and _is_unchanged(file, known.get(file.path), listing)
                (found.known if is_known else found.todo).append(file.path)
            count(len(found.todo) + len(found.known))
    except OSError as error:
        name = clean_title(Path(folder).name)
        found.notices.append(Notice("folder-unreadable", f"“{name}” could not be looked into: {error.strerror}."))


def _is_unchanged(file: SoundFile, state: FileState | None, listing: Listing) -> bool:
    if state is None or state.is_removed or (state.size, state.mtime_ns) != (file.size, file.mtime_ns):
        return False
    return listing.state(Path(file.path)) == state.sidecars


def _sentence(path: str, error: OutspokenError) -> str:
    return f"“{clean_title(Path(path).name)}” was not added. {error}"
