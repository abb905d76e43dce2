"""One line of a list of chapters: a time at its start or its end, and a title. Lists are made of rows in ``text``."""

import re
import unicodedata
from itertools import pairwise
from typing import NamedTuple

MAX_TITLE_IN_TEXT = 400  # characters: longer ones are paragraphs

_PLAIN_DIGITS = {ord("："): ":", ord("﹕"): ":", ord("∶"): ":", ord("．"): "."}
_TIME = re.compile(
    r"(?<![0-9A-Za-z:/])(?<![0-9][.,])"
    r"(?:([0-9]{1,4}):)?([0-9]{1,3}):([0-5][0-9])(?:[.,]([0-9]{1,3}))?"
    r"(?![0-9/]|[:.][0-9]|(?<![.,][0-9]{3}),[0-9])(?!\s?(?:[ap]\.?m\b|uhr\b|h\b))",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:-->|[-–—~→]|to|bis|until|à|(?-i:a))\s*", re.IGNORECASE)
_OPENING, _CLOSING = "([{<（［【〔「", ")]}>）］】〕」"
_SEPARATOR = r"(?:--?|[–—―|:,：、，｜]|[-=]>|→|…)"
_AFTER_TIME = re.compile(rf"\s*{_SEPARATOR}?\s*")
_SEPARATORS_BEFORE = ("--", "->", "=>", *"-–—―|:,：、，｜→")  # longest first
_LEADERS = " .·…"  # what fills the line between a title and its time
_OWN_NUMBER = re.compile(r"#?[0-9]{1,4}(?:\.[0-9]{1,3}){0,5}[.):]?\s*")
_MARKS = "*•‣◦·▪▫●○■□►▸▶➤→✦✧★☆-–—>|⁃∙"
_MARKS_BEFORE_SPACE = "#+"  # elsewhere they mean something: #3, +1


class Time(NamedTuple):
    """One time as written: where it lies in its line with the brackets around it, its value, and how it is written."""

    start: int
    end: int
    ms: int
    has_hours: bool
    is_bracketed: bool


class Row(NamedTuple):
    """One line with exactly one time. ``title`` is empty for a time that stands alone."""

    time: Time
    title: str
    is_at_start: bool


def without_bullet(line: str) -> str:
    """``line`` without the bullets, emoji and quote marks in front of it."""
    at = 0
    while at < len(line) and _is_mark(line, at):
        at += 1
    return line[at:].strip() if at < len(line) else ""


def times_in(line: str) -> list[Time]:
    """All times in ``line``, ranges as their start, none from within an address."""
    plain = _plain(line)
    times: list[Time] = []
    for match in _TIME.finditer(plain):
        hours, minutes, seconds, parts = match.groups()
        if hours and int(minutes) > 59:
            continue
        ms = ((int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int((parts or "").ljust(3, "0"))
        if times and _is_same(times[-1], ms, plain[times[-1].end : match.start()]):
            times[-1] = _bracketed(plain, times[-1]._replace(end=match.end()))
        else:
            times.append(_bracketed(plain, Time(match.start(), match.end(), ms, hours is not None, False)))
    return times


def row_in(line: str) -> Row | None:
    """The row that ``line`` (without its bullet) is, None when it is none.

    Of several times one counts that stands in brackets at either end, or that is set off in front, or that all others
    come before, so that they cannot be a second row: the others belong to the title ("12:30 Romans 8:28").
    """
    times = times_in(line)
    if len(times) > 1:
        times = _set_off(times, line)
    if len(times) != 1:
        return None
    (time,) = times
    before, after = line[: time.start].strip(), line[time.end :].strip()
    own_number = _OWN_NUMBER.fullmatch(before)
    if not before or (own_number and after):
        title = _AFTER_TIME.sub("", after, count=1)
        title = f"{before} {title}" if before else title
        return _row(time, title, True)
    if after:
        return None
    return _row(time, _without_tail(before), False)


def split_run_on(line: str) -> list[str]:
    """A paragraph of three or more times, cut before each time, or after each where it ends with one; else as it is."""
    times = times_in(line)
    if len(times) < 3:
        return [line]
    if line[: times[0].start].strip() and times[-1].end == len(line):
        cuts = [0, *(time.end for time in times)]
    elif (line[: times[0].start].rstrip() or ":")[-1] in ".:!?…)–—-":
        cuts = [0, *(time.start for time in times), len(line)]
    else:
        return [line]
    pieces = [line[start:end].strip().rstrip(",;|/·•").strip() for start, end in pairwise(cuts)]
    return [piece.lstrip(",;|/·• ") for piece in pieces if piece]


def _set_off(times: list[Time], line: str) -> list[Time]:
    first = times[0]
    ends = [time for time in times if time.is_bracketed and (not line[: time.start].strip() or time.end == len(line))]
    if ends:
        return ends[-1:]
    is_set_off = re.match(rf"\s*{_SEPARATOR}", line[first.end :]) or all(time.ms < first.ms for time in times[1:])
    return [first] if is_set_off and not line[: first.start].strip() else []


def _without_tail(title: str) -> str:
    """``title`` without the one separator, or the dots, that lead to the time after it."""
    bare = title.rstrip(_LEADERS)
    if len(title) - len(bare) > 2:
        return bare
    mark = next((mark for mark in _SEPARATORS_BEFORE if title.endswith(mark)), "")
    return title.removesuffix(mark).rstrip()


def _row(time: Time, title: str, is_at_start: bool) -> Row | None:
    return None if len(title) > MAX_TITLE_IN_TEXT else Row(time, title, is_at_start)


def _is_same(before: Time, ms: int, between: str) -> bool:
    """Whether a time only ends the range that ``before`` began, or says it once more, as the link around it did."""
    return bool(_BETWEEN.fullmatch(between)) or (before.ms == ms and not any(map(str.isalnum, between)))


def _bracketed(line: str, time: Time) -> Time:
    """``time`` with the brackets around it, if there are any."""
    start, end = time.start, time.end
    while start and line[start - 1].isspace():
        start -= 1
    while end < len(line) and line[end].isspace():
        end += 1
    if start and end < len(line) and line[start - 1] in _OPENING and line[end] in _CLOSING:
        return time._replace(start=start - 1, end=end + 1, is_bracketed=True)
    return time


def _plain(line: str) -> str:
    """``line`` with plain digits and colons and without addresses, every character in its place."""
    if not line.isascii():
        line = "".join(map(_plain_character, line))
    return _ADDRESS.sub(lambda match: "x" * len(match[0]), line) if "://" in line or "www." in line.lower() else line


def _plain_character(character: str) -> str:
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    return _PLAIN_DIGITS.get(ord(character), character)


def _is_mark(line: str, at: int) -> bool:
    character = line[at]
    if character in _MARKS_BEFORE_SPACE:
        return line[at + 1 : at + 2] in ("", " ", "\t", character)
    return character.isspace() or character in _MARKS or _is_picture(character)


def _is_picture(character: str) -> bool:
    """Emoji and their joiners."""
    return not character.isascii() and (character in "\ufe0f\u200d" or unicodedata.category(character) in ("So", "Sk"))
