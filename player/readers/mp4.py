"""MP4, M4A, M4B: tags, exact duration, and both kinds of chapters."""

from functools import partial
from pathlib import Path
from typing import BinaryIO

from mutagen.mp4 import MP4Tags
from mutagen.mp4._atom import Atoms

from player.core.notice import Notice
from player.core.reading import Reading
from player.readers.attempt import attempt
from player.readers.chapter_list import best_first, notices_of_empty
from player.readers.cover import best_cover
from player.readers.head import open_regular
from player.readers.mp4_atoms import atoms_of
from player.readers.mp4_chapters import chpl_chapters
from player.readers.mp4_duration import duration_ms
from player.readers.notes import best_notes, with_notes
from player.readers.quicktime_track import track_chapters
from player.readers.tag import CHAPTERS_UNREADABLE, DURATION_UNKNOWN, UNREADABLE, Tags, ordinal
from player.readers.title import clean_name

_NOTES = (("ldes", "desc", "\xa9des", "\xa9cmt"), ("\xa9lyr",))  # descriptions, and what may hold one too
STRUCTURE_UNREADABLE = "The structure of this file is damaged: its tags, chapters and length could not be read."


def read(path: Path) -> Reading:
    """The MP4 at ``path``. Broken parts are notices; SourceError only when the file cannot be opened."""
    told: list[Notice] = []
    with open_regular(path) as file:
        atoms = attempt(lambda: atoms_of(file), None, told, "structure-unreadable", STRUCTURE_UNREADABLE)
        if atoms is None:
            return Reading(container="mp4", notices=tuple(told))
        tags = attempt(lambda: _tags(atoms, file), Tags(), told, "tags-unreadable", UNREADABLE)
        length = attempt(lambda: duration_ms(atoms, file), None, told, "duration-unknown", DURATION_UNKNOWN)
        lists = [
            attempt(partial(read_chapters, atoms, file, length), None, told, "chapters-unreadable", CHAPTERS_UNREADABLE)
            for read_chapters in (track_chapters, chpl_chapters)
        ]
    reading = Reading(
        title=tags.title,
        author=tags.author,
        album=tags.album,
        cover=tags.cover,
        disc=tags.disc,
        track=tags.track,
        container="mp4",
        duration_ms=length,
        chapter_lists=best_first(lists),
        notices=(*told, *notices_of_empty(lists)),
    )
    return with_notes(reading, tags.notes)


def _tags(atoms: Atoms, file: BinaryIO) -> Tags:
    if b"moov.udta.meta.ilst" not in atoms:
        return Tags()
    found = MP4Tags(atoms, file)

    def text(*names: str) -> str | None:
        texts: list[str] = next((found[name] for name in names if found.get(name)), [])
        return clean_name(", ".join(map(str, texts)))

    disc, track = (ordinal(next(iter(found.get(name) or [(0, 0)]))[0]) for name in ("disk", "trkn"))
    notes = best_notes(*([str(text) for name in names for text in found.get(name) or ()] for names in _NOTES))
    return Tags(
        text("\xa9nam"),
        text("\xa9ART", "aART", "\xa9wrt"),
        text("\xa9alb"),
        best_cover(map(bytes, found.get("covr", ()))),
        disc,
        track,
        notes,
    )
