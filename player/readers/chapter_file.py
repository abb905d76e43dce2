"""What every file of chapters without sound has in common: its size, its text, and the Reading it becomes."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from player.core.chapter import Chapter
from player.core.errors import NoChaptersError
from player.core.notice import Notice
from player.core.reading import Reading
from player.readers.chapter_list import chapter_list, count
from player.readers.encoding import decode
from player.readers.head import read_bytes

MAX_BYTES = 8 * 1024 * 1024
TOO_LARGE = "This file is larger than 8 MB, which no file of chapters is."
NO_CHAPTERS = "There are no chapters in this file."


def text_in(path: Path) -> str:
    """The text of the file at ``path``, whatever its encoding and line ends. Raises SourceError with a sentence."""
    text = decode(read_bytes(path, MAX_BYTES, TOO_LARGE))
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def chapter_reading(
    source: str,
    marks: Iterable[Chapter],
    told: Sequence[Notice] = (),
    *,
    title: str | None = None,
    author: str | None = None,
    album: str | None = None,
    nothing: str = NO_CHAPTERS,
) -> Reading:
    """``marks`` of a whole file of the kind ``source``. Raises NoChaptersError, with ``nothing``, when none is left."""
    chapters = chapter_list(source, marks, None, told)
    if chapters is None or not chapters.chapters:
        raise NoChaptersError(nothing)
    return Reading(title=title, author=author, album=album, chapter_lists=(chapters,))


def without_times(number: int) -> list[Notice]:
    """What is to be said of ``number`` entries whose times cannot be used."""
    if not number:
        return []
    return [Notice("time-unreadable", f"{count(number, 'chapter')} without a usable time left out.")]
