"""QMediaPlayer and its output, wrapped once: only what the Engine needs, in the Engine's words.

QtMultimedia is imported here before the first object is made, not earlier, so that the window paints first.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QMediaPlayer


def load_sound() -> Iterator[None]:
    """Load what a QtSound is made of, step by step: the window may go on between them. Without it the first one takes
    as long as all of them.
    """
    import PySide6.QtNetwork  # noqa: F401 - QtMultimedia loads it too, and then in one step with itself

    yield
    from PySide6.QtMultimedia import QMediaDevices

    yield
    QMediaDevices.audioOutputs()  # finds Qt's plug-in for sound, and asks the sound server
    yield


class QtSound(QObject):
    """One QMediaPlayer. Everything is asynchronous; positions are in milliseconds as Qt tells them, unjudged."""

    opened = Signal()
    refused = Signal()  # Qt cannot play what it was given
    moved = Signal(int)
    ended = Signal()
    stopped = Signal()  # by itself or asked for; also just before ``ended``
    warned = Signal(str)  # an error in Qt's words; sound may go on
    outputs_changed = Signal()  # output devices came or went

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        from PySide6.QtMultimedia import QAudioOutput, QMediaDevices, QMediaPlayer

        self._is_opening = False
        self._devices = QMediaDevices(self)
        self._devices.audioOutputsChanged.connect(self.outputs_changed)
        self._output = QAudioOutput(self)
        self._player = QMediaPlayer(self)
        self._player.setAudioOutput(self._output)
        self._player.positionChanged.connect(self._position_changed)
        self._player.mediaStatusChanged.connect(self._status_changed)
        self._player.playbackStateChanged.connect(self._playback_state_changed)
        self._player.errorOccurred.connect(self._error_occurred)

    @property
    def duration_ms(self) -> int:
        """What Qt believes the duration to be; 0 when it knows none. Wrong for some MP3 and raw AAC."""
        return int(self._player.duration())

    @property
    def has_sound(self) -> bool:
        """Whether there is a sound track."""
        return bool(self._player.hasAudio())

    def open(self, url: QUrl) -> None:
        """Starts opening; ``opened`` or ``refused`` follows."""
        self._player.setSource(url)

    def close(self) -> None:
        """Lets the file go."""
        self._is_opening = False
        self._player.setSource(QUrl())

    def play(self) -> None:
        """Plays on from the position, on the device that is the default now if the one before went away."""
        if not self.has_its_output and self.count_outputs():
            self._output.setDevice(self._devices.defaultAudioOutput())
        self._player.play()

    def pause(self) -> None:
        """Falls silent; the position stays."""
        self._player.pause()

    def seek(self, ms: int) -> None:
        """Goes to ``ms``; only after ``opened``, before it Qt forgets it."""
        self._player.setPosition(ms)

    def set_speed(self, speed: float) -> None:
        """Speed with the pitch kept; the sound drops out for about 80 ms."""
        self._player.setPlaybackRate(speed)

    def set_volume(self, factor: float, *, is_muted: bool) -> None:
        """``factor`` is linear, 0 to 1."""
        self._output.setVolume(factor)
        self._output.setMuted(is_muted)

    def count_outputs(self) -> int:
        """How many output devices there are now."""
        return len(self._devices.audioOutputs())

    @property
    def has_its_output(self) -> bool:
        """Whether the device that it plays on is there."""
        return self._output.device().id() in {device.id() for device in self._devices.audioOutputs()}

    def _position_changed(self, ms: int) -> None:
        self.moved.emit(ms)

    def _status_changed(self, status: "QMediaPlayer.MediaStatus") -> None:
        name = status.name
        if name == "LoadingMedia":
            self._is_opening = True
        elif name == "LoadedMedia" and self._is_opening:  # it also comes while a file is let go
            self._is_opening = False
            self.opened.emit()
        elif name == "InvalidMedia":
            self._is_opening = False
            self.refused.emit()
        elif name == "EndOfMedia":
            self.ended.emit()

    def _playback_state_changed(self, state: "QMediaPlayer.PlaybackState") -> None:
        if state.name == "StoppedState":
            self.stopped.emit()

    def _error_occurred(self, _error: "QMediaPlayer.Error", message: str) -> None:
        self.warned.emit(message)
