"""MP3: exact duration from its frames, tags and chapters from ID3."""

from pathlib import Path

from player.core.errors import SourceError
from player.core.frame_table import FrameTable
from player.core.notice import Notice
from player.core.reading import Reading
from player.readers.attempt import attempt
from player.readers.chapter_list import best_first, notices_of_empty
from player.readers.head import open_regular
from player.readers.id3 import chap_frames, id3_tags, load_id3, table_frames
from player.readers.id3_chapters import id3_chapters
from player.readers.mp3_frames import scan
from player.readers.tag import CHAPTERS_UNREADABLE, UNREADABLE, Tags


def read(path: Path) -> Reading:
    """The MP3 at ``path``. Broken tags and frames are notices; SourceError only when it cannot be opened."""
    told: list[Notice] = []
    with open_regular(path) as file:
        id3 = attempt(lambda: load_id3(file), None, told, "tags-unreadable", UNREADABLE)
    table = _frames(path, told)
    duration_ms = table.duration_ms if table else None
    if id3 is None:
        return Reading(container="mp3", duration_ms=duration_ms, frame_table=table, notices=tuple(told))
    tags = attempt(lambda: id3_tags(id3), Tags(), told, "tags-unreadable", UNREADABLE)
    chapters = attempt(
        lambda: id3_chapters(chap_frames(id3), table_frames(id3), duration_ms),
        None,
        told,
        "chapters-unreadable",
        CHAPTERS_UNREADABLE,
    )
    return Reading(
        title=tags.title,
        author=tags.author,
        album=tags.album,
        cover=tags.cover,
        container="mp3",
        duration_ms=duration_ms,
        chapter_lists=best_first([chapters]),
        frame_table=table,
        notices=(*told, *notices_of_empty([chapters])),
    )


def read_sound(path: Path) -> Reading:
    """The sound alone, when the tags cannot be read within limits."""
    told: list[Notice] = []
    table = _frames(path, told)
    duration_ms = table.duration_ms if table else None
    return Reading(container="mp3", duration_ms=duration_ms, frame_table=table, notices=tuple(told))


def _frames(path: Path, told: list[Notice]) -> FrameTable | None:
    try:
        return scan(str(path))
    except SourceError as error:
        told.append(Notice("frames-unreadable", str(error)))
        return None
