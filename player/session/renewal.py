"""Looks at the files of an episode when it is opened: those that changed on the disk since they were read, or beside
which a file of chapters came, changed or went, are read again. The place and all that the listener gave stay.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject

from player.core.errors import OutspokenError
from player.core.reading import Reading
from player.library.glance import is_there
from player.library.library import Library
from player.session.session import Session
from player.tasks import Tasks

Read = Callable[[str], Reading]


class Renewal(QObject):
    """Renews the open episode. ``read`` reads one file and may raise SourceError; nothing here is told to the listener:
    a file that is gone or can no longer be read is told when it is to be played.
    """

    def __init__(
        self,
        tasks: Tasks,
        library: Library,
        session: Session,
        read: Read,
        now: Callable[[], int],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._library = library
        self._session = session
        self._read = read
        self._now = now
        session.episode_changed.connect(self.look)

    def look(self) -> None:
        """Look at the files of the open episode, off the window's thread."""
        episode = self._session.episode
        if episode is None:
            return
        paths = [file.path for file in episode.files]
        self._tasks.run(lambda: self._renew(paths), lambda is_new: self._take_up(episode.id, is_new), _leave_it)

    def take_up(self, episode_id: int) -> None:
        """Files of that episode were read again: if it is the open one, show what they hold now."""
        if self._session.episode and self._session.episode.id == episode_id:
            self._session.read_again()

    def _take_up(self, episode_id: int, is_new: bool) -> None:
        if is_new:
            self.take_up(episode_id)

    def _renew(self, paths: list[str]) -> bool:
        """Read again what changed; whether anything did. Runs off the window's thread."""
        from player.library import intake  # loaded here, not while the window waits
        from player.playback import gate

        is_new = False
        for path in paths:
            if is_there(path) and intake.find_unchanged(self._library, path) is None:
                try:
                    gate.check(path)
                    intake.add(self._library, path, self._read(path), self._now())
                except OutspokenError:
                    continue
                is_new = True
        return is_new


def _leave_it(_error: OutspokenError) -> None:
    """Nothing could be looked at: what is known is shown, and playing tells the rest."""
