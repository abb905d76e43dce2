"""A scan of folders in the library pane: what it is doing, how far it is, its one question, and how to stop it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from player.session.folder_scan import FolderScan, Progress
from player.session.scan import Phase
from player.ui.look import GRID


class ScanRow(QFrame):
    """Hidden while there is no scan."""

    asked = Signal()  # the question is there and wants an answer

    def __init__(self, scan: FolderScan, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("scan")
        self._scan = scan
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(GRID)
        self._bar.setAccessibleName(self.tr("Files added"))
        self.add = QPushButton(self.tr("Add them"))
        self.add.setMinimumHeight(32)
        self.add.clicked.connect(scan.go_on)
        self.cancel = QPushButton(self.tr("Cancel"))
        self.cancel.setMinimumHeight(32)
        self.cancel.clicked.connect(scan.cancel)
        self._arrange()
        scan.changed.connect(self._show)
        self._show()

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def _arrange(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(2 * GRID)
        buttons.addStretch(1)
        buttons.addWidget(self.add)
        buttons.addWidget(self.cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, GRID)
        column.setSpacing(2 * GRID)
        column.addWidget(self._words)
        column.addWidget(self._bar)
        column.addLayout(buttons)

    def _show(self) -> None:
        progress = self._scan.progress
        if progress is not None:
            words = self._told(progress)
            self._words.setText(words)
            self._words.setAccessibleName(words)
            self._bar.setVisible(progress.phase is Phase.READING)
            self._bar.setMaximum(max(1, progress.total))
            self._bar.setValue(progress.done)
            self._ask(is_asking=progress.phase is Phase.ASKING)
        self.setVisible(progress is not None)

    def _ask(self, *, is_asking: bool) -> None:
        if is_asking and not self.add.isVisibleTo(self):
            self.add.show()
            self.asked.emit()
            self.add.setFocus()
        elif not is_asking:
            self.add.hide()

    def _told(self, progress: Progress) -> str:
        match progress.phase:
            case Phase.LOOKING:
                return self.tr("Looking into “{0}”… {1} found").format(progress.title, f"{progress.total:,}")
            case Phase.ASKING:
                return self.tr("“{0}” holds {1} audio files that are not in the library yet. Add them?").format(
                    progress.title, f"{progress.total:,}"
                )
        return self.tr("Adding “{0}”: {1} of {2}").format(progress.title, f"{progress.done:,}", f"{progress.total:,}")
