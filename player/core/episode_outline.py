"""The one way from an episode to its outline. How titles make a tree is told in ``outline``."""

from dataclasses import replace

from player.core.chapter import Chapter
from player.core.episode import OWN_SOURCE, Episode
from player.core.outline import Outline, build


def outline_of(episode: Episode, duration_ms: int | None = None) -> Outline:
    """The outline of ``episode`` on its whole time line.

    ``duration_ms`` is its whole length where that became known otherwise, else that of its files.
    """
    length_ms = episode.duration_ms if duration_ms is None else duration_ms
    is_exact = is_edited(episode)
    chapters = map(_with_depth, episode.chapters) if is_exact else episode.chapters
    return build(chapters, length_ms, episode.shape, is_exact=is_exact)


def is_edited(episode: Episode) -> bool:
    """Whether the chapters in use are the listener's own and were put where they lie, each with its depth."""
    lists = [file.chapters(episode.chapter_source) for file in episode.files]
    own = [each for each in lists if each and each.source == OWN_SOURCE]
    return any(each.chapters for each in own) and all(chapter.depth for each in own for chapter in each.chapters)


def _with_depth(chapter: Chapter) -> Chapter:
    """Of files that came to the episode after it was edited."""
    return chapter if chapter.depth else replace(chapter, depth=1)
