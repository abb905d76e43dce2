"""Writing the outline of an episode to a file for other programs, off the window's thread.

The writers are loaded when something is first written: the window's first paint does not wait for them.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from player.core.episode import Episode
from player.core.errors import ExportError, OutspokenError
from player.core.notice import Notice
from player.core.outline import Outline
from player.core.reading import Reading
from player.tasks import Tasks

if TYPE_CHECKING:
    from player.writers.document import Document
    from player.writers.mp3_copy import MakeTag
    from player.writers.outline_file import ReadText

MP3 = "mp3"
NOTHING = "There are no sections to export."
NOT_MP3 = "Chapters can be written into a copy of an MP3 only, and this is none."

Read = Callable[[str], Reading]


class Exporting(QObject):
    """Writes outlines. What comes from outside is read by ``read``, ``read_text`` and ``make_tag``: in a child."""

    exported = Signal(str, object)  # the path, and a tuple of Notice: what the file cannot hold
    failed = Signal(str)  # sentence

    def __init__(
        self, tasks: Tasks, read: Read, read_text: "ReadText", make_tag: "MakeTag", parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._read, self._read_text, self._make_tag = read, read_text, make_tag

    def export(self, episode: Episode, outline: Outline, name: str, target: str) -> None:
        """Write ``outline`` of ``episode`` in the format called ``name``, or into a copy of its MP3, to ``target``."""
        from player.writers.outline_file import document_of

        document = document_of(episode, outline)

        def on_done(notices: tuple[Notice, ...]) -> None:
            self.exported.emit(target, notices)

        def on_error(error: OutspokenError) -> None:
            self.failed.emit(f"“{Path(target).name}” was not written. {error}")

        self._tasks.run(lambda: self._write(episode, document, name, Path(target)), on_done, on_error)

    def _write(self, episode: Episode, document: "Document", name: str, target: Path) -> tuple[Notice, ...]:
        """Runs off the window's thread."""
        from player.writers.mp3_copy import write_copy
        from player.writers.outline_file import SEVERAL_FILES, lost_in_copy, write_file

        if not document.chapters:
            raise ExportError(NOTHING)
        several = (SEVERAL_FILES,) if len(episode.files) > 1 else ()
        if name != MP3:
            return (*several, *write_file(name, document, target, self._read_text))
        if not can_copy(episode):
            raise ExportError(NOT_MP3)
        told = write_copy(Path(episode.files[0].path), target, document, self._make_tag)
        return (*told, *lost_in_copy(document, self._read(str(target))))


def can_copy(episode: Episode) -> bool:
    """Whether chapters can be written into a copy of the sound."""
    return len(episode.files) == 1 and episode.files[0].container == MP3


def proposed_path(episode: Episode, name: str, folder: Path) -> Path:
    """A path in ``folder`` that is free, named after the episode's file."""
    from player.writers.formats import FORMATS
    from player.writers.mp3_copy import copy_name

    sound = Path(episode.files[0].path)
    path = folder / (copy_name(sound).name if name == MP3 else f"{sound.stem}{FORMATS[name].suffix}")
    stem, number = path.stem, 1
    while path.exists():
        number += 1
        path = path.with_name(f"{stem} {number}{path.suffix}")
    return path
