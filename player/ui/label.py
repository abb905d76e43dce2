"""Labels that know their size: larger than the text around them, or cut to the room they have."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QLabel, QSizePolicy, QWidget


def plain_tip(text: str) -> str:
    """``text`` for a tool tip. Qt takes what looks like mark-up for mark-up, and would load the pictures it names."""
    if "<" not in text:
        return text
    from html import escape

    return f"<p style='white-space: pre-wrap'>{escape(text)}</p>"


class ScaledLabel(QLabel):
    """Bold text, ``scale`` times as large as the listener's text size, also when that changes."""

    def __init__(self, text: str = "", scale: float = 1.35, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._scale = scale
        self._rescale()

    def _rescale(self) -> None:
        font = QApplication.font()
        font.setPointSizeF(font.pointSizeF() * self._scale)
        font.setBold(True)
        if font != self.font():
            self.setFont(font)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        # Under a style sheet the program's new font arrives with the style.
        if event.type() in (QEvent.Type.ApplicationFontChange, QEvent.Type.StyleChange):
            self._rescale()


def _paint_elided(label: QLabel) -> None:
    with QPainter(label) as painter:
        painter.setPen(label.palette().color(label.foregroundRole()))
        words = QFontMetrics(label.font()).elidedText(label.text(), Qt.TextElideMode.ElideRight, label.width())
        painter.drawText(label.rect(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)


def _tell_whole(label: QLabel) -> None:
    is_cut = QFontMetrics(label.font()).horizontalAdvance(label.text()) > label.width()
    label.setToolTip(plain_tip(label.text()) if is_cut else "")


class ElidedLabel(QLabel):
    """Text that gives way to its neighbours and ends in "…" rather than pushing them out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def paintEvent(self, event: QPaintEvent) -> None:
        _paint_elided(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        _tell_whole(self)


class TitleLabel(ScaledLabel):
    """A scaled label that is cut to the room it has."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def paintEvent(self, event: QPaintEvent) -> None:
        _paint_elided(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        _tell_whole(self)
