"""Cue sheets inside FLAC and Ogg files: as a CUESHEET comment, which holds a whole one, or as FLAC's own block.

The block knows no titles. The positions in it are samples.
"""

from collections.abc import Iterable
from typing import Any

from player.core.chapter import Chapter, ChapterList
from player.readers.chapter_list import chapter_list
from player.readers.cue import cue_marks

LEAD_OUTS = (170, 255)  # the numbers of the track that is the end, on a CD and elsewhere
NO_AUDIO = 1  # the type of a track of data


def cuesheet_chapters(
    comments: Iterable[tuple[str, str]], block: Any, rate: int, name: str, duration_ms: int | None
) -> ChapterList | None:
    """The chapters of the comment, else of mutagen's ``block`` (or None) in a sound of ``rate`` samples a second.

    ``name`` is that of the file without suffix, for a sheet about several. None when there are no chapters.
    """
    sheet = next((value for key, value in comments if key.upper() == "CUESHEET" and value.strip()), None)
    if sheet is not None:
        marks, told = cue_marks(sheet, name)
        found = chapter_list("cuesheet", marks, duration_ms, told)
        if found and found.chapters:
            return found
    return chapter_list("cuesheet-block", _block_marks(block, rate), duration_ms) if block and rate > 0 else None


def _block_marks(block: Any, rate: int) -> Iterable[Chapter]:
    """Where INDEX 01 of each track lies, or its first index, or the track itself."""
    for track in block.tracks:
        if track.track_number in LEAD_OUTS or track.type == NO_AUDIO:
            continue
        offsets = {index.index_number: index.index_offset for index in reversed(track.indexes)}
        offset = offsets.get(1, next(reversed(offsets.values()), 0))
        yield Chapter((track.start_offset + offset) * 1000 // rate, "")
