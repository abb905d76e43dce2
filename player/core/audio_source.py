"""What the Engine is handed to play: a path and how to show it to the sound. Values only."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AudioSource:
    """One audio file, ready to be played.

    ``duration_ms`` is our own exact duration, None when unknown. ``list_path`` is set for the sample table strategy:
    the text file that joins our header and the untouched MP3; ``sync_points`` are then (file offset, the four bytes
    that must stand there) pairs, checked before every load because a table that does not fit plays rubbish.
    """

    path: str
    duration_ms: int | None = None
    list_path: str | None = None
    file_size: int | None = None
    mtime_ns: int | None = None
    sync_points: tuple[tuple[int, bytes], ...] = ()

    @property
    def is_table(self) -> bool:
        """Whether this plays through a sample table."""
        return self.list_path is not None
