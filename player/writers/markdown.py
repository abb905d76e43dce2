r"""A nested list in Markdown (CommonMark). Only what would be taken for a mark is escaped by ``\``."""

import re

from player.core.chapter import Chapter
from player.writers.document import Document, Written
from player.writers.timed_row import HEADING, are_counted, timed_row

INDENT = "    "

_ALWAYS = re.compile(r"\\(?=[!-/:-@\[-`{-~])|<(?=[A-Za-z/!?])|(?<!\w)_|_(?!\w)|~(?=~)|&(?=#?[A-Za-z0-9]+;)")
_IN_PAIRS = ("*", "`")


def write(document: Document) -> Written:
    """``document`` as a list; titles that count the list are given a list that counts itself."""
    is_counted = are_counted(document.chapters)
    rows = [
        INDENT * ((chapter.depth or 1) - 1)
        + (f"{number}. " if is_counted else "- ")
        + timed_row(chapter, _title(chapter))
        for number, chapter in enumerate(document.chapters, 1)
    ]
    return Written("\n".join([f"## {HEADING}", "", *rows]) + "\n")


def _title(chapter: Chapter) -> str:
    title = _ALWAYS.sub(r"\\\g<0>", chapter.title)
    for mark in _IN_PAIRS:
        if title.count(mark) > 1:
            title = title.replace(mark, "\\" + mark)
    if not chapter.link:
        return title.replace("](", "\\](")
    address = chapter.link.replace("(", "%28").replace(")", "%29").replace(" ", "%20")
    return f"[{title.replace('[', chr(92) + '[').replace(']', chr(92) + ']')}]({address})"
