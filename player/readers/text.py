"""A list of chapters in text that a person copied: show notes, a web page, a description of a video.

Lines come from ``text_lines``, rows from ``text_row``; which rows are the list, and what is odd about it, is told here.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from player.core.chapter import Chapter
from player.core.errors import NoChaptersError
from player.core.notice import Notice
from player.core.reading import Reading
from player.readers.chapter_list import chapter_list, count
from player.readers.encoding import decode
from player.readers.head import read_bytes
from player.readers.text_lines import plain_lines
from player.readers.text_row import Row, row_in, split_run_on, without_bullet

MAX_BYTES = 8 * 1024 * 1024
MAX_TEXT = 2_000_000  # characters
MAX_GAP = 3  # lines of other text between two rows of one list
OUTSIDE = "The chapters in this text lie outside the sound."
LONE = "The list in this text holds nothing but one chapter for the whole sound."
TRANSCRIPT = "This text is a transcript: its times follow the words, and are no chapters."
SUBTITLE_MS = 20_000  # a row, on the average: what is denser is spoken
SPOKEN_ROWS, SPOKEN_MS = 30, 6_000
ASCENDING = 0.8  # this share of a list's times must come after the one before

_HEADING = re.compile(
    r"(?:(?:all|the|episode|video|podcast|audio|full)\s)?"
    r"(?:chapters?|chapter\s?(?:list|marks|markers)|time\s?-?\s?(?:stamps?|codes?|line)|(?:table\sof\s)?contents|outline"
    r"|kapitel(?:marken|übersicht)?|zeit(?:marken|stempel|leiste)|sprungmarken|inhalt(?:sverzeichnis)?"
    r"|chapitres?|sommaire|horodatage|capítulos?|marcas de tiempo|índice|minutagem|capitoli|indice|hoofdstukken|inhoud"
    r"|kapittel|rozdziały|spis treści|kapitoly|bölümler"
    r"|таймкоды|тайм-коды|содержание|главы|оглавление|таймкоди|зміст"
    r"|目录|目錄|章节|章節|时间轴|時間軸|时间戳|目次|チャプター|タイムスタンプ|タイムライン|もくじ|목차|타임스탬프|챕터|타임라인)"
    r"(?:\s(?:and|&|et|und|y|e)\s\S{1,20})?\s*(?:\([^()]{0,40}\))?\s*[:：﹕.\-–—]*",
    re.IGNORECASE,
)
_TRANSCRIPT = re.compile(
    r"(?:full\s|episode\s|the\s)?(?:transcript(?:ion)?|transkript(?:ion)?|transcripción|transcrição|trascrizione"
    r"|расшифровка|транскрипт|文字稿|文字起こし|대본)\s*(?:\([^()]{0,40}\))?\s*[:：.]*",
    re.IGNORECASE,
)
_LIST_NUMBER = re.compile(r"#?([0-9]{1,5})(?:[.)](?![0-9])|:(?=\s)|\s[-–—](?=\s))\s*(?=\S)")
_NUMBER = re.compile(r"([0-9]{1,4}(?:\.[0-9]{1,4}){0,11})(?:[.):]|(?=\s))(?:\s|$)")


@dataclass(slots=True)
class _Group:
    """A numbered line without a time: it may open the rows beneath it."""

    number: str
    title: str


@dataclass(slots=True)
class _Block:
    """Rows that stand together; ``groups`` are the numbered lines before a row, by the row's position."""

    is_headed: bool
    rows: list[Row] = field(default_factory=list)
    groups: dict[int, list[_Group]] = field(default_factory=dict)

    @property
    def is_list(self) -> bool:
        if len(self.rows) < (2 if self.is_headed else 3):
            return False
        ascending = sum(earlier.time.ms <= later.time.ms for earlier, later in pairwise(self.rows))
        return ascending >= ASCENDING * (len(self.rows) - 1)


def read(path: Path) -> Reading:
    """The chapters in the text file at ``path``. Raises SourceError when there are none, or it is no text."""
    return _read(path, None)


def read_beside(path: Path, _sound: Path, duration_ms: int | None) -> Reading:
    """The same for a text that lies beside a sound of that length. Raises SourceError when there are none."""
    return _read(path, duration_ms)


def _read(path: Path, duration_ms: int | None) -> Reading:
    raw = read_bytes(path, MAX_BYTES, "This text is larger than 8 MB, which no list of chapters is.")
    return read_text(decode(raw), duration_ms)


def read_text(text: str, duration_ms: int | None) -> Reading:
    """The chapters in ``text``, which may be HTML or Markdown. ``duration_ms`` is that of the sound, where known.

    Raises NoChaptersError with a sentence when there is no list of chapters in it.
    """
    told: list[Notice] = []
    if len(text) > MAX_TEXT:
        told.append(Notice("text-cut", f"Only the first {MAX_TEXT:,} characters were read."))
    blocks = [block for block in _blocks(plain_lines(text[:MAX_TEXT])) if block.is_list]
    if not blocks:
        raise NoChaptersError("No list of chapters with times was found in this text.")
    chosen = max(blocks, key=lambda block: (block.is_headed, len(block.rows)))
    told += _of_other_blocks(chosen, [block for block in blocks if block is not chosen])
    if _is_transcript(chosen, text):
        raise NoChaptersError(TRANSCRIPT)
    titles = _without_list_numbers([row.title for row in chosen.rows], told)
    times = _times(chosen.rows, duration_ms, told)
    chapters = chapter_list("text", _chapters(chosen, titles, times), duration_ms, told, is_ordered=True)
    if chapters is None or not chapters.chapters:
        is_outside = chapters and any(notice.code == "beyond-end" for notice in chapters.notices)
        raise NoChaptersError(OUTSIDE if is_outside else LONE)
    return Reading(chapter_lists=(chapters,))


def _blocks(lines: Iterable[str]) -> Iterator[_Block]:
    """The lists that stand in ``lines``, also those too short to count. A time of 0 begins a new one."""
    block = _Block(is_headed=False)
    waiting: list[_Group] = []
    gap = 0
    for item in _items(lines):
        if isinstance(item, Row):
            if block.rows and (gap > MAX_GAP or (item.time.ms == 0 and block.rows[-1].time.ms > 0)):
                yield block
                block = _Block(is_headed=False)
            if waiting:
                block.groups[len(block.rows)] = waiting
            block.rows.append(item)
            waiting, gap = [], 0
        elif isinstance(item, _Group):
            waiting = [*waiting[-11:], item]
            gap += 1
        elif item is not None:  # a line with one of the heading words
            yield block
            block, waiting, gap = _Block(is_headed=True), [], 0
        else:
            waiting = []
            gap += 1
            if gap > MAX_GAP and not block.rows:
                block.is_headed = False
    yield block


def _items(lines: Iterable[str]) -> Iterator[Row | _Group | str | None]:
    """Each line for what it is: a row, a numbered line without a time, a heading (as text), or None. Empty ones go.

    A time alone on its line takes the next line as its title.
    """
    lone: Row | None = None
    for line in _single_lines(lines):
        row = row_in(line)
        if lone and not row and not _HEADING.fullmatch(line):
            yield lone._replace(title=line)
            lone = None
            continue
        if lone:
            yield lone
            lone = None
        if _TRANSCRIPT.fullmatch(line):
            return
        if row and not row.title:
            lone = row
        elif row:
            yield row
        elif _HEADING.fullmatch(line):
            yield line
        else:
            number = _NUMBER.match(line)
            yield _Group(number[1], line) if number and len(line) <= 200 else None
    if lone:
        yield lone


def _single_lines(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        bare = without_bullet(line)
        yield from filter(None, map(without_bullet, split_run_on(bare)) if bare.count(":") > 2 else [bare])


def _is_transcript(block: _Block, text: str) -> bool:
    """Whether the rows follow each other as words are spoken, and not as chapters do; subtitles are told sooner."""
    times = [row.time.ms for row in block.rows]
    gap_ms = (max(times) - min(times)) / max(1, len(times) - 1)
    if "-->" in text:
        return gap_ms < SUBTITLE_MS
    return len(times) >= SPOKEN_ROWS and gap_ms < SPOKEN_MS


def _of_other_blocks(chosen: _Block, others: Sequence[_Block]) -> Iterator[Notice]:
    starts = {row.time.ms for row in chosen.rows}
    copies = 0
    for block in others:
        shared = sum(row.time.ms in starts for row in block.rows)
        if shared >= 0.8 * len(block.rows):
            copies += 1
        else:
            message = f"Another list with {count(len(block.rows), 'time')} was left out."
            yield Notice("other-list", message)
    if copies == 1:
        yield Notice("list-repeated", "The list stands there twice: the second copy was dropped.")
    elif copies:
        yield Notice("list-repeated", f"The list stands there {copies + 1} times: the other copies were dropped.")


def _without_list_numbers(titles: list[str], told: list[Notice]) -> list[str]:
    """The numbers that the list itself counts its rows with, 1, 2, 3... without a gap, are no part of the titles."""
    numbers = [_LIST_NUMBER.match(title) for title in titles]
    if any(not match or int(match[1]) != row for row, match in enumerate(numbers, 1)):
        return titles
    told.append(Notice("list-numbers-stripped", f"The list's own numbers 1-{len(titles)} were taken off the titles."))
    return [title[match.end() :] for title, match in zip(titles, numbers, strict=True) if match]


def _times(rows: Sequence[Row], duration_ms: int | None, told: list[Notice]) -> list[int]:
    """The starts. ``a:bb`` is minutes and seconds, unless only hours and minutes reach through the sound."""
    times = [row.time.ms for row in rows]
    last = max(times)
    is_short = not any(row.time.has_hours for row in rows)
    if is_short and duration_ms and duration_ms / 2 <= last * 60 < duration_ms:
        told.append(
            Notice("times-as-hours", "The times were read as hours and minutes, since only that fits the length.")
        )
        return [ms * 60 for ms in times]
    return times


def _chapters(block: _Block, titles: Sequence[str], times: Sequence[int]) -> Iterator[Chapter]:
    for row, (title, start_ms) in enumerate(zip(titles, times, strict=True)):
        own = _NUMBER.match(title)
        for group in block.groups.get(row, ()):
            if own and own[1].startswith(group.number.rstrip(".") + "."):
                yield Chapter(start_ms, group.title)
        yield Chapter(start_ms, title)
