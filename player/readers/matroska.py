"""Matroska and WebM: tags, exact duration, cover and the tree of chapters."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from player.core.chapter import MAX_TIME_MS
from player.core.notice import Notice
from player.core.reading import Reading
from player.readers.attempt import attempt
from player.readers.chapter_list import best_first, notices_of_empty
from player.readers.cover import MAX_BYTES, best_cover
from player.readers.head import open_regular
from player.readers.matroska_chapters import matroska_chapters
from player.readers.matroska_parts import (
    ATTACHMENTS,
    CHAPTERS,
    INFO,
    TAGS,
    Parts,
    child,
    children,
    float_of,
    number_of,
    parts_of,
    raw_of,
    text_of,
)
from player.readers.notes import MAX_BYTES as MAX_NOTES
from player.readers.notes import best_notes, with_notes
from player.readers.tag import CHAPTERS_UNREADABLE, DURATION_UNKNOWN, UNREADABLE, Tags, ordinal
from player.readers.title import clean_name

STRUCTURE_UNREADABLE = "The structure of this file is damaged: its tags, chapters and length could not be read."
_TIMESTAMP_SCALE, _DURATION, _TITLE = 0x2AD7B1, 0x4489, 0x7BA9
_TAG, _TARGETS, _TARGET_LEVEL, _SIMPLE_TAG, _TAG_NAME, _TAG_STRING = 0x7373, 0x63C0, 0x68CA, 0x67C8, 0x45A3, 0x4487
_PARTS_OF_A_FILE = frozenset((0x63C4, 0x63C5, 0x63C6, 0x63C9))  # a chapter, track, attachment or edition by its id
_ATTACHED_FILE, _FILE_NAME, _FILE_DATA = 0x61A7, 0x466E, 0x465C
_ALBUM, _TRACK = 50, 30  # levels of targets
MAX_PICTURES = 8
_NOTES = (("DESCRIPTION", "SYNOPSIS", "SUMMARY", "COMMENT"), ("LYRICS",))  # descriptions, and what may hold one too


def read(path: Path) -> Reading:
    """The file at ``path``. Broken parts are notices; SourceError only when the file cannot be opened."""
    told: list[Notice] = []
    with open_regular(path) as file:
        parts = attempt(lambda: parts_of(file), None, told, "structure-unreadable", STRUCTURE_UNREADABLE)
        if parts is None:
            return Reading(container="matroska", notices=tuple(told))
        length = attempt(lambda: _length(parts), None, told, "duration-unknown", DURATION_UNKNOWN)
        if length is None and not told:
            told.append(Notice("duration-unknown", DURATION_UNKNOWN))
        tags = attempt(lambda: _tags(parts), Tags(), told, "tags-unreadable", UNREADABLE)
        chapters = attempt(
            lambda: matroska_chapters(parts.elements.get(CHAPTERS, []), length),
            None,
            told,
            "chapters-unreadable",
            CHAPTERS_UNREADABLE,
        )
    reading = Reading(
        title=tags.title,
        author=tags.author,
        album=tags.album,
        cover=tags.cover,
        disc=tags.disc,
        track=tags.track,
        container="matroska",
        duration_ms=length,
        chapter_lists=best_first([chapters]),
        notices=(*told, *notices_of_empty([chapters])),
    )
    return with_notes(reading, tags.notes)


def _length(parts: Parts) -> int | None:
    """What the file says of itself, rounded up, so that no sound lies beyond; not to be believed of a cut one."""
    for info in () if parts.is_cut else parts.elements.get(INFO, ()):
        ticks = float_of(child(info, _DURATION))
        scale = number_of(child(info, _TIMESTAMP_SCALE), 1_000_000)
        if ticks and 0 < ticks * scale / 1e6 <= MAX_TIME_MS:
            return int(-(-ticks * scale // 1e6))
    return None


def _tags(parts: Parts) -> Tags:
    fields: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    for level, name, text in _simple_tags(parts):
        fields[level, name].append(text)

    def first(*keys: tuple[int, str]) -> str | None:
        return next((", ".join(fields[key]) for key in keys if key in fields), None)

    def both(*names: str) -> list[tuple[int, str]]:
        return [(level, name) for name in names for level in (_TRACK, _ALBUM)]

    own = next((text for info in parts.elements.get(INFO, ()) if (text := text_of(child(info, _TITLE)))), None)
    of_album = first((_ALBUM, "ALBUM"), (_TRACK, "ALBUM")) or (first((_ALBUM, "TITLE")) if own else None)
    author = first(*both("ARTIST", "AUTHOR", "WRITTEN_BY", "PERFORMER", "LEAD_PERFORMER", "ALBUM_ARTIST", "COMPOSER"))
    title = clean_name(own or first(*both("TITLE")))
    album = clean_name(of_album)
    return Tags(
        title,
        clean_name(author),
        None if album == title else album,
        best_cover(_pictures(parts)),
        track=ordinal(first(*both("PART_NUMBER"))),
        notes=best_notes(*([text for key in both(*names) for text in fields.get(key, ())] for names in _NOTES)),
    )


def _simple_tags(parts: Parts) -> Iterator[tuple[int, str, str]]:
    """(level, name, text) of each tag that is about the whole file."""
    for element in parts.elements.get(TAGS, ()):
        for tag in children(element, _TAG):
            targets = child(tag, _TARGETS)
            inner = list(children(targets)) if targets is not None else []
            if any(part.id in _PARTS_OF_A_FILE and number_of(part, 0) for part in inner):
                continue
            level = next((number_of(part, _ALBUM) for part in inner if part.id == _TARGET_LEVEL), _ALBUM)
            for simple in children(tag, _SIMPLE_TAG):
                name, text = text_of(child(simple, _TAG_NAME)).upper(), text_of(child(simple, _TAG_STRING), MAX_NOTES)
                if text.strip():
                    yield level, name, text.strip()


def _pictures(parts: Parts) -> Iterator[bytes]:
    """Attached files called cover first; what is no picture is told by its bytes."""
    files = [file for element in parts.elements.get(ATTACHMENTS, ()) for file in children(element, _ATTACHED_FILE)]
    files.sort(key=_is_no_cover)
    for file in files[:MAX_PICTURES]:
        data: Any = child(file, _FILE_DATA)
        if data is not None and data.size <= MAX_BYTES:
            yield raw_of(data, MAX_BYTES)


def _is_no_cover(file: Any) -> bool:
    return not text_of(child(file, _FILE_NAME)).lower().startswith("cover")
