from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from player import __version__
from player.ui.help import about_page, key_page
from player.ui.key_map import FOCUS_KEYS, KEYS


def words_on(page: QWidget) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.text()]


def test_every_key_is_on_the_page_of_keys(qtbot: QtBot):
    parent = QWidget()
    qtbot.addWidget(parent)
    words = words_on(key_page(parent))
    for key in KEYS:
        assert str(key.words) in words
        assert any(key.keys[0] in text.split(", ") for text in words)
    for keys, text in FOCUS_KEYS:
        assert keys in words
        assert str(text) in words


def test_media_keys_are_not_spelled_out(qtbot: QtBot):
    parent = QWidget()
    qtbot.addWidget(parent)
    assert not any("Media" in text for text in words_on(key_page(parent)))


def test_the_program_tells_its_version_licence_and_parts(qtbot: QtBot):
    parent = QWidget()
    qtbot.addWidget(parent)
    (words,) = words_on(about_page(parent))
    assert f"Outspoken {__version__}" in words
    for part in ("GNU General Public Licence", "no warranty", "Qt 6.", "mutagen", "FFmpeg", "Lucide"):
        assert part in words
    assert "?" not in words


def test_pages_block_nothing_and_close_with_escape(qtbot: QtBot):
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    for page in (key_page(parent), about_page(parent)):
        page.show()
        assert not page.isModal()
        qtbot.keyClick(page, Qt.Key.Key_Escape)
        assert not page.isVisible()


def test_all_words_are_plain_text(qtbot: QtBot):
    parent = QWidget()
    qtbot.addWidget(parent)
    for page in (key_page(parent), about_page(parent)):
        for label in page.findChildren(QLabel):
            assert label.textFormat() == Qt.TextFormat.PlainText or not label.text()
