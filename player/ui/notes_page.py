"""The notes of the open episode: words of strangers that were sanitised when they were read.

Nothing is ever loaded for them: no pictures, no styles. A link to the web is opened in the browser by a click, and only
then; a time or a section is a way to that place.
"""

from PySide6.QtCore import QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QTextCursor
from PySide6.QtWidgets import QFrame, QStackedLayout, QTextBrowser, QVBoxLayout, QWidget

from player.core.clock import clock_text
from player.core.notes import PLACE, pieces
from player.ui.label import ElidedLabel
from player.ui.look import GRID, Look
from player.ui.welcome import EmptyPage

WEB = ("http", "https", "mailto")


class NotesPage(QWidget):
    """Shows notes, and asks for the places that they link to."""

    place_asked = Signal(int)  # milliseconds on the whole time line

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._html = ""
        self._rest: list[str] = []
        self.browser = _Browser()
        self.browser.setAccessibleName(self.tr("Notes"))
        self.browser.anchorClicked.connect(self._follow)
        self.browser.highlighted.connect(self._tell_target)
        self.target = ElidedLabel()
        self.target.setObjectName("dim")
        self.empty = _NoNotes(look)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._add_piece)
        read = QWidget()
        column = QVBoxLayout(read)
        column.setContentsMargins(0, 0, 0, GRID)
        column.setSpacing(GRID)
        column.addWidget(self.browser, 1)
        column.addWidget(self.target)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(read)
        self._pages.addWidget(self.empty)
        self.setFocusProxy(self.browser)
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        """Paint in another colour scheme."""
        self._look = look
        self.empty.set_look(look)
        self.browser.document().setDefaultStyleSheet(
            f"a {{ color: {look.accent}; }} p {{ margin: 4px 0; }} li {{ margin: 2px 0; }}"
            " h1, h2, h3, h4, h5, h6 { margin: 12px 0 4px 0; }"
            " h1, h2 { font-size: large; } h3, h4, h5, h6 { font-size: medium; }"  # beneath the title of the work
        )
        html, self._html = self._html, ""
        self.show_notes(html)

    def show_notes(self, html: str) -> None:
        """Show ``html``, which is sanitised and has places as links; the same again keeps the view as it is."""
        if html == self._html and html:
            return
        self._html = html
        self._rest = list(pieces(html))
        self.target.setText("")
        self._pages.setCurrentIndex(0 if html else 1)
        self.browser.setHtml(self._rest.pop(0) if self._rest else "")
        if self._rest:
            self._timer.start(0)

    @property
    def is_whole(self) -> bool:
        """Whether all of the notes stand there; long ones come in pieces, so that the window never waits."""
        return not self._rest

    def _add_piece(self) -> None:
        if self._rest:
            cursor = QTextCursor(self.browser.document())
            cursor.movePosition(QTextCursor.MoveOperation.End)
            cursor.insertBlock()
            cursor.insertHtml(self._rest.pop(0))
        if not self._rest:
            self._timer.stop()

    def _follow(self, url: QUrl) -> None:
        place = _place(url)
        if place is not None:
            self.place_asked.emit(place)
        elif url.scheme() in WEB:
            QDesktopServices.openUrl(url)

    def _tell_target(self, url: QUrl) -> None:
        place = _place(url)
        if place is not None:
            self.target.setText(self.tr("Go to {0}").format(clock_text(place)))
        elif url.isEmpty():
            self.target.setText("")
        else:
            self.target.setText(self.tr("Opens in the browser: {0}").format(url.toDisplayString()))


class _Browser(QTextBrowser):
    """Text with links that loads nothing and opens nothing by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setObjectName("notes")
        self.document().setIndentWidth(6 * GRID)

    def loadResource(self, type: int, name: QUrl | str) -> object:
        return None


class _NoNotes(EmptyPage):
    """Stands where an episode has no notes."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._title.setText(self.tr("No notes"))
        self._words.setText(self.tr("This recording says nothing about itself, and no text lies beside it."))


def _place(url: QUrl) -> int | None:
    """The milliseconds that a link of ours leads to; None for any other."""
    text = url.toString()
    digits = text.removeprefix(PLACE)
    return int(digits) if text.startswith(PLACE) and digits.isdecimal() and len(digits) < 16 else None
