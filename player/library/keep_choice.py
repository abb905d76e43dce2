"""The change that keeps what the listener gave and chose of an episode's chapters: all of it or nothing."""

import sqlite3
from dataclasses import dataclass

from player.core.chapter_choice import ChapterChoice
from player.core.episode import OWN_SOURCE, Episode
from player.core.errors import LibraryError
from player.library.change import EpisodeChange
from player.library.chapter_row import write_chapters


@dataclass(frozen=True, slots=True)
class KeepChoice(EpisodeChange):
    """The listener's own chapters of every file, the source in use and the shape."""

    choice: ChapterChoice

    def write(self, db: sqlite3.Connection, device: str) -> None:
        """Carry it out in the open transaction."""
        for file, own in self.choice.own:
            if own is None:
                db.execute("DELETE FROM chapter_list WHERE file = ? AND source = ?", (file, OWN_SOURCE))
            else:
                write_chapters(db, file, own, position=0, is_from_file=False)
        changed = db.execute(
            "UPDATE episode SET chapter_source = ?, shape = ? WHERE id = ?",
            (self.choice.source, self.choice.shape.value, self.episode),
        )
        if changed.rowcount != 1:
            raise LibraryError(f"There is no episode {self.episode} in the library.")

    def show(self, episode: Episode) -> Episode:
        """``episode`` with it."""
        return self.choice.put_in(episode)
