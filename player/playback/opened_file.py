"""One file as it was when it was opened: which way it is played, and whether it is still the same."""

from pathlib import Path

from player.core.audio_source import AudioSource
from player.playback import gate
from player.playback.strategy import table_fits


class OpenedFile:
    """The file of ``source``, past the gate. Raises SourceError with a sentence when the gate stays shut."""

    def __init__(self, source: AudioSource) -> None:
        self.source = source
        self.through_table = False
        self._container = gate.check(source.path)
        self._stat = _stat_of(source.path)

    @property
    def has_trusted_duration(self) -> bool:
        """Whether Qt knows the duration of such a file, and does not just guess."""
        return self._container not in gate.GUESSED_DURATION

    def was_changed(self) -> bool:
        """Whether the bytes that play were changed under way. Gone or replaced, the open file is still the old one."""
        now = _stat_of(self.source.path)
        if now is None or self._stat is None or now[0] != self._stat[0] or now == self._stat:
            return False
        if self.through_table and table_fits(self.source):
            self._stat = now  # touched, not changed
            return False
        return True

    def is_to_blame(self) -> bool:
        """Whether the file itself explains that nothing moves any more: it is gone or was changed."""
        return _stat_of(self.source.path) is None or self.was_changed()


def _stat_of(path: str) -> tuple[int, int, int] | None:
    """(inode, size, time of change), None when the file is gone."""
    try:
        info = Path(path).stat()
    except OSError:
        return None
    return (info.st_ino, info.st_size, info.st_mtime_ns)
