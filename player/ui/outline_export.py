"""Exporting the outline from the window: which formats there are, where the file goes, and what became of it."""

from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from player.core.notice import Notice
from player.library.library import Library
from player.session.exporting import MP3, Exporting, can_copy, proposed_path
from player.session.session import Session
from player.ui.banner import Remedy

MOST_NOTICES = 3  # sentences about one file


class OutlineExport(QObject):
    """Offers the formats in a menu, asks for a file, and tells where it is."""

    told = Signal(str, object, bool)  # sentences, a Remedy or None, and whether nothing is the matter

    def __init__(self, window: QWidget, session: Session, library: Library, exporting: Exporting) -> None:
        super().__init__(window)
        self._window = window
        self._session, self._library, self._exporting = session, library, exporting
        exporting.exported.connect(self._on_exported)
        exporting.failed.connect(lambda sentence: self.told.emit(sentence, None, False))

    def add_to(self, menu: QMenu) -> None:
        """Offer every format that the open episode can be written in."""
        episode = self._session.episode
        if episode is None or not len(self._session.outline):
            return
        from player.writers.formats import FORMATS  # not before it is asked for: the first paint does not wait

        formats = menu.addMenu(self.tr("Export outline"))
        for name, row in FORMATS.items():
            words = self.tr("{0}…").format(row.words[0].upper() + row.words[1:])
            formats.addAction(words).triggered.connect(lambda _=False, name=name: self.export(name))
        if can_copy(episode):
            formats.addSeparator()
            copy = formats.addAction(self.tr("A copy of the MP3 with these chapters…"))
            copy.triggered.connect(lambda: self.export(MP3))

    def export(self, name: str) -> None:
        """Let the listener choose a file, and write the outline to it in the format called ``name``."""
        episode = self._session.episode
        if episode is None:
            return
        folder = Path(self._library.setting("export_folder", "") or Path(episode.files[0].path).parent)
        target, _ = QFileDialog.getSaveFileName(
            self._window,
            self.tr("Export outline"),
            str(proposed_path(episode, name, folder if folder.is_dir() else Path.home())),
            self.tr("All files (*)"),
            options=QFileDialog.Option.DontConfirmOverwrite,  # nothing is ever overwritten
        )
        if target:
            self._library.set_setting("export_folder", str(Path(target).parent))
            self._exporting.export(episode, self._session.outline, name, target)

    def _on_exported(self, path: str, notices: tuple[Notice, ...]) -> None:
        sentences = [self.tr("The outline was written to {0}.").format(path)]
        sentences += [notice.message for notice in notices[:MOST_NOTICES]]
        folder = str(Path(path).parent)
        show = Remedy(self.tr("Show folder"), lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(folder)))
        self.told.emit(" ".join(sentences), show, True)
