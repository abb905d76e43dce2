"""The notes of an episode for showing: those of its files as one text, their own links turned into places.

What comes in is sanitised HTML, in which links of ours are ``place:`` (milliseconds into the file) and ``section:`` (a
number). Those that lead nowhere in this episode become plain words again.
"""

import re
from collections.abc import Iterable, Iterator
from html import escape
from typing import NamedTuple

from player.core.outline import Outline
from player.core.outline_filter import matching

PLACE = "place:"  # what stands before the milliseconds, on the whole time line, in a link of ours
PIECE = 12_000  # characters; as much as is laid out in a moment

_OURS = re.compile(r'<a href="(place|section):([0-9.]+)">([^<]*)</a>')
_TAG = re.compile(r"<(/?)([a-z0-9]+)[^<>]*>")
_CONTAINERS = frozenset(("ul", "ol", "blockquote"))
_INLINE = frozenset("a b br code em i s strong sub sup u".split())


class FileNotes(NamedTuple):
    """The notes of one file: where it starts on the whole time line, how long it lasts, and what is said of it."""

    title: str | None
    start_ms: int
    duration_ms: int | None
    html: str


def whole_notes(parts: Iterable[FileNotes], outline: Outline) -> str:
    """The notes of all files; where several have some, each under its title."""
    found = list(parts)
    is_headed = len(found) > 1
    return "".join(
        f"{f'<h3>{escape(part.title, quote=False)}</h3>' if is_headed and part.title else ''}{_placed(part, outline)}"
        for part in found
    )


def pieces(html: str, size: int = PIECE) -> Iterator[str]:
    """``html`` in pieces of about ``size`` characters, each of whole blocks."""
    start = depth = 0
    for tag in _TAG.finditer(html):
        is_closing, name = bool(tag[1]), tag[2]
        if name in _CONTAINERS:
            depth += -1 if is_closing else 1
        if is_closing and depth == 0 and name not in _INLINE and tag.end() - start >= size:
            yield html[start : tag.end()]
            start = tag.end()
    if start < len(html):
        yield html[start:]


def _placed(part: FileNotes, outline: Outline) -> str:
    def link(match: re.Match[str]) -> str:
        ms = _place(part, int(match[2])) if match[1] == "place" else _section_ms(outline, match[2])
        return match[3] if ms is None else f'<a href="{PLACE}{ms}">{match[3]}</a>'

    return _OURS.sub(link, part.html)


def _place(part: FileNotes, ms: int) -> int | None:
    is_within = part.duration_ms is None or ms < part.duration_ms
    return part.start_ms + ms if is_within else None


def _section_ms(outline: Outline, number: str) -> int | None:
    first = next(iter(matching(outline, number) or ()), None)
    return first.start_ms if first and first.number else None
