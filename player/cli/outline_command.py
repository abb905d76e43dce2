"""``outspoken outline SOURCE``: the outline of a recording or a text, as a tree for people or JSON for scripts."""

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import TextIO

from player.cli.source_file import path_of, title_of
from player.cli.terminal import Terminal, cells, elide, terminal_of
from player.core.clock import clock_text
from player.core.errors import SourceError
from player.core.notice import Notice
from player.core.outline import Outline, build
from player.core.reading import Reading
from player.core.section import Section
from player.core.source_name import source_name
from player.isolation.reading import read_isolated
from player.readers.title import clean_title

DEEPEST_INDENT = 8
DIM, BOLD, NUMBER = "2", "1", "36"


def run(
    source: str,
    *,
    as_json: bool,
    environ: Mapping[str, str] = os.environ,
    out: TextIO | None = None,
    err: TextIO | None = None,
) -> int:
    """Print the outline of ``source``, a path or "-"; returns the exit code, 1 with one sentence on ``err``.

    Notices go to ``err`` for people, into the JSON for scripts. The standard streams are used where none are given.
    """
    out, err = out or sys.stdout, err or sys.stderr
    name = "standard input" if source == "-" else clean_title(source)
    try:
        with path_of(source) as path:
            reading = read_isolated(path)
    except SourceError as error:
        print(f"{name}: {error}", file=err)
        return 1
    chapters = reading.chapter_lists[0] if reading.chapter_lists else None
    outline = build(chapters.chapters if chapters else (), reading.duration_ms)
    notices = (*reading.notices, *(chapters.notices if chapters else ()), *outline.notices)
    kind = chapters.source if chapters else None
    if as_json:
        print(_json(reading, title_of(reading, source), kind, notices, outline, out), file=out)
        return 0
    terminal = terminal_of(out, environ)
    for line in _tree(reading, title_of(reading, source) or name, kind, outline, terminal):
        print(line, file=out)
    out.flush()
    for notice in notices:
        print(notice.message, file=err)
    return 0


def _json(
    reading: Reading, title: str | None, kind: str | None, notices: Sequence[Notice], outline: Outline, out: TextIO
) -> str:
    document = {
        "title": title,
        "duration_ms": reading.duration_ms,
        "source": kind,
        "notices": [{"code": notice.code, "message": notice.message} for notice in notices],
        "sections": [
            {
                "depth": section.depth,
                "number": section.label,
                "title": section.title,
                "start_ms": section.start_ms,
                "end_ms": section.end_ms,
                "whole_end_ms": section.whole_end_ms,
            }
            for section in outline.sections
        ],
    }
    is_unicode = (getattr(out, "encoding", None) or "").lower().replace("-", "") == "utf8"
    return json.dumps(document, indent=2, ensure_ascii=not is_unicode)


def _tree(reading: Reading, title: str, kind: str | None, outline: Outline, terminal: Terminal) -> Iterator[str]:
    yield terminal.paint(elide(title, terminal.width), BOLD)
    yield terminal.paint(elide(_summary(reading, kind, outline), terminal.width), DIM)
    if not outline.sections:
        return
    yield ""
    widths = _column_widths(outline)
    for section in outline.sections:
        yield _row(section, widths, terminal)


def _summary(reading: Reading, kind: str | None, outline: Outline) -> str:
    length = None if reading.duration_ms is None else clock_text(reading.duration_ms)
    if not outline.sections:
        sections = "no chapters"
    else:
        depth = max(section.depth for section in outline.sections)
        levels = f" in {depth} levels" if depth > 1 else ""
        sections = f"{len(outline)} section{'s' * (len(outline) > 1)}{levels}, from {source_name(kind or '')}"
    return " · ".join(part for part in (reading.author, length, sections) if part)


def _column_widths(outline: Outline) -> tuple[int, int]:
    starts = max(len(clock_text(section.start_ms)) for section in outline.sections)
    lengths = max(len(_length(section)) for section in outline.sections)
    return starts, lengths


def _row(section: Section, widths: tuple[int, int], terminal: Terminal) -> str:
    """Start, whole length, then number and title, indented; cut to the width before any colour is put on."""
    start, length = clock_text(section.start_ms).rjust(widths[0]), _length(section).rjust(widths[1])
    indent = "  " * min(section.depth - 1, DEEPEST_INDENT)
    room = terminal.width - cells(f"{start}  {length}  {indent}")
    number = elide(section.label, room) if section.label else ""
    gap = "  " if number else ""
    words = section.rest if number else section.title
    title = elide(words, max(0, room - cells(number) - len(gap)))
    style = BOLD if section.depth == 1 else "0"
    times = terminal.paint(f"{start}  {length}", DIM)
    return f"{times}  {indent}{terminal.paint(number, NUMBER)}{gap}{terminal.paint(title, style)}".rstrip()


def _length(section: Section) -> str:
    """How long the whole section is; nothing where the sound's end is not known."""
    return "" if section.whole_ms is None else clock_text(section.whole_ms)
