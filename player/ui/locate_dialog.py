"""Where the listener says where a missing file is: by choosing it, or a folder to be searched."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from player.library.library import Library
from player.session.locating import Locating
from player.ui.look import GRID

WIDTH = 440


class LocateDialog(QDialog):
    """Blocks nothing; Escape closes it and stops a search. Closes by itself once the file is found."""

    def __init__(self, locating: Locating, library: Library, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._locating, self._library = locating, library
        file = locating.file
        path = Path(file.path) if file else Path()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Locate “{0}”").format(path.name))
        self._was_at = self._label(self.tr("“{0}” was in {1}.").format(path.name, path.parent))
        self._why = self._label(self.tr("It is known by its sound, whatever it is called now."))
        self._why.setObjectName("dim")
        self._progress = self._label("")
        self._choose = QPushButton(self.tr("Choose the file…"))
        self._choose.setDefault(True)
        self._search = QPushButton(self.tr("Search a folder…"))
        self._stop = QPushButton(self.tr("Stop"))
        self._choose.clicked.connect(self._choose_file)
        self._search.clicked.connect(self._choose_folder)
        self._stop.clicked.connect(locating.cancel)
        self._arrange()
        locating.changed.connect(self._show)
        locating.refused.connect(self._progress.setText)
        locating.found.connect(self.accept)
        self._show()
        self.resize(WIDTH, self.sizeHint().height())

    def _label(self, words: str) -> QLabel:
        label = QLabel(words)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        return label

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        row.addStretch(1)
        for button in (self._stop, self._search, self._choose):
            button.setMinimumHeight(32)
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(5 * GRID, 4 * GRID, 5 * GRID, 4 * GRID)
        column.setSpacing(2 * GRID)
        for label in (self._was_at, self._why, self._progress):
            column.addWidget(label)
        column.addStretch(1)
        column.addLayout(row)

    def _show(self) -> None:
        """Say how far the search is, and offer what can be done by now."""
        search, is_busy = self._locating.search, self._locating.is_busy
        self._choose.setEnabled(not is_busy)
        self._search.setEnabled(not is_busy)
        self._stop.setVisible(search is not None)
        if search:
            words = self.tr("Searching {0}: {1} files looked at, {2} found.")
            self._progress.setText(words.format(Path(search.folder).name, f"{search.looked:,}", f"{search.found:,}"))
        elif is_busy:
            self._progress.setText(self.tr("Reading…"))

    def _choose_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, self.windowTitle(), self._folder, self.tr("All files (*)"))
        if path:
            self._remember(Path(path).parent)
            self._locating.take(path)

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Search a folder"), self._folder)
        if folder:
            self._remember(Path(folder))
            self._locating.search_in(folder)

    @property
    def _folder(self) -> str:
        return self._library.setting("folder", str(Path.home()))

    def _remember(self, folder: Path) -> None:
        self._library.set_setting("folder", str(folder))

    def done(self, result: int) -> None:
        self._locating.cancel()
        super().done(result)
