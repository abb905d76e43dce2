"""What is said of the open episode at length: read from the library when it is to be shown."""

from player.core.notes import FileNotes, whole_notes
from player.library.library import Library
from player.session.session import Session

MOST = 1_000_000  # characters; the notes of a long series are many books


class Notes:
    """The notes of the session's episode."""

    def __init__(self, session: Session, library: Library) -> None:
        self._session = session
        self._library = library

    @property
    def are_there(self) -> bool:
        """Whether there are any."""
        episode = self._session.episode
        return episode is not None and self._library.has_notes(episode.id)

    @property
    def html(self) -> str:
        """All of them as safe HTML, in which times and sections are links to places; empty where there are none."""
        episode = self._session.episode
        if episode is None:
            return ""
        texts = self._library.notes(episode.id, MOST)
        parts = [
            FileNotes(file.title, start_ms, file.duration_ms, texts[file.id])
            for file, start_ms in zip(episode.files, episode.starts_ms, strict=True)
            if file.id in texts
        ]
        return whole_notes(parts, self._session.outline)
