"""Show notes: the words about a recording that lie in its tags or beside it, made safe to show.

They are cut to a size first, then made a flat row of blocks, then sanitised: words, and links to http, https and
mailto. No pictures, styles, forms or anything else that could reach out or take time.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import islice

from player.core.chapter import ChapterList
from player.core.errors import SourceError
from player.core.notice import Notice
from player.core.reading import Reading
from player.readers.attempt import attempt
from player.readers.notes_blocks import blocks_of_html, blocks_of_text
from player.readers.notes_links import linked
from player.readers.text import read_text
from player.readers.text_lines import is_html

MAX_BYTES = 512 * 1024
MAX_MARKS = 30_000  # tags and entities; each takes a sanitiser some ten microseconds
REMARK = 200  # characters: a description that is shorter says little
LEAST_MS = 20_000  # a row, on the average: what is denser is a transcript
CUT = "The notes of this recording are very long: only the beginning is shown."
UNREADABLE = "The notes of this recording could not be read and were left out."

_TAGS = frozenset("a b blockquote br code em h1 h2 h3 h4 h5 h6 i li ol p pre s strong sub sup u ul".split())
_SCHEMES = frozenset(("http", "https", "mailto"))
_UNSAFE = re.compile(
    "[\\x00-\\x08\\x0e-\\x1f\\x7f-\\x84\\x86-\\x9f\ud800-\udfff"
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]"
)
_LINE_ENDS = {ord(end): "\n" for end in "\r\v\f\x85\u2028\u2029"}
_MARK = re.compile("[<&]")
_WORDS = re.compile(r">[^<]*\w")


def with_notes(reading: Reading, raw: str | None) -> Reading:
    """``reading`` with the notes that ``raw`` is as written, and the list of chapters in them below all others."""
    if raw is None:
        return reading
    told: list[Notice] = []
    html = attempt(lambda: notes_html(raw), None, told, "notes-unreadable", UNREADABLE)
    if html and len(_cut(raw)) < len(_plain(raw)):
        told.append(Notice("notes-cut", CUT))
    found = attempt(lambda: notes_chapters(raw, reading.duration_ms), None, told, "notes-unreadable", UNREADABLE)
    return replace(
        reading,
        notes=html,
        chapter_lists=(*reading.chapter_lists, *((found,) if found else ())),
        notices=(*reading.notices, *told),
    )


def best_notes(descriptions: Iterable[str | None], lyrics: Iterable[str | None] = ()) -> str | None:
    """The longest description, of equal ones the first. Where it is only a remark, the longest of the ``lyrics``, which
    is where some writers put notes, if that says more.
    """
    described, sung = (
        max((text for text in texts if text and text.strip()), key=len, default="") for texts in (descriptions, lyrics)
    )
    best = sung if len(described) < REMARK and len(sung) > len(described) else described
    return best or None


def notes_html(raw: str) -> str | None:
    """``raw`` (HTML, or plain text) as safe HTML of a few tags; None when no words are left."""
    import nh3

    text = _cut(raw)
    blocks = blocks_of_html(text) if is_html(text) else blocks_of_text(text)
    safe = nh3.clean(
        blocks,
        tags=set(_TAGS),
        attributes={"a": {"href"}},
        url_schemes=set(_SCHEMES),
        link_rel=None,
        url_relative="deny",
    )
    return linked(safe) if _WORDS.search(safe) else None


def notes_chapters(raw: str, duration_ms: int | None) -> ChapterList | None:
    """The list of chapters in ``raw``; None when there is none, or it is a transcript."""
    try:
        (found,) = read_text(_cut(raw), duration_ms).chapter_lists
    except SourceError:
        return None
    starts = [chapter.start_ms for chapter in found.chapters]
    if starts[-1] - starts[0] < LEAST_MS * (len(starts) - 1):
        return None
    return replace(found, source="notes")


def _cut(raw: str) -> str:
    """What is read of ``raw``: ``MAX_BYTES`` and ``MAX_MARKS``, without what steers or turns the writing."""
    text = _plain(raw)[:MAX_BYTES].encode("utf-8", "replace")[:MAX_BYTES].decode("utf-8", "ignore")
    beyond = next(islice(_MARK.finditer(text), MAX_MARKS, None), None)
    return text[: beyond.start()] if beyond else text


def _plain(raw: str) -> str:
    return _UNSAFE.sub("", raw.replace("\r\n", "\n")).translate(_LINE_ENDS)
