r"""Labels of Audacity: start and end in seconds and the label, tabs between; ``\`` begins a line of frequencies."""

import re
from pathlib import Path

from player.core.chapter import MAX_CHAPTERS, Chapter
from player.core.reading import Reading
from player.readers.chapter_file import chapter_reading, text_in, without_times
from player.readers.head import Head

_SECONDS = r"([0-9]{1,9}(?:[.,][0-9]{1,12})?)"
_LINE = re.compile(rf"\s*{_SECONDS}\t{_SECONDS}(?:\t(.*))?")


def is_audacity(head: Head) -> bool:
    """Whether the first line of a file is a label."""
    first = head.text.lstrip("\r\n").splitlines()[:1]
    return any(_LINE.fullmatch(line) for line in first)


def read(path: Path) -> Reading:
    """The labels in the file at ``path``; one for a stretch has its end too. Raises SourceError with a sentence."""
    marks: list[Chapter] = []
    unreadable = 0
    for line in text_in(path).split("\n"):
        if len(marks) > MAX_CHAPTERS:
            break
        row = _LINE.fullmatch(line)
        if row:
            start_ms, end_ms = (round(float(text.replace(",", ".")) * 1000) for text in (row[1], row[2]))
            marks.append(Chapter(start_ms, row[3] or "", end_ms=end_ms if end_ms > start_ms else None))
        else:
            unreadable += bool(line.strip()) and not line.startswith("\\")
    return chapter_reading("audacity", marks, without_times(unreadable))
