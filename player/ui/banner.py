"""A line above the outline that says what happened and what is safe. Says; does nothing."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from player.ui.icon import icon
from player.ui.look import GRID, Look

MOST = 3  # sentences at a time; the oldest goes first


class Banner(QFrame):
    """Hidden until there is something to say. What was said stays until it is closed, or no longer concerns anybody."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._said: list[tuple[str, bool]] = []  # a sentence, and whether it concerns the open episode alone
        self._sign = QLabel()
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._close = QToolButton()
        self._close.setAccessibleName(self.tr("Close this message"))
        self._close.setToolTip(self._close.accessibleName())
        self._close.setMinimumSize(32, 32)
        self._close.clicked.connect(self.clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(3 * GRID, GRID, GRID, GRID)
        row.setSpacing(2 * GRID)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self._sign.setContentsMargins(0, 7, 0, 0)
        self.set_look(look)
        self.hide()

    @property
    def words(self) -> str:
        """What it says, a sentence a line."""
        return self._words.text()

    def set_look(self, look: Look) -> None:
        """Paint in another colour scheme."""
        self._sign.setPixmap(icon("triangle-alert", look.warning).pixmap(QSize(18, 18)))
        self._close.setIcon(icon("x", look.warning))

    def say(self, words: str, *, of_episode: bool = False) -> None:
        """Say ``words``, after what stands there; ``of_episode`` when they concern the open episode alone."""
        others = [said for said in self._said if said[0] != words]
        self._said = [*others, (words, of_episode)][-MOST:]
        self._show()

    def forget_episode(self) -> None:
        """Take back what concerned the episode that was open."""
        self._said = [said for said in self._said if not said[1]]
        self._show()

    def clear(self) -> None:
        """Take everything back."""
        self._said.clear()
        self._show()

    def _show(self) -> None:
        words = "\n".join(words for words, _ in self._said)
        self._words.setText(words)
        self._words.setAccessibleName(words)
        self.setVisible(bool(self._said))
