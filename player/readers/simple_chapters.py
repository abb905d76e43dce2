"""Podlove Simple Chapters: ``<psc:chapter start="01:02.500" title="..." href="...">``, on their own or in a feed.

The namespace is spelled in two ways, with and without a slash at its end. Times are "normal play time": 0, 01, 01:02,
01:02:03.400 (RFC 2326, 3.6).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from xml.etree.ElementTree import Element

from player.core.chapter import Chapter
from player.core.errors import NoChaptersError
from player.core.notice import Notice
from player.core.reading import Reading
from player.readers.chapter_file import NO_CHAPTERS, chapter_reading, without_times
from player.readers.chapter_list import count
from player.readers.clock_time import clock_ms
from player.readers.json_value import link_of
from player.readers.notes import best_notes, notes_html
from player.readers.title import clean_name
from player.readers.xml_tree import local_name

NAMESPACE = "podlove.org/simple-chapters"
IN_NO_EPISODE = "No episode of this feed has chapters in it."


def is_simple_chapters(root: Element) -> bool:
    """Whether an XML document is a list of such chapters; some writers leave the namespace out."""
    is_named = _is_ours(root, "chapters")
    return is_named or (root.tag == "chapters" and all(local_name(child.tag) == "chapter" for child in root))


def is_feed(root: Element) -> bool:
    """Whether an XML document is a feed (RSS or Atom)."""
    return local_name(root.tag) in ("rss", "feed", "RDF")


def simple_chapters_reading(root: Element) -> Reading:
    """The chapters of a list of its own. Raises NoChaptersError when there are none."""
    told: list[Notice] = []
    return chapter_reading("psc", list(_marks(root, told)), told)


def feed_reading(root: Element) -> Reading:
    """The chapters of the first episode that has any: of the latest one, as feeds are written.

    Raises NoChaptersError when none has any.
    """
    found = [(item, chapters) for item in _items(root) for chapters in _chapters_of(item)[:1]]
    if not found:
        raise NoChaptersError(IN_NO_EPISODE if any(True for _ in _items(root)) else NO_CHAPTERS)
    item, chapters = found[0]
    told: list[Notice] = []
    marks = list(_marks(chapters, told))
    title = clean_name(_text(item, ("title",)))
    if len(found) > 1:
        others = count(len(found) - 1, "other episode")
        told.append(
            Notice("other-episodes", f"This is the first episode of the feed; {others} with chapters left out.")
        )
    author = clean_name(_text(item, ("author", "creator")) or _text(_channel(root), ("author", "creator")))
    reading = chapter_reading(
        "psc", marks, told, title=title, author=author, album=clean_name(_text(_channel(root), ("title",)))
    )
    notes = best_notes(_text(item, (name,)) for name in ("encoded", "content", "description", "summary"))
    return replace(reading, notes=notes_html(notes or ""))


def _marks(chapters: Element, told: list[Notice]) -> Iterator[Chapter]:
    untimed = 0
    for entry in chapters:
        if local_name(entry.tag) != "chapter":
            continue
        start_ms = clock_ms(entry.get("start", "").strip().removeprefix("npt:"))
        if start_ms is None:
            untimed += 1
        else:
            yield Chapter(start_ms, entry.get("title", ""), link=link_of(entry.get("href")))
    told += without_times(untimed)


def _channel(root: Element) -> Element:
    return next((child for child in root if local_name(child.tag) == "channel"), root)


def _items(root: Element) -> Iterator[Element]:
    """The episodes: ``item`` of RSS, beside the channel in RSS 1.0, ``entry`` of Atom."""
    for parent in (_channel(root), root) if _channel(root) is not root else (root,):
        yield from (child for child in parent if local_name(child.tag) in ("item", "entry"))


def _chapters_of(item: Element) -> Sequence[Element]:
    return [child for child in item if _is_ours(child, "chapters")]


def _is_ours(element: Element, name: str) -> bool:
    return NAMESPACE in str(element.tag) and local_name(element.tag) == name


def _text(element: Element, names: Iterable[str]) -> str:
    """The text of the first child with one of these names, whatever their namespaces; an author of Atom has a name."""
    for name in names:
        for child in element:
            if local_name(child.tag) == name:
                inner = next((part for part in child if local_name(part.tag) == "name"), child)
                if (inner.text or "").strip():
                    return inner.text or ""
    return ""
