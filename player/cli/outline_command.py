"""``outspoken outline SOURCE``: the outline of a recording, a text or a folder, as a tree or as JSON for scripts."""

import json
import os
import sys
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

from player.cli.folder_source import read_folder
from player.cli.source_file import path_of, title_of
from player.cli.terminal import Terminal, cells, elide, terminal_of
from player.cli.work import Work, work_of
from player.core.arrangement import Arrangement
from player.core.clock import clock_text
from player.core.errors import SourceError
from player.core.notice import Notice
from player.core.outline import EMPTY_OUTLINE, Outline
from player.core.section import Section
from player.core.source_name import source_name
from player.isolation.reading import read_isolated
from player.readers.title import clean_name, clean_title

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
        if source != "-" and Path(source).is_dir():
            works, told = read_folder(source)
        else:
            works, told = [_read(source)], []
    except SourceError as error:
        print(f"{name}: {error}", file=err)
        return 1
    if as_json:
        document = _folder(source, works, told) if works[0].files else _document(works[0])
        is_unicode = (getattr(out, "encoding", None) or "").lower().replace("-", "") == "utf8"
        print(json.dumps(document, indent=2, ensure_ascii=not is_unicode), file=out)
        return 0
    terminal = terminal_of(out, environ)
    for at, work in enumerate(works):
        for line in ["", *_tree(work, name, terminal)] if at else _tree(work, name, terminal):
            print(line, file=out)
    out.flush()
    for notice in (*told, *(notice for work in works for notice in work.notices)):
        print(notice.message, file=err)
    return 0


def _read(source: str) -> Work:
    with path_of(source) as path:
        reading = read_isolated(path)
    return work_of(reading, title_of(reading, source))


def _document(work: Work) -> dict[str, Any]:
    return {
        "title": work.title,
        "duration_ms": work.duration_ms,
        "source": work.source,
        "notices": _notices(work.notices),
        "sections": [
            {
                "depth": section.depth,
                "number": section.label,
                "title": section.title,
                "start_ms": section.start_ms,
                "end_ms": section.end_ms,
                "whole_end_ms": section.whole_end_ms,
            }
            for section in work.outline.sections
        ],
    }


def _folder(source: str, works: Sequence[Work], told: Sequence[Notice]) -> dict[str, Any]:
    """What a script gets of a single source, of a folder that is one recording; always all there is as ``works``."""
    durations = [work.duration_ms for work in works if work.duration_ms is not None]
    title = clean_name(Path(source).resolve().name)
    whole = Work(title, None, sum(durations) if len(durations) == len(works) else None, None, EMPTY_OUTLINE)
    document = _document(works[0] if len(works) == 1 else whole)
    document["notices"] = _notices(told) + document["notices"]
    document["works"] = [_member(work) for work in works]
    return document


def _member(work: Work) -> dict[str, Any]:
    document = _document(work)
    for section in document["sections"]:
        section["file"] = max(0, bisect_right(work.starts_ms, section["start_ms"]) - 1)
    arrangement = work.arrangement.value if work.arrangement else None
    # A name that is no text has halves of characters in it, which JSON can say and nothing can print.
    files = [os.fsencode(path).decode("utf-8", "replace") for path in work.files]
    return {"arrangement": arrangement, **document, "files": files}


def _notices(notices: Sequence[Notice]) -> list[dict[str, str]]:
    return [{"code": notice.code, "message": notice.message} for notice in notices]


def _tree(work: Work, name: str, terminal: Terminal) -> Iterator[str]:
    yield terminal.paint(elide(work.title or name, terminal.width), BOLD)
    yield terminal.paint(elide(_summary(work), terminal.width), DIM)
    if not work.outline.sections:
        return
    yield ""
    widths = _column_widths(work.outline)
    for section in work.outline.sections:
        yield _row(section, widths, terminal)


def _summary(work: Work) -> str:
    outline = work.outline
    length = None if work.duration_ms is None else clock_text(work.duration_ms)
    if not outline.sections:
        sections = "no chapters"
    else:
        depth = max(section.depth for section in outline.sections)
        levels = f" in {depth} levels" if depth > 1 else ""
        sections = f"{len(outline)} section{'s' * (len(outline) > 1)}{levels}, from {_source(work)}"
    return " · ".join(part for part in (work.author, length, sections) if part)


def _source(work: Work) -> str:
    if len(work.files) > 1:
        kind = "book" if work.arrangement is Arrangement.BOOK else "series"
        return f"a {kind} of {len(work.files)} files"
    return source_name(work.source or "")


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
