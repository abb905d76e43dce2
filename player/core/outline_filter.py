"""Finding sections by what a listener types: words of a title, the beginning of a number, or a label."""

import re
import unicodedata

from player.core.label import Label, find_label
from player.core.outline import Outline
from player.core.section import Section
from player.core.section_number import MAX_PARTS, SectionNumber

_NUMBER = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,6}){0,11}\.?")


def matching(outline: Outline, text: str) -> tuple[Section, ...] | None:
    """The sections that ``text`` finds, in playing order; None when there is nothing to look for.

    Digits and dots match numbers from their beginning, part by part (2.3 finds 2.3 and 2.3.1, not 12.3), and titles
    too when they are no section's number. Behind a word the number counts as well: 2 finds "Part II" and "Chapter 2";
    where no section has the number outright, 2.3 is chapter 3 of part 2. A label ("part 2", "Appendix A", "A.1") finds
    what counts the same thing in whatever spelling, with all that lies beneath it. Words match anywhere in the title,
    all of them, without case or accents.
    """
    wanted = text.strip()
    if not wanted:
        return None
    if _NUMBER.fullmatch(wanted):
        parts = tuple(int(part) for part in wanted.rstrip(".").split("."))
        found = _by_number(outline, parts) or (_by_path(outline, parts) if len(parts) > 1 else ())
        if found:
            return found
    elif found := _by_label(outline, wanted):
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


def _by_number(outline: Outline, parts: tuple[int, ...]) -> tuple[Section, ...]:
    return tuple(section for section in outline.sections if section.number and section.number[: len(parts)] == parts)


def _by_path(outline: Outline, parts: tuple[int, ...]) -> tuple[Section, ...]:
    """The sections whose numbers from the top down begin with ``parts``."""
    paths: list[tuple[int, ...]] = []
    found = []
    for section in outline.sections:
        above = () if section.parent is None else paths[section.parent]
        paths.append((above + _added(outline, section))[:MAX_PARTS])
        if section.number and paths[-1][: len(parts)] == parts:
            found.append(section)
    return tuple(found)


def _added(outline: Outline, section: Section) -> tuple[int, ...]:
    """What the number of ``section`` adds to those above it: of 2.1 under 2 the last part."""
    number = section.number or ()
    above = None if section.parent is None else outline[section.parent].number
    return number[len(above) :] if above and SectionNumber(number).is_under(above) else number


def _by_label(outline: Outline, wanted: str) -> tuple[Section, ...]:
    typed = find_label(wanted)
    if typed is None or typed.end < len(wanted) or not (typed.has_word or len(typed.number) > 1):
        return ()
    rows: set[int] = set()
    for section in outline.sections:
        if section.parent in rows or _is_labelled(outline, section, typed):
            rows.add(section.row)
    return tuple(outline[row] for row in sorted(rows))


def _is_labelled(outline: Outline, section: Section, typed: Label) -> bool:
    """Whether ``section`` counts what ``typed`` does, and lies in all that it names above."""
    label = find_label(section.label) if section.label else None
    if label is None or _readings(label).isdisjoint(_readings(typed)):
        return False
    wanted = {(*step, False) for step in typed.above} - {(*step, False) for step in label.above}
    for _ in range(MAX_PARTS):
        if not wanted or section.parent is None:
            break
        section = outline[section.parent]
        above = find_label(section.label) if section.label else None
        wanted -= _readings(above) if above else set()
    return not wanted


def _readings(label: Label) -> set[tuple[str, SectionNumber, bool]]:
    """What ``label`` may count, and whether in letters: "Part C" is the hundredth or the third."""
    readings = {(label.series, label.number, label.is_lettered)}
    return readings if label.letter is None else readings | {(label.series, SectionNumber((label.letter,)), True)}


def _plain(text: str) -> str:
    if text.isascii():
        return text.casefold()
    parted = unicodedata.normalize("NFKD", text)
    return "".join(char for char in parted if not unicodedata.combining(char)).casefold()
