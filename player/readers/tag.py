"""The few tags a listener needs, the same for every container."""

from dataclasses import dataclass

from player.core.reading import Cover

UNREADABLE = "The tags of this file are damaged and were left out."
CHAPTERS_UNREADABLE = "The chapters in this file are damaged and were left out."
DURATION_UNKNOWN = "The exact length of this file could not be found."


@dataclass(frozen=True, slots=True)
class Tags:
    """Title, author, album and cover of one file, cleaned; None where the file does not say."""

    title: str | None = None
    author: str | None = None
    album: str | None = None
    cover: Cover | None = None
