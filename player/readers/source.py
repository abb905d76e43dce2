"""One door to all readers: what any file holds, whatever its format."""

import os
from dataclasses import replace
from pathlib import Path

from player.core.chapter import MAX_TIME_MS
from player.core.errors import NotAudioError
from player.core.notice import Notice
from player.core.reading import Reading
from player.readers.fingerprint import fingerprint_of
from player.readers.formats import format_of
from player.readers.head import Head, read_head, refuse_protected
from player.readers.tag import DURATION_UNKNOWN


def read_source(path: str | os.PathLike[str]) -> Reading:
    """What the file at ``path`` holds: sound with its tags and chapters, a chapter file, or a text with chapters.

    The format is told by content, not by name. Raises SourceError (NotAudioError for protected sound) with a sentence.
    """
    file = Path(path)
    head = _allowed_head(file)
    return _known_by(file, format_of(head).read(file))


def read_sound(path: str | os.PathLike[str]) -> Reading:
    """The sound at ``path`` without its tags and chapters: for files whose tags cannot be read within limits.

    Raises SourceError with a sentence, NotAudioError when it is no sound.
    """
    file = Path(path)
    row = format_of(_allowed_head(file))
    if not row.is_sound:
        raise NotAudioError("This is not a sound file of a kind that can be played here.")
    return _known_by(file, row.read_sound(file))


def read_fingerprint(path: str | os.PathLike[str]) -> bytes | None:
    """The fingerprint of the sound at ``path`` alone; None for what holds no sound, or none that can be told.

    Raises SourceError with a sentence when it cannot be opened.
    """
    file = Path(path)
    row = format_of(_allowed_head(file))
    return fingerprint_of(file, row.name) if row.is_sound else None


def _known_by(path: Path, reading: Reading) -> Reading:
    container = reading.container
    if container is None:
        return reading
    return replace(_with_possible_length(reading), fingerprint=fingerprint_of(path, container))


def _with_possible_length(reading: Reading) -> Reading:
    """``reading`` as it is, unless the length that its bytes tell is none that sound can have."""
    if reading.duration_ms is None or 0 < reading.duration_ms <= MAX_TIME_MS:
        return reading
    told = Notice("duration-unknown", DURATION_UNKNOWN)
    return replace(reading, duration_ms=None, notices=(*reading.notices, told))


def _allowed_head(path: Path) -> Head:
    head = read_head(path)
    refuse_protected(head)
    return head
