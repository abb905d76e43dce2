"""Every way in: files chosen, dropped, pasted or named on the command line, the tour, and text with chapters."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from player import resource
from player.core.episode import Episode, EpisodeFile
from player.library.library import Library
from player.session.adding import Adding
from player.session.folder_scan import FolderScan
from player.session.session import Session

AUDIO_ENDINGS = "mp3 m4a m4b mp4 ogg oga opus flac wav aiff aif aac mka webm mkv wma".split()


class Opening(QObject):
    """Takes files to the library and text to the paste page."""

    opened = Signal()  # an episode that was just added is open
    text_given = Signal(str)  # to look through for chapters of the open episode
    told = Signal(str)  # sentence

    def __init__(self, window: QWidget, session: Session, library: Library, adding: Adding, scan: FolderScan) -> None:
        super().__init__(window)
        self._window = window
        self._session, self._library, self._adding, self._scan = session, library, adding, scan
        self._plays = True  # the first of the files that are being added
        self._asked = ""  # the one file that is being added
        adding.led.connect(self._on_led)
        scan.led.connect(self._on_scanned)
        scan.told.connect(self.told)
        adding.failed.connect(self.told)
        adding.remarked.connect(self.told)

    def open_paths(self, paths: Iterable[str], *, play: bool = True) -> None:
        """Add these files and folders; the first is opened where it was left, and played unless ``play`` is False."""
        self._plays = play
        named = list(paths)
        if len(named) == 1 and not Path(named[0]).is_dir():
            self._asked = named[0]
            self._adding.add(named)
        else:
            self._scan.add(named)  # they may belong together

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

    def choose_folder(self) -> None:
        """Let the listener choose a folder, and add all audio in it."""
        chosen = QFileDialog.getExistingDirectory(
            self._window, self.tr("Open folder"), self._library.setting("folder", str(Path.home()))
        )
        if chosen:
            self._library.set_setting("folder", chosen)
            self.open_paths([chosen])

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
        session = self._session
        if session.episode and session.episode.id == episode_id:
            session.read_again()  # a file may have joined it
        else:
            session.open(episode_id)
        file = _file_at(session.episode, self._asked) if session.episode else None
        if file and session.episode and session.episode.file_at(session.place_ms)[0] is not file:
            session.go_to_file(file)  # one of several: this one was asked for
        if self._plays:
            session.play()
        self.opened.emit()

    def _on_scanned(self, work: int, is_chosen: bool) -> None:
        """Of many recordings in a folder none was meant: the first is shown where nothing else is, silent."""
        if is_chosen or self._session.episode is None:
            self._session.open(work, play=self._plays and is_chosen)
        if is_chosen:
            self.opened.emit()


def _file_at(episode: Episode, path: str) -> EpisodeFile | None:
    """The file of ``episode`` that was asked for as ``path``."""
    real = str(Path(path).resolve())
    return next((file for file in episode.files if file.path == real), None)


def _files(data: QMimeData) -> list[str]:
    return [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
