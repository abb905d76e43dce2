"""Bookmarks of PotPlayer: ``[Bookmark]``, then ``0=12345*Title*...``, milliseconds, title and a picture in hex digits.

A last line with nothing but its number ends them. Titles may hold asterisks of their own.
"""

import re
from pathlib import Path

from player.core.chapter import MAX_CHAPTERS, Chapter
from player.core.reading import Reading
from player.readers.chapter_file import chapter_reading, text_in, without_times
from player.readers.encoding import head_text
from player.readers.head import Head

_FIRST = re.compile(r"\ufeff?\s*\[bookmark\]\s+[0-9]{1,6}=(?:[0-9]{1,12}\*|\s|$)", re.IGNORECASE)
_LINE = re.compile(r"[0-9]{1,6}=([0-9]{1,12})\*(.*?)(?:\*[0-9A-Fa-f]*)?")
_LAST = re.compile(r"[0-9]{1,6}=")


def is_potplayer(head: Head) -> bool:
    """Whether a file begins with such a section. Its first line may be longer than a head, for the picture."""
    return bool(_FIRST.match(head_text(head.first)))


def read(path: Path) -> Reading:
    """The bookmarks in the file at ``path``. Raises SourceError with a sentence."""
    marks: list[Chapter] = []
    unreadable = 0
    for line in map(str.strip, text_in(path).lstrip().split("\n")[1:]):
        if len(marks) > MAX_CHAPTERS or line.startswith("["):
            break
        if row := _LINE.fullmatch(line):
            marks.append(Chapter(int(row[1]), row[2]))
        else:
            unreadable += bool(line) and not _LAST.fullmatch(line)
    return chapter_reading("potplayer", marks, without_times(unreadable))
