"""A line above the outline that says what happened, what is safe, and offers one way out. Decides nothing itself."""

from collections.abc import Callable
from typing import Any, NamedTuple

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from player.ui.icon import icon
from player.ui.look import GRID, Look

MOST = 3  # sentences at a time; the oldest goes first


class Remedy(NamedTuple):
    """What the listener can do about it: the words of a button, and what it does."""

    words: str
    act: Callable[[], Any]


class _Said(NamedTuple):
    words: str
    is_of_episode: bool  # it concerns the open episode alone
    remedy: Remedy | None
    is_good: bool = False  # news of success: stands no longer than until something else is said
    is_offer: bool = False  # nothing is wrong: it stands also while the episode sounds


class Banner(QFrame):
    """Hidden until there is something to say. What was said stays until it is closed, or no longer concerns anybody.

    It warns, but for good news that stand alone.
    """

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said: list[_Said] = []
        self._look = look
        self._sign = QLabel()
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._remedy = QPushButton()
        self._remedy.clicked.connect(self._act)
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
        row.addWidget(self._remedy, 0, Qt.AlignmentFlag.AlignVCenter)
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
        self._look = look
        self._paint()

    @property
    def is_good(self) -> bool:
        """Whether it tells of success or offers something, and nothing is the matter."""
        return all(said.is_good or said.is_offer for said in self._said)

    def _paint(self) -> None:
        is_offer = any(said.is_offer for said in self._said)
        colour = self._look.text if self.is_good else self._look.warning
        sign = "triangle-alert" if not self.is_good else "locate-fixed" if is_offer else "check"
        self._sign.setPixmap(icon(sign, colour).pixmap(QSize(18, 18)))
        self._close.setIcon(icon("x", colour))
        name = "news" if self.is_good else "banner"
        if name != self.objectName():
            self.setObjectName(name)
            for part in (self, *self.findChildren(QWidget)):  # a rule by name is looked for once
                part.style().unpolish(part)
                part.style().polish(part)

    def say(self, words: str, *, of_episode: bool = False, remedy: Remedy | None = None, is_good: bool = False) -> None:
        """Say ``words``, after what stands there; ``of_episode`` when they concern the open episode alone.

        The newest ``remedy`` has the button; using it takes its sentence back. What is good news makes room.
        """
        others = [said for said in self._said if said.words != words and not said.is_good]
        self._add(_Said(words, of_episode, remedy, is_good), others)

    def offer(self, words: str, remedy: Remedy) -> None:
        """Offer something that the open episode can do without."""
        others = [said for said in self._said if said.words != words]
        self._add(_Said(words, is_of_episode=True, remedy=remedy, is_offer=True), others)

    def _add(self, said: _Said, others: list[_Said]) -> None:
        self._said = [*others, said][-MOST:]
        self._show()

    def forget_trouble(self) -> None:
        """Take back what was wrong with the episode that is open; what is offered stays."""
        self._said = [said for said in self._said if said.is_offer or not said.is_of_episode]
        self._show()

    def forget_episode(self) -> None:
        """Take back what concerned the episode that was open."""
        self._said = [said for said in self._said if not said.is_of_episode]
        self._show()

    def clear(self) -> None:
        """Take everything back."""
        self._said.clear()
        self._show()

    @property
    def _offered(self) -> _Said | None:
        return next((said for said in reversed(self._said) if said.remedy), None)

    def _act(self) -> None:
        said = self._offered
        if said and said.remedy:
            self._said.remove(said)
            self._show()
            said.remedy.act()

    def _show(self) -> None:
        offered = self._offered
        self._remedy.setVisible(offered is not None)
        if offered and offered.remedy:
            self._remedy.setText(offered.remedy.words)
            self._remedy.setAccessibleDescription(offered.words)
        words = "\n".join(said.words for said in self._said)
        self._words.setText(words)
        self._words.setAccessibleName(words)
        self._paint()
        self.setVisible(bool(self._said))
