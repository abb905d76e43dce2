"""Finding sections by what a listener types: words of a title, or the beginning of a number."""

import re
import unicodedata

from player.core.outline import Outline
from player.core.section import Section

_NUMBER = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,6}){0,11}\.?")


def matching(outline: Outline, text: str) -> tuple[Section, ...] | None:
    """The sections that ``text`` finds, in playing order; None when there is nothing to look for.

    Digits and dots match numbers from their beginning, part by part (2.3 finds 2.3 and 2.3.1, not 12.3), and titles
    too when they are no section's number. Words match anywhere in the title, all of them, without case or accents.
    """
    wanted = text.strip()
    if not wanted:
        return None
    if _NUMBER.fullmatch(wanted):
        parts = tuple(int(part) for part in wanted.rstrip(".").split("."))
        found = tuple(
            section for section in outline.sections if section.number and section.number[: len(parts)] == parts
        )
        if found:
            return found
    return tuple(section for section in outline.sections if has_words(section.title, wanted))


def with_ancestors(outline: Outline, sections: tuple[Section, ...]) -> frozenset[int]:
    """The rows of ``sections`` and of every section above them."""
    rows: set[int] = set()
    for section in sections:
        row: int | None = section.row
        while row is not None and row not in rows:
            rows.add(row)
            row = outline[row].parent
    return frozenset(rows)


def has_words(text: str, wanted: str) -> bool:
    """Whether ``text`` has every word of ``wanted``, without case or accents; nothing wanted is always there."""
    plain = _plain(text)
    return all(word in plain for word in _plain(wanted).split())


def _plain(text: str) -> str:
    if text.isascii():
        return text.casefold()
    parted = unicodedata.normalize("NFKD", text)
    return "".join(char for char in parted if not unicodedata.combining(char)).casefold()
