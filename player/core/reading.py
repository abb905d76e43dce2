"""What reading one source gives: the values that travel from ``readers`` to the library and the command line."""

from dataclasses import dataclass

from player.core.chapter import ChapterList
from player.core.frame_table import FrameTable
from player.core.notice import Notice


@dataclass(frozen=True, slots=True)
class Cover:
    """A picture as the file holds it: ``mime`` by content, one of image/jpeg, image/png, image/webp, image/gif."""

    mime: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Reading:
    """What one source (an audio file, a chapter file, a text) holds.

    ``container`` is "mp3", "mp4", "ogg", "flac", ... for audio and None for chapters or text alone.
    ``duration_ms`` is exact or None. ``chapter_lists`` holds every list found, best first. ``disc`` and ``track`` count
    from 1. ``notes`` is sanitised HTML. ``fingerprint`` tells the recording by its sound alone.
    """

    title: str | None = None
    author: str | None = None
    album: str | None = None
    cover: Cover | None = None
    container: str | None = None
    duration_ms: int | None = None
    chapter_lists: tuple[ChapterList, ...] = ()
    frame_table: FrameTable | None = None
    disc: int | None = None
    track: int | None = None
    notes: str | None = None
    fingerprint: bytes | None = None
    notices: tuple[Notice, ...] = ()
