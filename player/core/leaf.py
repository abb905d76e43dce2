"""A leaf of a series: one of its files, which keeps a place of its own. Where playing one begins."""

from bisect import bisect_left
from collections.abc import Mapping

from player.core.episode import Episode
from player.core.outline import Outline
from player.core.section import Section

END_MS = 5_000  # a place this near to the end of its leaf is the end: nothing is left to go on with


def leaf_of(episode: Episode, outline: Outline, section: Section) -> int | None:
    """The position of the file that the row ``section`` of a series stands for; None for anything else."""
    if not episode.is_series:
        return None
    row = bisect_left(outline.sections, section.start_ms, key=lambda each: each.start_ms)
    position = bisect_left(episode.starts_ms, section.start_ms)
    is_leaf = position < len(episode.files) and episode.starts_ms[position] == section.start_ms
    return position if is_leaf and outline[row] is section else None


def start_of(episode: Episode, outline: Outline, section: Section, at_ms: int, left: Mapping[int, int]) -> int:
    """Where on the whole time line playing ``section`` begins: at its start, but for a leaf that was left midway.

    ``at_ms`` is where the listener is: the leaf that is current begins anew. ``left`` are places of files, by id, that
    are newer than those in ``episode``.
    """
    position = leaf_of(episode, outline, section)
    if position is None or position == episode.place_at(at_ms).file:
        return section.start_ms
    file = episode.files[position]
    place_ms = left.get(file.id, file.place_ms)
    if place_ms is None or (file.duration_ms is not None and place_ms >= file.duration_ms - END_MS):
        return section.start_ms
    return section.start_ms + place_ms
