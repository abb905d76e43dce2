from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from player.ui.first_paint import FirstPaint


class Painted(QLabel):
    """Notes when it is painted."""

    def __init__(self, noted: list[str]) -> None:
        super().__init__("words")
        self.noted = noted

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        self.noted.append("painted")


def test_it_tells_once_and_after_all_that_lies_in_the_window_is_painted(qtbot: QtBot):
    window, noted = QWidget(), []
    qtbot.addWidget(window)
    QVBoxLayout(window).addWidget(Painted(noted))
    FirstPaint(window, patience_ms=60_000).done.connect(lambda: noted.append("told"))
    QTimer.singleShot(0, lambda: noted.append("loop"))
    window.show()
    qtbot.waitUntil(lambda: "told" in noted)
    assert noted.index("painted") < noted.index("told")
    window.repaint()
    qtbot.wait(10)
    assert noted.count("told") == 1


def test_a_window_that_is_not_painted_is_not_waited_for(qtbot: QtBot):
    window, told = QWidget(), []
    qtbot.addWidget(window)
    FirstPaint(window, patience_ms=1).done.connect(lambda: told.append(True))
    qtbot.waitUntil(lambda: bool(told))
