"""What the library holds of the open work by now, which another program may have arranged anew."""

from typing import NamedTuple

from player.core.episode import Episode
from player.core.errors import LibraryError
from player.core.notice import Notice
from player.library.library import Library

PATIENCE_S = 0.5  # it happens once in a long while


class NowIn(NamedTuple):
    """There is no such work any more: its file is listened to in ``work``, and ``notice`` says so."""

    work: int
    notice: Notice


def as_kept(library: Library, episode: Episode, place_ms: int) -> Episode | NowIn:
    """``episode`` as it is kept now, or what the file at ``place_ms`` is in; LibraryError where neither can be read."""
    try:
        return library.episode(episode.id)
    except LibraryError:
        file, _ = episode.file_at(place_ms)
        work = library.work_of(file.id)
        if work in (None, episode.id):
            raise
    library.flush(PATIENCE_S)  # what was just edited of the one is shown with the other
    title = library.episode(work).title
    told = f"“{episode.title}” was arranged anew in another window: you go on in “{title}”."
    return NowIn(work, Notice("arranged-elsewhere", told))
