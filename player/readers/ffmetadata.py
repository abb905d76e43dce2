r"""FFmpeg's own metadata text: ``;FFMETADATA1``, ``[CHAPTER]`` with TIMEBASE, START, END, title, escapes by ``\``."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from player.core.chapter import MAX_CHAPTERS, Chapter
from player.core.reading import Reading
from player.readers.chapter_file import chapter_reading, text_in, without_times
from player.readers.head import Head
from player.readers.title import clean_name

_LINE = re.compile(r"(?:[^\\\n]++|\\.)++", re.DOTALL)
_PAIR = re.compile(r"((?:[^\\=]++|\\.)*+)=(.*)", re.DOTALL)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_TIMEBASE = re.compile(r"\s*([0-9]{1,12})\s*/\s*([0-9]{1,12})\s*", re.ASCII)
_NUMBER = re.compile(r"\s*-?[0-9]{1,20}\s*", re.ASCII)
NANOSECONDS = 1, 1_000_000_000  # of one second; what holds without a TIMEBASE

Section = tuple[str, Mapping[str, str]]


def is_ffmetadata(head: Head) -> bool:
    """Whether a file begins as such a text does."""
    return head.text.lstrip().startswith(";FFMETADATA")


def read(path: Path) -> Reading:
    """The chapters, title and author in the file at ``path``. Raises SourceError with a sentence."""
    whole: Mapping[str, str] = {}
    marks: list[Chapter] = []
    untimed = 0
    for name, fields in _sections(text_in(path)):
        if not name:
            whole = fields
        if name != "CHAPTER":
            continue
        if len(marks) > MAX_CHAPTERS:
            break
        mark = _chapter(fields)
        untimed += mark is None
        marks += [mark] if mark else []
    return chapter_reading(
        "ffmetadata",
        marks,
        without_times(untimed),
        title=clean_name(whole.get("title")),
        author=clean_name(whole.get("artist") or whole.get("author") or whole.get("album_artist")),
        album=clean_name(whole.get("album")),
    )


def _chapter(fields: Mapping[str, str]) -> Chapter | None:
    timebase = _TIMEBASE.fullmatch(fields.get("timebase", ""))
    ticks, second = (int(timebase[1]), int(timebase[2])) if timebase else NANOSECONDS
    start, end = fields.get("start", ""), fields.get("end", "")
    if not second or not _NUMBER.fullmatch(start):
        return None
    end_ms = int(end) * ticks * 1000 // second if _NUMBER.fullmatch(end) else None
    return Chapter(int(start) * ticks * 1000 // second, fields.get("title", ""), end_ms=end_ms)


def _sections(text: str) -> Iterator[Section]:
    """(name, fields) of each section, the keys in lower case; what stands before the first one has no name."""
    name, fields = "", dict[str, str]()
    for match in _LINE.finditer(text):
        line = match[0]
        if line.startswith("[") and line.rstrip().endswith("]"):
            yield name, fields
            name, fields = line.strip().strip("[]").strip().upper(), {}
        elif line[0] not in ";#" and (pair := _PAIR.fullmatch(line)):
            fields.setdefault(_ESCAPE.sub(r"\1", pair[1]).strip().lower(), _ESCAPE.sub(r"\1", pair[2]))
    yield name, fields
