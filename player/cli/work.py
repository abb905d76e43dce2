"""What the command line prints the outline of: a recording or a text, or files of a folder that belong together."""

from typing import NamedTuple

from player.core.arrangement import Arrangement
from player.core.notice import Notice
from player.core.outline import Outline, build
from player.core.reading import Reading

FILES = "files"  # the source of an outline whose sections are files


class Work(NamedTuple):
    """``source`` is that of its chapters; ``files`` are the paths of several files, ``starts_ms`` where each begins."""

    title: str | None
    author: str | None
    duration_ms: int | None
    source: str | None
    outline: Outline
    notices: tuple[Notice, ...] = ()
    arrangement: Arrangement | None = None
    files: tuple[str, ...] = ()
    starts_ms: tuple[int, ...] = ()


def work_of(reading: Reading, title: str | None) -> Work:
    """What one source holds, called ``title``."""
    chapters = reading.chapter_lists[0] if reading.chapter_lists else None
    outline = build(chapters.chapters if chapters else (), reading.duration_ms)
    notices = (*reading.notices, *(chapters.notices if chapters else ()), *outline.notices)
    return Work(title, reading.author, reading.duration_ms, chapters.source if chapters else None, outline, notices)
