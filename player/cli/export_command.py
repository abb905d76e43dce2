"""``outspoken export SOURCE``: the outline in a format of other programs, on standard output or in a new file, or in a
copy of an MP3.
"""

import sys
from pathlib import Path
from typing import TextIO

from player.cli.folder_source import read_folder_as_one
from player.cli.source_file import path_of, title_of
from player.core.errors import ExportError, NoChaptersError, SourceError
from player.core.notice import Notice
from player.core.outline import build
from player.core.reading import Reading
from player.isolation.reading import read_isolated, read_text_isolated
from player.isolation.writing import make_tag_isolated
from player.readers.title import clean_title
from player.writers.document import Document
from player.writers.formats import write_text
from player.writers.mp3_copy import copy_name, write_copy
from player.writers.outline_file import lost_in_text, with_levels, write_file

NOTHING = "There are no chapters to export."
NOT_MP3 = "Chapters can be written into a copy of an MP3 only, and this is none."
NAMELESS = "What comes from standard input has no name: please give one with --output."


def run(
    source: str, format_name: str, output: str | None, *, out: TextIO | None = None, err: TextIO | None = None
) -> int:
    """Write the outline of ``source``, a path or "-"; returns the exit code, 1 with one sentence on ``err``.

    What was odd in the source and what the format cannot hold goes to ``err``, one sentence a line. Text is UTF-8,
    whatever the terminal is. The standard streams are used where none are given.
    """
    out, err = out or sys.stdout, err or sys.stderr
    try:
        with path_of(source) as path:
            notices = _export(path, source, format_name, output, out)
    except SourceError as error:
        print(f"{'standard input' if source == '-' else clean_title(source)}: {error}", file=err)
        return 1
    except ExportError as error:
        print(f"{clean_title(output or source)}: {error}", file=err)
        return 1
    for notice in notices:
        print(notice.message, file=err)
    return 0


def _export(path: str, source: str, format_name: str, output: str | None, out: TextIO) -> tuple[Notice, ...]:
    reading = read_folder_as_one(path) if Path(path).is_dir() else read_isolated(path)
    document, told = _document(reading, source)
    if format_name == "mp3":
        if reading.container != "mp3":
            raise SourceError(NOT_MP3)
        if source == "-" and output is None:
            raise SourceError(NAMELESS)
        target = copy_name(Path(source)) if output is None else Path(output)
        return (*told, *write_copy(Path(path), target, document, make_tag_isolated))
    if output is not None:
        return (*told, *write_file(format_name, document, Path(output), read_text_isolated))
    written = write_text(format_name, document)
    _print(written.text, out)
    return (*told, *written.notices, *lost_in_text(format_name, document, written.text, read_text_isolated))


def _document(reading: Reading, source: str) -> tuple[Document, tuple[Notice, ...]]:
    """What is written of ``reading``, and what was odd in it. Raises NoChaptersError."""
    chosen = reading.chapter_lists[0] if reading.chapter_lists else None
    if chosen is None or not any(chapter.is_listed for chapter in chosen.chapters):
        raise NoChaptersError(NOTHING)
    document = Document(
        with_levels(chosen.chapters, build(chosen.chapters, reading.duration_ms)),
        title_of(reading, source),
        reading.author,
        reading.album,
        reading.duration_ms,
        Path(source).name if reading.container and source != "-" else None,
    )
    return document, (*reading.notices, *chosen.notices)


def _print(text: str, out: TextIO) -> None:
    binary = getattr(out, "buffer", None)
    if binary is None:
        out.write(text)
    else:
        out.flush()
        binary.write(text.encode())
    out.flush()
