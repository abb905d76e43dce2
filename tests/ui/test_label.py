import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QTextDocument
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from player.ui.label import ElidedLabel, ScaledLabel, TitleLabel, plain_tip
from player.ui.look import LIGHT, style_sheet
from tests.ui.desk import settle


def test_a_scaled_label_is_larger_than_the_text_around_it(qtbot: QtBot):
    label = ScaledLabel("Title", 1.5)
    qtbot.addWidget(label)
    assert label.font().pointSizeF() == pytest.approx(QApplication.font().pointSizeF() * 1.5)
    assert label.font().bold()


def test_a_scaled_label_follows_the_text_size_under_a_style_sheet(qtbot: QtBot):
    label = ScaledLabel("Title", 2)
    qtbot.addWidget(label)
    label.setStyleSheet(style_sheet(LIGHT))
    label.show()
    font = QFont(QApplication.font())
    font.setPointSizeF(14)
    QApplication.setFont(font)
    label.setStyleSheet(style_sheet(LIGHT))
    settle()
    assert label.font().pointSizeF() == pytest.approx(28)


@pytest.mark.parametrize("kind", [ElidedLabel, TitleLabel])
def test_a_cut_label_gives_way_and_tells_the_whole_in_its_tooltip(qtbot: QtBot, kind: type[QLabel]):
    label = kind()
    qtbot.addWidget(label)
    label.setText("A title that is rather long for the room it has been given")
    label.resize(80, 30)
    label.show()
    settle()
    assert label.minimumSizeHint().width() <= 80 or label.sizePolicy().horizontalPolicy().name == "Ignored"
    assert label.toolTip() == label.text()
    label.resize(1_000, 30)
    settle()
    assert label.toolTip() == ""


@pytest.mark.parametrize("kind", [ElidedLabel, TitleLabel, ScaledLabel])
def test_markup_is_text(qtbot: QtBot, kind: type[QLabel]):
    label = kind()
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText


@pytest.mark.parametrize("width", [0, 1, 20, 500])
def test_any_text_can_be_painted_in_any_room(qtbot: QtBot, width: int):
    label = ElidedLabel()
    qtbot.addWidget(label)
    for text in ("", "W" * 1_000, "\u202eturned", "two\nlines", "👩‍👩‍👧" * 40):
        label.setText(text)
        label.resize(width, 20)
        label.grab()


@pytest.mark.parametrize("text", ["<b>bold</b>", "a < b", "<img src='file:///etc/passwd'>", "two\nlines <i>", "plain"])
def test_a_tool_tip_shows_mark_up_as_it_is_written(text: str):
    document = QTextDocument()
    tip = plain_tip(text)
    document.setHtml(tip) if tip != text else document.setPlainText(tip)
    assert document.toPlainText() == text
    assert "<" not in text or tip != text
