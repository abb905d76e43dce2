"""``outspoken list``: what the library holds, as a table for people or JSON for scripts. Never writes or makes one."""

import json
import os
import sys
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import TextIO

from player.cli.terminal import Terminal, cells, elide, terminal_of
from player.core.clock import clock_text
from player.core.episode import EpisodeSummary
from player.core.episode_outline import outline_of
from player.core.errors import LibraryError
from player.core.timeline import Timeline
from player.library.data_folder import data_folder
from player.library.library import Library

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_HEADINGS = ("Title", "Place", "Heard", "Section", "Last listened")
_GAP = "  "
_SHORTEST_TITLE = 16  # cells


def run(
    data_dir: str | None,
    *,
    as_json: bool,
    environ: Mapping[str, str] = os.environ,
    out: TextIO | None = None,
    err: TextIO | None = None,
) -> int:
    """Print all episodes, the last listened to first; returns the exit code, 1 with one sentence on ``err``.

    ``data_dir`` is the value of ``--data-dir``. ``out`` and ``err`` are the standard streams where not given.
    """
    out, err = out or sys.stdout, err or sys.stderr
    try:
        rows = _rows(data_dir, environ)
    except LibraryError as error:
        print(_encodable(str(error), err), file=err)
        return 1
    if as_json:
        print(json.dumps([_json_row(*row) for row in rows], indent=2), file=out)
    elif rows:
        print(_encodable(_table((_text_row(*row) for row in rows), terminal_of(out, environ)), out), file=out)
    else:
        print("The library is empty.", file=out)
    return 0


def _rows(data_dir: str | None, environ: Mapping[str, str]) -> list[tuple[EpisodeSummary, str | None]]:
    library = Library.look_into(data_folder(data_dir, environ).data)
    if library is None:
        return []
    with library:
        return [(summary, _section(library, summary)) for summary in library.episodes()]


def _section(library: Library, summary: EpisodeSummary) -> str | None:
    """The number of the section that the place is in, as printed."""
    if summary.place_ms is None:
        return None
    episode = library.episode(summary.id)
    section = Timeline(outline_of(episode)).section_at(summary.place_ms)
    return section.label if section else None


def _json_row(summary: EpisodeSummary, section: str | None) -> dict[str, object]:
    return {
        "id": summary.id,
        "title": summary.title,
        "path": summary.path,
        "duration_ms": summary.duration_ms,
        "place_ms": summary.place_ms,
        "heard_ms": summary.heard_ms,
        "section": section,
        "is_finished": summary.is_finished,
        "saved_at": None if summary.saved_at_ms is None else _moment(summary.saved_at_ms).isoformat(),
    }


def _text_row(summary: EpisodeSummary, section: str | None) -> tuple[str, ...]:
    length = "?" if summary.duration_ms is None else clock_text(summary.duration_ms)
    place = length if summary.place_ms is None else f"{clock_text(summary.place_ms)} of {length}"
    heard = ""
    if summary.duration_ms and summary.heard_ms:
        heard = f"{min(100, 100 * summary.heard_ms // summary.duration_ms)} %"
    if summary.is_finished:
        heard = f"{heard} finished".lstrip()
    last = "" if summary.saved_at_ms is None else f"{_moment(summary.saved_at_ms).astimezone():%Y-%m-%d %H:%M}"
    return (summary.title, place, heard, section or "", last)


def _moment(ms: int) -> datetime:
    return _EPOCH + timedelta(milliseconds=ms)


def _table(rows: Iterable[tuple[str, ...]], terminal: Terminal) -> str:
    """The rows under their headings; titles are cut where the terminal would break the lines."""
    table = [_HEADINGS, *(tuple(_printable(cell) for cell in row) for row in rows)]
    widths = [max(cells(cell) for cell in column) for column in zip(*table, strict=True)]
    room = terminal.width - sum(widths[1:]) - len(_GAP) * (len(widths) - 1)
    widths[0] = min(widths[0], max(room, _SHORTEST_TITLE))
    lines = [
        _GAP.join(_padded(elide(cell, width), width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in table
    ]
    return "\n".join((terminal.paint(lines[0], "1"), *lines[1:]))


def _padded(text: str, width: int) -> str:
    return text + " " * (width - cells(text))


def _printable(text: str) -> str:
    """``text`` without characters that would steer a terminal."""
    return "".join(character if character.isprintable() else " " for character in text)


def _encodable(text: str, stream: TextIO) -> str:
    encoding = stream.encoding or "utf-8"
    return text.encode(encoding, "replace").decode(encoding)
