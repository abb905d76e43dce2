"""The path to the current section, from the top down; each step opens its siblings. Asks, and plays nothing itself."""

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSizePolicy, QToolButton, QWidget

from player.core.clock import clock_text
from player.core.outline import EMPTY_OUTLINE
from player.core.section import Section
from player.core.timeline import Timeline
from player.ui.label import plain_tip
from player.ui.look import GRID, Look

SEPARATOR = "›"
BOLD = 1.12  # how much wider bold text may be
LEAST_TITLE = 70  # pixels; a step with less shows its number alone
LONGEST_MENU = 60  # siblings; around the current one


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
        texts = _fit([_words(section) for section in self._path], self.fontMetrics(), self.width() - 4 * GRID)
        hidden = len(self._path) - len(texts)
        if hidden:
            self._row.addWidget(self._separator("…"))
        for number, (section, text) in enumerate(zip(self._path[hidden:], texts, strict=True)):
            if number or hidden:
                self._row.addWidget(self._separator(SEPARATOR))
            self._row.addWidget(self._step(section, text, is_last=section is self._path[-1]))
        self._row.addStretch(1)

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
    title = " ".join((section.rest or section.title).split())
    return f"{section.label} {title}" if section.label else title


def _fit(texts: list[str], metrics: QFontMetrics, width: int) -> list[str]:
    """``texts`` shortened to ``width``: first the upper steps, down to their numbers; then upper steps go."""
    if not texts:
        return []
    padding = 22 + metrics.horizontalAdvance(SEPARATOR)
    room = width - padding * len(texts)
    last = round(metrics.horizontalAdvance(texts[-1]) * BOLD)
    for_last = min(last, max(room * 2 // 5, room - sum(metrics.horizontalAdvance(text) for text in texts[:-1])))
    share = (room - for_last) // max(1, len(texts) - 1)
    if len(texts) > 1 and share < LEAST_TITLE:
        shortest = [text.split(" ", 1)[0] if text[:1].isdigit() else text for text in texts[:-1]]
        needed = sum(min(LEAST_TITLE, metrics.horizontalAdvance(text)) for text in shortest)
        if room - needed < LEAST_TITLE * 2 and len(texts) > 2:
            return _fit(texts[1:], metrics, width - padding)
        heads = [metrics.elidedText(text, Qt.TextElideMode.ElideRight, LEAST_TITLE) for text in shortest]
        left = room - sum(metrics.horizontalAdvance(text) for text in heads)
        return [*heads, metrics.elidedText(texts[-1], Qt.TextElideMode.ElideRight, round(left / BOLD))]
    heads = _share_out(texts[:-1], metrics, room - for_last)
    left = room - sum(metrics.horizontalAdvance(text) for text in heads)
    return [*heads, metrics.elidedText(texts[-1], Qt.TextElideMode.ElideRight, round(left / BOLD))]


def _share_out(texts: list[str], metrics: QFontMetrics, width: int) -> list[str]:
    """``texts`` within ``width``: short ones whole, the others cut to equal length."""
    widths = [metrics.horizontalAdvance(text) for text in texts]
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
    return [metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(limit, 1)) for text in texts]
