"""Pasting chapter text onto an episode: the text, the outline it makes, what was odd, and the choice."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QSplitter, QVBoxLayout, QWidget

from player.core.chapter import Chapter
from player.core.coverage import NOTHING_HEARD
from player.core.cut_title import looks_cut
from player.core.outline import build
from player.core.reading import Reading
from player.core.timeline import Timeline
from player.session.pasting import Pasting
from player.ui.label import ScaledLabel
from player.ui.look import GRID, Look
from player.ui.outline_view import OutlineView

READ_AFTER_MS = 250  # without typing
MOST_NOTICES = 8  # lines
LONGEST_TEXT = 512_000  # characters; a page of ten thousand chapters has fewer


class PasteSheet(QWidget):
    """A page beside the outline; nothing is changed before "Use these chapters"."""

    chosen = Signal(object)  # tuple of Chapter
    restored = Signal()
    closed = Signal()

    def __init__(self, pasting: Pasting, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pasting = pasting
        self._duration_ms: int | None = None
        self._chapters: tuple[Chapter, ...] = ()
        self._is_cut = False  # the text was longer than what was taken of it
        self._title = ScaledLabel(self.tr("Paste chapters"))
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(self.tr("Text with chapter lines"))
        self.text.setPlaceholderText(
            self.tr("One chapter a line, with its time:\n\n2.1 Situational awareness (2:01:37)")
        )
        self.text.setTabChangesFocus(True)
        self.preview = OutlineView(look)
        self.preview.setAccessibleName(self.tr("The outline that this text makes"))
        self._count = QLabel()
        self._notices = QLabel(wordWrap=True)
        self._notices.setObjectName("dim")
        for label in (self._count, self._notices):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._use = QPushButton(self.tr("Use these chapters"))
        self._use.setDefault(True)
        self._restore = QPushButton(self.tr("Restore the file’s own"))
        self._cancel = QPushButton(self.tr("Cancel"))
        self._wait = QTimer(self, singleShot=True, interval=READ_AFTER_MS)
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        self._halves = QSplitter(Qt.Orientation.Horizontal)
        self._halves.setObjectName("halves")
        self._halves.addWidget(self.text)
        self._halves.addWidget(self.preview)
        self._halves.setChildrenCollapsible(False)
        self._halves.setHandleWidth(2 * GRID)
        buttons = QHBoxLayout()
        buttons.setSpacing(2 * GRID)
        buttons.addWidget(self._restore)
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._use)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 2 * GRID)
        column.setSpacing(2 * GRID)
        column.addWidget(self._title)
        column.addWidget(self._count)
        column.addWidget(self._halves, 1)
        column.addWidget(self._notices)
        column.addLayout(buttons)

    def _connect(self) -> None:
        self.text.textChanged.connect(self._wait.start)
        self._wait.timeout.connect(self._read)
        self._pasting.read.connect(self._show)
        self._pasting.failed.connect(self._show_failure)
        self._use.clicked.connect(lambda: self.chosen.emit(self._chapters))
        self._restore.clicked.connect(self.restored)
        self._cancel.clicked.connect(self.closed)

    def set_look(self, look: Look) -> None:
        """Paint in another colour scheme."""
        self.preview.set_look(look)

    def set_narrow(self, is_narrow: bool) -> None:
        """Text above the outline where there is no room beside it."""
        self._halves.setOrientation(Qt.Orientation.Vertical if is_narrow else Qt.Orientation.Horizontal)

    def open(self, text: str, duration_ms: int | None, *, can_restore: bool) -> None:
        """Begin with ``text``, for an episode of ``duration_ms``."""
        self._duration_ms = duration_ms
        self._restore.setVisible(can_restore)
        self._is_cut = len(text) > LONGEST_TEXT
        self.text.setPlainText(text[:LONGEST_TEXT])
        self._wait.stop()
        self._read()
        self.text.setFocus()

    def _read(self) -> None:
        text = self.text.toPlainText()
        if text.strip():
            self._count.setText(self.tr("Reading…"))
            self._use.setEnabled(False)
            self._pasting.ask(text, self._duration_ms)
        else:
            self._pasting.call_off()
            self._show_nothing(self.tr("Paste the lines of a page that lists the chapters with their times."))

    def _show(self, reading: Reading) -> None:
        if not reading.chapter_lists:
            self._show_failure(self.tr("No chapter lines were found: each needs a time, such as 1:02:03."))
            return
        found = reading.chapter_lists[0]
        outline = build(found.chapters, self._duration_ms)
        self._chapters = found.chapters
        levels = max((section.depth for section in outline.sections), default=1)
        words = self.tr("%n chapter(s)", "", len(outline))
        self._count.setText(words if levels == 1 else self.tr("{0} on {1} levels").format(words, levels))
        notices = [*reading.notices, *found.notices, *outline.notices]
        lines = list(dict.fromkeys(notice.message for notice in notices))
        cut = [section.label or section.title for section in outline.sections if looks_cut(section.title)]
        if cut:
            lines.append(self.tr("%n title(s) look cut: {0}", "", len(cut)).format(", ".join(cut[:MOST_NOTICES])))
        if self._is_cut:
            lines.insert(
                0, self.tr("The text is very long: only its first {0} characters were taken.").format(LONGEST_TEXT)
            )
        more = self.tr("… and %n more", "", len(lines) - MOST_NOTICES) if len(lines) > MOST_NOTICES else ""
        self._notices.setText("\n".join([*lines[:MOST_NOTICES], *([more] if more else [])]))
        self._notices.setVisible(bool(lines))
        self.preview.show_outline(Timeline(outline), NOTHING_HEARD)
        self.preview.expandAll()
        self._use.setEnabled(True)

    def _show_failure(self, words: str) -> None:
        self._show_nothing(words)

    def _show_nothing(self, words: str) -> None:
        self._chapters = ()
        self._count.setText(words)
        self._notices.hide()
        self.preview.show_outline(Timeline(build(())), NOTHING_HEARD)
        self._use.setEnabled(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)
