"""Chapters in a Matroska file: the Chapters element (RFC 9559, 5.1.7), editions of nested atoms."""

from typing import Any

from player.core.chapter import MAX_CHAPTERS, ChapterList
from player.readers.matroska_edition import DEFAULT_LANGUAGE, Atom, Edition, edition_chapters
from player.readers.matroska_parts import child, children, number_of, text_of

EDITION, EDITION_HIDDEN, EDITION_DEFAULT, EDITION_ORDERED = 0x45B9, 0x45BD, 0x45DB, 0x45DD
ATOM, UID, START, END, HIDDEN, ENABLED = 0xB6, 0x73C4, 0x91, 0x92, 0x98, 0x4598
DISPLAY, STRING, LANGUAGE, LANGUAGE_BCP47 = 0x80, 0x85, 0x437C, 0x437D
NANOSECONDS = 1_000_000  # of a millisecond


def matroska_chapters(elements: list[Any], duration_ms: int | None) -> ChapterList | None:
    """The chapters in ``elements``, of which a file should have only one; None when there are none."""
    editions = [_edition(entry) for element in elements for entry in children(element, EDITION)]
    return edition_chapters("matroska", editions, duration_ms)


def _edition(entry: Any) -> Edition:
    is_default, is_hidden, is_ordered = (
        number_of(child(entry, flag), 0) == 1 for flag in (EDITION_DEFAULT, EDITION_HIDDEN, EDITION_ORDERED)
    )
    edition = Edition(is_default, is_hidden, is_ordered)
    todo = [(element, edition.atoms) for element in reversed(list(children(entry, ATOM)))]
    left = MAX_CHAPTERS + 1
    while todo and left:
        element, siblings = todo.pop()
        atom, inner = _atom(element)
        siblings.append(atom)
        todo += [(inside, atom.children) for inside in reversed(inner)]
        left -= 1
    return edition


def _atom(element: Any) -> tuple[Atom, list[Any]]:
    """One atom, and the elements of those in it."""
    atom, inner = Atom(), []
    for part in children(element):
        if part.id == ATOM:
            inner.append(part)
        elif part.id == START:
            atom.start_ms = number_of(part, 0) // NANOSECONDS
        elif part.id == END:
            atom.end_ms = number_of(part, 0) // NANOSECONDS
        elif part.id == UID:
            atom.id = str(number_of(part, 0))
        elif part.id == HIDDEN:
            atom.is_hidden = number_of(part, 0) == 1
        elif part.id == ENABLED:
            atom.is_enabled = number_of(part, 1) != 0
        elif part.id == DISPLAY:
            language = text_of(child(part, LANGUAGE_BCP47)) or text_of(child(part, LANGUAGE))
            atom.names.append((language or DEFAULT_LANGUAGE, text_of(child(part, STRING))))
    return atom, inner
