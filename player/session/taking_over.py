"""A copy of a recording that was encoded anew takes over what the listener kept of the other one, when they want it.

Its sound is another, so that it is another episode; but it has the same sections and is about as long. Both stay.
"""

from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from player.core.alignment import is_as_long
from player.core.chapter import ChapterList
from player.core.clock import clock_text
from player.core.episode import OWN_SOURCE, Episode
from player.core.episode_alignment import align_episodes, own_chapters
from player.library.library import Library
from player.session.session import Session
from player.tasks import Tasks

MOST_COMPARED = 50  # episodes of about the same length, the last listened to first


class Offer(NamedTuple):
    """What is kept of the episode ``source`` may be taken over to ``target``; ``sentence`` says why."""

    source: int
    target: int
    sentence: str


class TakingOver(QObject):
    """Looks for another copy when an episode is opened that was never listened to."""

    offered = Signal(object)  # Offer

    def __init__(self, tasks: Tasks, library: Library, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks, self._library, self._session = tasks, library, session
        session.episode_changed.connect(self._look)

    def take(self, offer: Offer) -> None:
        """Carry place, what was heard, own chapters and speed over to the copy, each to its section; open it there."""
        source, target = self._library.episode(offer.source), self._library.episode(offer.target)
        is_open = self._session.episode is not None and self._session.episode.id == target.id
        is_playing = is_open and self._session.is_playing
        if is_open:
            self._session.close()  # what it keeps is kept before, not after
        self._carry_over(source, target)
        self._session.open(target.id, play=is_playing)

    def _look(self) -> None:
        episode = self._session.episode
        if episode is not None and episode.place is None and not episode.heard.total_ms:
            self._tasks.run(lambda: self._find(episode), self._on_found, lambda _: None)  # an offer can be missed

    def _find(self, target: Episode) -> Offer | None:
        """Runs off the window's thread."""
        rows = [
            row
            for row in self._library.episodes()
            if row.id != target.id
            and (row.place_ms is not None or row.heard_ms)
            and is_as_long(row.duration_ms, target.duration_ms)
        ]
        for row in rows[:MOST_COMPARED]:
            source = self._library.episode(row.id)
            if align_episodes(source, target).is_same_recording:
                where = f"; you were at {clock_text(row.place_ms)} there" if row.place_ms else ""
                return Offer(row.id, target.id, f"“{row.title}” seems to be another copy of this{where}.")
        return None

    def _on_found(self, offer: Offer | None) -> None:
        if offer and self._session.episode and self._session.episode.id == offer.target:
            self.offered.emit(offer)

    def _carry_over(self, source: Episode, target: Episode) -> None:
        library, alignment = self._library, align_episodes(source, target)
        if source.place is not None and source.saved_at_ms is not None:
            file, ms = target.file_at(alignment.place(source.whole_ms(source.place)))
            library.save_place(target.id, file.id, ms, source.saved_at_ms)  # that is when it was listened to
        for position, heard in target.heard_by_file(alignment.coverage(source.heard)).items():
            for start_ms, end_ms in heard.spans:
                library.add_heard(target.id, target.files[position].id, start_ms, end_ms)
        own = own_chapters(source)
        if own and not own_chapters(target):
            inside = target.chapters_by_file(alignment.chapters(own))
            for file, chapters in zip(target.files, inside, strict=True):
                library.set_chapters(target.id, file.id, ChapterList(OWN_SOURCE, chapters))
        library.set_speed(target.id, source.speed)
        library.set_finished(target.id, source.is_finished)
