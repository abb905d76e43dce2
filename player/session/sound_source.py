"""Which AudioSource the Engine is given for a file: a sample table for MP3, the plain file for all else.

Finds or makes tables off the window's thread. Never plays anything.
"""

from collections.abc import Callable
from pathlib import Path

from player.core.audio_source import AudioSource
from player.core.episode import EpisodeFile
from player.core.errors import OutspokenError
from player.core.frame_table import FrameTable
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
        """Call ``on_ready`` with the source of ``file``: at once where that costs nothing, else when it is made."""
        if not Path(file.path).exists():
            on_error(OutspokenError(f"“{Path(file.path).name}” is not where it was. Your place is kept."))
        elif file.container != "mp3":
            on_ready(self._plain(file))
        elif known := self._tables.find(file.path):
            on_ready(known)
        else:
            # Without a table the sound still plays, only slower to jump.
            self._tasks.run(
                lambda: self._tables.source_for(file.path, self._scan(file.path)),
                on_ready,
                lambda error: on_ready(self._plain(file)),
            )

    @staticmethod
    def _plain(file: EpisodeFile) -> AudioSource:
        return AudioSource(file.path, file.duration_ms)
