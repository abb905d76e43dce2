"""Which files beside a recording may hold its chapters, told by their names alone; nothing is opened here.

They are found by the recording's name without its suffix (book.m4b: book.cue, book.chapters.txt, book.info.json), and,
where it is the only recording in its folder, by names that such files have of themselves (metadata.json). No parser is
imported here, so that the library can see without a child whether one of them changed.
"""

import os
import re
import stat
from bisect import bisect_left
from collections.abc import Iterable
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from player.core.reading import SidecarState

MAX_ENTRIES = 20_000  # of a folder that are looked at
MAX_SIDECARS = 8  # of one recording

_SOUND = frozenset(
    ".aac .aif .aifc .aiff .ape .caf .flac .m4a .m4b .mka .mkv .mov .mp2 .mp3 .mp4 .mpc .oga .ogg .opus .spx .wav .webm"
    " .wma .wv".split()
)
_CHAPTER_FILE = re.compile(
    r"\.(?:cue|psc|pbf|ffmeta(?:data)?)"
    r"|[ ._-]chap(?:ter)?s?(?:\.(?:txt|json|xml|psc|cue|ffmeta(?:data)?))?"
    r"|[ ._-]labels\.txt"
)
_MAYBE = re.compile(
    r"\.(?:txt|md|json|xml|rss|html?|nfo|description|(?:info|metadata|audible)\.json|ffmeta(?:data)?\.txt)"
)
_ALONE = re.compile(r"chapters?\.(?:txt|json|xml|psc|ffmeta(?:data)?)|ffmeta(?:data)?(?:\.txt|file)?")
_ALONE_MAYBE = re.compile(r"metadata\.json|.+\.cue")


class Candidate(NamedTuple):
    """``is_certain``: its name says that it holds chapters, so it is told when it holds none."""

    is_certain: bool
    entry: SidecarState


class Listing:
    """The files of one folder, looked at once for all sounds in it: ten thousand would else be looked at each time."""

    __slots__ = ("_names", "_others", "_sounds")

    def __init__(self, folder: Path) -> None:
        entries = _entries(folder)
        self._sounds = {entry.name for entry in entries if is_sound_name(entry.name)}
        self._others = sorted(
            ((entry.name.casefold(), entry) for entry in entries if entry.name not in self._sounds),
            key=itemgetter(0),
        )
        self._names = [name for name, _ in self._others]

    def candidates(self, sound: Path) -> list[Candidate]:
        """Files whose names fit, those that are certain first, in the order of their names."""
        is_alone = self._sounds <= {sound.name}
        found = list(self._fitting(sound, is_alone))
        found.sort(key=lambda candidate: (not candidate.is_certain, candidate.entry.name))
        return found[:MAX_SIDECARS]

    def state(self, sound: Path) -> tuple[SidecarState, ...]:
        """Each file that would be read with ``sound``: when it differs, reading anew is due."""
        return tuple(candidate.entry for candidate in self.candidates(sound))

    def _fitting(self, sound: Path, is_alone: bool) -> Iterable[Candidate]:
        stem, suffix = sound.stem.casefold(), sound.suffix.casefold()
        first = 0 if is_alone else bisect_left(self._names, stem)
        for name, entry in islice(self._others, first, None):
            if not is_alone and not name.startswith(stem):
                return
            tail = name.removeprefix(stem).removeprefix(suffix) if name.startswith(stem) else ""
            if _CHAPTER_FILE.fullmatch(tail) or (is_alone and _ALONE.fullmatch(name)):
                yield Candidate(True, entry)
            elif _MAYBE.fullmatch(tail) or (is_alone and _ALONE_MAYBE.fullmatch(name)):
                yield Candidate(False, entry)


def sidecar_state(sound: Path) -> tuple[SidecarState, ...]:
    """Each file that would be read with ``sound``: when it differs, reading anew is due."""
    return Listing(sound.parent).state(sound)


def _entries(folder: Path) -> list[SidecarState]:
    """The regular files of the folder; none where it may not be listed."""
    found = []
    try:
        with os.scandir(folder) as entries:
            for entry, _ in zip(entries, range(MAX_ENTRIES), strict=False):
                found += _regular(entry)
    except OSError:
        return []
    return found


def is_sound_name(name: str) -> bool:
    """Whether a file of that name may be sound."""
    return Path(name).suffix.lower() in _SOUND


def _regular(entry: "os.DirEntry[str]") -> list[SidecarState]:
    if is_sound_name(entry.name):
        return [SidecarState(entry.name, 0, 0)]
    try:
        info = entry.stat()
    except OSError:
        return []
    return [SidecarState(entry.name, info.st_size, info.st_mtime_ns)] if stat.S_ISREG(info.st_mode) else []
