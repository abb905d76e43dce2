"""Text with chapter lines, read in the child while the listener looks on. Only the last text asked for is answered."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from player.core.errors import OutspokenError
from player.core.reading import Reading
from player.tasks import Tasks

ReadText = Callable[[str, int | None], Reading]


class Pasting(QObject):
    """Reads pasted text. ``read_text`` may be slow and may raise SourceError."""

    read = Signal(object)  # Reading
    failed = Signal(str)  # sentence

    def __init__(self, tasks: Tasks, read_text: ReadText, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._read_text = read_text
        self._asked = 0

    def call_off(self) -> None:
        """Let what is being read go unanswered."""
        self._asked += 1

    def ask(self, text: str, duration_ms: int | None) -> None:
        """Read ``text`` as chapters of something ``duration_ms`` long."""
        self._asked += 1
        number = self._asked

        def on_done(reading: Reading) -> None:
            if number == self._asked:
                self.read.emit(reading)

        def on_error(error: OutspokenError) -> None:
            if number == self._asked:
                self.failed.emit(str(error))

        self._tasks.run(lambda: self._read_text(text, duration_ms), on_done, on_error)
