"""An Episode as the library keeps it and the session listens to it. Values only; the outline is derived from them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from player.core.chapter import MAX_TIME_MS, Chapter, ChapterList
from player.core.coverage import NOTHING_HEARD, Coverage
from player.core.place import Place
from player.core.shape import Shape

OWN_SOURCE = "own"  # the listener's own chapters, pasted or edited: always before any other source
_OWN = re.compile(rf"{OWN_SOURCE}(?:-([0-9]{{1,6}}))?")


def own_source(number: int) -> str:
    """The source of the listener's own chapters; from 2 on of those that newer ones of another computer took over."""
    return OWN_SOURCE if number == 1 else f"{OWN_SOURCE}-{number}"


def own_number(source: str | None) -> int:
    """Which of the listener's own lists the ``source`` is; 0 where the chapters are not the listener's."""
    match = _OWN.fullmatch(source or "")
    return int(match[1] or 1) if match else 0


@dataclass(frozen=True, slots=True)
class EpisodeFile:
    """One audio file of an episode. ``duration_ms`` is None when it is not known.

    ``title`` is what it is called within its episode, None where its tags do not say. ``place_ms`` is where the
    listener was last in this file, None where that was nowhere. ``uid`` is the same in every copy of the library.
    """

    id: int
    path: str
    duration_ms: int | None
    container: str | None
    file_size: int
    mtime_ns: int
    heard: Coverage = NOTHING_HEARD
    chapter_lists: tuple[ChapterList, ...] = ()
    uid: str = ""
    title: str | None = None
    place_ms: int | None = None

    def chapters(self, source: str | None) -> ChapterList | None:
        """The list of the named source, else the first: lists are kept best first."""
        for chapter_list in self.chapter_lists:
            if chapter_list.source == source:
                return chapter_list
        return self.chapter_lists[0] if self.chapter_lists else None


class EpisodeSummary(NamedTuple):
    """What one row of the library shows: all of it without reading chapters. Labels of sections are derived elsewhere.

    ``path`` is that of the first file; ``place_ms`` is on the whole time line, None before the first listening.
    A tuple, because ten thousand of them are made at once.
    """

    id: int
    title: str
    author: str | None
    path: str
    duration_ms: int | None
    place_ms: int | None
    heard_ms: int
    saved_at_ms: int | None
    is_finished: bool
    has_cover: bool
    speed: float


@dataclass(frozen=True, slots=True)
class Episode:
    """One episode with its files in playing order, its place, and what of it was heard.

    A series is one too: its files are those of its members, in section order.

    ``chapter_source`` is the listener's choice among the sources, None for the best. ``place`` is None before the
    first listening; ``saved_at_ms`` is when it was saved, milliseconds since 1970 UTC.
    """

    id: int
    title: str
    author: str | None
    files: tuple[EpisodeFile, ...]
    place: Place | None = None
    saved_at_ms: int | None = None
    speed: float = 1.0
    is_finished: bool = False
    has_cover: bool = False
    chapter_source: str | None = None
    added_at_ms: int = 0
    is_series: bool = False
    shape: Shape = Shape.AUTO

    @property
    def duration_ms(self) -> int | None:
        """The whole length, None when that of any file is unknown."""
        durations = [file.duration_ms for file in self.files]
        known = [ms for ms in durations if ms is not None]
        return sum(known) if len(known) == len(durations) else None

    @property
    def starts_ms(self) -> tuple[int, ...]:
        """Where each file starts on the whole time line; an unknown length counts as none."""
        starts, start = [], 0
        for file in self.files:
            starts.append(start)
            start += file.duration_ms or 0
        return tuple(starts)

    def whole_ms(self, place: Place) -> int:
        """``place`` on the whole time line."""
        return self.starts_ms[place.file] + place.ms

    def place_at(self, whole_ms: int) -> Place:
        """The place that ``whole_ms`` on the whole time line means; a boundary belongs to the file it begins."""
        starts = self.starts_ms
        file = max(index for index, start in enumerate(starts) if start <= max(0, whole_ms))
        return Place(file, max(0, whole_ms) - starts[file])

    @property
    def heard(self) -> Coverage:
        """What was heard, on the whole time line."""
        return Coverage.of(
            span
            for file, start in zip(self.files, self.starts_ms, strict=True)
            for span in file.heard.shift(start).spans
        )

    def file_at(self, whole_ms: int) -> tuple[EpisodeFile, int]:
        """The file that ``whole_ms`` on the whole time line lies in, and the milliseconds within it."""
        place = self.place_at(whole_ms)
        return self.files[place.file], place.ms

    def position_of(self, file_id: int) -> int | None:
        """Where the file of that id stands among the files; None when it is none of them."""
        return next((position for position, file in enumerate(self.files) if file.id == file_id), None)

    def heard_by_file(self, heard: Coverage) -> dict[int, Coverage]:
        """``heard`` on the whole time line as that of each file, by its position.

        A file of unknown length has no stretch of its own on the whole time line and is left out, unless it is the
        last one, which then has all that is left.
        """
        parts: dict[int, Coverage] = {}
        for position, (file, start_ms) in enumerate(zip(self.files, self.starts_ms, strict=True)):
            if file.duration_ms is not None:
                parts[position] = heard.clip(start_ms, start_ms + file.duration_ms).shift(-start_ms)
            elif position == len(self.files) - 1:
                parts[position] = heard.clip(start_ms, None).shift(-start_ms)
        return parts

    def chapters_by_file(self, chapters: Iterable[Chapter]) -> tuple[tuple[Chapter, ...], ...]:
        """``chapters`` on the whole time line as those of each file, without ends: these may lie in another file."""
        kept = tuple(chapters)
        starts = self.starts_ms
        ends = (*starts[1:], MAX_TIME_MS)
        return tuple(
            tuple(
                replace(chapter, start_ms=chapter.start_ms - start_ms, end_ms=None)
                for chapter in kept
                if start_ms <= chapter.start_ms < end_ms
            )
            for start_ms, end_ms in zip(starts, ends, strict=True)
        )

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        """The listed chapters in use, on the whole time line. Empty when no source holds any."""
        found: list[Chapter] = []
        for file, start in zip(self.files, self.starts_ms, strict=True):
            chapter_list = file.chapters(self.chapter_source)
            found += _moved(chapter_list.chapters, start) if chapter_list else ()
        return tuple(found)

    @property
    def chapter_sources(self) -> tuple[str, ...]:
        """The sources that hold chapters, best first, each once."""
        lists = (chapter_list for file in self.files for chapter_list in file.chapter_lists)
        return tuple(dict.fromkeys(chapter_list.source for chapter_list in lists))

    @property
    def chapters_from(self) -> str | None:
        """The source that the chapters in use come from."""
        for file in self.files:
            chapter_list = file.chapters(self.chapter_source)
            if chapter_list:
                return chapter_list.source
        return None

    @property
    def summary(self) -> EpisodeSummary:
        """What the library shows of it in one row."""
        return EpisodeSummary(
            id=self.id,
            title=self.title,
            author=self.author,
            path=self.files[0].path,
            duration_ms=self.duration_ms,
            place_ms=self.whole_ms(self.place) if self.place else None,
            heard_ms=sum(file.heard.total_ms for file in self.files),
            saved_at_ms=self.saved_at_ms,
            is_finished=self.is_finished,
            has_cover=self.has_cover,
            speed=self.speed,
        )


def _moved(chapters: tuple[Chapter, ...], by_ms: int) -> list[Chapter]:
    if not by_ms:
        return [chapter for chapter in chapters if chapter.is_listed]
    return [
        replace(
            chapter,
            start_ms=chapter.start_ms + by_ms,
            end_ms=None if chapter.end_ms is None else chapter.end_ms + by_ms,
        )
        for chapter in chapters
        if chapter.is_listed
    ]
