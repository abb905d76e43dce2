"""MP3: exact duration from its frames, tags and chapters from ID3."""

from pathlib import Path

from player.core.errors import SourceError
from player.core.frame_table import FrameTable
from player.core.notice import Notice
from player.core.reading import Reading
from player.readers.head import open_regular
from player.readers.id3_reading import id3_reading
from player.readers.mp3_frames import scan


def read(path: Path) -> Reading:
    """The MP3 at ``path``. Broken tags and frames are notices; SourceError only when it cannot be opened."""
    told: list[Notice] = []
    with open_regular(path) as file:
        table = _frames(path, told)
        return id3_reading("mp3", file, table.duration_ms if table else None, told, table)


def read_sound(path: Path) -> Reading:
    """The sound alone, for when the tags cannot be read within limits."""
    told: list[Notice] = []
    table = _frames(path, told)
    return id3_reading("mp3", None, table.duration_ms if table else None, told, table)


def _frames(path: Path, told: list[Notice]) -> FrameTable | None:
    try:
        return scan(str(path))
    except SourceError as error:
        told.append(Notice("frames-unreadable", str(error)))
        return None
