"""Every way in: files chosen, dropped, pasted or named on the command line, the tour, and text with chapters."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from player import resource
from player.library.library import Library
from player.session.adding import Adding
from player.session.session import Session

AUDIO_ENDINGS = "mp3 m4a m4b mp4 ogg oga opus flac wav aiff aif aac mka webm mkv wma".split()


class Opening(QObject):
    """Takes files to the library and text to the paste page."""

    opened = Signal()  # an episode that was just added is open
    text_given = Signal(str)  # to look through for chapters of the open episode
    told = Signal(str)  # sentence

    def __init__(self, window: QWidget, session: Session, library: Library, adding: Adding) -> None:
        super().__init__(window)
        self._window = window
        self._session, self._library, self._adding = session, library, adding
        self._plays = True  # the first of the files that are being added
        adding.led.connect(self._on_led)
        adding.failed.connect(self.told)
        adding.remarked.connect(self.told)

    def open_paths(self, paths: Iterable[str], *, play: bool = True) -> None:
        """Add these files; the first is opened where it was left, and played unless ``play`` is False."""
        self._plays = play
        self._adding.add(paths)

    def choose_files(self) -> None:
        """Let the listener choose audio files, and open them."""
        endings = " ".join(f"*.{ending}" for ending in AUDIO_ENDINGS)
        chosen, _ = QFileDialog.getOpenFileNames(
            self._window,
            self.tr("Open audio"),
            self._library.setting("folder", str(Path.home())),
            self.tr("Audio ({0});;All files (*)").format(endings),
        )
        if chosen:
            self._library.set_setting("folder", str(Path(chosen[0]).parent))
            self.open_paths(chosen)

    def take_tour(self) -> None:
        """Add the tour that ships with the program, and play it."""
        self.open_paths([str(resource.path("tour", "tour.opus"))])

    def paste(self) -> None:
        """Take the clipboard: files are opened, text is looked through for chapters."""
        self.take(QGuiApplication.clipboard().mimeData())

    def can_take(self, data: QMimeData) -> bool:
        """Whether something dropped may be of use."""
        return bool(_files(data)) or (data.hasText() and self._session.episode is not None)

    def take(self, data: QMimeData) -> None:
        """Take files or text, dropped or pasted."""
        files = _files(data)
        if files:
            self.open_paths(files)
        elif self._session.episode:
            self.text_given.emit(data.text() if data.hasText() else "")
        else:
            self.told.emit(self.tr("Open an episode first; then paste its chapters onto it."))

    def _on_led(self, episode_id: int) -> None:
        self._session.open(episode_id, play=self._plays)
        self.opened.emit()


def _files(data: QMimeData) -> list[str]:
    return [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
