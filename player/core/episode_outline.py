"""The one way from an episode to its outline. How titles make a tree is told in ``outline``."""

from player.core.episode import Episode
from player.core.outline import Outline, build


def outline_of(episode: Episode, duration_ms: int | None = None) -> Outline:
    """The outline of ``episode`` on its whole time line.

    ``duration_ms`` is its whole length where that became known otherwise, else that of its files.
    """
    length_ms = episode.duration_ms if duration_ms is None else duration_ms
    return build(episode.chapters, length_ms, episode.shape)
