"""Chapter files in JSON. There are many shapes, told apart by their keys: one table of them, one file a shape."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from player.core.errors import SourceError
from player.core.reading import Reading
from player.readers.encoding import decode
from player.readers.head import read_bytes
from player.readers.podcast_json import is_podcast_json, podcast_reading

MAX_BYTES = 8 * 1024 * 1024

SHAPES: tuple[tuple[Callable[[Any], bool], Callable[[Any], Reading]], ...] = ((is_podcast_json, podcast_reading),)


def read(path: Path) -> Reading:
    """The chapters in the JSON file at ``path``. Raises SourceError with a sentence."""
    document = _document(
        decode(read_bytes(path, MAX_BYTES, "This JSON is larger than 8 MB, which no chapter file is."))
    )
    for is_shape, reading in SHAPES:
        if is_shape(document):
            return reading(document)
    raise SourceError("This JSON is not a list of chapters that is known here.")


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
