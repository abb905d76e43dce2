"""Which AudioSource the Engine is given for a file: a sample table for MP3, the plain file for all else.

Finds or makes tables off the window's thread. Never plays anything.
"""

from collections.abc import Callable
from pathlib import Path

from player.core.audio_source import AudioSource
from player.core.episode import EpisodeFile
from player.core.errors import MissingFileError, OutspokenError
from player.core.frame_table import FrameTable
from player.library.glance import is_there
from player.library.sample_table_cache import SampleTableCache
from player.tasks import Tasks

ScanFrames = Callable[[str], FrameTable]


class SoundSource:
    """Hands out sources. ``scan`` reads an MP3's frames and may be slow; it runs elsewhere."""

    def __init__(self, tasks: Tasks, tables: SampleTableCache, scan: ScanFrames) -> None:
        self._tasks = tasks
        self._tables = tables
        self._scan = scan

    def find(
        self,
        file: EpisodeFile,
        on_ready: Callable[[AudioSource], None],
        on_error: Callable[[OutspokenError], None],
    ) -> None:
        """Call ``on_ready`` with the source of ``file`` when it is found or made, off the window's thread: a disk that
        does not answer holds nothing up. ``on_error`` gets a MissingFileError when the file is gone.
        """
        self._tasks.run(lambda: self._source(file), on_ready, on_error)

    def _source(self, file: EpisodeFile) -> AudioSource:
        if not is_there(file.path):
            raise MissingFileError(f"“{Path(file.path).name}” is not where it was. Your place is kept.")
        if file.container != "mp3":
            return self._plain(file)
        try:
            return self._tables.find(file.path) or self._tables.source_for(file.path, self._scan(file.path))
        except OutspokenError:
            return self._plain(file)  # without a table the sound still plays, only slower to jump

    def prepare(self, file: EpisodeFile) -> None:
        """Make the table of ``file`` ahead of its start, so that sound goes on without a gap where files meet."""
        if file.container == "mp3" and Path(file.path).exists() and not self._tables.find(file.path):
            self._tasks.run(
                lambda: self._tables.source_for(file.path, self._scan(file.path)),
                lambda source: None,
                lambda error: None,  # it is told when the file is to be played
            )

    @staticmethod
    def _plain(file: EpisodeFile) -> AudioSource:
        return AudioSource(file.path, file.duration_ms)
