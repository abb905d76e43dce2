from collections.abc import Callable

import pytest
from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QLineEdit, QMenu, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from player.core.notice import Notice
from player.ui.key_map import EDIT_KEYS, KEYS
from player.ui.look import NARROW
from tests.ui.desk import Desk, buttons, settle, texts

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton
PLACE = "2.2.2.2.1"


def press(widget: QWidget, keys: str) -> None:
    """Press the keys that Qt calls ``keys``."""
    combination: QKeyCombination = QKeySequence(keys)[0]
    QTest.keyClick(widget, combination.key(), combination.keyboardModifiers())
    settle()


def visible_dialog(desk: Desk) -> QDialog | None:
    return next((page for page in desk.window.findChildren(QDialog) if page.isVisible()), None)


def open_menu(desk: Desk, name: str) -> QMenu:
    QTest.mouseClick(buttons(desk.window)[name], LEFT)
    settle()
    return next(menu for menu in desk.window.findChildren(QMenu) if menu.isVisible())


def trigger(menu: QMenu, words: str) -> None:
    next(action for action in menu.actions() if action.text() == words).trigger()
    menu.close()
    settle()


@pytest.fixture
def deep(seed: Desk) -> Desk:
    """Ten seconds into 2.2.2.2.1, silent, the outline has the keyboard."""
    seed.session.seek(seed.section(PLACE).start_ms + 10_000)
    settle()
    seed.outline.setFocus()
    return seed


# --- keys ---

START_MS = 9_319_000  # of 2.2.2.2.1
Check = Callable[[Desk], object]
DOES: dict[str, Check] = {
    "play_pause": lambda desk: desk.session.is_playing,
    "back": lambda desk: desk.session.place_ms == START_MS - 5_000,
    "forward": lambda desk: desk.session.place_ms == START_MS + 40_000,
    "back_little": lambda desk: desk.session.place_ms == START_MS + 5_000,
    "forward_little": lambda desk: desk.session.place_ms == START_MS + 15_000,
    "previous_section": lambda desk: desk.session.place_ms == START_MS,
    "next_section": lambda desk: desk.label == "2.2.2.2.2",
    "previous_sibling": lambda desk: desk.label == "2.2.2.2",
    "next_sibling": lambda desk: desk.label == "2.2.2.2.2",
    "enclosing_section": lambda desk: desk.label == "2.2.2.2",
    "slower": lambda desk: desk.session.speed == 0.9,
    "faster": lambda desk: desk.session.speed == 1.1,
    "louder": lambda desk: desk.engine.volume == pytest.approx(0.55),
    "quieter": lambda desk: desk.engine.volume == pytest.approx(0.45),
    "mute": lambda desk: desk.engine.is_muted,
    "history": lambda desk: desk.window.trail.history.isVisible(),
    "go_to": lambda desk: desk.window.go_to.isVisible(),
    "now_playing": lambda desk: desk.outline.selected_section().label == PLACE,
    "filter": lambda desk: desk.window.work.filter.hasFocus(),
    "search": lambda desk: desk.window.pane.search.hasFocus(),
    "paste": lambda desk: desk.window.work.paste.isVisible(),
    "keys": lambda desk: visible_dialog(desk) is not None,
    "library_pane": lambda desk: not desk.window.pane.isVisible(),
    "full_screen": lambda desk: desk.window.isFullScreen(),
    "quit": lambda desk: not desk.window.isVisible(),
    "edit_outline": lambda desk: desk.editing.is_on,
    "rename_section": lambda desk: isinstance(desk.window.focusWidget(), QLineEdit),
}
ELSEWHERE = {key.name for key in EDIT_KEYS} | {
    "normal_speed",
    "outline_tab",
    "notes_tab",
    "mark_heard",
    "undo",
    "open",
    "open_folder",
    "larger_text",
    "smaller_text",
    "trail_back",
    "trail_forward",
}


def test_every_key_of_the_map_is_tried_here():
    assert DOES.keys() | ELSEWHERE == {key.name for key in KEYS}


@pytest.mark.parametrize(
    ("name", "keys"),
    [(key.name, keys) for key in KEYS if key.name in DOES for keys in key.keys if not keys.startswith("Media")],
)
def test_a_key_does_its_work(deep: Desk, qtbot: QtBot, name: str, keys: str):
    deep.session.volume.set(0.5)
    deep.select("5")
    QGuiApplication.clipboard().setText("0:00 One\n1:00 Two\n")
    assert not DOES[name](deep), "it was so before"
    press(deep.outline, keys)
    assert DOES[name](deep)
    qtbot.waitUntil(lambda: deep.tasks.is_idle)


def test_the_equals_sign_is_normal_speed(deep: Desk):
    deep.session.set_speed(2.0)
    press(deep.outline, "=")
    assert deep.session.speed == 1.0


def test_h_marks_and_ctrl_z_takes_it_back(deep: Desk):
    deep.select("5")
    press(deep.outline, "H")
    assert deep.session.heard.total_ms == deep.section("5").whole_ms
    press(deep.window, "Ctrl+Z")
    assert not deep.session.heard


def test_h_marks_nothing_while_the_outline_has_not_the_keyboard(deep: Desk):
    deep.window.player.bar.setFocus()
    press(deep.window.player.bar, "H")
    assert not deep.session.heard


def test_ctrl_shift_o_opens_a_folder(deep: Desk, monkeypatch: pytest.MonkeyPatch):
    asked: list[str] = []
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *given: (asked.append(given[1]), "")[1])
    press(deep.outline, "Ctrl+Shift+O")
    assert asked == ["Open folder"]


def test_ctrl_o_opens_the_dialogue(deep: Desk, monkeypatch: pytest.MonkeyPatch):
    asked: list[str] = []
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *given: (asked.append(given[1]), ([], ""))[1])
    press(deep.outline, "Ctrl+O")
    assert asked == ["Open audio"]


@pytest.mark.parametrize("keys", ["Ctrl++", "Ctrl+="])
def test_text_is_made_larger_and_smaller(deep: Desk, keys: str):
    normal = QApplication.font().pointSizeF()
    press(deep.outline, keys)
    assert QApplication.font().pointSizeF() > normal
    press(deep.outline, "Ctrl+-")
    assert QApplication.font().pointSizeF() == pytest.approx(normal)


def test_the_speed_stops_at_its_ends(deep: Desk):
    for _ in range(20):
        press(deep.outline, "]")
    assert deep.session.speed == 4.0
    for _ in range(20):
        press(deep.outline, "[")
    assert deep.session.speed == 0.5


def test_space_plays_wherever_it_is_not_text(deep: Desk):
    press(deep.outline, "Space")
    assert deep.session.is_playing
    deep.window.player.bar.setFocus()
    press(deep.window.player.bar, "Space")
    assert not deep.session.is_playing
    deep.window.pane.focus_list()
    press(QApplication.focusWidget(), "Space")
    assert deep.session.is_playing


def test_arrows_skip_where_the_view_has_no_use_for_them(deep: Desk):
    deep.window.player.bar.setFocus()
    press(deep.window.player.bar, "Right")
    assert deep.session.place_ms == START_MS + 40_000
    press(deep.window.player.bar, "Left")
    assert deep.session.place_ms == START_MS + 25_000


def test_letters_work_wherever_the_keyboard_is(deep: Desk):
    for part in (deep.outline, deep.window.player.bar, buttons(deep.window)["Next section"]):
        part.setFocus()
        before = deep.session.is_playing
        press(part, "K")
        assert deep.session.is_playing is not before


def test_single_letters_can_be_switched_off_and_stay_off(deep: Desk):
    menu = open_menu(deep, "Menu")
    trigger(menu, "Single-letter keys")
    for key in KEYS:
        if key.is_single:
            press(deep.outline, key.keys[0])
    assert not deep.session.is_playing
    assert deep.session.place_ms == START_MS + 10_000
    assert (deep.session.speed, deep.engine.is_muted) == (1.0, False)
    press(deep.outline, "Ctrl+Right")
    assert deep.label == "2.2.2.2.2"
    deep.window.close()
    deep.begin()
    deep.show()
    press(deep.window, "M")
    assert not deep.engine.is_muted
    trigger(open_menu(deep, "Menu"), "Single-letter keys")
    press(deep.window, "M")
    assert deep.engine.is_muted


def test_tab_leads_through_library_filter_outline_and_bar(deep: Desk):
    window = deep.window
    window.pane.search.setFocus()
    order: list[QWidget] = []
    for _ in range(40):
        order.append(QApplication.focusWidget())
        window.focusNextChild()
    stations = [window.pane.search, window.work.filter, deep.outline, window.player.bar]
    places = [order.index(each) for each in stations]
    assert places == sorted(places)


# --- wide and narrow ---


def shown(desk: Desk) -> tuple[bool, bool]:
    return desk.window.pane.isVisible(), desk.window.work.isVisible()


@pytest.mark.parametrize(("width", "both"), [(NARROW, True), (NARROW - 1, False), (1100, True), (360, False)])
def test_two_panes_stand_side_by_side_from_640_pixels_on(seed: Desk, width: int, both: bool):
    assert NARROW == 640
    seed.show(width, 600)
    assert shown(seed) == (both, True)


def test_a_narrow_window_has_two_pages_and_a_way_back(seed: Desk, qtbot: QtBot):
    seed.show(420, 720)
    QTest.mouseClick(buttons(seed.window)["Back to the library"], LEFT)
    settle()
    assert shown(seed) == (True, False)
    seed.window.pane.episode_chosen.emit()
    settle()
    assert shown(seed) == (False, True)


def test_becoming_wide_again_shows_both(seed: Desk):
    seed.show(420, 720)
    seed.show(900, 720)
    assert shown(seed) == (True, True)
    assert "Back to the library" not in buttons(seed.window)


def test_a_narrow_window_without_an_episode_shows_the_library(desk: Desk):
    desk.put_seed()
    desk.list_again()
    desk.show(420, 720)
    assert shown(desk) == (True, False)


def test_an_empty_library_takes_no_room(desk: Desk):
    desk.show()
    assert shown(desk) == (False, True)


def test_the_narrow_menu_has_what_does_not_fit(seed: Desk):
    seed.show(420, 720)
    menu = open_menu(seed, "More")
    words = [action.text() for action in menu.actions()]
    assert "Speed" in words
    assert "Mute" in words
    menu.close()


@pytest.mark.parametrize("width", [360, 420, 639, 640, 800, 1100, 1900])
def test_nothing_is_pushed_out_of_the_window(deep: Desk, width: int):
    deep.show(width, 600)
    for button in deep.window.findChildren(QToolButton):
        if button.isVisible() and button.window() is deep.window:
            corner = button.mapTo(deep.window, button.rect().topLeft())
            assert corner.x() >= 0, button.accessibleName()
            assert corner.x() + button.width() <= width, button.accessibleName()
    assert deep.window.width() == width


@pytest.mark.parametrize("width", [360, 420, 640, 1100])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("steps", [0, 3])
def test_every_size_scheme_and_text_can_be_painted(deep: Desk, width: int, scheme: str, steps: int):
    deep.window.appearance.choose_scheme(scheme)
    deep.window.appearance.step_text_size(steps)
    deep.show(width, 560)
    assert not deep.window.grab().isNull()


def test_targets_are_large_enough(deep: Desk):
    for width in (420, 1100):
        deep.show(width, 720)
        for name, button in buttons(deep.window).items():
            assert button.height() >= 32, name


# --- the program ---


def test_the_title_names_the_episode(desk: Desk):
    assert desk.window.windowTitle() == "Outspoken"
    desk.session.open(desk.put_seed())
    assert desk.window.windowTitle() == "Scheming AIs — Outspoken"


def test_size_and_panes_are_remembered(seed: Desk):
    seed.show(900, 650)
    seed.window.close()
    seed.begin()
    assert (seed.window.width(), seed.window.height()) == (900, 650)


@pytest.mark.parametrize("size", [[], [1], ["a", "b"], [900, None], "900x650", [10, 10]])
def test_a_size_that_makes_no_sense_is_not_taken(desk: Desk, size: object):
    desk.library.set_setting("window_size", size)
    desk.begin()
    assert desk.window.width() >= 360
    assert desk.window.height() >= 420


@pytest.mark.parametrize("opened", [["x"], {"a": 1}, "row", [None, 3.5, -7], [10**12]])
def test_unfolded_branches_that_make_no_sense_are_not_taken(desk: Desk, opened: object):
    episode_id = desk.put_seed()
    desk.library.set_setting(f"opened/{episode_id}", opened)
    desk.session.open(episode_id)
    desk.show()
    assert len(desk.shown_labels()) == 8


def test_closing_the_window_tells_so(seed: Desk, qtbot: QtBot):
    with qtbot.waitSignal(seed.window.closing):
        seed.window.close()


def test_the_menu_of_the_program_leads_to_its_pages(seed: Desk):
    trigger(open_menu(seed, "Menu"), "About Outspoken")
    page = visible_dialog(seed)
    assert page.windowTitle() == "About Outspoken"
    page.close()
    settle()
    trigger(open_menu(seed, "Menu"), "All keys")
    assert visible_dialog(seed).windowTitle() == "Keys"


def test_pages_can_be_opened_and_closed_again_and_again(seed: Desk):
    for _ in range(5):
        seed.window.activateWindow()
        settle()
        press(seed.window, "F1")
        page = visible_dialog(seed)
        assert page is not None
        press(page, "Esc")
        assert visible_dialog(seed) is None


def test_what_concerns_the_whole_program_is_said_in_the_banner(seed: Desk):
    seed.window.say("Nothing can be saved at the moment.")
    assert seed.window.work.banner.words == "Nothing can be saved at the moment."
    seed.window.say("")
    assert not seed.window.work.banner.isVisible()


def test_what_the_session_tells_is_said(seed: Desk):
    seed.session.told.emit(Notice("sound-leapt", "The sound jumped by itself; it was set back to 1:00."))
    assert "jumped by itself" in seed.window.work.banner.words


def test_full_screen_ends_with_escape(seed: Desk):
    press(seed.window, "F11")
    assert seed.window.isFullScreen()
    seed.window.player.bar.setFocus()
    press(seed.window.player.bar, "Esc")
    assert not seed.window.isFullScreen()


HOSTILE = ["<b>bold</b> <img src='http://example.com/x.png'>", "\u202eturned", "W" * 1_000, "& && &amp; %n {0}"]


@pytest.mark.parametrize("title", HOSTILE)
def test_hostile_titles_are_plain_everywhere(desk: Desk, title: str):
    marks = [(0, title), (60_000, f"1. {title}"), (120_000, f"1.1 {title}"), (180_000, f"2. {title}")]
    desk.session.open(desk.put("hostile.m4b", title, marks, author=title))
    desk.show(420, 720)
    desk.session.seek(130_000)
    desk.window.say(f"“{title}” is not where it was.")
    settle()
    for label in desk.window.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText or "<" not in label.text(), label.text()
    assert desk.window.width() == 420
    assert title[:20] in texts(desk.window.work.header)[0]
    desk.window.grab()


def test_all_words_can_be_translated(seed: Desk, qapp: QApplication):
    """Every word on the window goes through tr(): a translator that marks all finds none unmarked."""
    from PySide6.QtCore import QTranslator

    class Marking(QTranslator):
        def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str:
            return f"‹{source}›"

        def isEmpty(self) -> bool:  # noqa: N802 - Qt's name
            return False

    marking = Marking()
    qapp.installTranslator(marking)
    try:
        episode_id = seed.session.episode.id
        seed.window.close()
        seed.begin()
        seed.session.open(episode_id)
        seed.show()
        said = [button.accessibleName() for button in seed.window.findChildren(QToolButton) if button.isVisible()]
        said += [action.text() for action in seed.window.actions() if action.text()]
        said.append(seed.window.work.filter.placeholderText())
        said.append(seed.window.pane.search.placeholderText())
        said += [seed.model.headerData(column, Qt.Orientation.Horizontal) for column in range(4)]
        said.append(seed.window.player.bar.accessibleDescription())
        assert [words for words in said if words and "‹" not in words] == []
    finally:
        qapp.removeTranslator(marking)
