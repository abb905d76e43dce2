"""The tabs of the open episode: its outline, its notes. Shown where there is more than one thing to see."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget


class WorkTabs(QWidget):
    """Two buttons, one of which is down. Says what was chosen; shows nothing itself."""

    outline_asked = Signal()
    notes_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_wanted = self._is_narrow = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._group = QButtonGroup(self)
        self.outline = self._button(self.tr("Outline"))
        self.notes = self._button(self.tr("Notes"))
        self.outline.setChecked(True)
        self.outline.clicked.connect(self.outline_asked)
        self.notes.clicked.connect(self.notes_asked)

    def set_wanted(self, is_wanted: bool) -> None:
        """Whether there is anything to choose."""
        self._is_wanted = is_wanted
        self.setVisible(self._is_wanted and not self._is_narrow)

    def set_narrow(self, is_narrow: bool) -> None:
        """In a narrow window they give way to the title; what they do is in the menu."""
        self._is_narrow = is_narrow
        self.set_wanted(self._is_wanted)

    def show_notes(self, is_shown: bool) -> None:
        """Put the button down that belongs to the page in view."""
        (self.notes if is_shown else self.outline).setChecked(True)

    def _button(self, words: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName("tab")
        button.setText(words)
        button.setCheckable(True)
        button.setMinimumHeight(32)
        self._group.addButton(button)
        layout = self.layout()
        assert layout is not None
        layout.addWidget(button)
        return button
