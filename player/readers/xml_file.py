"""Chapter files in XML. There are several shapes, told apart by their root: one table of them, one file a shape."""

import re
from collections.abc import Callable
from pathlib import Path
from xml.etree.ElementTree import Element

from player.core.errors import NoChaptersError
from player.core.reading import Reading
from player.readers import matroska_xml, simple_chapters
from player.readers.head import Head
from player.readers.xml_tree import tree_in

SHAPES: tuple[tuple[Callable[[Element], bool], Callable[[Element], Reading]], ...] = (
    (matroska_xml.is_matroska_xml, matroska_xml.matroska_xml_reading),
    (simple_chapters.is_simple_chapters, simple_chapters.simple_chapters_reading),
    (simple_chapters.is_feed, simple_chapters.feed_reading),
)
UNKNOWN = "This XML is not a list of chapters that is known here."

_START = re.compile(
    r"\s*<(?:\?xml\b|!DOCTYPE\s+(?!html)|!--|(?:[\w.-]{1,40}:)?(?:rss|feed|chapters|RDF)\b)", re.IGNORECASE
)
_PAGE = re.compile(r"<html\b", re.IGNORECASE)


def is_xml(head: Head) -> bool:
    """Whether a file begins as XML does, and is no web page: that is text with marks."""
    return bool(_START.match(head.text)) and not _PAGE.search(head.text)


def read(path: Path) -> Reading:
    """The chapters in the XML file at ``path``. Raises SourceError with a sentence."""
    root = tree_in(path)
    for is_shape, reading in SHAPES:
        if is_shape(root):
            return reading(root)
    raise NoChaptersError(UNKNOWN)
