import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from player.core.episode import Episode
from player.ui.header import Header
from player.ui.look import DARK, LIGHT
from tests.ui.desk import buttons, settle, texts


@pytest.fixture
def header(qtbot: QtBot) -> Header:
    header = Header(LIGHT)
    qtbot.addWidget(header)
    header.resize(800, 60)
    header.show()
    return header


def show(header: Header, title: str = "Scheming AIs", author: str | None = "Joe Carlsmith", **more: int | None) -> None:
    facts = {"duration_ms": 22_170_000, "chapters": 119, "heard_ms": 9_311_400, **more}
    header.show_episode(Episode(1, title, author, ()), facts["duration_ms"], facts["chapters"], facts["heard_ms"])
    settle()


def picture(width: int, height: int) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#cc2244"))
    return image


def cover_of(header: Header) -> QLabel:
    return next(label for label in header.findChildren(QLabel) if not label.text())


def test_title_and_facts_are_told(header: Header):
    show(header)
    assert texts(header) == ["Scheming AIs", "Joe Carlsmith · 6:09:30 · 42 % heard · 119 sections"]


def test_one_section_is_one_section(header: Header):
    show(header, chapters=1)
    assert "· 1 section" in texts(header)[1]


def test_what_is_not_known_is_left_out(header: Header):
    show(header, author=None, duration_ms=None, chapters=0)
    assert texts(header) == ["Scheming AIs"]


def test_no_more_than_all_can_be_heard(header: Header):
    show(header, heard_ms=99_000_000)
    assert "100 % heard" in texts(header)[1]


@pytest.mark.parametrize(
    "title",
    [
        "<b>bold</b><img src='http://example.com/x.png'>",
        "one\ntwo\r\nthree\tfour",
        "\u202eright to left\u202c and back",
        "W" * 1_000,
        "&amp; && %n {0}",
        "👩‍👩‍👧‍👦 " * 200,
    ],
)
@pytest.mark.parametrize("width", [260, 800])
def test_hostile_titles_are_plain_text_that_pushes_nothing_out(header: Header, title: str, width: int):
    header.resize(width, header.height())
    show(header, title, author=title)
    assert header.minimumSizeHint().width() <= 260
    assert header.width() == width
    for label in [each for each in header.findChildren(QLabel) if each.isVisible()]:
        assert label.textFormat() == Qt.TextFormat.PlainText or not label.text()
        assert label.geometry().right() <= width
    for button in buttons(header).values():
        assert header.rect().contains(button.geometry())
    header.grab()


def test_a_cover_is_shown_as_a_square(header: Header):
    header.show_picture(picture(600, 300))
    assert cover_of(header).isVisible()
    shown = cover_of(header).pixmap()
    assert shown.width() == shown.height() == 48 * header.devicePixelRatioF()
    assert shown.toImage().pixelColor(24, 24) == QColor("#cc2244")
    assert shown.toImage().pixelColor(0, 0).alpha() == 0


def test_room_is_kept_for_a_cover_that_is_on_its_way_and_given_back_when_none_comes(header: Header):
    header.show_picture(picture(100, 100))
    header.expect_picture(True)
    assert cover_of(header).isVisible()
    assert cover_of(header).pixmap().isNull()
    assert (cover_of(header).width(), cover_of(header).height()) == (48, 48)
    header.show_picture(QImage())
    assert not cover_of(header).isVisible()
    header.expect_picture(False)
    assert not cover_of(header).isVisible()


def test_the_way_back_is_there_in_a_narrow_window_only(header: Header, qtbot: QtBot):
    assert "Back to the library" not in buttons(header)
    header.set_narrow(True)
    with qtbot.waitSignal(header.back_asked):
        qtbot.mouseClick(buttons(header)["Back to the library"], Qt.MouseButton.LeftButton)
    header.set_narrow(False)
    assert "Back to the library" not in buttons(header)


def test_more_asks_for_a_menu(header: Header, qtbot: QtBot):
    with qtbot.waitSignal(header.menu_asked):
        qtbot.mouseClick(buttons(header)["More"], Qt.MouseButton.LeftButton)


def test_targets_are_large_enough(header: Header):
    header.set_narrow(True)
    for button in buttons(header).values():
        assert min(button.width(), button.height()) >= 32


def test_it_can_be_painted_in_both_schemes(header: Header):
    show(header)
    light = header.grab().toImage()
    header.set_look(DARK)
    assert header.grab().toImage() != light
