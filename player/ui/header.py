"""The head of the work pane: cover, title, what is known of the episode. Shows; the way back is asked for."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from player.core.clock import clock_text
from player.core.episode import Episode
from player.ui.icon import icon
from player.ui.label import ElidedLabel, TitleLabel
from player.ui.look import GRID, Look
from player.ui.work_tabs import WorkTabs

COVER = 48


class Header(QWidget):
    """Cover, title and one line of facts."""

    back_asked = Signal()
    menu_asked = Signal(QWidget)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._back = QToolButton()
        self._back.setAccessibleName(self.tr("Back to the library"))
        self._back.setToolTip(self._back.accessibleName())
        self._back.clicked.connect(self.back_asked)
        self._more = QToolButton()
        self._more.setAccessibleName(self.tr("More"))
        self._more.setToolTip(self.tr("More"))
        self._more.clicked.connect(lambda: self.menu_asked.emit(self._more))
        for button in (self._back, self._more):
            button.setMinimumSize(32, 32)
            button.setIconSize(QSize(20, 20))
        self._tabs: WorkTabs | None = None
        self._cover = QLabel()
        self._cover.hide()
        self._title = TitleLabel()
        self._facts = ElidedLabel()
        self._facts.setObjectName("dim")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._facts)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * GRID)
        row.addWidget(self._back)
        row.addWidget(self._cover)
        row.addLayout(words, 1)
        self._row = row
        row.addWidget(self._more, 0, Qt.AlignmentFlag.AlignTop)
        self.set_look(look)
        self.set_narrow(False)

    def set_look(self, look: Look) -> None:
        """Paint in another colour scheme."""
        self._back.setIcon(icon("arrow-left", look.text))
        self._more.setIcon(icon("ellipsis", look.text))

    def add_tabs(self, tabs: WorkTabs) -> None:
        """Put ``tabs`` before the menu."""
        self._tabs = tabs
        self._row.insertWidget(self._row.count() - 1, tabs, 0, Qt.AlignmentFlag.AlignTop)

    def set_narrow(self, is_narrow: bool) -> None:
        """The way back to the library is shown where it is another page."""
        self._back.setVisible(is_narrow)
        if self._tabs:
            self._tabs.set_narrow(is_narrow)

    def show_episode(self, episode: Episode, duration_ms: int | None, chapters: int, heard_ms: int) -> None:
        """Show the words for ``episode``."""
        facts = [episode.author] if episode.author else []
        if duration_ms:
            facts.append(clock_text(duration_ms))
            facts.append(self.tr("{0} % heard").format(min(100, round(100 * heard_ms / duration_ms))))
        if chapters:
            facts.append(self.tr("%n section(s)", "", chapters))
        self._title.setText(episode.title)
        self._facts.setText(" · ".join(facts))
        self._title.update()
        self._facts.update()

    def expect_picture(self, is_expected: bool) -> None:
        """Show no picture yet; keep room for one that is on its way."""
        self._cover.setPixmap(QPixmap())
        self._cover.setFixedSize(COVER, COVER)
        self._cover.setVisible(is_expected)

    def show_picture(self, image: QImage) -> None:
        """Show the picture; an empty one takes no room."""
        self._cover.setVisible(not image.isNull())
        if not image.isNull():
            self._cover.setPixmap(_rounded(image, round(COVER * self.devicePixelRatioF()), self.devicePixelRatioF()))


def _rounded(image: QImage, side: int, ratio: float) -> QPixmap:
    """``image`` as a square of ``side`` device pixels with round corners."""
    scaled = image.scaled(
        side, side, Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
    )
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(0, 0, side, side), side / 8, side / 8)
        painter.setClipPath(shape)
        painter.drawImage((side - scaled.width()) // 2, (side - scaled.height()) // 2, scaled)
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
