"""Podlove Simple Chapters, version 1.2: flat XML with times and addresses, on its own or put into a feed."""

from xml.sax.saxutils import quoteattr

from player.core.chapter import Chapter
from player.writers.clock import full_clock
from player.writers.document import Document, Written


def write(document: Document) -> Written:
    """``document`` as an XML document."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<psc:chapters version="1.2" xmlns:psc="http://podlove.org/simple-chapters">',
        *map(_entry, document.chapters),
        "</psc:chapters>",
    ]
    return Written("\n".join(lines) + "\n")


def _entry(chapter: Chapter) -> str:
    link = f" href={quoteattr(chapter.link)}" if chapter.link else ""
    return f'  <psc:chapter start="{full_clock(chapter.start_ms)}" title={quoteattr(chapter.title)}{link}/>'
