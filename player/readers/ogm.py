"""Chapters as OGM tools write them, one to two lines: ``CHAPTER01=00:01:02.500`` and ``CHAPTER01NAME=Title``."""

import re
from pathlib import Path

from player.core.errors import NoChaptersError
from player.core.reading import Reading
from player.readers.chapter_file import NO_CHAPTERS, text_in
from player.readers.head import Head
from player.readers.vorbis_chapters import vorbis_chapters

_FIRST = re.compile(r"^\s*CHAPTER\s?[0-9]{1,5}\s*=\s*[0-9]", re.IGNORECASE | re.MULTILINE)


def is_ogm(head: Head) -> bool:
    """Whether there is such a line at the beginning of a file."""
    return bool(_FIRST.search(head.text))


def read(path: Path) -> Reading:
    """The chapters in the file at ``path``. Raises SourceError with a sentence."""
    pairs = (line.partition("=") for line in text_in(path).split("\n") if "=" in line)
    chapters = vorbis_chapters(((key.strip(), value) for key, _, value in pairs), None, "ogm")
    if chapters is None or not chapters.chapters:
        raise NoChaptersError(NO_CHAPTERS)
    return Reading(chapter_lists=(chapters,))
