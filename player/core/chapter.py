"""The flat marks that a source holds. Trees are made of them in ``outline``."""

from dataclasses import dataclass

from player.core.notice import Notice

MAX_CHAPTERS = 10_000  # a source; readers keep the first ones and say so
MAX_TITLE = 1_000  # characters
MAX_TIME_MS = 1_000 * 3_600_000


@dataclass(frozen=True, slots=True)
class Chapter:
    """One mark from a source: where it starts and its title as the source has it.

    ``depth`` (1 = top) is set where the source itself holds a tree, ``end_ms`` where it holds an end of its own.
    A chapter with ``is_listed`` False belongs to the sound but not to the outline (Podcasting 2.0 ``toc: false``).
    """

    start_ms: int
    title: str
    id: str | None = None
    depth: int | None = None
    end_ms: int | None = None
    link: str | None = None
    is_listed: bool = True


@dataclass(frozen=True, slots=True)
class ChapterList:
    """All chapters of one source, sorted by start.

    ``source`` names its kind ("id3", "chpl", "cue", "text"...), and, where it lies beside the sound, the file too:
    "cue:book.cue". ``source_name`` has words for them.
    """

    source: str
    chapters: tuple[Chapter, ...]
    notices: tuple[Notice, ...] = ()
