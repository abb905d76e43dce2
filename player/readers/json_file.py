"""Chapter files in JSON. There are many shapes, told apart by their keys: one table of them, one file a shape."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from player.core.errors import NoChaptersError, SourceError
from player.core.reading import Reading
from player.readers.audible_json import audible_reading, is_audible
from player.readers.audiobookshelf_json import audiobookshelf_reading, is_audiobookshelf
from player.readers.audnexus_json import audnexus_reading, is_audnexus
from player.readers.encoding import decode
from player.readers.ffprobe_json import ffprobe_reading, is_ffprobe
from player.readers.head import read_bytes
from player.readers.podcast_json import is_podcast_json, podcast_reading
from player.readers.podlove_json import is_podlove, podlove_reading
from player.readers.yt_dlp_json import is_yt_dlp, yt_dlp_reading

MAX_BYTES = 8 * 1024 * 1024

SHAPES: tuple[tuple[Callable[[Any], bool], Callable[[Any], Reading]], ...] = (
    (is_ffprobe, ffprobe_reading),
    (is_yt_dlp, yt_dlp_reading),
    (is_audible, audible_reading),
    (is_audnexus, audnexus_reading),
    (is_audiobookshelf, audiobookshelf_reading),
    (is_podlove, podlove_reading),
    (is_podcast_json, podcast_reading),  # also takes an empty list
)


def read(path: Path) -> Reading:
    """The chapters in the JSON file at ``path``. Raises SourceError with a sentence."""
    document = _document(
        decode(read_bytes(path, MAX_BYTES, "This JSON is larger than 8 MB, which no chapter file is."))
    )
    for is_shape, reading in SHAPES:
        if is_shape(document):
            return reading(document)
    raise NoChaptersError("This JSON is not a list of chapters that is known here.")


def _document(text: str) -> Any:
    """NaN and Infinity are no JSON, and no times."""
    try:
        return json.loads(text, parse_constant=_refuse)
    except RecursionError as error:
        raise SourceError("This JSON is nested too deeply to be a chapter file.") from error
    except ValueError as error:
        raise SourceError("This chapter file is damaged: it is not valid JSON.") from error


def _refuse(word: str) -> None:
    raise ValueError(word)
