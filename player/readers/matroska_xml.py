"""Chapters of Matroska as XML, as mkvmerge reads them and mkvextract writes them: editions of nested atoms."""

from xml.etree.ElementTree import Element

from player.core.chapter import MAX_CHAPTERS
from player.core.errors import NoChaptersError
from player.core.reading import Reading
from player.readers.chapter_file import NO_CHAPTERS
from player.readers.clock_time import clock_ms
from player.readers.matroska_edition import DEFAULT_LANGUAGE, Atom, Edition, edition_chapters


def is_matroska_xml(root: Element) -> bool:
    """Whether an XML document has this shape."""
    return root.tag == "Chapters" and (root.find("EditionEntry") is not None or len(root) == 0)


def matroska_xml_reading(root: Element) -> Reading:
    """The chapters of the document. Raises NoChaptersError when there are none."""
    chapters = edition_chapters("matroska-xml", map(_edition, root.iterfind("EditionEntry")), None)
    if chapters is None or not chapters.chapters:
        raise NoChaptersError(NO_CHAPTERS)
    return Reading(chapter_lists=(chapters,))


def _edition(entry: Element) -> Edition:
    edition = Edition(
        _flag(entry, "EditionFlagDefault"), _flag(entry, "EditionFlagHidden"), _flag(entry, "EditionFlagOrdered")
    )
    todo = [(child, edition.atoms) for child in reversed(entry.findall("ChapterAtom"))]
    left = MAX_CHAPTERS + 1
    while todo and left:
        element, siblings = todo.pop()
        atom = _atom(element)
        siblings.append(atom)
        todo += [(child, atom.children) for child in reversed(element.findall("ChapterAtom"))]
        left -= 1
    return edition


def _atom(element: Element) -> Atom:
    return Atom(
        clock_ms(element.findtext("ChapterTimeStart", "")),
        clock_ms(element.findtext("ChapterTimeEnd", "")),
        element.findtext("ChapterUID", "").strip() or None,
        _flag(element, "ChapterFlagHidden"),
        element.findtext("ChapterFlagEnabled", "1").strip() != "0",
        [(_language(display), display.findtext("ChapterString", "")) for display in element.iterfind("ChapterDisplay")],
    )


def _language(display: Element) -> str:
    for name in ("ChapLanguageIETF", "ChapterLanguage"):
        language = display.findtext(name, "").strip()
        if language:
            return language
    return DEFAULT_LANGUAGE


def _flag(element: Element, name: str) -> bool:
    return element.findtext(name, "0").strip() == "1"
