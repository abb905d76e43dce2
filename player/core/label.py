"""Finding a section's label at the start of a title: dotted numbers and integers, and what only looks like them.

Works on one title at a time; whether a number has company in its list is ``numbering``'s to say.
"""

import re
import unicodedata
from bisect import bisect_left
from typing import NamedTuple

from player.core.section_number import MAX_DIGITS, MAX_PARTS, SectionNumber

# Every repetition is bounded: a title of nothing but digits must cost no more than any other.
_PART = rf"[0-9]{{1,{MAX_DIGITS}}}(?![0-9])"
_LEAD = r"[\s•‣◦▪▫●○■□►▸·*–—-]{0,20}(?:\[[^\[\]]{0,60}\]\s{0,10})?"
_LABEL = re.compile(
    rf"{_LEAD}(?P<printed>(?:§\s?)?{_PART}"
    rf"(?:(?P<separator>[.-]){_PART}(?:(?P=separator){_PART}){{0,{MAX_PARTS - 2}}})?)"
    r"(?P<closing>\s{0,9}(?:[.):、](?![0-9])|[-–—|](?=\s)))?"
    r"(?P<after>\s+|$|(?<=[、.):])(?=[^\W\d_]{2})|(?=[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]))"
)
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

    ``is_strong``: a closing sign or several parts say that it is a label. ``counts_something``: it is not, and what
    follows is a unit or a plural ("10 reasons"), so that without company in the list this is a quantity. ``end`` is
    where the rest of the title begins, in characters of the title as written.
    """

    number: SectionNumber
    printed: str
    is_strong: bool
    counts_something: bool
    end: int


def find_label(title: str) -> Label | None:
    """The label that ``title`` starts with, or None. Linear in the length of the title."""
    head = title[:_LONGEST_LABEL]
    text = head if head.isascii() else unicodedata.normalize("NFKC", head)
    match = _LABEL.match(text)
    if not match:
        return None
    printed, separator, closing = match.group("printed", "separator", "closing")
    is_signed = printed[0] == "§"
    parts = (printed.lstrip("§ ") if is_signed else printed).split(separator or ".")
    if len(parts[0]) == 4 and not is_signed:
        return None  # a year
    number = SectionNumber(map(int, parts))
    is_strong = closing is not None or separator is not None or is_signed
    counts_something = not is_strong and _counts_something(number[0], text, match.end())
    end = match.end() if text is head else _length_as_written(head, match.end())
    return Label(number, printed, is_strong, counts_something, end)


def _counts_something(count: int, text: str, start: int) -> bool:
    """Whether ``text`` goes on at ``start`` with a unit, or with a plural that ``count`` would count."""
    word = _WORD.match(text, start)
    if not word:
        return False
    first = word[0].casefold()
    is_plural = len(first) > 3 and first.endswith("s") and not first.endswith(("ss", "us", "is")) and count != 1
    return first in _UNITS or is_plural


def _length_as_written(written: str, length: int) -> int:
    """How many characters of ``written`` make the first ``length`` of its normal form."""
    return bisect_left(range(len(written)), length, key=lambda end: len(unicodedata.normalize("NFKC", written[:end])))
