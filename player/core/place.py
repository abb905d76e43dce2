"""Where the listener is, as it is saved."""

from typing import NamedTuple


class Place(NamedTuple):
    """A place in an episode: the position of the file within the episode (0 = first) and milliseconds in that file."""

    file: int
    ms: int
