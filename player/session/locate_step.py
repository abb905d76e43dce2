"""The steps of finding files that are not where they were, all of which run off the window's thread.

A file is told by its sound; where that was never learnt, by its size together with its name or time of change. What is
found is added again, which is what gives the place and everything else back.
"""

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from player.core.errors import OutspokenError, SourceError
from player.library import intake
from player.library.glance import glance
from player.library.known_file import FileState
from player.library.learn_sound import LearnSound
from player.playback import gate
from player.readers.sound_folder import SoundFile, walk
from player.session.locate_tools import Tools

IsWanted = Callable[[], bool]
COUNT_EVERY = 20  # files
OTHER = "Its sound is another. If it is the same recording encoded anew, open it and take its place over."


def take(tools: Tools, file: int, path: str) -> int:
    """Let the file at ``path`` be the one of that id, and bring those along that were moved with it.

    Gives how many were found. Raises SourceError with a sentence, with nothing changed, when it is another recording.
    """
    known = tools.library.known_files()
    wanted = next((state for state in known.values() if state.id == file), None)
    seen = glance(path)
    if wanted is None or seen is None:
        raise SourceError("There is no such file.")
    gate.check(path)
    if not _give_back(tools, wanted, SoundFile(path, seen.size, seen.mtime_ns)):
        raise SourceError(OTHER)
    return 1 + _bring_along(tools, known.values(), wanted.path, os.path.realpath(path))


def search(
    tools: Tools, file: int, folder: str, count: Callable[[int, int], None], is_wanted: IsWanted
) -> tuple[int, int]:
    """Look for the file of that id in ``folder``, and for those missing that were beside or beneath it.

    ``count`` is told how many were looked at, and how many found; both are given in the end. Raises OSError where the
    folder cannot be looked into.
    """
    known = tools.library.known_files()
    wanted = _wanted(known.values(), file)
    files = [each for files in walk(folder, lambda _: None, is_wanted) for each in files if each.path not in known]
    found = looked = 0
    for candidate in sorted(files, key=lambda each: _unlikeness(each, wanted)):
        if not wanted or not is_wanted():
            break
        looked += 1
        given = next((state for state in _alike(tools, candidate, wanted) if _try(tools, state, candidate)), None)
        if given:
            wanted.remove(given)
            found += 1
        if given or looked % COUNT_EVERY == 0:
            count(looked, found)
    return looked, found


def _wanted(known: Iterable[FileState], file: int) -> list[FileState]:
    """The file of that id, and those missing in its folder and beneath."""
    states = list(known)
    first = next((state for state in states if state.id == file), None)
    if first is None:
        return []
    others = [state for state in states if state.id != file and _is_below(state.path, first.path)]
    return [first, *(state for state in others if glance(state.path) is None)]


def _is_below(path: str, beside: str) -> bool:
    return path.startswith(os.path.join(_folder(beside), ""))  # noqa: PTH118 - paths of the library are strings


def _folder(path: str) -> str:
    return os.path.dirname(path)  # noqa: PTH120 - as above


def _unlikeness(file: SoundFile, wanted: Sequence[FileState]) -> tuple[bool, bool, str]:
    """What is of the same size comes first, then what has the same ending: most were moved and not changed."""
    return (
        all(file.size != state.size for state in wanted),
        all(Path(file.path).suffix.lower() != Path(state.path).suffix.lower() for state in wanted),
        file.path,
    )


def _alike(tools: Tools, file: SoundFile, wanted: Sequence[FileState]) -> list[FileState]:
    """Which of ``wanted`` the file may be."""
    try:
        gate.check(file.path)
        sound = tools.fingerprint(file.path)
    except SourceError:
        return []
    return [state for state in wanted if _is_alike(state, file, sound)]


def _is_alike(state: FileState, file: SoundFile, sound: bytes | None) -> bool:
    if state.fingerprint is not None:
        return state.fingerprint == sound
    is_named_so = Path(file.path).name == Path(state.path).name
    return state.size == file.size and (is_named_so or state.mtime_ns == file.mtime_ns)


def _give_back(tools: Tools, state: FileState, file: SoundFile) -> bool:
    """Add the file again, as the one of ``state``; False when it is none, or cannot be read."""
    sound = tools.fingerprint(file.path)
    if not _is_alike(state, file, sound):
        return False
    if sound is not None and state.fingerprint is None:
        tools.library.submit(LearnSound(state.id, sound)).result()
    return intake.add(tools.library, file.path, tools.read(file.path), tools.now()) == state.work


def _bring_along(tools: Tools, known: Iterable[FileState], old: str, new: str) -> int:
    """Give back files that were beside or beneath the one that moved from ``old`` to ``new``, and moved with it."""
    if _folder(old) == _folder(new):
        return 0
    found = 0
    for state in list(known):
        if state.path == old or not _is_below(state.path, old) or glance(state.path) is not None:
            continue
        path = _folder(new) + state.path[len(_folder(old)) :]
        seen = glance(path)
        found += seen is not None and _try(tools, state, SoundFile(path, seen.size, seen.mtime_ns))
    return found


def _try(tools: Tools, state: FileState, file: SoundFile) -> bool:
    """``_give_back`` for a file that nobody named: what cannot be read stays missing, and is told when it is opened."""
    try:
        gate.check(file.path)
        return _give_back(tools, state, file)
    except OutspokenError:
        return False
