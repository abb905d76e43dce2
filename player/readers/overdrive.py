"""OverDrive MediaMarkers: XML in an ID3 text frame of that name, ``<Marker><Name>...</Name><Time>1:02.500</Time>``.

Times count from the beginning of the file. A name that ends in a time, "Chapter 3 (05:58)", only says how far into
chapter 3 the listener is there: it goes on from an earlier marker or, with "(00:00)" too, from the file before.
"""

import re
from collections.abc import Iterator

from player.core.chapter import Chapter, ChapterList
from player.core.notice import Notice
from player.readers.chapter_file import without_times
from player.readers.chapter_list import chapter_list
from player.readers.clock_time import clock_ms
from player.readers.title import clean_title
from player.readers.xml_tree import local_name, parse_xml

FRAME = "OverDrive MediaMarkers"  # the name of the text frame
MAX_XML = 2_000_000  # characters

_CONTINUATION = re.compile(r"(?:^|\s)\((?:[0-9]{1,3}:)?[0-9]{1,3}:[0-9]{2}\)$")
_BARE_AMPERSAND = re.compile(r"&(?![A-Za-z]{1,8};|#[0-9A-Fa-fx]{1,8};)")


def overdrive_chapters(xml: str, duration_ms: int | None) -> ChapterList | None:
    """The chapters in ``xml``, each once, without the times behind their names; None when there are none.

    Raises SourceError when it is no XML.
    """
    told: list[Notice] = []
    return chapter_list("overdrive", _chapters(list(_marks(xml, told))), duration_ms, told)


def _chapters(marks: list[Chapter]) -> Iterator[Chapter]:
    """Marks in order of time, those left out that go on with the chapter before."""
    title = None
    for mark in sorted(marks, key=lambda mark: mark.start_ms):
        whole = clean_title(mark.title)
        bare = _CONTINUATION.sub("", whole).rstrip()
        if bare != whole and bare == title:
            continue
        title = bare
        yield Chapter(mark.start_ms, bare)


def _marks(xml: str, told: list[Notice]) -> Iterator[Chapter]:
    untimed = 0
    for marker in parse_xml(_BARE_AMPERSAND.sub("&amp;", xml[:MAX_XML].strip("\ufeff\0 \r\n\t")).encode()).iter():
        if local_name(marker.tag) != "Marker":
            continue
        texts = {local_name(part.tag): part.text or "" for part in marker}
        start_ms = clock_ms(texts.get("Time", ""))
        if start_ms is None:
            untimed += 1
        else:
            yield Chapter(start_ms, texts.get("Name", ""))
    told += without_times(untimed)
