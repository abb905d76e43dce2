"""Notes that lie beside a recording in a file of their own, whether there are chapters in it or not."""

import json
from pathlib import Path

from player.readers.encoding import decode
from player.readers.head import read_bytes
from player.readers.notes import notes_html

MAX_BYTES = 8 * 1024 * 1024
_TEXTS = frozenset((".description", ".htm", ".html", ".md", ".nfo", ".txt"))


def notes_beside(path: Path, kind: str) -> str | None:
    """The notes in the file at ``path``, which is read as ``kind`` (a row of formats); None when it is none of such.

    Raises SourceError when it cannot be read, and whatever parsers do of a damaged one.
    """
    if kind == "text" and path.suffix.lower() in _TEXTS:
        return notes_html(_text_of(path))
    if kind == "json":
        document = json.loads(_text_of(path))
        whole = document.get("metadata") if isinstance(document, dict) else None
        for part in (document, whole):
            description = part.get("description") if isinstance(part, dict) else None
            if isinstance(description, str):
                return notes_html(description)
    return None


def _text_of(path: Path) -> str:
    return decode(read_bytes(path, MAX_BYTES, "This file is larger than 8 MB, which no notes are."))
