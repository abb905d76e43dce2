"""What reading one source gives: the values that travel from ``readers`` to the library and the command line."""

from dataclasses import dataclass
from typing import NamedTuple

from player.core.chapter import ChapterList
from player.core.frame_table import FrameTable
from player.core.notice import Notice


@dataclass(frozen=True, slots=True)
class Cover:
    """A picture as the file holds it: ``mime`` by content, one of image/jpeg, image/png, image/webp, image/gif."""

    mime: str
    data: bytes


class SidecarState(NamedTuple):
    """A file beside a sound, by its name in the same folder, as it was when it was looked at."""

    name: str
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What one source (an audio file, a chapter file, a text) holds.

    ``container`` is "mp3", "mp4", "ogg", "flac", ... for audio and None for chapters or text alone.
    ``duration_ms`` is exact or None. ``chapter_lists`` holds every list found, best first. ``disc`` and ``track`` count
    from 1. ``notes`` is sanitised HTML. ``fingerprint`` tells the recording by its sound alone.
    ``sidecars`` are the files beside it that were looked into, whether they held anything or not.
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
    sidecars: tuple[SidecarState, ...] = ()
    notices: tuple[Notice, ...] = ()
