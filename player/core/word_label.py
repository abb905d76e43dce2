"""Finding a label that is made with a word: "Part II", "Part I, Chapter 4", "1. Kapitel", "Appendix A.1", 第三章.

Works on text that is in its normal form already. Labels without a word are ``label``'s own to find.
"""

import re
from typing import NamedTuple

from player.core.label_word import ALPHABET, APPENDIX, SIGNS, WORDS
from player.core.number_word import ORDINALS, number_word
from player.core.numeral import CJK_NUMERALS, cjk_value, roman_value
from player.core.section_number import MAX_DIGITS, MAX_PARTS, SectionNumber

_make = tuple.__new__  # quicker than the classes, which look through their defaults each time
_CAN_START = frozenset(WORDS) | {word for words in ORDINALS.values() for word in words}
MAX_STEPS = 4  # "Volume 1, Book 2, Part 3, Chapter 4"

_PART = rf"[0-9]{{1,{MAX_DIGITS}}}(?![0-9])"
_MORE = rf"(?:\.{_PART}){{0,{MAX_PARTS - 1}}}"
_WORD = re.compile(r"[^\W\d_]{1,20}(?![^\W\d_])")
# "Chapter 4: The Sea", which most are: one look instead of five. All else, and all doubt, is for the others.
_PLAIN = re.compile(
    rf"(?P<printed>(?P<word>[^\W\d_]{{1,20}})\s(?P<number>{_PART}))"
    r"(?:$|(?:[.:),]|\s[-–—])?\s(?P<next>[^\W\d_]{1,20}))"
)
_SPACE = re.compile(r"\s{1,3}")
_GAP = re.compile(r"(?P<space>\s{0,5})(?:#\s?|(?:no|nr)\.?\s{1,3}|the\s{1,3})?", re.IGNORECASE)
_DIGITS = re.compile(rf"{_GAP.pattern}(?P<number>{_PART}{_MORE})", re.IGNORECASE)
_LETTER = re.compile(r"([A-Z])(?![^\W_])" + _MORE)
_JOINT = re.compile(r"[\s,;:/|.·・–—-]{0,8}(?P<next>[^\W\d_]{0,20})")
# What may stand behind a label, and where the title proper begins.
_BEHIND = re.compile(
    r"(?P<closing>\s{0,9}(?:[.):、,;](?![0-9])|-{2,3}|[-|](?=\s)|[–—](?![0-9])))?"
    r"(?P<rest>\s+|$|(?<=[^\w\s])(?=[^\d\s]))"
)
_BEHIND_SIGN = re.compile(r"(?P<closing>\s{0,9}(?:[.):、,;|·・–—](?![0-9])|-(?=\s)))?(?P<rest>\s*)")
_BEHIND_PLAIN_SIGN = re.compile(
    r"(?P<closing>\s{0,9}(?:[.):、,;|·・–—](?![0-9])|-(?=\s)))?(?P<rest>\s+|$|(?<=[^\w\s])|(?=[「『（(《【]))"
)
_CJK = rf"(?:[0-9]{{1,{MAX_DIGITS}}}|[{CJK_NUMERALS}]{{1,9}})"
_SIGN = "".join(SIGNS)
_SIGNED = re.compile(
    rf"(?P<ordinal>[第제]\s?)?(?P<number>{_CJK})\s?(?P<sign>[{_SIGN}])|(?P<volume>[卷巻])\s?(?P<of>{_CJK})"
)
_NTH = re.compile(
    rf"(?P<number>{_PART})(?P<mark>st|nd|rd|th|er|re|ère|ème|e|\.?[ao]|\.|-?(?:ая|ый|[яйе])|)\s{{0,3}}"
    r"(?P<word>[^\W\d_]{3,8})(?![^\W\d_])"
)
_MARKS = {
    "en": ("st", "nd", "rd", "th"),
    "de": (".",),
    "fr": ("er", "re", "ère", "e", "ème", "nd"),
    "es/it/pt": ("a", "o", ".a", ".o"),
    "ru": ("", "я", "й", "е", "-я", "-й", "-е", "ая", "-ая", "ый", "-ый"),
}
_OF_A_PART = frozenset("of in the and to or a an on for from with".split())
_SIGN_STARTS = frozenset(f"第제卷巻{CJK_NUMERALS}")
_SMALL_ROMAN = frozenset("ivxl")


class Step(NamedTuple):
    """One word with its number: of "Part I, Chapter 4" the first is ("part", (1,))."""

    series: str
    number: SectionNumber


class WordLabel(NamedTuple):
    """A label made with words. ``number_end`` is where it ends as printed, ``end`` where the rest of the title begins.

    ``is_lettered``: the number is a letter of the alphabet. ``letter``: it may also be one ("Part C"), as that number.
    """

    steps: tuple[Step, ...]
    number_end: int
    end: int
    is_lettered: bool
    letter: int | None
    is_appendix: bool


class _Found(NamedTuple):
    step: Step
    number_end: int
    behind: re.Match[str]
    is_lettered: bool = False
    letter: int | None = None


def find_plain_label(text: str, start: int) -> tuple[str, int, str, int] | None:
    """Of a label of one known word and one number in digits: its series, its number, how it is printed, its end.

    None where there is none, or any doubt: ``find_word_label`` looks at everything.
    """
    plain = _PLAIN.match(text, start)
    if plain is None:
        return None
    printed, word, number, following = plain.groups()
    known = WORDS.get(word.casefold())
    if known is None or (following and _may_start(following)):
        return None
    return known[0], int(number), printed, plain.start(4) if following else plain.end()


def find_word_label(text: str, start: int) -> WordLabel | None:
    """The label made with words that begins in ``text`` at ``start``, or None. Looks at a bounded stretch only."""
    found = last = _one(text, start)
    if found is None or last is None:
        return None
    steps: tuple[Step, ...] = (found.step,)
    while len(steps) < MAX_STEPS:
        joint = _JOINT.match(text, last.number_end)
        if joint is None or not _may_start(joint["next"]):
            break
        following = _one(text, joint.start("next"))
        if following is None or any(following.step.series == step.series for step in steps):
            break
        steps = (*steps, following.step)
        last = following
    is_appendix = last.step.series in {ALPHABET, APPENDIX}
    marks = last.is_lettered, last.letter, is_appendix
    return _make(WordLabel, (steps, last.number_end, last.behind.end(), *marks))


def counts_word(text: str, start: int) -> bool:
    """Whether a label's word or sign stands in ``text`` at ``start``, behind a number: the cheap first look."""
    word = _WORD.match(text, start)
    return word is not None and (word[0][0] in SIGNS or word[0].casefold() in WORDS)


def _may_start(word: str) -> bool:
    """Whether another label may begin with ``word``: the cheap first look. "" stands for a digit."""
    return not word or word[0] in _SIGN_STARTS or word.casefold() in _CAN_START


def _one(text: str, start: int) -> _Found | None:
    """One word with its number at ``start``."""
    first = text[start : start + 1]
    if first in _SIGN_STARTS:
        return _with_sign(text, start)
    if "0" <= first <= "9":
        return _with_sign(text, start) or _nth(text, start)
    word = _WORD.match(text, start)
    folded = word[0].casefold() if word else ""
    if word is None or folded not in _CAN_START:
        return None
    known = WORDS.get(folded)
    return _word_first(text, word.end(), *known) if known else _ordinal_first(text, word.end(), folded)


def _word_first(text: str, start: int, series: str, language: str) -> _Found | None:
    if digits := _DIGITS.match(text, start):
        number = SectionNumber(map(int, digits["number"].split(".")))
        return _behind(text, Step(series, number), digits.end())
    gap = _GAP.match(text, start)
    if gap is None or not gap["space"]:
        return None
    at = gap.end()
    if written := number_word(text, at, language):
        return _behind(text, Step(series, SectionNumber(written[:1])), written[1])
    return _roman(text, at, series) or _lettered(text, at, series)


def _roman(text: str, start: int, series: str) -> _Found | None:
    word = _WORD.match(text, start)
    value = roman_value(word[0]) if word else None
    if word is None or value is None or (word[0].islower() and not _SMALL_ROMAN.issuperset(word[0])):
        return None
    found = _behind(text, Step(series, SectionNumber((value,))), word.end())
    if found is None or not text[word.start() : word.end()].isupper():
        return found
    is_followed = found.behind["closing"] is None and found.behind.end() < len(text)
    if word[0] == "I" and is_followed and _is_small_talk(text, found.behind.end()):
        return None
    if len(word[0]) == 1 and (series == APPENDIX or not is_followed):
        return found._replace(letter=ord(word[0]) - 64)
    return found


def _is_small_talk(text: str, start: int) -> bool:
    """Whether a small word follows that is said of a person, so that "I" is no number: "Book I read last year"."""
    word = _WORD.match(text, start)
    return word is not None and word[0].islower() and word[0] not in WORDS and word[0] not in _OF_A_PART


def _lettered(text: str, start: int, series: str) -> _Found | None:
    """A capital for a number: behind "Appendix" always, elsewhere only where it is no word ("Part A New Hope")."""
    letter = _LETTER.match(text, start)
    if not letter:
        return None
    parts = letter[0].split(".")
    number = SectionNumber((ord(parts[0]) - 64, *map(int, parts[1:])))
    found = _behind(text, Step(ALPHABET if series == APPENDIX else series, number), letter.end())
    if found is None:
        return None
    is_sure = series == APPENDIX or len(number) > 1 or found.behind["closing"] or found.behind.end() == len(text)
    return found._replace(is_lettered=True) if is_sure else None


def _ordinal_first(text: str, start: int, folded: str) -> _Found | None:
    """An ordinal before its word ("Erster Teil"), which nothing but a closing sign or the end may follow."""
    gap = _SPACE.match(text, start)
    word = _WORD.match(text, gap.end()) if gap else None
    if word is None:
        return None
    series, language = WORDS.get(word[0].casefold(), (None, "en"))
    number = ORDINALS[language].get(folded)
    if series is None or number is None:
        return None
    return _closed(_behind(text, Step(series, SectionNumber((number,))), word.end()), text)


def _nth(text: str, start: int) -> _Found | None:
    """An ordinal in digits before its word: "1. Kapitel", "2nd Part", "1ère partie", "3-я часть"."""
    nth = _NTH.match(text, start)
    if not nth:
        return None
    series, language = WORDS.get(nth["word"].casefold(), (None, "en"))
    if series is None or nth["mark"] not in _MARKS[language]:
        return None
    return _closed(_behind(text, Step(series, SectionNumber((int(nth["number"]),))), nth.end()), text)


def _with_sign(text: str, start: int) -> _Found | None:
    """第三章, 3章, 제3장, 卷三. Without 第 the sign may be a counter: 10回やった is "did it ten times"."""
    signed = _SIGNED.match(text, start)
    if not signed:
        return None
    ordinal, number, sign, volume, of = signed.groups()
    printed = number or of
    value = int(printed) if printed.isdecimal() else cjk_value(printed)
    if value is None:
        return None
    behind = _BEHIND_SIGN if ordinal else _BEHIND_PLAIN_SIGN
    return _behind(text, Step(SIGNS[sign or volume], SectionNumber((value,))), signed.end(), behind)


def _behind(text: str, step: Step, end: int, pattern: re.Pattern[str] = _BEHIND) -> _Found | None:
    behind = pattern.match(text, end)
    return _make(_Found, (step, end, behind, False, None)) if behind else None


def _closed(found: _Found | None, text: str) -> _Found | None:
    is_closed = found is not None and (found.behind["closing"] is not None or found.behind.end() == len(text))
    return found if is_closed else None
