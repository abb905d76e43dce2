"""Cue sheets: one track a chapter, its INDEX 01 in minutes, seconds and frames, of which 75 are a second.

The format knows no way to write a quote within quotes; it is left as it is, and read up to the last one of its line.
"""

from pathlib import PurePath

from player.core.notice import Notice
from player.writers.document import Document, Written

FRAMES = 75  # of one second
MOST_TRACKS = 99  # of a disc, for which the format was made
UNNAMED = "sound"  # a sheet has to name a file, also one that is made of a text
_KINDS = {".mp3": "MP3", ".aif": "AIFF", ".aiff": "AIFF"}
TOO_MANY = Notice("many-tracks", "A cue sheet was made for 99 tracks; some programs do not read the ones after them.")
ROUNDED = Notice("times-rounded", "A cue sheet knows 75ths of a second: times were rounded to the nearest one.")
QUOTES = Notice("quotes", "A cue sheet has no sign for a quote in a title; some programs cut titles there.")


def write(document: Document) -> Written:
    """``document`` as a sheet about one file."""
    lines = [
        f'{command} "{name}"' for command, name in (("PERFORMER", document.author), ("TITLE", document.title)) if name
    ]
    file = document.file or UNNAMED
    lines.append(f'FILE "{file}" {_KINDS.get(PurePath(file).suffix.lower(), "WAVE")}')
    for number, chapter in enumerate(document.chapters, 1):
        lines += [
            f"  TRACK {number:02} AUDIO",
            f'    TITLE "{chapter.title}"',
            f"    INDEX 01 {_position(chapter.start_ms)}",
        ]
    told = [TOO_MANY] if len(document.chapters) > MOST_TRACKS else []
    told += [ROUNDED] if any(chapter.start_ms * FRAMES % 1000 for chapter in document.chapters) else []
    told += [QUOTES] if any('"' in chapter.title for chapter in document.chapters) else []
    return Written("\n".join(lines) + "\n", tuple(told))


def _position(ms: int) -> str:
    seconds, frames = divmod((ms * FRAMES + 500) // 1000, FRAMES)
    return f"{seconds // 60:02}:{seconds % 60:02}:{frames:02}"
