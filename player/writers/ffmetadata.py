r"""FFmpeg's own metadata text, version 1: ``[CHAPTER]`` blocks in milliseconds; ``= ; # \`` are escaped by ``\``.

FFmpeg takes the line after START for the END, whatever it is, so every chapter gets one; and it takes a line that ends
in an escaped ``\`` for one that goes on, so a space follows there.
"""

import re

from player.writers.document import Document, Written, ends_ms

_SPECIAL = re.compile(r"[=;#\\]")


def write(document: Document) -> Written:
    """``document`` as such a text."""
    names = (("title", document.title), ("artist", document.author), ("album", document.album))
    lines = [";FFMETADATA1", *(f"{key}={_escaped(name)}" for key, name in names if name)]
    ends = ends_ms(document.chapters, document.duration_ms)
    for chapter, end_ms in zip(document.chapters, ends, strict=True):
        lines += [
            "[CHAPTER]",
            "TIMEBASE=1/1000",
            f"START={chapter.start_ms}",
            f"END={end_ms}",
            f"title={_escaped(chapter.title)}",
        ]
    return Written("\n".join(lines) + "\n")


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text) + " " * text.endswith("\\")
