from PySide6.QtWidgets import QWidget

from player.session.undo import Deed, Did
from player.ui.brief_notice import BriefNotice
from player.ui.undo_words import undo_words


def test_words_show_within_their_parent_and_go_by_themselves(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(300, 400)
    parent.show()
    notice = BriefNotice(parent)
    notice.say("Undone: " + "a very long title " * 8)
    assert notice.isVisible()
    assert parent.rect().contains(notice.geometry())
    parent.resize(200, 300)
    assert parent.rect().contains(notice.geometry())
    notice._timer.timeout.emit()
    assert not notice.isVisible()


def test_there_are_words_for_every_deed(qapp):
    for did in Did:
        words = undo_words(Deed(did, "A title"))
        assert words.startswith("Undone: ")
        assert "{" not in words


def test_a_long_title_is_cut(qapp):
    assert len(undo_words(Deed(Did.RENAME, "x" * 500))) < 90
