"""What the window shows while there is nothing to show: words and a way on, never an empty space."""

from PySide6.QtCore import QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from player.ui.icon import icon, program_icon
from player.ui.label import ScaledLabel
from player.ui.look import GRID, Look

LOW = 320  # pixels; a page less high has no room for the picture


class EmptyPage(QWidget):
    """A picture, a line, a smaller line, and buttons, in the middle of the page."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._title = ScaledLabel(scale=1.6)
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title.setWordWrap(True)
        self._words = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setObjectName("dim")
        self.buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)  # one above the other where there is no room
        self.buttons.setSpacing(2 * GRID)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addLayout(self.buttons)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * GRID, 4 * GRID, 4 * GRID, 4 * GRID)
        column.setSpacing(3 * GRID)
        column.addStretch(2)
        column.addWidget(self._picture)
        column.addWidget(self._title)
        column.addWidget(self._words)
        column.addSpacing(GRID)
        column.addLayout(row)
        column.addStretch(3)
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        """Paint in another colour scheme."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        size = event.size()
        buttons = [item.widget() for item in map(self.buttons.itemAt, range(self.buttons.count())) if item]
        needed = sum(button.sizeHint().width() + 2 * GRID for button in buttons if button) + 6 * GRID
        direction = QBoxLayout.Direction.LeftToRight if needed <= size.width() else QBoxLayout.Direction.TopToBottom
        self.buttons.setDirection(direction)
        is_stacked = direction is QBoxLayout.Direction.TopToBottom
        self._picture.setVisible(size.height() >= LOW)
        self._words.setVisible(size.height() >= LOW or not is_stacked)

    def set_picture(self, name: str, look: Look) -> None:
        """Show the icon ``name`` large."""
        self._picture.setPixmap(icon(name, look.dim).pixmap(QSize(40, 40)))

    def add_button(self, text: str, asked: SignalInstance, *, is_first: bool = False) -> QPushButton:
        """A button for one way on; the first is the one to take."""
        button = QPushButton(text)
        button.setDefault(is_first)
        button.setMinimumHeight(36)
        button.clicked.connect(asked)
        self.buttons.addWidget(button)
        if is_first:
            self.setFocusProxy(button)
        return button


class Welcome(EmptyPage):
    """The first thing a new listener sees."""

    open_asked = Signal()
    folder_asked = Signal()
    tour_asked = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._title.setText(self.tr("Listen to something long."))
        self._words.setText(
            self.tr(
                "Outspoken shows a long recording as its outline and never loses your place in it.\n"
                "Open an audio file or a folder, or drop one here. Nothing leaves this computer."
            )
        )
        self._picture.setPixmap(program_icon().pixmap(QSize(72, 72)))
        self.add_button(self.tr("Open audio…"), self.open_asked, is_first=True)
        self.add_button(self.tr("Open folder…"), self.folder_asked)
        self.add_button(self.tr("Take the tour"), self.tour_asked)


class NoChapters(EmptyPage):
    """An episode without chapters: it plays, and chapters can be pasted or made by ear."""

    paste_asked = Signal()
    edit_asked = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._title.setText(self.tr("No chapters in this file"))
        self._words.setText(
            self.tr(
                "It plays all the same. Copy its chapters as text, from show notes or a web page, and paste them "
                "here; or add sections while you listen."
            )
        )
        self.add_button(self.tr("Paste chapters…"), self.paste_asked)
        self.add_button(self.tr("Add sections"), self.edit_asked)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # itself, not its button: Space is to play

    def set_look(self, look: Look) -> None:
        self.set_picture("list-tree", look)
