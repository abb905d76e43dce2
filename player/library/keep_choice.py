"""The change that keeps what the listener gave and chose of an episode's chapters: all of it or nothing."""

import sqlite3
from dataclasses import dataclass

from player.core.chapter_choice import ChapterChoice
from player.core.episode import OWN_SOURCE, Episode
from player.library.change import ChooseShape, ChooseSource, EpisodeChange, SetChapters


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
                SetChapters(self.episode, file, own).write(db, device)
        ChooseSource(self.episode, self.choice.source).write(db, device)
        ChooseShape(self.episode, self.choice.shape).write(db, device)

    def show(self, episode: Episode) -> Episode:
        """``episode`` with it."""
        return self.choice.put_in(episode)
