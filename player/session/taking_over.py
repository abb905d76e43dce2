"""A copy of a recording that was encoded anew takes over what the listener kept of the other one, when they want it.

Its sound is another, so that it is another episode; but it has the same sections and is about as long. Both stay, and
taking over can be undone as long as the copy is open.
"""

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from player.core.chapter import ChapterList
from player.core.chapter_choice import choice_of
from player.core.clock import clock_text
from player.core.episode import OWN_SOURCE, Episode
from player.core.place import Place
from player.core.stop import Stop
from player.library.keep_choice import KeepChoice
from player.library.library import Library
from player.library.trail import ChangeTrail
from player.session.session import Session
from player.tasks import Tasks

if TYPE_CHECKING:
    from player.core.alignment import Alignment

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
        """Carry place, trail, what was heard, own chapters and speed over to the copy, each to its section; open it
        there.
        """
        is_playing = self._let_go(offer.target)  # what it keeps is kept before, not after
        source, target = self._library.episode(offer.source), self._library.episode(offer.target)
        came = self._carry_over(source, target)
        self._session.open(target.id, play=is_playing)
        self._session.keep_taken_over(target.heard, lambda: self._take_back(target, came))

    def _take_back(self, before: Episode, came: tuple[Stop, ...]) -> None:
        """Let the copy, which is open, be as it was ``before``; what was heard is taken back by itself."""
        is_playing = self._let_go(before.id)
        place = before.place or Place(0, 0)
        saved_at_ms = before.saved_at_ms if before.place else None
        file = before.files[place.file].id
        self._library.save_place(before.id, file, place.ms, saved_at_ms or self._session.trail.now())
        self._library.submit(KeepChoice(before.id, choice_of(before)))
        self._library.submit(ChangeTrail(before.id, (), came))
        self._library.set_speed(before.id, before.speed)
        self._library.set_finished(before.id, before.is_finished)
        self._session.open(before.id, play=is_playing)

    def _let_go(self, episode_id: int) -> bool:
        """Close the episode where it is open; gives whether it played."""
        is_open = self._session.episode is not None and self._session.episode.id == episode_id
        is_playing = is_open and self._session.is_playing
        if is_open:
            self._session.close()
        return is_playing

    def _look(self) -> None:
        episode = self._session.episode
        if episode is not None and episode.place is None and not episode.heard.total_ms:
            self._tasks.run(lambda: self._find(episode), self._on_found, lambda _: None)  # an offer can be missed

    def _find(self, target: Episode) -> Offer | None:
        """Runs off the window's thread, where what compares is loaded too."""
        from player.core.alignment import is_as_long
        from player.core.episode_alignment import align_episodes

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

    def _carry_over(self, source: Episode, target: Episode) -> tuple[Stop, ...]:
        """Gives the stops that came to the trail of ``target``."""
        from player.core.episode_alignment import align_episodes, own_chapters

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
        return self._carry_trail(source, target, alignment)

    def _carry_trail(self, source: Episode, target: Episode, alignment: "Alignment") -> tuple[Stop, ...]:
        """What lies behind in the other copy lies farther behind than all that was done in this one."""
        there, here = self._library.trail(source.id), self._library.trail(target.id)
        moved = []
        for stop in there:
            position = source.position_of(stop.file)
            if position is not None:
                file, ms = target.file_at(alignment.place(source.starts_ms[position] + stop.ms))
                moved.append(stop._replace(file=file.id, ms=ms))
        came = tuple(stop for stop in dict.fromkeys(moved) if stop not in here)
        if came:
            self._library.submit(ChangeTrail(target.id, (*came, *here), here))
        return came
