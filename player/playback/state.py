"""What the Engine can be doing. The words of its face, nothing else."""

from enum import Enum


class EngineState(Enum):
    """One of these at any time."""

    EMPTY = "empty"  # nothing is loaded
    LOADING = "loading"  # a file is being opened
    PAUSED = "paused"  # loaded, silent; also after the end
    PLAYING = "playing"
    STALLED = "stalled"  # should be playing, but no sound moves
    FAILED = "failed"  # the file cannot be played; the place is kept
