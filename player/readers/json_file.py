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
MAX_DEPTH = 64
TOO_DEEP = "This JSON is nested too deeply to be a chapter file."

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
        document = json.loads(text, parse_constant=_refuse)
    except RecursionError as error:
        raise SourceError(TOO_DEEP) from error
    except ValueError as error:
        raise SourceError("This chapter file is damaged: it is not valid JSON.") from error
    if _is_deeper(document, MAX_DEPTH):
        raise SourceError(TOO_DEEP)
    return document


def _is_deeper(document: Any, most: int) -> bool:
    """Whether arrays and objects lie more than ``most`` deep within each other; level by level, without recursion."""
    level = [document]
    for _ in range(most):
        inner = (each.values() if isinstance(each, dict) else each for each in level if isinstance(each, dict | list))
        level = [value for values in inner for value in values if isinstance(value, dict | list)]
        if not level:
            return False
    return True


def _refuse(word: str) -> None:
    raise ValueError(word)
