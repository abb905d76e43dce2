"""The path to the current section, from the top down; each step opens its siblings. Asks, and plays nothing itself."""

from typing import NamedTuple

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSizePolicy, QToolButton, QWidget

from player.core.clock import clock_text
from player.core.outline import EMPTY_OUTLINE
from player.core.section import Section
from player.core.timeline import Timeline
from player.ui.label import plain_tip
from player.ui.look import GRID, Look

SEPARATOR = "›"
LEAST_TITLE = 70  # pixels; a step with less shows its number alone
LONGEST_MENU = 60  # siblings; around the current one


class Ruler(NamedTuple):
    """How wide steps are: ``plain`` and ``bold`` measure text, ``padding`` is what a step takes besides."""

    plain: QFontMetrics
    bold: QFontMetrics
    padding: int

    def cut(self, text: str, width: int, *, is_last: bool = False) -> str:
        """``text`` within ``width`` pixels; the last step is bold."""
        metrics = self.bold if is_last else self.plain
        return metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(width, 0))

    def width(self, text: str) -> int:
        """How wide ``text`` is in an upper step."""
        return self.plain.horizontalAdvance(text)


class Breadcrumb(QWidget):
    """The current path as a row of buttons."""

    section_asked = Signal(object)  # Section to go to
    scope_asked = Signal(object)  # Section to spread out on the bar

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._timeline = Timeline(EMPTY_OUTLINE)
        self._path: tuple[Section, ...] = ()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(GRID, 0, GRID, 0)
        self._row.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_path(self, timeline: Timeline, section: Section | None) -> None:
        """Show the way to ``section``."""
        self._timeline = timeline
        self._path = timeline.path(section)
        self._lay_out()

    def set_look(self, look: Look) -> None:
        """Show in another colour scheme."""
        self._look = look
        self._lay_out()

    def _lay_out(self) -> None:
        while item := self._row.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        steps = [(section.label or "", _words(section)) for section in self._path]
        texts = _fit(steps, self._ruler(), self.width() - 2 * GRID)
        hidden = len(self._path) - len(texts)
        if hidden:
            dots = self._separator("…")
            dots.setContentsMargins(0, 0, GRID, 0)
            self._row.addWidget(dots)
        for number, (section, text) in enumerate(zip(self._path[hidden:], texts, strict=True)):
            if number or hidden:
                self._row.addWidget(self._separator(SEPARATOR))
            self._row.addWidget(self._step(section, text, is_last=section is self._path[-1]))
        self._row.addStretch(1)

    def _ruler(self) -> Ruler:
        """Measured on a real step, so that style and text size are what they are."""
        probe = QToolButton(self)
        probe.setText("W" * 20)
        font = QFont(self.font())
        font.setBold(True)
        plain, bold = QFontMetrics(self.font()), QFontMetrics(font)
        own = probe.sizeHint().width() - plain.horizontalAdvance(probe.text())
        separator = self._separator(SEPARATOR)
        between = separator.sizeHint().width()
        for widget in (probe, separator):
            widget.hide()
            widget.deleteLater()
        return Ruler(plain, bold, own + between + 1)

    def _separator(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setObjectName("dim")
        return label

    def _step(self, section: Section, text: str, *, is_last: bool) -> QToolButton:
        button = QToolButton(self)
        button.setText(text.replace("&", "&&"))
        button.setToolTip(plain_tip(section.title))
        button.setMinimumHeight(32)
        button.setAccessibleName(self.tr("{0}, choose another section of this level").format(section.title))
        font = button.font()
        font.setBold(is_last)
        button.setFont(font)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.clicked.connect(lambda: self._open_menu(button, section))
        return button

    def _open_menu(self, button: QToolButton, section: Section) -> None:
        menu = QMenu(self)
        if section.is_parent:
            spread = menu.addAction(self.tr("Show {0} on the bar").format(section.label or section.title))
            spread.triggered.connect(lambda: self.scope_asked.emit(section))
            menu.addSeparator()
        siblings = self._timeline.siblings(section)
        place = next(at for at, each in enumerate(siblings) if each.row == section.row)
        first = max(0, place - LONGEST_MENU // 2)
        for sibling in siblings[first : first + LONGEST_MENU]:
            length = "" if sibling.whole_ms is None else f"\t{clock_text(sibling.whole_ms)}"
            words = menu.fontMetrics().elidedText(_words(sibling), Qt.TextElideMode.ElideRight, 420)
            action = menu.addAction(words.replace("&", "&&") + length)
            action.setCheckable(True)
            action.setChecked(sibling.row == section.row)
            action.triggered.connect(lambda _=False, asked=sibling: self.section_asked.emit(asked))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(button.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    # --- Qt's side ---

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._lay_out()

    def sizeHint(self) -> QSize:
        return QSize(200, max(32, self.fontMetrics().height() + 4 * GRID))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())


def _words(section: Section) -> str:
    title = " ".join((section.rest if section.label else section.title).split())
    return f"{section.label} {title}".strip() if section.label else title


def _fit(steps: list[tuple[str, str]], ruler: Ruler, width: int) -> list[str]:
    """(number, text) of each step as text within ``width``: first upper steps are cut, down to whole numbers; then they
    go, the uppermost first.
    """
    for hidden in range(len(steps)):
        shown = steps[hidden:]
        room = width - ruler.padding * len(shown) - (ruler.padding if hidden else 0)
        uppers, last = shown[:-1], shown[-1][1]
        numbers = [number or ruler.cut(text, LEAST_TITLE) for number, text in uppers]
        least_last = min(ruler.bold.horizontalAdvance(last), 2 * LEAST_TITLE)
        if uppers and sum(map(ruler.width, numbers)) + least_last > room:
            continue
        for_last = min(ruler.bold.horizontalAdvance(last), room * 2 // 5)
        heads = _share_out([text for _, text in uppers], ruler, room - for_last)
        if any(ruler.width(head) < LEAST_TITLE and head != text for head, (_, text) in zip(heads, uppers, strict=True)):
            heads = numbers
        left = room - sum(map(ruler.width, heads))
        return [*heads, ruler.cut(last, left, is_last=True)]
    return []


def _share_out(texts: list[str], ruler: Ruler, width: int) -> list[str]:
    """``texts`` within ``width``: short ones whole, the others cut to equal length."""
    widths = [ruler.width(text) for text in texts]
    if sum(widths) <= width:
        return texts
    limit, rest, count = 0, width, len(texts)
    for each in sorted(widths):
        if each * count <= rest:
            rest -= each
            count -= 1
        else:
            limit = rest // count
            break
    return [ruler.cut(text, max(limit, 1)) for text in texts]
