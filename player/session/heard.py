"""What was heard of the open episode: added to by playing, marked and unmarked by the listener, kept file by file."""

from player.core.coverage import Coverage
from player.core.episode import Episode
from player.library.library import Library
from player.session.undo import MOST


class Heard:
    """The stretches of one episode that were heard. ``coverage`` is on the whole time line."""

    def __init__(self, library: Library, episode: Episode) -> None:
        self._library = library
        self._episode = episode
        self._before: list[Coverage] = []  # each marking
        self.coverage = episode.heard

    def add(self, start_ms: int, end_ms: int) -> None:
        """The stretch was really played. Undoing a marking does not take it away."""
        for position, heard in self._episode.heard_by_file(Coverage.of([(start_ms, end_ms)])).items():
            for span in heard.spans:
                self._library.add_heard(self._episode.id, self._episode.files[position].id, *span)
        self.coverage = self.coverage.add(start_ms, end_ms)
        self._before = [before.add(start_ms, end_ms) for before in self._before]

    def follow(self, episode: Episode) -> None:
        """The episode is now known like this: the same files, some of them of another length."""
        before, self._episode = self._episode, episode
        self._before = [_moved(heard, before, episode) for heard in self._before]
        self.coverage = episode.heard

    def mark(self, start_ms: int, end_ms: int, *, is_heard: bool) -> None:
        """Let the stretch count as heard, or as not heard; ``undo`` takes it back."""
        self._before = [*self._before, self.coverage][-MOST:]
        self._replace((self.coverage.add if is_heard else self.coverage.remove)(start_ms, end_ms))

    def remember(self, before: Coverage) -> None:
        """``before`` was all until something else than playing or marking added to it; ``undo`` takes that back."""
        self._before = [*self._before, before][-MOST:]

    def undo(self) -> bool:
        """Take the last marking back; False when there is none."""
        if not self._before:
            return False
        self._replace(self._before.pop())
        return True

    def _replace(self, coverage: Coverage) -> None:
        self.coverage = coverage
        for position, heard in self._episode.heard_by_file(coverage).items():
            self._library.set_heard(self._episode.id, self._episode.files[position].id, heard)


def _moved(heard: Coverage, before: Episode, now: Episode) -> Coverage:
    parts = before.heard_by_file(heard).items()
    return Coverage.of(span for position, part in parts for span in part.shift(now.starts_ms[position]).spans)
