"""Sound in containers that are played but whose chapters are not read: title, author, album where mutagen knows them.

Their lengths are left to the sound: what their headers say is often an estimate.
"""

from pathlib import Path
from typing import Any

import mutagen

from player.core.notice import Notice
from player.core.reading import Reading
from player.readers.attempt import attempt
from player.readers.head import open_regular
from player.readers.notes import best_notes, with_notes
from player.readers.tag import UNREADABLE, ordinal
from player.readers.title import clean_name

_SAME = {
    "author": "artist",
    "wm/albumtitle": "album",
    "wm/tracknumber": "track",
    "tracknumber": "track",
    "wm/partofset": "disc",
    "discnumber": "disc",
}


def read_other(path: Path, container: str) -> Reading:
    """The sound at ``path``. Broken tags are a notice; SourceError only when it cannot be opened."""
    told: list[Notice] = []
    with open_regular(path) as file:
        none: dict[str, str] = {}
        tags = attempt(lambda: _easy_tags(file), none, told, "tags-unreadable", UNREADABLE)
    reading = Reading(
        title=clean_name(tags.get("title")),
        author=clean_name(tags.get("artist")),
        album=clean_name(tags.get("album")),
        container=container,
        disc=ordinal(tags.get("disc")),
        track=ordinal(tags.get("track")),
        notices=tuple(told),
    )
    return with_notes(reading, best_notes((tags.get("description"), tags.get("comment"))))


def _easy_tags(file: Any) -> dict[str, str]:
    """The tags under the names that most containers of this kind share."""
    found = mutagen.File(file, easy=True)
    tags: dict[str, str] = {}
    for key, value in (found.tags or {}).items() if found is not None else ():
        name = _SAME.get(key.lower(), key.lower())
        values = value if isinstance(value, list) else [value]
        tags.setdefault(name, ", ".join(map(str, values)))
    return tags
