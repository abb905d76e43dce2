"""Which sections of two copies of one recording are the same, and where a time of the one lies in the other.

A copy made anew may have another pause in front, another advertisement, another encoder's delay: so a time is carried
over as its section and the offset within it, never as a share of the whole.
"""

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from player.core.chapter import Chapter
from player.core.coverage import Coverage

LEAST_SHARE = 0.8  # of the titles of the longer list
MOST_DRIFT = 0.02  # of the longer duration
LEAST_SECTIONS = 2  # one title alone tells nothing


class Anchor(NamedTuple):
    """The same moment in both, in milliseconds."""

    from_ms: int
    to_ms: int


@dataclass(frozen=True, slots=True)
class Alignment:
    """Moments that are the same, ascending in both; ``share`` is how many of the sections were found again."""

    anchors: tuple[Anchor, ...]
    to_duration_ms: int | None
    share: float

    @property
    def is_same_recording(self) -> bool:
        """Whether enough sections are the same."""
        return self.share >= LEAST_SHARE

    def place(self, ms: int) -> int:
        """Where the moment ``ms`` lies in the copy: as far into the same section, but never beyond its end."""
        index = bisect_right(self.anchors, ms, key=_from) - 1
        start = self.anchors[index] if index >= 0 else Anchor(0, 0)
        end_ms = self.anchors[index + 1].to_ms if index + 1 < len(self.anchors) else self.to_duration_ms
        moved = start.to_ms + ms - start.from_ms
        return moved if end_ms is None else max(start.to_ms, min(moved, end_ms - 1))

    def coverage(self, heard: Coverage) -> Coverage:
        """The same stretches in the copy: a section that was heard whole is heard whole there too."""
        moved = Coverage.of(span for start, end in heard.spans for span in self._spans(start, end))
        return moved.clip(0, self.to_duration_ms)

    def chapters(self, chapters: Iterable[Chapter]) -> tuple[Chapter, ...]:
        """``chapters`` at their times in the copy."""
        return tuple(
            replace(
                chapter,
                start_ms=self.place(chapter.start_ms),
                end_ms=None if chapter.end_ms is None else self._end(chapter.end_ms),
            )
            for chapter in chapters
        )

    def _spans(self, start_ms: int, end_ms: int) -> Iterable[tuple[int, int]]:
        """The stretch cut where sections begin, each piece moved with its section."""
        first = bisect_right(self.anchors, start_ms, key=_from)
        last = bisect_left(self.anchors, end_ms, key=_from)
        cuts = [start_ms, *(anchor.from_ms for anchor in self.anchors[first:last]), end_ms]
        for start, end in pairwise(cuts):
            moved = self.place(start), self._end(end)
            if moved[0] < moved[1]:
                yield moved

    def _end(self, ms: int) -> int:
        """Where what ends at ``ms`` ends in the copy: at a boundary it is the boundary."""
        index = bisect_left(self.anchors, ms, key=_from)
        if index < len(self.anchors) and self.anchors[index].from_ms == ms:
            return self.anchors[index].to_ms
        return self.place(ms - 1) + 1


def align(
    from_chapters: Iterable[Chapter],
    from_duration_ms: int | None,
    to_chapters: Iterable[Chapter],
    to_duration_ms: int | None,
) -> Alignment:
    """Find the sections of one recording in a copy of it, by their titles and their order. Linear but for sorting."""
    ours, theirs = _marks(from_chapters), _marks(to_chapters)
    by_title = dict(theirs)
    pairs = [Anchor(start, by_title[key]) for key, start in ours if key in by_title]
    anchors = _ascending(pairs)
    longer = max(len(ours), len(theirs))
    share = len(anchors) / longer if longer >= LEAST_SECTIONS else 0.0
    if from_duration_ms is not None and to_duration_ms is not None and anchors:
        ends = Anchor(from_duration_ms, to_duration_ms)
        anchors += [ends] * (ends.from_ms > anchors[-1].from_ms and ends.to_ms > anchors[-1].to_ms)
    return Alignment(tuple(anchors), to_duration_ms, share)


def is_as_long(one_ms: int | None, other_ms: int | None) -> bool:
    """Whether two copies of one recording may be so long."""
    if one_ms is None or other_ms is None:
        return False
    return abs(one_ms - other_ms) <= MOST_DRIFT * max(one_ms, other_ms)


def _marks(chapters: Iterable[Chapter]) -> list[tuple[tuple[str, int], int]]:
    """The title of each section, counted where it comes again, and its start, in playing order."""
    seen: dict[str, int] = {}
    marks = []
    for chapter in sorted((chapter for chapter in chapters if chapter.is_listed), key=lambda each: each.start_ms):
        title = _plain(chapter.title)
        seen[title] = seen.get(title, 0) + 1
        marks.append(((title, seen[title]), chapter.start_ms))
    return marks


def _plain(title: str) -> str:
    """A title without what copies write differently: case, width, spaces, punctuation."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", title).casefold() if sign.isalnum()) or title


def _ascending(pairs: Sequence[Anchor]) -> list[Anchor]:
    """The most of ``pairs``, which ascend in ``from_ms``, that ascend strictly in both."""
    tails: list[int] = []  # the index that ends the best row of each length
    before: list[int | None] = []
    for index, pair in enumerate(pairs):
        length = bisect_left(tails, pair.to_ms, key=lambda tail: pairs[tail].to_ms)
        before.append(tails[length - 1] if length else None)
        tails[length : length + 1] = [index]
    found: list[Anchor] = []
    at = tails[-1] if tails else None
    while at is not None:
        found.append(pairs[at])
        at = before[at]
    found.reverse()
    return [pair for position, pair in enumerate(found) if not position or pair.from_ms > found[position - 1].from_ms]


def _from(anchor: Anchor) -> int:
    return anchor.from_ms
