import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QSplitter
from pytestqt.qtbot import QtBot

from player.core.coverage import Coverage
from tests.builders import SEED_PAGE
from tests.ui.desk import Desk, settle, texts

CTRL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton
TEXT = "0:00 1. Welcome\n1:00 1.1 Where she grew up\n3:00 2. The first book\n7:00 3. Questions\n"
NONSENSE = "Thank you for listening.\nSee you next week!"


@pytest.fixture
def bare(desk: Desk) -> Desk:
    """An episode without chapters is open."""
    desk.session.open(desk.put("bare.m4b", "An interview", (), 600_000))
    desk.show()
    return desk


def paste(desk: Desk, qtbot: QtBot, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    desk.outline.setFocus()
    qtbot.keyClick(desk.window, Qt.Key.Key_V, CTRL)
    qtbot.waitUntil(lambda: desk.tasks.is_idle)
    settle()


def button(desk: Desk, words: str) -> QPushButton:
    return next(each for each in desk.window.work.paste.findChildren(QPushButton) if each.text() == words)


def press(desk: Desk, qtbot: QtBot, words: str) -> None:
    qtbot.mouseClick(button(desk, words), LEFT)
    settle()


def preview_titles(desk: Desk) -> list[str]:
    return [each.title for each in desk.window.work.paste.preview.outline_model.outline.sections]


# --- the preview ---


def test_ctrl_v_opens_the_sheet_with_the_outline_that_the_text_makes(bare: Desk, qtbot: QtBot):
    paste(bare, qtbot, TEXT)
    sheet = bare.window.work.paste
    assert sheet.isVisible()
    assert sheet.text.toPlainText() == TEXT
    assert "4 chapters on 2 levels" in texts(sheet)
    assert preview_titles(bare) == ["1. Welcome", "1.1 Where she grew up", "2. The first book", "3. Questions"]
    assert bare.session.outline.sections == ()


def test_the_seeds_page_gives_119_chapters_on_five_levels_and_what_was_odd(seed: Desk, qtbot: QtBot):
    paste(seed, qtbot, SEED_PAGE.read_text(encoding="utf-8"))
    said = texts(seed.window.work.paste)
    assert "119 chapters on 5 levels" in said
    notices = next(text for text in said if "\n" in text).splitlines()
    assert "The list stands there twice: the second copy was dropped." in notices
    assert "4.4.3 plays before 4.4.2; both stay where they play." in notices
    assert "5 titles look cut: 2.2.4.3, 2.3.1.2.2, 4, 4.3.5, 4.4.2" in notices
    assert len(preview_titles(seed)) == 119


def test_the_preview_is_unfolded(bare: Desk, qtbot: QtBot):
    paste(bare, qtbot, TEXT)
    preview = bare.window.work.paste.preview
    assert preview.isExpanded(preview.outline_model.index_of(0))


def test_nonsense_is_said_to_be_no_list(bare: Desk, qtbot: QtBot):
    paste(bare, qtbot, NONSENSE)
    assert "No list of chapters with times was found in this text." in texts(bare.window.work.paste)
    assert not button(bare, "Use these chapters").isEnabled()
    assert preview_titles(bare) == []


def test_an_empty_clipboard_says_what_to_paste(bare: Desk, qtbot: QtBot):
    paste(bare, qtbot, "")
    assert any("Paste the lines of a page" in text for text in texts(bare.window.work.paste))
    assert not button(bare, "Use these chapters").isEnabled()


def test_typing_changes_the_preview(bare: Desk, qtbot: QtBot):
    paste(bare, qtbot, TEXT)
    field = bare.window.work.paste.text
    field.moveCursor(field.textCursor().MoveOperation.End)
    qtbot.keyClicks(field, "9:00 4. Goodbye")
    qtbot.waitUntil(lambda: len(preview_titles(bare)) == 5)
    assert "5 chapters on 2 levels" in texts(bare.window.work.paste)


def test_letters_typed_into_the_text_are_text(bare: Desk, qtbot: QtBot):
    paste(bare, qtbot, "")
    qtbot.keyClicks(bare.window.work.paste.text, "kjlmh 2")
    assert bare.window.work.paste.text.toPlainText() == "kjlmh 2"
    assert not bare.session.is_playing
    assert not bare.window.go_to.isVisible()


def test_one_oddity_too_many_is_counted(bare: Desk, qtbot: QtBot):
    lines = "\n".join(f"{at * 2 // 60}:{at * 2 % 60:02} {each} Section" for at, each in enumerate(disordered()))
    paste(bare, qtbot, lines)
    said = [text for text in texts(bare.window.work.paste) if "plays before" in text or "come after" in text]
    assert all(len(text.splitlines()) <= 9 for text in said)


def disordered() -> list[str]:
    return [f"{1 + at // 4}.{[1, 3, 2, 4][at % 4]}" for at in range(80)]


def test_markup_is_never_obeyed(bare: Desk, qtbot: QtBot):
    paste(bare, qtbot, "0:00 <b>One</b>\n1:00 <img src='http://example.com/x.png'>Two\n2:00 Three\n")
    assert preview_titles(bare) == ["One", "Two", "Three"]
    for label in bare.window.work.paste.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText or not label.text()


# --- the choice ---


def test_using_the_chapters_gives_the_episode_its_outline(bare: Desk, qtbot: QtBot):
    paste(bare, qtbot, TEXT)
    press(bare, qtbot, "Use these chapters")
    assert not bare.window.work.paste.isVisible()
    assert bare.outline.isVisible()
    assert bare.shown_labels() == ["1", "1.1", "2", "3"]
    assert bare.library.flush(5)
    assert len(bare.library.episode(bare.session.episode.id).chapters) == 4


def test_using_other_chapters_keeps_place_and_heard(seed: Desk, qtbot: QtBot):
    seed.session.play_section(seed.section("2.1"))
    seed.wait(10_000)
    seed.session.pause()
    place, heard = seed.session.place_ms, seed.session.heard
    paste(seed, qtbot, "0:00:00 The first part\n3:00:00 The second part\n5:00:00 The rest\n")
    press(seed, qtbot, "Use these chapters")
    assert seed.shown_labels() == ["The first part", "The second part", "The rest"]
    assert seed.session.place_ms == place
    assert seed.session.heard == heard != Coverage()
    assert seed.session.section.title == "The first part"


def test_the_files_own_chapters_come_back(seed: Desk, qtbot: QtBot):
    paste(seed, qtbot, TEXT)
    press(seed, qtbot, "Use these chapters")
    assert len(seed.session.outline) == 4
    paste(seed, qtbot, TEXT)
    press(seed, qtbot, "Restore the file’s own")
    assert len(seed.session.outline) == 119
    assert seed.window.work.outline.isVisible()
    assert seed.library.flush(5)
    assert seed.library.episode(seed.session.episode.id).chapters_from == "chpl"


def test_there_is_nothing_to_restore_before_something_was_pasted(seed: Desk, qtbot: QtBot):
    paste(seed, qtbot, TEXT)
    assert not button(seed, "Restore the file’s own").isVisible()


@pytest.mark.parametrize("way", ["button", "escape"])
def test_cancelling_changes_nothing(seed: Desk, qtbot: QtBot, way: str):
    before = seed.session.outline
    paste(seed, qtbot, TEXT)
    if way == "button":
        press(seed, qtbot, "Cancel")
    else:
        qtbot.keyClick(seed.window.work.paste.text, Qt.Key.Key_Escape)
        settle()
    assert not seed.window.work.paste.isVisible()
    assert seed.outline.isVisible()
    assert seed.session.outline is before


def test_pasted_chapters_are_there_after_a_restart(bare: Desk, qtbot: QtBot):
    paste(bare, qtbot, TEXT)
    press(bare, qtbot, "Use these chapters")
    episode_id = bare.session.episode.id
    bare.window.close()
    bare.crash()
    bare.session.open(episode_id)
    bare.show()
    assert bare.shown_labels() == ["1", "1.1", "2", "3"]


def test_without_an_episode_pasting_says_what_to_do(desk: Desk, qtbot: QtBot):
    desk.show()
    paste(desk, qtbot, TEXT)
    assert desk.window.work.banner.words == "Open an episode first; then paste its chapters onto it."
    assert not desk.window.work.paste.isVisible()


def test_a_narrow_window_puts_the_text_above_the_outline(seed: Desk, qtbot: QtBot):
    halves = seed.window.work.paste.findChildren(QSplitter)[0]
    assert halves.orientation() == Qt.Orientation.Horizontal
    seed.show(420, 720)
    assert halves.orientation() == Qt.Orientation.Vertical


def test_what_is_used_is_what_the_text_says_at_that_moment(bare: Desk, qtbot: QtBot):
    paste(bare, qtbot, TEXT)
    bare.window.work.paste.text.setPlainText(NONSENSE)
    use = button(bare, "Use these chapters")
    qtbot.waitUntil(lambda: preview_titles(bare) == [])
    assert not use.isEnabled()
