"""The row of tools above an outline that is edited, and one line of words beneath it. Asks; changes nothing."""

from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from player.ui.icon import icon
from player.ui.key_map import KEYS
from player.ui.label import plain_tip
from player.ui.look import GRID, Look, tabular

LEFT_TO_RIGHT = "\u200e"  # a sign stays before its number, in every language
TARGET = 32  # pixels, at least, to hit
WIDEST_TIME, USUAL_TIME = "000:00:00.000", "0:00:00"


class Tool(NamedTuple):
    """One button: its name is that of its key, too, where it has one. ``text`` stands where there is no icon."""

    name: str
    words: str
    icon: str = ""
    text: str = ""


class EditBar(QFrame):
    """Two groups of tools: where a section begins, and what is done to it. Side by side, or one above the other."""

    asked = Signal(str)  # the name of a tool
    start_typed = Signal(str)
    left = Signal()  # the field of the time was left without a time

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("edit")
        self.setAccessibleName(self.tr("Edit the outline"))
        self._tools = {tool.name: tool for tool in (*self._of_start(), *self._of_section())}
        self._buttons = {name: self._button(tool) for name, tool in self._tools.items()}
        self.start = QLineEdit()
        self.start.setAccessibleName(self.tr("When the section begins"))
        self.start.setToolTip(_with_key(self.tr("When the section begins: type a time and press Enter"), "type_start"))
        self.start.setMaxLength(24)
        self.start.returnPressed.connect(lambda: self.start_typed.emit(self.start.text()))
        self.start.installEventFilter(self)
        self.done = QPushButton(self.tr("Done"))
        self.done.setToolTip(_with_key(self.tr("End editing; everything is kept already"), "edit_outline"))
        self.done.clicked.connect(lambda: self.asked.emit("edit_outline"))
        self._words = QLabel(wordWrap=True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.hide()
        self._arrange()
        self.set_look(look)
        self._fit()

    def _of_start(self) -> tuple[Tool, ...]:
        return (
            Tool("start_here", self.tr("Let the section begin where you are"), "locate-fixed"),
            Tool("nudge_back", self.tr("Begin 1 second earlier, and listen"), text=self.tr("−1 s")),
            Tool("nudge_back_little", self.tr("Begin 0.1 seconds earlier, and listen"), text=self.tr("−0.1 s")),
            Tool("nudge_little", self.tr("Begin 0.1 seconds later, and listen"), text=self.tr("+0.1 s")),
            Tool("nudge", self.tr("Begin 1 second later, and listen"), text=self.tr("+1 s")),
        )

    def _of_section(self) -> tuple[Tool, ...]:
        return (
            Tool("rename_section", self.tr("Rename the section"), "pencil"),
            Tool("add_section", self.tr("Add a section where you are"), "plus"),
            Tool("delete_section", self.tr("Delete the section; its stretch goes to the one before"), "trash-2"),
            Tool("outdent", self.tr("One level up"), "list-indent-decrease"),
            Tool("indent", self.tr("One level down, into the section before"), "list-indent-increase"),
            Tool("undo", self.tr("Undo"), "undo-2"),
            Tool("undo_all", self.tr("Undo all since editing began"), "list-restart"),
        )

    def _button(self, tool: Tool) -> QToolButton:
        button = QToolButton()
        button.setText(f"{LEFT_TO_RIGHT}{tool.text}" if tool.text else "")
        button.setMinimumSize(TARGET, TARGET)
        button.setIconSize(QSize(18, 18))
        button.setAccessibleName(tool.words)
        button.setToolTip(_with_key(tool.words, tool.name))
        button.clicked.connect(lambda: self.asked.emit(tool.name))
        return button

    def _arrange(self) -> None:
        first = QWidget()
        first.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # as time runs on the bar, in every language
        start, section = QHBoxLayout(first), QHBoxLayout()
        start.setContentsMargins(0, 0, 0, 0)
        for row in (start, section):
            row.setSpacing(GRID)
        start.addWidget(self.start)
        for tool in self._of_start():
            start.addWidget(self._buttons[tool.name])
        start.addStretch(1)
        for tool in self._of_section():
            section.addWidget(self._buttons[tool.name])
        section.addStretch(1)
        section.addWidget(self.done)
        self._groups = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._groups.setSpacing(GRID)
        self._groups.addWidget(first)
        self._groups.addLayout(section)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        column.setSpacing(GRID)
        column.addLayout(self._groups)
        column.addWidget(self._words)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    # --- what is shown ---

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def set_look(self, look: Look) -> None:
        """Paint in another colour scheme."""
        for name, tool in self._tools.items():
            if tool.icon:
                self._buttons[name].setIcon(icon(tool.icon, look.text))

    def set_narrow(self, is_narrow: bool) -> None:
        """One group above the other where there is no room for both."""
        direction = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        self._groups.setDirection(direction)

    def show_start(self, text: str) -> None:
        """Show when the selected section begins."""
        self.start.setText(text)
        self.start.setModified(False)

    def say(self, words: str) -> None:
        """Say why something could not be done; nothing takes no room."""
        self._words.setText(words)
        self._words.setAccessibleName(words)
        self._words.setVisible(bool(words))

    def set_possible(self, possible: dict[str, bool]) -> None:
        """Which tools can do something now."""
        for name, is_possible in possible.items():
            self._buttons[name].setEnabled(is_possible)
        self.start.setEnabled(possible.get("nudge", True))

    def type_start(self) -> None:
        """Give the keyboard to the field of the time."""
        self.start.setFocus()
        self.start.selectAll()

    def _fit(self) -> None:
        """Room for words and figures at the size of the text; the time gives way first."""
        self.start.setFont(tabular(self.font()))
        metrics = self.start.fontMetrics()
        self.start.setMinimumWidth(metrics.horizontalAdvance(USUAL_TIME) + 5 * GRID)
        self.start.setMaximumWidth(metrics.horizontalAdvance(WIDEST_TIME) + 6 * GRID)
        for button in self._buttons.values():
            if button.text():
                button.setMinimumWidth(max(TARGET, metrics.horizontalAdvance(button.text()) + 4 * GRID))

    # --- Qt's side ---

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return True
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()


def _with_key(words: str, name: str) -> str:
    """``words`` with the key that does the same."""
    keys = next((key.keys for key in KEYS if key.name == name), ())
    if not keys:
        return plain_tip(words)
    return plain_tip(f"{words} ({QKeySequence(keys[0]).toString(QKeySequence.SequenceFormat.NativeText)})")
