"""A stand-in for QtSound that tells whatever a test makes it tell, and notes every touch."""

from PySide6.QtCore import QObject, QUrl, Signal


class LyingSound(QObject):
    """The face of QtSound; nothing happens by itself."""

    opened = Signal()
    refused = Signal()
    moved = Signal(int)
    ended = Signal()
    stopped = Signal()
    warned = Signal(str)
    outputs_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.touches: list[tuple[object, ...]] = []
        self.duration_ms = 60_000
        self.has_sound = True
        self.outputs = 1
        self.has_its_output = True

    def open(self, url: QUrl) -> None:
        self.touches.append(("open", url.scheme()))

    def close(self) -> None:
        self.touches.append(("close",))

    def play(self) -> None:
        self.touches.append(("play",))

    def pause(self) -> None:
        self.touches.append(("pause",))

    def seek(self, ms: int) -> None:
        self.touches.append(("seek", ms))

    def set_speed(self, speed: float) -> None:
        self.touches.append(("set_speed", speed))

    def set_volume(self, factor: float, *, is_muted: bool) -> None:
        self.touches.append(("set_volume", round(factor, 3), is_muted))

    def count_outputs(self) -> int:
        return self.outputs
