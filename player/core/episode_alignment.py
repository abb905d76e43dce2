"""Two episodes that may be copies of one recording: their sections side by side, on their whole time lines."""

from collections.abc import Iterator
from dataclasses import replace

from player.core.alignment import Alignment, align
from player.core.chapter import Chapter
from player.core.episode import OWN_SOURCE, Episode
from player.core.episode_outline import outline_of


def align_episodes(source: Episode, target: Episode) -> Alignment:
    """The best alignment of any list of sections of the one with any of the other."""
    alignments = (
        align(ours, source.duration_ms, theirs, target.duration_ms)
        for ours in _lists(source)
        for theirs in _lists(target)
    )
    return max(alignments, key=lambda each: each.share)


def own_chapters(episode: Episode) -> tuple[Chapter, ...]:
    """The chapters that the listener gave it, on the whole time line; none where they gave none."""
    return tuple(
        replace(
            chapter,
            start_ms=chapter.start_ms + start_ms,
            end_ms=None if chapter.end_ms is None else chapter.end_ms + start_ms,
        )
        for file, start_ms in zip(episode.files, episode.starts_ms, strict=True)
        for chapter_list in file.chapter_lists
        if chapter_list.source == OWN_SOURCE
        for chapter in chapter_list.chapters
    )


def _lists(episode: Episode) -> Iterator[list[Chapter]]:
    """What is shown, in which files count too; of one file, every list that it has."""
    yield [Chapter(section.start_ms, section.title) for section in outline_of(episode).sections]
    if len(episode.files) == 1:
        for chapter_list in episode.files[0].chapter_lists:
            yield list(chapter_list.chapters)
