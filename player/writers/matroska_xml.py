"""Chapters of Matroska as XML, as mkvmerge reads them: one edition of nested atoms."""

from xml.sax.saxutils import escape

from player.core.chapter import Chapter
from player.writers.clock import full_clock
from player.writers.document import Document, Written

NANOSECONDS = 9  # digits after the point


def write(document: Document) -> Written:
    """``document`` as an XML document; a chapter's atom holds those of the deeper chapters after it."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<Chapters>", "  <EditionEntry>"]
    open_depths: list[int] = []
    for chapter in document.chapters:
        depth = chapter.depth or 1
        while open_depths and open_depths[-1] >= depth:
            open_depths.pop()
            lines.append(_indented(len(open_depths), "</ChapterAtom>"))
        lines += [_indented(len(open_depths), line) for line in ("<ChapterAtom>", *_parts(chapter))]
        open_depths.append(depth)
    while open_depths:
        open_depths.pop()
        lines.append(_indented(len(open_depths), "</ChapterAtom>"))
    return Written("\n".join([*lines, "  </EditionEntry>", "</Chapters>"]) + "\n")


def _parts(chapter: Chapter) -> list[str]:
    times = [f"  <ChapterTimeStart>{full_clock(chapter.start_ms, NANOSECONDS)}</ChapterTimeStart>"]
    if chapter.end_ms is not None:
        times.append(f"  <ChapterTimeEnd>{full_clock(chapter.end_ms, NANOSECONDS)}</ChapterTimeEnd>")
    return [
        *times,
        "  <ChapterDisplay>",
        f"    <ChapterString>{escape(chapter.title)}</ChapterString>",
        "    <ChapterLanguage>und</ChapterLanguage>",
        "  </ChapterDisplay>",
    ]


def _indented(level: int, line: str) -> str:
    return "  " * (level + 2) + line
