"""Files with Vorbis comments: Ogg (Vorbis, Opus, FLAC, Speex) and FLAC."""

import base64
import binascii
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from mutagen import MutagenError
from mutagen.flac import FLAC, Picture
from mutagen.oggflac import OggFLAC
from mutagen.oggopus import OggOpus
from mutagen.oggspeex import OggSpeex
from mutagen.oggvorbis import OggVorbis

from player.core.notice import Notice
from player.core.reading import Reading
from player.readers.attempt import attempt
from player.readers.chapter_list import best_first, notices_of_empty
from player.readers.cover import best_cover
from player.readers.cuesheet import cuesheet_chapters
from player.readers.head import open_regular
from player.readers.notes import best_notes, with_notes
from player.readers.tag import CHAPTERS_UNREADABLE, DURATION_UNKNOWN, UNREADABLE, Tags, ordinal
from player.readers.title import clean_name
from player.readers.vorbis_chapters import vorbis_chapters

_OGG_KINDS: tuple[tuple[bytes, type[Any]], ...] = (
    (b"OpusHead", OggOpus),
    (b"\x01vorbis", OggVorbis),
    (b"\x7fFLAC", OggFLAC),
    (b"Speex   ", OggSpeex),
)
MAX_PICTURES = 8
_NOTES = ("DESCRIPTION", "SYNOPSIS", "SUMMARY", "COMMENT", "COMMENTS", "NOTES", "LONGDESCRIPTION")
_LYRICS = ("LYRICS", "UNSYNCEDLYRICS")


def read_ogg(path: Path) -> Reading:
    """The Ogg file at ``path``. Broken parts are notices; SourceError when it cannot be opened or holds no sound."""
    with open_regular(path) as file:
        head = file.read(4_096)
        kind = next((kind for mark, kind in _OGG_KINDS if mark in head), None)
        if kind is None:
            return Reading(container="ogg", notices=(Notice("duration-unknown", DURATION_UNKNOWN),))
        told: list[Notice] = []
        stream = attempt(lambda: _opened(kind, file), None, told, "tags-unreadable", UNREADABLE)
        if stream is None:
            length = attempt(lambda: _ogg_length(kind, file), None, told, "duration-unknown", DURATION_UNKNOWN)
            return Reading(container="ogg", duration_ms=length, notices=tuple(told))
        return _reading("ogg", path.stem, stream, _ogg_pictures(stream), told)


def read_flac(path: Path) -> Reading:
    """The FLAC file at ``path``. Broken parts are notices; SourceError when it cannot be opened."""
    with open_regular(path) as file:
        told: list[Notice] = []
        stream = attempt(lambda: _opened(FLAC, file), None, told, "tags-unreadable", UNREADABLE)
        if stream is None:
            length = attempt(lambda: _flac_length(file), None, told, "duration-unknown", DURATION_UNKNOWN)
            return Reading(container="flac", duration_ms=length, notices=tuple(told))
        return _reading("flac", path.stem, stream, (picture.data for picture in _front_first(stream.pictures)), told)


def _opened(kind: type[Any], file: BinaryIO) -> Any:
    file.seek(0)
    return kind(file)


def _reading(container: str, name: str, stream: Any, pictures: Iterable[bytes], told: list[Notice]) -> Reading:
    comments: list[tuple[str, str]] = list(stream.tags or ())
    length = _milliseconds(stream.info.length)
    tags = attempt(lambda: _tags(comments, pictures), Tags(), told, "tags-unreadable", UNREADABLE)
    block, rate = getattr(stream, "cuesheet", None), getattr(stream.info, "sample_rate", 0)
    sources = (
        lambda: vorbis_chapters(comments, length),
        lambda: cuesheet_chapters(comments, block, rate, name, length),
    )
    lists = [attempt(read, None, told, "chapters-unreadable", CHAPTERS_UNREADABLE) for read in sources]
    reading = Reading(
        title=tags.title,
        author=tags.author,
        album=tags.album,
        cover=tags.cover,
        disc=tags.disc,
        track=tags.track,
        container=container,
        duration_ms=length,
        chapter_lists=best_first(lists),
        notices=(*told, *notices_of_empty(lists)),
    )
    return with_notes(reading, tags.notes)


def _tags(comments: Iterable[tuple[str, str]], pictures: Iterable[bytes]) -> Tags:
    fields: dict[str, list[str]] = {}
    for key, value in comments:
        fields.setdefault(key.upper(), []).append(value)

    def text(*names: str) -> str | None:
        return clean_name(", ".join(next((fields[name] for name in names if name in fields), [])))

    return Tags(
        text("TITLE"),
        text("ARTIST", "AUTHOR", "ALBUMARTIST", "PERFORMER"),
        text("ALBUM"),
        best_cover(pictures),
        ordinal(text("DISCNUMBER", "DISC")),
        ordinal(text("TRACKNUMBER", "TRACK")),
        best_notes(*([text for name in names for text in fields.get(name, ())] for names in (_NOTES, _LYRICS))),
    )


def _ogg_pictures(stream: Any) -> Iterator[bytes]:
    """Pictures as FLAC writes them, in base64; broken ones are not among them."""
    found = []
    for text in (stream.tags or {}).get("metadata_block_picture", [])[:MAX_PICTURES]:
        try:
            found.append(Picture(base64.b64decode(text)))
        except (binascii.Error, ValueError, MutagenError):
            continue
    yield from (picture.data for picture in _front_first(found))


def _front_first(pictures: Iterable[Any]) -> list[Any]:
    return sorted(pictures, key=lambda picture: picture.type != 3)


def _ogg_length(kind: type[Any], file: BinaryIO) -> int | None:
    """The length alone, when the comments are broken."""
    file.seek(0)
    info = kind._Info(file)
    info._post_tags(file)
    return _milliseconds(info.length)


def _flac_length(file: BinaryIO) -> int | None:
    """From STREAMINFO alone, which always stands first: 20 bits of rate, 36 bits of samples."""
    file.seek(0)
    raw = file.read(4 + 4 + 34)
    rate, samples = int.from_bytes(raw[18:21], "big") >> 4, int.from_bytes(raw[21:26], "big") & (1 << 36) - 1
    return _milliseconds(samples / rate) if rate else None


def _milliseconds(seconds: float) -> int | None:
    """Rounded up, so that no sound lies beyond; None for what cannot be a length."""
    ms = -int(-seconds * 1000 // 1)
    return ms if ms > 0 else None
