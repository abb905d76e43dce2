"""The few tags a listener needs, the same for every container."""

import re
from dataclasses import dataclass

from player.core.reading import Cover

UNREADABLE = "The tags of this file are damaged and were left out."
CHAPTERS_UNREADABLE = "The chapters in this file are damaged and were left out."
DURATION_UNKNOWN = "The exact length of this file could not be found."

_ORDINAL = re.compile(r"\s*0{0,9}([0-9]{1,5})(?![0-9])\s*(?:$|/|of\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Tags:
    """Title, author, album, cover, disc and track of one file, cleaned; None where the file does not say.

    ``notes`` are what it says about itself at length, as written: they are made safe by ``notes``.
    """

    title: str | None = None
    author: str | None = None
    album: str | None = None
    cover: Cover | None = None
    disc: int | None = None
    track: int | None = None
    notes: str | None = None


def ordinal(text: object) -> int | None:
    """Which disc or track: of "3/12" it is 3; None for nought, which writers put where there is none, and for words."""
    match = _ORDINAL.match(str(text)[:40])
    return int(match[1]) or None if match else None
