"""Finding a section's label at the start of a title: numbers, numerals, letters, and what only looks like them.

Works on one title at a time; whether a label has company in its list is ``company``'s to say. Labels that are made
with a word ("Chapter 4") are found by ``word_label``.
"""

import re
import unicodedata
from bisect import bisect_left
from typing import NamedTuple

from player.core.label_word import ALPHABET, APPENDIX, BARE, CJK, DECIMAL, ROMAN
from player.core.numeral import CJK_NUMERALS, cjk_value, roman_value
from player.core.section_number import MAX_DIGITS, MAX_PARTS, SectionNumber
from player.core.word_label import Step, counts_word, find_plain_label, find_word_label

# Every repetition is bounded: a title of nothing but digits must cost no more than any other.
_PART = rf"[0-9]{{1,{MAX_DIGITS}}}(?![0-9])"
_LEAD = re.compile(r"[\s•‣◦▪▫●○■□►▸·*–—-]{0,20}(?:\[[^\[\]]{0,60}\]\s{0,10})?")
_DECIMAL = re.compile(
    rf"(?P<printed>(?:§\s?)?{_PART}"
    rf"(?:(?P<separator>[.-]){_PART}(?:(?P=separator){_PART}){{0,{MAX_PARTS - 2}}})?)"
    r"(?P<closing>\s{0,9}(?:[.):、](?![0-9])|[-–—|](?=\s)))?"
    r"(?P<after>\s+|$|(?<=[、.):])(?=[^\W\d_]{2})|(?=[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]))"
)
# "2.2.1 Two sources", which most are: one look instead of many. All else, and all doubt, is for the one above.
_PLAIN = re.compile(rf"(?P<printed>[0-9]{{1,3}}(?:\.[0-9]{{1,{MAX_DIGITS}}}){{1,{MAX_PARTS - 1}}})\s+(?=[^\W\d_])")
_ROMAN = re.compile(r"(?P<printed>[IVXLCDM]{1,15})(?:(?P<closing>\s?[.):])(?=\s|$)\s*|\s*$)")
_LETTER = re.compile(
    rf"(?P<printed>[A-Z](?:\.{_PART}){{0,{MAX_PARTS - 1}}})"
    r"(?:(?P<closing>[.)])(?=\s|$)(?!\s{1,9}[A-Z]\.)\s*|(?<=[0-9])(?:\s+|$|:\s*))"  # "A. A." begins a name
)
_CJK = re.compile(rf"(?P<printed>[{CJK_NUMERALS}]{{1,9}})[、.](?![0-9])\s*")


class _Values(dict[str, int]):
    """The small numbers, by how they are written: most parts are looked up and not worked out."""

    def __missing__(self, written: str) -> int:
        return int(written)


_value = _Values((str(value), value) for value in range(100)).__getitem__
_make = tuple.__new__  # one of these for every title: the class itself would look through its defaults each time
_LONGEST_LABEL = 200  # characters: lead, twelve parts, closing sign
_WORD = re.compile(r"[^\W\d_]+|%")

_UNITS = frozenset(
    """
    % percent hundred thousand million billion trillion dozen year month week day hour minute second
    mile kilometre kilometer metre meter kilo kilogram gram pound dollar euro cent degree inch foot feet
    man men woman women people child children km kg cm mm ml mg gb mb kb hz khz mhz am pm
    prozent tausend millionen milliarden jahre tage stunden minuten sekunden gründe dinge
    pour mille millions ans jours heures
    """.split()
)


class Label(NamedTuple):
    """What stands before a title proper. ``printed`` is as in the title, without closing punctuation ("2.1", "§3").

    ``is_strong``: a closing sign, several parts or a word say that it is a label. ``counts_something``: it is not, and
    what follows is a unit or a plural ("10 reasons"), so that without company in the list this is a quantity. ``end``
    is where the rest of the title begins, in characters of the title as written.

    ``series``: what the number counts (see ``label_word``); ``above``: the steps before the last one of "Part I,
    Chapter 4". ``is_lettered``: the first part stands for a letter. ``letter``: it may, as this number ("C.").
    """

    number: SectionNumber
    printed: str
    is_strong: bool
    counts_something: bool
    end: int
    series: str = DECIMAL
    above: tuple[Step, ...] = ()
    is_lettered: bool = False
    letter: int | None = None
    is_appendix: bool = False

    @property
    def has_word(self) -> bool:
        """Whether a word says by itself that it is a label, without company."""
        return self.is_appendix or self.series not in BARE


def find_label(title: str) -> Label | None:
    """The label that ``title`` starts with, or None. Linear in the length of the title."""
    head = title[:_LONGEST_LABEL]
    text = head if head.isascii() else unicodedata.normalize("NFKC", head)
    start, first = 0, text[:1]
    if not first.isalnum() and (lead := _LEAD.match(text)):
        start = lead.end()
        first = text[start : start + 1]
    if "0" <= first <= "9" or first == "§":
        label = _plain(text, start) or _decimal(text, start)
    else:
        label = _worded(text, start) or _roman_or_letter(text, start) or _cjk(text, start)
    return label if label is None or text is head else label._replace(end=_length_as_written(head, text, label.end))


def _plain(text: str, start: int) -> Label | None:
    match = _PLAIN.match(text, start)
    if match is None:
        return None
    printed = match[1]
    number = SectionNumber(map(_value, printed.split(".")))
    return _make(Label, (number, printed, True, False, match.end(), DECIMAL, (), False, None, False))


def _decimal(text: str, start: int) -> Label | None:
    match = _DECIMAL.match(text, start)
    if match is None:
        return _worded(text, start)
    printed, separator, closing, _ = match.groups()
    is_signed = printed[0] == "§"
    end = match.end()
    if separator is None and not is_signed and counts_word(text, end):
        label = _worded(text, start)
        if label:
            return label
    parts = (printed.lstrip("§ ") if is_signed else printed).split(separator or ".")
    if len(parts[0]) == 4 and not is_signed:
        return None  # a year
    number = SectionNumber(map(_value, parts))
    is_strong = closing is not None or separator is not None or is_signed
    counts_something = not is_strong and _counts_something(number[0], text, end)
    return _make(Label, (number, printed, is_strong, counts_something, end, DECIMAL, (), False, None, False))


def _worded(text: str, start: int) -> Label | None:
    if plain := find_plain_label(text, start):
        series, value, printed, end = plain
        is_appendix = series == APPENDIX
        return _make(Label, (SectionNumber((value,)), printed, True, False, end, series, (), False, None, is_appendix))
    word = find_word_label(text, start)
    if word is None:
        return None
    steps, number_end, end, *marks = word
    series, number = steps[-1]
    return _make(Label, (number, text[start:number_end], True, False, end, series, steps[:-1], *marks))


def _roman_or_letter(text: str, start: int) -> Label | None:
    """IV. or A. on their own; a capital that is both is taken for Roman, with the letter as its other reading."""
    roman = _ROMAN.match(text, start)
    value = roman_value(roman["printed"]) if roman else None
    letter = _LETTER.match(text, start)
    parts = letter["printed"].split(".") if letter else []
    if roman is None or value is None or len(parts) > 1:
        if letter is None:
            return None
        number = SectionNumber((_place(parts[0]), *map(int, parts[1:])))
        return Label(number, letter["printed"], True, False, letter.end(), ALPHABET, is_lettered=True)
    other = _place(parts[0]) if parts else None
    return Label(SectionNumber((value,)), roman["printed"], True, False, roman.end(), ROMAN, letter=other)


def _place(letter: str) -> int:
    return ord(letter) - ord("A") + 1


def _cjk(text: str, start: int) -> Label | None:
    match = _CJK.match(text, start)
    value = cjk_value(match["printed"]) if match else None
    if match is None or value is None:
        return None
    return Label(SectionNumber((value,)), match["printed"], True, False, match.end(), CJK)


def _counts_something(count: int, text: str, start: int) -> bool:
    """Whether ``text`` goes on at ``start`` with a unit, or with a plural that ``count`` would count."""
    word = _WORD.match(text, start)
    if not word:
        return False
    first = word[0].casefold()
    is_plural = len(first) > 3 and first.endswith("s") and not first.endswith(("ss", "us", "is")) and count != 1
    return first in _UNITS or is_plural


def _length_as_written(written: str, text: str, length: int) -> int:
    """How many characters of ``written`` make the first ``length`` of ``text``, its normal form."""

    def made_by(end: int) -> str:
        return unicodedata.normalize("NFKC", written[:end])

    if made_by(length) == text[:length] and len(made_by(length - 1)) < length:
        return length  # mostly each character makes one
    return bisect_left(range(len(written)), length, key=lambda end: len(made_by(end)))
