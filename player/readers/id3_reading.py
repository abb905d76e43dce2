"""A Reading from an ID3 tag, whatever sound it belongs to."""

from typing import BinaryIO

from player.core.frame_table import FrameTable
from player.core.notice import Notice
from player.core.reading import Reading
from player.readers.attempt import attempt
from player.readers.chapter_list import best_first, notices_of_empty
from player.readers.id3 import chap_frames, id3_tags, load_id3, overdrive_markers, table_frames
from player.readers.id3_chapters import id3_chapters
from player.readers.notes import with_notes
from player.readers.overdrive import overdrive_chapters
from player.readers.tag import CHAPTERS_UNREADABLE, UNREADABLE, Tags


def id3_reading(
    container: str,
    file: BinaryIO | None,
    duration_ms: int | None,
    told: list[Notice],
    frame_table: FrameTable | None = None,
) -> Reading:
    """Tags and chapters of the ID3 tag that begins where ``file`` stands, beside what is known of the sound already.

    Whatever is broken is told in the notices, after those in ``told``.
    """
    id3 = attempt(lambda: load_id3(file) if file else None, None, told, "tags-unreadable", UNREADABLE)
    if id3 is None:
        return Reading(container=container, duration_ms=duration_ms, frame_table=frame_table, notices=tuple(told))
    tags = attempt(lambda: id3_tags(id3), Tags(), told, "tags-unreadable", UNREADABLE)
    sources = (
        lambda: id3_chapters(chap_frames(id3), table_frames(id3), duration_ms),
        lambda: overdrive_chapters(markers, duration_ms) if (markers := overdrive_markers(id3)) else None,
    )
    lists = [attempt(read, None, told, "chapters-unreadable", CHAPTERS_UNREADABLE) for read in sources]
    reading = Reading(
        title=tags.title,
        author=tags.author,
        album=tags.album,
        cover=tags.cover,
        disc=tags.disc,
        track=tags.track,
        container=container,
        duration_ms=duration_ms,
        chapter_lists=best_first(lists),
        frame_table=frame_table,
        notices=(*told, *notices_of_empty(lists)),
    )
    return with_notes(reading, tags.notes)
