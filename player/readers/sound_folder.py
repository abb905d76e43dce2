"""Which files in and beneath a folder may be sound, by their names; nothing is opened here.

Hidden files and folders are passed over. What cannot be looked at is told and costs nothing else.
"""

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from player.core.natural_order import NaturalKey, natural_key
from player.core.notice import Notice
from player.readers.sidecar_name import is_sound_name
from player.readers.title import clean_title

DEEPEST = 32  # folders within each other
MOST = 100_000  # files

Tell = Callable[[Notice], None]


class SoundFile(NamedTuple):
    """A file that may be sound, as it was when it was seen; ``path`` is its real one."""

    path: str
    size: int
    mtime_ns: int


class _Folder(NamedTuple):
    path: str
    depth: int


def walk(folder: str, tell: Tell, is_wanted: Callable[[], bool] = lambda: True) -> Iterator[list[SoundFile]]:
    """The files in ``folder``, then those in each folder beneath it, in the natural order of names; each file once.

    Links are followed; what they lead to twice, or round in a circle, is told once and passed over. Raises
    NotADirectoryError or another OSError where ``folder`` itself cannot be looked into. Ends early once ``is_wanted``
    says no.
    """
    start = os.path.realpath(folder)
    os.scandir(start).close()
    seen = {_identity(Path(start).stat())}
    files: set[tuple[int, int]] = set()
    todo = [_Folder(start, 1)]
    while todo and is_wanted():
        here = todo.pop()
        found, inner = _look(here, tell)
        fresh = []
        for file, identity in found:
            if identity not in files and len(files) < MOST:
                files.add(identity)
                fresh.append(file)
        if fresh:
            yield fresh
        if len(files) == MOST:
            tell(Notice("too-many", f"There are more than {MOST:,} files; the others were left out."))
            return
        todo += [each for each in reversed(inner) if _is_new(each, seen, tell)]


def _look(folder: _Folder, tell: Tell) -> tuple[list[tuple[SoundFile, tuple[int, int]]], list[_Folder]]:
    """The files of one folder, each with what tells it from any other name of it, and the folders in it."""
    files, folders = [], []
    try:
        with os.scandir(folder.path) as entries:
            listed = sorted((entry for entry in entries if entry.name[:1] != "."), key=_order)
    except OSError as error:
        tell(Notice("folder-unreadable", f"“{_name(folder.path)}” could not be looked into: {error.strerror}."))
        return [], []
    for entry in listed:
        try:
            info = entry.stat()
        except OSError as error:
            if is_sound_name(entry.name):
                tell(Notice("file-unreadable", f"“{clean_title(entry.name)}” was left out: {error.strerror}."))
            continue
        if stat.S_ISDIR(info.st_mode):
            folders.append(
                _Folder(os.path.realpath(entry.path) if entry.is_symlink() else entry.path, folder.depth + 1)
            )
        elif not is_sound_name(entry.name):
            continue
        elif stat.S_ISREG(info.st_mode):
            path = os.path.realpath(entry.path) if entry.is_symlink() else entry.path
            files.append((SoundFile(path, info.st_size, info.st_mtime_ns), _identity(info)))
        else:
            tell(Notice("file-unreadable", f"“{clean_title(entry.name)}” was left out: it is not a regular file."))
    return files, folders


def _is_new(folder: _Folder, seen: set[tuple[int, int]], tell: Tell) -> bool:
    """Whether ``folder`` shall be looked into: not twice, and not without end."""
    name = _name(folder.path)
    try:
        identity = _identity(Path(folder.path).stat())
    except OSError as error:
        tell(Notice("folder-unreadable", f"“{name}” could not be looked into: {error.strerror}."))
        return False
    if identity in seen:
        tell(Notice("folder-again", f"“{name}” is reached by a link a second time and was passed over."))
        return False
    if folder.depth > DEEPEST:
        tell(Notice("too-deep", f"“{name}” lies more than {DEEPEST} folders deep and was left out."))
        return False
    seen.add(identity)
    return True


def _identity(info: os.stat_result) -> tuple[int, int]:
    return info.st_dev, info.st_ino


def _order(entry: "os.DirEntry[str]") -> NaturalKey:
    return natural_key(entry.name)


def _name(path: str) -> str:
    return clean_title(Path(path).name) or "/"
