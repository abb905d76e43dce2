"""Cue sheets: tracks whose INDEX 01 is where they start, in minutes, seconds and frames, of which 75 are a second.

A sheet may describe several files, each with times of its own: then only the tracks of one of them make a list.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path, PureWindowsPath

from player.core.chapter import MAX_CHAPTERS, Chapter
from player.core.notice import Notice
from player.core.reading import Reading
from player.readers.chapter_file import chapter_reading, text_in, without_times
from player.readers.chapter_list import count
from player.readers.head import Head
from player.readers.title import clean_name, clean_title

FRAMES = 75  # of one second
NO_TRACKS = "There are no tracks with times in this cue sheet."
OTHER_FILES = "This cue sheet is about other files than the one it lies beside."

_TRACK = re.compile(r"^[ \t]*TRACK[ \t]+[0-9]{1,3}\b", re.IGNORECASE | re.MULTILINE)
_INDEX = re.compile(
    r"^[ \t]*INDEX[ \t]+[0-9]{1,2}[ \t]+[0-9]{1,6}:[0-9]{1,2}:[0-9]{1,2}\b", re.IGNORECASE | re.MULTILINE
)
_COMMAND = re.compile(r"(FILE|TRACK|INDEX|TITLE|PERFORMER)\s+(.*)", re.IGNORECASE)
_POSITION = re.compile(r"([0-9]{1,2})\s+([0-9]{1,6}):([0-9]{1,2}):([0-9]{1,2})\b.*")
_QUOTED = re.compile(r"\"(.*)\"[^\"]*")
_KIND = re.compile(r"[ \t]{1,20}(?:BINARY|MOTOROLA|AIFF|WAVE|MP3|FLAC)$", re.IGNORECASE)


@dataclass(slots=True)
class _Track:
    title: str = ""
    file: str = ""  # in which its INDEX 01 lies
    start_ms: int | None = None
    index: int = -1  # that ``start_ms`` was taken of


@dataclass(slots=True)
class Sheet:
    """What a cue sheet says; tracks in the order in which they stand."""

    title: str = ""
    performer: str = ""
    files: dict[str, None] = field(default_factory=dict)
    tracks: list[_Track] = field(default_factory=list)


def is_cue(head: Head) -> bool:
    """Whether a file begins with a track and its index."""
    text = head.text
    return bool(_TRACK.search(text) and _INDEX.search(text))


def read(path: Path) -> Reading:
    """The tracks in the sheet at ``path``; of several files those of the first. Raises SourceError with a sentence."""
    return _reading(sheet(text_in(path)), None)


def read_beside(path: Path, sound: Path, _duration_ms: int | None) -> Reading:
    """The tracks in the sheet at ``path`` that lie in ``sound``. Raises SourceError, when there are none too."""
    return _reading(sheet(text_in(path)), sound.stem)


def cue_marks(text: str, name: str | None = None) -> tuple[list[Chapter], list[Notice]]:
    """The tracks of the sheet ``text`` that lie in the file called ``name`` (without suffix), and what is odd of them.

    Where only one file is named, all tracks lie in it, whatever its name: files are renamed, their sheets are not.
    """
    return _marks(sheet(text), name)


def sheet(text: str) -> Sheet:
    """``text`` read line by line; what is not known is left out."""
    found = Sheet()
    file, track = "", None
    for line in text.splitlines():
        match = _COMMAND.fullmatch(line.strip())
        if not match:
            continue
        command, words = match[1].upper(), match[2]
        if command == "FILE":
            file = _words(_KIND.sub("", words))
            found.files.setdefault(file)
        elif command == "TRACK":
            if len(found.tracks) > MAX_CHAPTERS:
                break
            track = _Track(file=file)
            found.tracks.append(track)
        elif command == "INDEX" and track:
            _set_index(track, words, file)
        elif command == "TITLE" and track:
            track.title = _words(words)
        elif command == "TITLE":
            found.title = _words(words)
        elif command == "PERFORMER" and not track:
            found.performer = _words(words)
    return found


def _reading(found: Sheet, name: str | None) -> Reading:
    marks, told = _marks(found, name)
    nothing = OTHER_FILES if len(found.files) > 1 and name is not None else NO_TRACKS
    author = clean_name(found.performer)
    return chapter_reading("cue", marks, told, title=clean_name(found.title), author=author, nothing=nothing)


def _marks(found: Sheet, name: str | None) -> tuple[list[Chapter], list[Notice]]:
    told: list[Notice] = []
    tracks = _of_one_file(found, name, told)
    marks = [Chapter(track.start_ms, track.title) for track in tracks if track.start_ms is not None]
    return marks, told + without_times(len(tracks) - len(marks))


def _of_one_file(found: Sheet, name: str | None, told: list[Notice]) -> Sequence[_Track]:
    """All tracks, or those in the file ``name``, where there are several; those in the first where it is not known."""
    if len(found.files) < 2:
        return found.tracks
    if name is not None:
        wanted = {file for file in found.files if _stem(file) == name.casefold()}
        return [track for track in found.tracks if track.file in wanted]
    first = next(iter(found.files))
    shown = clean_title(PureWindowsPath(first).name)
    told.append(
        Notice("several-files", f"This cue sheet is about {count(len(found.files), 'file')}; only {shown} is shown.")
    )
    return [track for track in found.tracks if track.file == first]


def _stem(file: str) -> str:
    """The name without folders, which may be written in either way, and without suffix."""
    return PureWindowsPath(file).stem.casefold()


def _set_index(track: _Track, words: str, file: str) -> None:
    """INDEX 01 is the start; what comes before is the pause, which counts where there is nothing else."""
    match = _POSITION.fullmatch(words)
    if not match:
        return
    number, minutes, seconds, frames = map(int, match.groups())
    if track.index == 1 or (track.index >= 0 and number != 1):
        return
    track.index = number
    track.start_ms = (minutes * 60 + seconds) * 1000 + round(frames * 1000 / FRAMES)
    track.file = file


def _words(text: str) -> str:
    """A text without its quotes, if it has any."""
    quoted = _QUOTED.fullmatch(text)
    return quoted[1] if quoted else text.strip('"')
