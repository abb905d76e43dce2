"""The outline edited in the real window, by keys and by tools."""

from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from player.core.chapter import Chapter, ChapterList
from player.core.clock import exact_clock_text
from player.core.episode import OWN_SOURCE
from player.core.shape import Shape
from player.ui.edit_bar import EditBar
from player.ui.key_map import EDIT_KEYS
from player.ui.outline_delegate import OutlineDelegate
from tests.session.conftest import SEED_MS
from tests.ui.desk import Desk, buttons, settle
from tests.ui.test_paste_sheet import button, paste
from tests.ui.test_window import open_menu, press, trigger

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def editor(seed: Desk) -> Desk:
    """The seed's episode being edited, the keyboard on 2.1."""
    press(seed.window, "Ctrl+E")
    seed.select("2.1")
    settle()
    return seed


def bar(desk: Desk) -> EditBar:
    return desk.window.work.editor.bar


def click(desk: Desk, words: str) -> None:
    QTest.mouseClick(next(each for name, each in buttons(bar(desk)).items() if name.startswith(words)), LEFT)
    settle()


def type_in(desk: Desk, text: str, then: str = "Return") -> None:
    """Type into the field that has the keyboard."""
    field = desk.window.focusWidget()
    assert isinstance(field, QLineEdit)
    field.selectAll()
    QTest.keyClicks(field, text)
    press(field, then)
    settle()


def titles(desk: Desk) -> list[str]:
    return [section.title for section in desk.session.outline.sections]


# --- the mode ---


def test_ctrl_e_begins_and_ends_and_so_do_done_and_escape(seed: Desk):
    assert not bar(seed).isVisible()
    press(seed.window, "Ctrl+E")
    assert bar(seed).isVisible()
    QTest.mouseClick(bar(seed).done, LEFT)
    assert not bar(seed).isVisible()
    press(seed.window, "Ctrl+E")
    press(seed.outline, "Esc")
    assert not seed.editing.is_on


def test_escape_clears_the_filter_first(editor: Desk):
    editor.window.work.filter.setText("goal")
    press(editor.outline, "Esc")
    assert editor.editing.is_on
    assert editor.window.work.filter.text() == ""


def test_without_the_mode_its_keys_do_nothing(seed: Desk):
    seed.select("2.1")
    for key in EDIT_KEYS:
        press(seed.outline, key.keys[0])
    assert not seed.session.can_undo
    assert not seed.outline.outline_model.is_editable


def test_nothing_moves_by_itself_while_the_outline_is_edited(editor: Desk):
    shown = editor.shown_labels()
    editor.session.seek(editor.section("4.4.2").start_ms + 1_000)
    settle()
    assert editor.shown_labels() == shown
    assert editor.outline.selected_section() == editor.section("2.1")


def test_afterwards_the_playhead_is_followed_again(editor: Desk):
    press(editor.window, "Ctrl+E")
    editor.session.seek(editor.section("4.4.2").start_ms + 1_000)
    settle()
    assert "4.4.2" in editor.shown_labels()


def test_every_tool_tells_its_key_and_is_large_enough(editor: Desk):
    tools = buttons(bar(editor))
    assert len(tools) == 12
    for tool in tools.values():
        assert tool.height() >= 32
        assert tool.width() >= 32
        assert tool.accessibleName()
    assert "(F2)" in tools["Rename the section"].toolTip()
    assert "(Alt+Shift+Left)" in tools["One level up"].toolTip()


def test_what_cannot_be_done_is_not_offered(editor: Desk):
    editor.select("1")
    assert not buttons(bar(editor))["One level up"].isEnabled()
    editor.select("2.1")
    tools = buttons(bar(editor))
    assert tools["One level up"].isEnabled()
    assert not next(each for name, each in tools.items() if name.startswith("One level down")).isEnabled()
    assert not tools["Undo"].isEnabled()
    assert not tools["Undo all since editing began"].isEnabled()


@pytest.mark.parametrize("size", [(1100, 720), (420, 720), (360, 420)])
def test_all_tools_are_in_the_window_at_every_width(editor: Desk, size: tuple[int, int]):
    editor.show(*size)
    inside = editor.window.rect()
    for tool in (*buttons(bar(editor)).values(), bar(editor).start, bar(editor).done):
        top_left = tool.mapTo(editor.window, tool.rect().topLeft())
        bottom_right = tool.mapTo(editor.window, tool.rect().bottomRight())
        assert inside.contains(top_left)
        assert inside.contains(bottom_right), tool.accessibleName()


def test_in_a_narrow_window_editing_shows_the_outline(desk: Desk):
    desk.session.open(desk.put_seed())
    desk.show(420, 720)
    press(desk.window, "Ctrl+E")
    assert bar(desk).isVisible()


# --- renaming ---


def test_f2_renames_in_place(seed: Desk):
    seed.select("2.1")
    row = seed.section("2.1").row
    press(seed.outline, "F2")
    assert seed.editing.is_on
    type_in(seed, "2.1 Awareness K 3.1")
    assert seed.session.outline[row].title == "2.1 Awareness K 3.1"
    assert seed.outline.selected_section() == seed.session.outline[row]
    assert seed.outline.hasFocus()
    assert not seed.session.is_playing


def test_the_field_holds_the_whole_title_and_lies_over_it(seed: Desk):
    section = seed.select("2.2.2")
    press(seed.outline, "F2")
    field = seed.window.focusWidget()
    assert isinstance(field, QLineEdit)
    assert field.text() == section.title
    row = seed.outline.visualRect(seed.index("2.2.2"))
    assert row.contains(field.geometry())
    assert field.width() > row.width() // 2


def test_escape_leaves_the_title_as_it_was(seed: Desk):
    before = titles(seed)
    seed.select("2.1")
    press(seed.outline, "F2")
    type_in(seed, "Something else", "Esc")
    assert titles(seed) == before
    assert seed.outline.hasFocus()
    assert seed.editing.is_on


def test_the_arrows_in_the_field_do_not_leave_it(seed: Desk):
    seed.select("2.1")
    press(seed.outline, "F2")
    press(seed.window.focusWidget(), "Down")
    assert isinstance(seed.window.focusWidget(), QLineEdit)


def test_who_goes_elsewhere_keeps_the_title_and_is_left_there(seed: Desk):
    row = seed.select("2.1").row
    press(seed.outline, "F2")
    field = seed.window.focusWidget()
    assert isinstance(field, QLineEdit)
    QTest.keyClicks(field, "2.1 Kept")
    seed.window.work.filter.setFocus()
    settle()
    assert seed.session.outline[row].title == "2.1 Kept"
    assert seed.window.work.filter.hasFocus()


def test_an_empty_title_is_refused_in_words(seed: Desk):
    before = titles(seed)
    seed.select("2.1")
    press(seed.outline, "F2")
    type_in(seed, "  ")
    assert titles(seed) == before
    assert bar(seed).words == "A title cannot be empty."


def test_ctrl_z_in_the_field_is_the_field_s_own(editor: Desk):
    press(editor.outline, "Alt+Shift+Left")
    press(editor.outline, "F2")
    field = editor.window.focusWidget()
    QTest.keyClicks(field, "x")
    press(field, "Ctrl+Z")
    assert editor.session.can_undo


# --- boundaries ---


def test_the_time_of_the_selected_section_is_shown(editor: Desk):
    assert bar(editor).start.text() == exact_clock_text(editor.section("2.1").start_ms)
    editor.select("2.2")
    assert bar(editor).start.text() == exact_clock_text(editor.section("2.2").start_ms)


def test_a_time_is_typed(editor: Desk):
    row = editor.section("2.1").row
    press(editor.outline, "Ctrl+T")
    type_in(editor, "2:01:40.5")
    assert editor.session.outline[row].start_ms == 7_300_500
    assert bar(editor).start.text() == "2:01:40.5"
    assert editor.outline.hasFocus()


def test_a_bad_time_is_told_in_words_and_can_be_mended(editor: Desk):
    press(editor.outline, "Ctrl+T")
    type_in(editor, "soon")
    assert bar(editor).words.startswith("“soon” is no time.")
    assert bar(editor).start.hasFocus()
    press(bar(editor).start, "Esc")
    assert bar(editor).words == ""
    assert bar(editor).start.text() == exact_clock_text(editor.section("2.1").start_ms)


def test_a_section_begins_at_the_playhead(editor: Desk):
    section = editor.section("2.1")
    editor.session.seek(section.start_ms + 5_432)
    press(editor.outline, "Ctrl+H")
    assert editor.session.outline[section.row].start_ms == section.start_ms + 5_432


@pytest.mark.parametrize(("key", "by_ms"), [("<", -1_000), (",", -100), (".", 100), (">", 1_000)])
def test_a_boundary_is_nudged_by_keys_and_heard(editor: Desk, key: str, by_ms: int):
    section, place_ms = editor.section("2.1"), editor.session.place_ms
    press(editor.outline, key)
    assert editor.session.outline[section.row].start_ms == section.start_ms + by_ms
    editor.wait(500)
    assert editor.engine.position_ms > section.start_ms + by_ms
    editor.wait(3_000)
    assert editor.session.place_ms == place_ms
    assert not editor.session.heard


def test_tools_keep_the_keyboard_where_it_is(editor: Desk):
    click(editor, "Begin 1 second later")
    click(editor, "Begin 1 second later")
    assert editor.session.outline[editor.section("2.1").row].start_ms == 7_299_000
    assert editor.outline.hasFocus()


def test_single_keys_can_be_switched_off_and_the_tools_remain(editor: Desk):
    editor.window._switch_single_keys(False)
    press(editor.outline, ">")
    assert not editor.session.can_undo
    click(editor, "Begin 1 second later")
    assert editor.session.can_undo


# --- adding, deleting, levels ---


def test_a_section_is_added_at_the_playhead_and_named_at_once(editor: Desk):
    editor.session.seek(editor.section("4.4.2").start_ms + 20_000)
    press(editor.outline, "Ins")
    type_in(editor, "What I wanted to find again")
    added = editor.outline.selected_section()
    assert added is not None
    assert (added.title, added.start_ms, added.depth) == (
        "What I wanted to find again",
        editor.section("4.4.2").start_ms + 20_000,
        3,
    )


def test_a_filter_does_not_hide_what_was_added(editor: Desk):
    editor.window.work.filter.setText("goal")
    editor.session.seek(1_000)
    press(editor.outline, "Ins")
    type_in(editor, "Seen")
    assert editor.window.work.filter.text() == ""
    assert editor.outline.selected_section().title == "Seen"


def test_a_recording_without_chapters_is_cut_by_ear(desk: Desk):
    desk.session.open(desk.put("bare.m4b", marks=()))
    desk.show()
    press(desk.window, "Ctrl+E")
    assert desk.outline.isVisible()
    desk.session.seek(60_000)
    press(desk.outline, "Ins")
    type_in(desk, "First words")
    assert titles(desk) == ["First words"]
    press(desk.window, "Ctrl+E")
    assert desk.outline.isVisible()


def test_delete_takes_the_section_away_only_where_the_outline_has_the_keyboard(editor: Desk):
    editor.window.pane.focus_list()
    press(editor.window.focusWidget(), "Del")
    assert not editor.session.can_undo
    editor.select("2.1")
    press(editor.outline, "Del")
    assert len(editor.session.outline) == 118
    click(editor, "Delete the section")
    assert len(editor.session.outline) == 117


def test_levels_change_by_keys_and_the_section_stays_in_sight(editor: Desk):
    section = editor.select("2.2.2")
    press(editor.outline, "Alt+Shift+Left")
    assert editor.session.outline[section.row].depth == 2
    press(editor.outline, "Alt+Shift+Right")
    assert editor.session.outline[section.row].depth == 3
    row = editor.outline.visualRect(editor.outline.currentIndex())
    assert editor.outline.viewport().rect().contains(row.center())


def test_folds_and_scrolling_stay_through_an_edit(editor: Desk):
    for label in ("4", "4.4", "2.2"):
        editor.outline.setExpanded(editor.index(label), True)
    editor.select("4.4.2")
    shown, at = editor.shown_labels(), editor.outline.verticalScrollBar().value()
    press(editor.outline, ".")
    assert editor.shown_labels() == shown
    assert editor.outline.verticalScrollBar().value() == at


# --- undo ---


def test_undo_says_in_words_what_was_undone(editor: Desk):
    press(editor.outline, "Alt+Shift+Left")
    click(editor, "Undo")
    brief = editor.window.work.brief
    assert brief.isVisible()
    assert brief.text() == "Undone: “2.1 Situational awareness” one level up"
    assert editor.session.episode.chapters_from == "chpl"


def test_undo_all_is_undone_like_anything_else(editor: Desk):
    before = editor.session.outline
    press(editor.outline, "Alt+Shift+Left")
    press(editor.outline, "Del")
    edited = editor.session.outline
    click(editor, "Undo all")
    assert editor.session.outline == before
    press(editor.outline, "Ctrl+Z")
    assert editor.session.outline == edited
    assert editor.window.work.brief.text() == "Undone: your edits are back"


def test_ctrl_z_takes_a_paste_back(seed: Desk, qtbot):
    paste(seed, qtbot, "0:00 One\n1:00 Two\n2:00 Three\n")
    QTest.mouseClick(button(seed, "Use these chapters"), LEFT)
    settle()
    assert titles(seed) == ["One", "Two", "Three"]
    assert seed.window.work.brief.text() == "These chapters are used now. Ctrl+Z takes that back."
    press(seed.outline, "Ctrl+Z")
    assert len(titles(seed)) == 119
    assert seed.window.work.brief.text() == "Undone: the chapters that you gave"


# --- kept ---


def test_what_was_edited_is_there_in_the_next_window(editor: Desk):
    press(editor.outline, "Alt+Shift+Left")
    press(editor.outline, "F2")
    type_in(editor, "9.9 Not where its number says")
    left = [(section.title, section.depth, section.start_ms) for section in editor.session.outline.sections]
    episode = editor.session.episode.id
    editor.begin()
    editor.session.open(episode)
    editor.show()
    assert [(each.title, each.depth, each.start_ms) for each in editor.session.outline.sections] == left
    assert editor.session.episode.chapters_from == OWN_SOURCE
    assert editor.session.duration_ms == SEED_MS


def test_the_bar_is_read_by_a_screen_reader(editor: Desk):
    for part in (bar(editor), bar(editor).start):
        assert isinstance(part, QWidget)
        assert part.accessibleName()


def test_a_flat_list_says_why_its_levels_cannot_change(editor: Desk):
    editor.session.choosing.show_as(Shape.FLAT)
    editor.select("2.2")
    press(editor.outline, "Alt+Shift+Left")
    assert "flat list" in bar(editor).words


def test_a_bar_takes_little_height(editor: Desk):
    assert bar(editor).height() < 60
    editor.show(420, 720)
    assert bar(editor).height() < 100


def test_what_is_being_typed_stays_while_sound_plays(seed: Desk):
    seed.select("2.1")
    seed.session.seek(seed.section("2.1").start_ms)
    seed.session.play()
    press(seed.outline, "F2")
    field = seed.window.focusWidget()
    assert isinstance(field, QLineEdit)
    field.selectAll()
    QTest.keyClicks(field, "While it plays")
    seed.wait(5_000)
    settle()
    assert field.text() == "While it plays"
    assert field.isVisible()


# --- flat or tree, and chapters from where ---


def choose_in_menu(seed: Desk, title: str, choice: str) -> list[tuple[str, bool]]:
    """Choose in the menu of that title; what it held, and which of it was ticked."""
    menu = open_menu(seed, "More")
    inner = next(action.menu() for action in menu.actions() if action.text() == title)
    held = [(each.text(), each.isChecked()) for each in inner.actions()]
    trigger(inner, choice)
    menu.close()
    return held


def test_the_shape_is_chosen_in_the_menu_and_kept(seed: Desk):
    held = choose_in_menu(seed, "Show as", "flat list")
    assert held == [("as its numbers say", True), ("flat list", False), ("tree", False)]
    assert seed.session.outline.is_flat
    assert seed.library.episode(seed.session.episode.id).shape is Shape.FLAT
    press(seed.outline, "Ctrl+Z")
    assert not seed.session.outline.is_flat
    assert seed.window.work.brief.text() == "Undone: tree or flat list"


def test_a_list_of_ones_own_that_a_newer_one_took_the_place_of_is_chosen_in_the_menu(seed: Desk):
    episode = seed.session.episode
    older = ChapterList("own-2", (Chapter(0, "Mine"), Chapter(60_000, "Mine too")))
    seed.session.choosing.use_chapters((Chapter(0, "Newer"), Chapter(30_000, "Newer too")))
    seed.library.set_chapters(episode.id, episode.files[0].id, older).result(10)
    seed.session.read_again()
    held = choose_in_menu(seed, "Chapters from", "your own (2)")
    assert held == [("your own", True), ("Nero chapters", False), ("your own (2)", False)]
    assert [section.title for section in seed.session.outline.sections] == ["Mine", "Mine too"]
    press(seed.outline, "Ctrl+Z")
    assert [section.title for section in seed.session.outline.sections] == ["Newer", "Newer too"]


def test_editing_begins_from_the_menu_too(seed: Desk):
    trigger(open_menu(seed, "More"), "Edit outline")
    assert seed.editing.is_on


def test_a_title_is_chosen_whole_so_that_typing_replaces_it_also_while_sound_plays(seed: Desk):
    seed.select("2.1")
    seed.session.seek(seed.section("2.1").start_ms)
    seed.session.play()
    press(seed.outline, "F2")
    field = seed.window.focusWidget()
    assert isinstance(field, QLineEdit)
    seed.wait(2_000)
    settle()
    assert field.selectedText() == seed.section("2.1").title
    press(field, "Esc")
    press(seed.outline, "Ins")
    field = seed.window.focusWidget()
    assert isinstance(field, QLineEdit)
    assert field.selectedText() == "New section"


def test_the_field_of_a_title_leaves_the_heard_mark_whole(editor: Desk):
    press(editor.outline, "F2")
    field, section = editor.window.focusWidget(), editor.section("2.1")
    row = editor.outline.visualRect(editor.outline.outline_model.index_of(section.row))
    delegate = editor.outline.itemDelegate()
    assert isinstance(field, QLineEdit)
    assert isinstance(delegate, OutlineDelegate)
    mark = delegate.mark_rect(row, section, Qt.LayoutDirection.LeftToRight)
    assert field.geometry().left() > mark.right() + 2


def test_an_empty_outline_says_how_it_is_begun(editor: Desk):
    editor.session.choosing.use_chapters(())
    settle()
    assert bar(editor).words == "No sections yet. Listen, and press + where one begins."
    press(editor.outline, "Ins")
    assert bar(editor).words == ""


def test_the_tools_that_move_a_beginning_name_their_unit(editor: Desk):
    words = [button.text() for button in bar(editor).findChildren(QToolButton) if button.text()]
    assert len(words) == 4
    assert all(text.endswith(" s") for text in words)


@pytest.mark.parametrize("steps", [0, 3])
@pytest.mark.parametrize("width", [360, 420, 660, 1100])
def test_no_tool_covers_another_at_any_width_and_size_of_text(editor: Desk, width: int, steps: int):
    for _ in range(steps):
        editor.window.appearance.step_text_size(1)
    editor.show(width, 720)
    whole = bar(editor)
    parts = [whole.start, whole.done, *whole.findChildren(QToolButton)]
    areas = [QRect(part.mapTo(whole, QPoint(0, 0)), part.size()) for part in parts]
    assert not [pair for pair in combinations(areas, 2) if pair[0].intersects(pair[1])]
    assert all(whole.rect().contains(area) for area in areas)
    assert all(part.height() >= 32 and part.width() >= 32 for part in parts)


def test_words_of_two_lines_have_their_height(editor: Desk):
    editor.show(360, 420)
    bar(editor).say("“soon” is no time. " * 4)
    settle()
    assert bar(editor).height() >= bar(editor).heightForWidth(bar(editor).width())
