"""The text that mp4chaps and m4b-tool write: ``00:01:02.500 Title``, a line each; lines of ``#`` are comments.

Comments may hold times too (the whole length, where silences are); titles are kept to the letter, since no person
typed these lines.
"""

import re
from pathlib import Path

from player.core.chapter import MAX_CHAPTERS, Chapter
from player.core.reading import Reading
from player.readers.chapter_file import chapter_reading, text_in, without_times
from player.readers.clock_time import clock_ms
from player.readers.head import Head
from player.readers.title import clean_name

_LINE = re.compile(r"([0-9]{1,4}:[0-5][0-9]:[0-5][0-9]\.[0-9]{3,9})(?:[ \t]+(.*))?")
_TAG = re.compile(r"#+\s?(title|artist|album)\s?:\s?(.+)", re.IGNORECASE)


def is_mp4chaps(head: Head) -> bool:
    """Whether every whole line at the beginning of a file, comments aside, is such a line."""
    rows = [line for line in map(str.strip, head.text.splitlines()) if line and not line.startswith("#")]
    return bool(rows) and all(map(_LINE.fullmatch, rows))


def read(path: Path) -> Reading:
    """The chapters in the file at ``path``. Raises SourceError with a sentence."""
    marks: list[Chapter] = []
    tags: dict[str, str] = {}
    unreadable = 0
    for line in map(str.strip, text_in(path).split("\n")):
        if len(marks) > MAX_CHAPTERS:
            break
        row = _LINE.fullmatch(line)
        start_ms = clock_ms(row[1]) if row else None
        if row and start_ms is not None:
            marks.append(Chapter(start_ms, row[2] or ""))
        elif tag := _TAG.fullmatch(line):
            tags.setdefault(tag[1].lower(), tag[2])
        else:
            unreadable += bool(line) and not line.startswith("#")
    return chapter_reading(
        "mp4chaps",
        marks,
        without_times(unreadable),
        title=clean_name(tags.get("title")),
        author=clean_name(tags.get("artist")),
        album=clean_name(tags.get("album")),
    )
