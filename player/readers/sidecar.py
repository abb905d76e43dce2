"""Files of chapters that lie beside a recording: found by name, read by the table of formats.

They are found by the recording's name without its suffix (book.m4b: book.cue, book.chapters.txt, book.info.json), and,
where it is the only recording in its folder, by names that such files have of themselves (metadata.json).
"""

import os
import re
import stat
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from player.core.chapter import ChapterList
from player.core.errors import NoChaptersError, SourceError
from player.core.notice import Notice
from player.core.reading import Reading
from player.readers.chapter_list import best_first, chapter_list, notices_of_empty
from player.readers.formats import format_of
from player.readers.head import read_head
from player.readers.title import clean_title

MAX_ENTRIES = 20_000  # of a folder that are looked at
MAX_SIDECARS = 8  # of one recording
MAX_TEXT = 256 * 1024  # bytes of a text that need not be a list of chapters: notes, not a book
LEAST_MS = 20_000  # a row, on the average: what is denser is a transcript

_SOUND = frozenset(
    ".aac .aif .aifc .aiff .ape .caf .flac .m4a .m4b .mka .mkv .mov .mp2 .mp3 .mp4 .mpc .oga .ogg .opus .spx .wav .webm"
    " .wma .wv".split()
)
_CHAPTER_FILE = re.compile(
    r"\.(?:cue|psc|ffmeta(?:data)?)"
    r"|[ ._-]chap(?:ter)?s?(?:\.(?:txt|json|xml|psc|cue|ffmeta(?:data)?))?"
    r"|[ ._-]labels\.txt"
)
_MAYBE = re.compile(
    r"\.(?:txt|md|json|xml|rss|html?|nfo|description|(?:info|metadata|audible)\.json|ffmeta(?:data)?\.txt)"
)
_ALONE = re.compile(r"chapters?\.(?:txt|json|xml|psc|ffmeta(?:data)?)|ffmeta(?:data)?(?:\.txt|file)?")
_ALONE_MAYBE = re.compile(r"metadata\.json|.+\.cue")


class SidecarState(NamedTuple):
    """A file beside a sound as it was when it was looked at."""

    name: str
    size: int
    mtime_ns: int


class _Candidate(NamedTuple):
    """``is_certain``: its name says that it holds chapters, so it is told when it holds none."""

    is_certain: bool
    entry: SidecarState


def sidecar_state(sound: Path) -> tuple[SidecarState, ...]:
    """Each file that ``read_sidecars`` would read: when it differs, reading anew is due."""
    return tuple(candidate.entry for candidate in _candidates(sound))


def read_sidecars(sound: Path, duration_ms: int | None) -> Reading:
    """The chapters beside ``sound``, which lasts ``duration_ms``, best first, each list named "kind:name of the file".

    What is wrong with a file is a notice, never an error. Title and author are those of the first file that has them.
    """
    readings: list[Reading] = []
    lists: list[ChapterList] = []
    told: list[Notice] = []
    for candidate in _candidates(sound):
        name = clean_title(candidate.entry.name)
        try:
            reading, chapters = _read(sound.with_name(candidate.entry.name), candidate, sound, duration_ms)
        except NoChaptersError as error:
            told += [_left_out(name, error)] if candidate.is_certain else []
        except SourceError as error:
            told.append(_left_out(name, error))
        except Exception:  # noqa: BLE001 - parsers of other people's bytes fail in every way there is
            told.append(Notice("sidecar-unreadable", f"“{name}” beside it is damaged and was left out."))
        else:
            readings.append(reading)
            lists.append(chapters)
    return Reading(
        title=next((reading.title for reading in readings if reading.title), None),
        author=next((reading.author for reading in readings if reading.author), None),
        album=next((reading.album for reading in readings if reading.album), None),
        chapter_lists=best_first(lists),
        notices=(*told, *notices_of_empty(lists)),
    )


def _read(path: Path, candidate: _Candidate, sound: Path, duration_ms: int | None) -> tuple[Reading, ChapterList]:
    """What the file holds, and its list made fit for the sound."""
    row = format_of(read_head(path))
    is_free_text = row.name == "text" and not candidate.is_certain
    if row.is_sound or (is_free_text and candidate.entry.size > MAX_TEXT):
        raise NoChaptersError("This is no file of chapters.")
    reading = row.read_beside(path, sound, duration_ms)
    found = reading.chapter_lists[0]
    starts = [chapter.start_ms for chapter in found.chapters]
    if duration_ms is not None and sum(start >= duration_ms for start in starts) > len(starts) / 2:
        raise SourceError("Its chapters lie beyond the end.")
    if is_free_text and starts[-1] - starts[0] < LEAST_MS * (len(starts) - 1):
        raise NoChaptersError("This is a transcript.")
    source = f"{found.source}:{clean_title(path.name)}"
    fit = chapter_list(source, found.chapters, duration_ms, found.notices)
    if fit is None:
        raise NoChaptersError("There is nothing but one chapter for the whole sound.")
    return reading, replace(fit, notices=tuple(dict.fromkeys(fit.notices)))


def _left_out(name: str, error: SourceError) -> Notice:
    return Notice("sidecar-unreadable", f"“{name}” beside it was left out: {error}")


def _candidates(sound: Path) -> list[_Candidate]:
    """Files whose names fit, those that are certain first, in the order of their names."""
    entries = _entries(sound.parent)
    is_alone = not any(_is_sound(entry.name) and entry.name != sound.name for entry in entries)
    found = list(_fitting(entries, sound, is_alone))
    found.sort(key=lambda candidate: (not candidate.is_certain, candidate.entry.name))
    return found[:MAX_SIDECARS]


def _fitting(entries: Iterable[SidecarState], sound: Path, is_alone: bool) -> Iterable[_Candidate]:
    stem, suffix = sound.stem.casefold(), sound.suffix.casefold()
    for entry in entries:
        name = entry.name.casefold()
        tail = name.removeprefix(stem).removeprefix(suffix) if name.startswith(stem) else ""
        if _CHAPTER_FILE.fullmatch(tail) or (is_alone and _ALONE.fullmatch(name)):
            yield _Candidate(True, entry)
        elif _MAYBE.fullmatch(tail) or (is_alone and _ALONE_MAYBE.fullmatch(name)):
            yield _Candidate(False, entry)


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


def _is_sound(name: str) -> bool:
    return Path(name).suffix.lower() in _SOUND


def _regular(entry: "os.DirEntry[str]") -> list[SidecarState]:
    if _is_sound(entry.name):
        return [SidecarState(entry.name, 0, 0)]
    try:
        info = entry.stat()
    except OSError:
        return []
    return [SidecarState(entry.name, info.st_size, info.st_mtime_ns)] if stat.S_ISREG(info.st_mode) else []
