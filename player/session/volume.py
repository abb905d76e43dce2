"""How loud it is, as the listener set it: kept for all recordings. The sound itself is the Engine's."""

from PySide6.QtCore import QObject, Signal

from player.library.library import Library
from player.playback.engine import Engine


class Volume(QObject):
    """``level`` is 0 to 1; silence is beside it, so that ending silence gives the level back."""

    changed = Signal()

    def __init__(self, engine: Engine, library: Library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine, self._library = engine, library

    @property
    def level(self) -> float:
        """How loud, 0 to 1."""
        return self._engine.volume

    @property
    def is_muted(self) -> bool:
        """Whether it is silenced."""
        return self._engine.is_muted

    def set(self, level: float) -> None:
        """Set how loud, 0 to 1; also ends silence."""
        self._engine.set_volume(min(max(level, 0.0), 1.0))
        self._engine.set_muted(False)
        self._library.set_setting("volume", self._engine.volume)
        self.changed.emit()

    def toggle_mute(self) -> None:
        """Silence or not, without pausing."""
        self._engine.set_muted(not self._engine.is_muted)
        self.changed.emit()
