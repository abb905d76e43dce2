"""The row of tools above an outline that is edited, and one line of words beneath it. Asks; changes nothing."""

from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
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
    """One button: its name is that of its key, too, where it has one. ``text``, in seconds, stands for an icon."""

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
        for part in (self.start, self.done):
            part.setMinimumHeight(TARGET)
        self._words = QLabel(wordWrap=True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.hide()
        self._arrange()
        self.set_look(look)
        self._fit()

    def _of_start(self) -> tuple[Tool, ...]:
        return (
            Tool("start_here", self.tr("Let the section begin where you are"), "locate-fixed"),
            Tool("nudge_back", self.tr("Begin 1 second earlier, and listen"), text="−1"),
            Tool("nudge_back_little", self.tr("Begin 0.1 seconds earlier, and listen"), text="−0.1"),
            Tool("nudge_little", self.tr("Begin 0.1 seconds later, and listen"), text="+0.1"),
            Tool("nudge", self.tr("Begin 1 second later, and listen"), text="+1"),
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
        self._start, self._section = start, section
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
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        column.setSpacing(GRID)
        column.addLayout(self._groups)
        column.addWidget(self._words)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)  # fixed, it were too low for words

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
        """Give words and figures the room that they need at the size of the text.

        Where the groups have no room side by side they stand one above the other; where a group has none, the unit
        and some space are left out, and the time gives way.
        """
        self.start.setFont(tabular(self.font()))
        metrics = self.start.fontMetrics()
        self.start.setMinimumWidth(metrics.horizontalAdvance(USUAL_TIME) + 5 * GRID)
        self.start.setMaximumWidth(metrics.horizontalAdvance(WIDEST_TIME) + 6 * GRID)
        room = self.width() - 4 * GRID
        tools = len(self._of_section())
        groups = (
            self.start.minimumWidth() + TARGET + 5 * GRID + sum(self._widths(is_tight=False).values()),
            tools * (TARGET + GRID) + max(TARGET, self.done.sizeHint().width()),
        )
        is_beside = sum(groups) + GRID <= room
        self._groups.setDirection(QBoxLayout.Direction.LeftToRight if is_beside else QBoxLayout.Direction.TopToBottom)
        is_tight = max(groups) > room
        self._start.setSpacing(0 if is_tight else GRID)
        self._section.setSpacing(0 if is_tight else GRID)
        if is_tight:
            self.start.setMinimumWidth(metrics.horizontalAdvance(USUAL_TIME) + 3 * GRID)
        for name, width in self._widths(is_tight=is_tight).items():
            self._buttons[name].setText(self._text(self._tools[name], is_tight=is_tight))
            self._buttons[name].setMinimumWidth(width)
        self._column.invalidate()  # how high it is depends on all of this
        self.updateGeometry()

    def _widths(self, *, is_tight: bool) -> dict[str, int]:
        """How wide each button with a text is."""
        metrics = self.start.fontMetrics()
        space = 4 * GRID - (2 if is_tight else 0)  # less, and the style would cut the text
        texts = {name: self._text(tool, is_tight=is_tight) for name, tool in self._tools.items() if tool.text}
        return {name: max(TARGET, metrics.horizontalAdvance(text) + space) for name, text in texts.items()}

    def _text(self, tool: Tool, *, is_tight: bool) -> str:
        return LEFT_TO_RIGHT + (tool.text if is_tight else self.tr("{0} s").format(tool.text))

    # --- Qt's side ---

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return True
        return super().eventFilter(watched, event)

    def minimumSizeHint(self) -> QSize:
        """It fits itself to the room that there is."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

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
