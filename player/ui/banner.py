"""One line above the outline that says what happened and what is safe, with at most one button. Says; does nothing."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from player.ui.icon import icon
from player.ui.look import GRID, Look


class Banner(QFrame):
    """Hidden until there is something to say; the last thing said stands."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._sign = QLabel()
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._button = QPushButton()
        self._close = QToolButton()
        self._close.setAccessibleName(self.tr("Close this message"))
        self._close.setMinimumSize(32, 32)
        self._close.clicked.connect(self.hide)
        self._act: Callable[[], object] = self.hide
        self._button.clicked.connect(self._on_button)
        row = QHBoxLayout(self)
        row.setContentsMargins(3 * GRID, GRID, GRID, GRID)
        row.setSpacing(2 * GRID)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        row.addWidget(self._button)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self._sign.setContentsMargins(0, 7, 0, 0)
        self.set_look(look)
        self.hide()

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def set_look(self, look: Look) -> None:
        """Paint in another colour scheme."""
        self._sign.setPixmap(icon("triangle-alert", look.warning).pixmap(QSize(18, 18)))
        self._close.setIcon(icon("x", look.warning))

    def say(self, words: str, button: str = "", act: Callable[[], object] | None = None) -> None:
        """Say ``words``; ``button`` names the one thing to do about it."""
        self._words.setText(words)
        self._words.setAccessibleName(words)
        self._button.setText(button)
        self._button.setVisible(bool(button))
        self._act = act or self.hide
        self.show()

    def _on_button(self) -> None:
        self.hide()
        self._act()
