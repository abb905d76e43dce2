from pathlib import Path

import pytest

from player.core import edit
from player.core.chapter import Chapter, ChapterList
from player.core.edit import Chapters
from player.core.episode import OWN_SOURCE
from player.core.reading import Reading
from player.core.shape import Shape
from player.library import intake
from player.session.editing import Editing
from player.session.undo import Deed, Did
from tests.library.shelf import file_of, put_second_file
from tests.session.conftest import SEED_MS, Listener


class Editor:
    """Somebody who edits: what was said, and which row was shown."""

    def __init__(self, listener: Listener) -> None:
        self.listener = listener
        self.session = listener.session
        self.editing = Editing(listener.session)
        self.rows: list[int] = []
        self.said: list[str] = []
        self.modes: list[bool] = []
        self.editing.edited.connect(self.rows.append)
        self.editing.said.connect(self.said.append)
        self.editing.mode_changed.connect(self.modes.append)

    def row(self, label: str) -> int:
        return self.listener.section(label).row

    @property
    def chapters(self) -> Chapters:
        return edit.editable(self.session.outline)


@pytest.fixture
def editor(listener: Listener, report: int) -> Editor:
    return Editor(listener)


def on_disk(listener: Listener, episode: int) -> Chapters:
    """What a program that starts now would show."""
    assert listener.library.flush(5)
    listener.begin()
    listener.session.open(episode)
    return edit.editable(listener.session.outline)


# --- operations are kept ---


def test_a_renamed_section_keeps_its_place_and_every_other_stays(editor: Editor, report: int):
    before, row = editor.chapters, editor.row("2.2.1")
    editor.editing.rename(row, "A new name")
    assert editor.chapters == edit.rename(before, row, "A new name").chapters
    assert editor.rows == [row]
    assert editor.session.episode is not None
    assert editor.session.episode.chapters_from == OWN_SOURCE
    assert on_disk(editor.listener, report) == editor.chapters


def test_an_edited_tree_is_exactly_as_it_was_left_whatever_numbers_its_titles_hold(editor: Editor, report: int):
    row = editor.row("2.2.1")
    editor.editing.rename(row, "9.9.9 Elsewhere")
    editor.editing.outdent(row)
    editor.editing.indent(editor.row("5"))
    editor.editing.add(21_000_000, "1.1 In the wrong place")
    editor.editing.delete(editor.row("3"))
    left = editor.chapters
    assert len(left) == 119
    assert on_disk(editor.listener, report) == left


def test_a_flat_edit_stays_flat_though_its_titles_are_numbered(editor: Editor, report: int):
    editor.session.choosing.use_chapters(tuple(Chapter(at * 1000, f"1.{at}", depth=1) for at in range(20)))
    assert editor.session.outline.is_flat
    assert all(chapter.depth == 1 for chapter in on_disk(editor.listener, report))


@pytest.mark.parametrize("name", ["rename", "set_start", "add", "delete", "indent", "outdent"])
def test_each_edit_survives_a_kill_at_once(editor: Editor, report: int, name: str):
    row = editor.row("2.2.2.2.1")
    match name:
        case "rename":
            editor.editing.rename(row, "Renamed")
        case "set_start":
            editor.editing.set_start(row, editor.chapters[row].start_ms + 1_234)
        case "add":
            editor.editing.add(editor.chapters[row].start_ms + 1_234, "Added")
        case "delete":
            editor.editing.delete(row)
        case "indent":
            editor.editing.indent(editor.row("2.2.2"))
        case "outdent":
            editor.editing.outdent(row)
    left = editor.chapters
    editor.listener.crash()
    editor.listener.session.open(report)
    assert edit.editable(editor.listener.session.outline) == left


def test_a_boundary_is_set_within_its_neighbours_only(editor: Editor):
    row = editor.row("2.1")
    first, last = edit.room(editor.chapters, row, SEED_MS)
    editor.editing.set_start(row, last + 1)
    assert "can begin between" in editor.said[0]
    assert editor.rows == []
    editor.editing.set_start(row, first + 1_000)
    assert editor.chapters[row].start_ms == first + 1_000


@pytest.mark.parametrize("text", ["", "soon", "1:99"])
def test_a_bad_time_is_told_in_words(editor: Editor, text: str):
    editor.editing.type_start(3, text)
    assert editor.said[0].endswith("1:23:45 or 1:23:45.5.")
    assert editor.rows == []


def test_a_time_is_typed(editor: Editor):
    row = editor.row("2.1")
    editor.editing.type_start(row, "2:01:37.5")
    assert editor.chapters[row].start_ms == 7_297_500


def test_what_cannot_be_done_is_said_and_changes_nothing(editor: Editor):
    before = editor.session.outline
    editor.editing.rename(0, "  ")
    editor.editing.indent(0)
    editor.editing.outdent(0)
    editor.editing.add(SEED_MS + 1, "Late")
    editor.editing.add(0, "Twice")
    assert len(editor.said) == 5
    assert editor.session.outline is before
    assert not editor.session.undo()


def test_a_recording_without_chapters_gets_its_first_one(listener: Listener):
    episode = listener.add("bare.m4b", chapters=False)
    listener.session.open(episode)
    editor = Editor(listener)
    editor.editing.add(60_000, "First")
    editor.editing.add(90_000, "Second")
    assert [chapter.title for chapter in on_disk(listener, episode)] == ["First", "Second"]


def test_all_sections_can_be_deleted(editor: Editor, report: int):
    editor.session.choosing.use_chapters((Chapter(0, "Only", depth=1),))
    editor.editing.delete(0)
    assert editor.rows == [-1]
    assert on_disk(editor.listener, report) == ()


def test_levels_are_changed_only_where_they_are_shown(editor: Editor):
    tree = editor.chapters
    editor.session.choosing.show_as(Shape.FLAT)
    editor.editing.outdent(editor.row("2.1"))
    assert "flat list" in editor.said[0]
    editor.editing.rename(editor.row("2.1"), "2.1 Renamed")
    assert editor.session.outline.is_flat
    editor.session.choosing.show_as(Shape.AUTO)
    assert [chapter.depth for chapter in editor.chapters] == [chapter.depth for chapter in tree]


def test_editing_another_source_says_that_the_earlier_edit_is_replaced(editor: Editor):
    editor.editing.rename(0, "First edit")
    editor.session.choosing.use_source("chpl")
    editor.editing.rename(1, "Second edit")
    assert "replaced" in editor.said[0]
    editor.session.undo()
    editor.session.undo()
    assert editor.chapters[0].title == "First edit"


# --- several files ---


def test_a_book_of_several_files_is_edited_as_one(listener: Listener):
    path = listener.folder / "one.m4b"
    path.write_bytes(b"one")
    marks = (Chapter(0, "1. One"), Chapter(30_000, "1.1 Inner"))
    reading = Reading("Book", container="m4b", duration_ms=60_000, chapter_lists=(ChapterList("chpl", marks),))
    episode = intake.add(listener.library, str(path), reading, 1)
    assert listener.library.flush(5)
    put_second_file(listener.folder / "data", episode, str(listener.folder / "two.m4b"), 60_000, "m4b")
    listener.session.open(episode)
    editor = Editor(listener)
    editor.editing.add(90_000, "In the second file")
    editor.editing.indent(4)
    editor.editing.outdent(2)
    editor.editing.indent(2)
    editor.editing.set_start(4, 61_500)
    assert [(each.start_ms, each.title, each.depth) for each in on_disk(listener, episode)] == [
        (0, "Book", 1),
        (0, "1. One", 2),
        (30_000, "1.1 Inner", 3),
        (60_000, "two", 1),
        (61_500, "In the second file", 2),
    ]
    second = file_of(listener.library, episode, 1)
    assert listener.library.episode(episode).files[1].id == second
    own = listener.library.episode(episode).files[1].chapters(OWN_SOURCE)
    assert own is not None
    assert own.chapters == (Chapter(0, "two", depth=1), Chapter(1_500, "In the second file", depth=2))


def test_a_boundary_in_another_file_is_heard_there_and_playing_goes_on_where_it_was(listener: Listener):
    path = listener.folder / "one.m4b"
    path.write_bytes(b"one")
    (listener.folder / "two.m4b").write_bytes(b"two")
    episode = intake.add(listener.library, str(path), Reading("Book", container="m4b", duration_ms=60_000), 1)
    assert listener.library.flush(5)
    put_second_file(listener.folder / "data", episode, str(listener.folder / "two.m4b"), 60_000, "m4b")
    listener.session.open(episode)
    editor = Editor(listener)
    editor.editing.add(90_000, "In the second file")
    listener.session.seek(20_000)
    listener.session.play()
    listener.wait(5_000)
    place_ms, heard = listener.session.place_ms, listener.session.heard
    editor.editing.nudge(2, 500)
    listener.wait(4_000)
    source = listener.engine.source
    assert source is not None
    assert source.path.endswith("two.m4b")
    assert 32_000 < listener.engine.position_ms < 33_000
    assert (listener.session.place_ms, listener.saved(episode)) == (place_ms, place_ms)
    assert listener.session.heard.spans[0][0] == heard.spans[0][0]
    listener.session.play()
    listener.wait(3_000)
    source = listener.engine.source
    assert source is not None
    assert source.path.endswith("one.m4b")
    assert len(listener.session.heard.spans) == 1


# --- undo ---


def test_edits_are_undone_one_by_one(editor: Editor):
    states = [editor.session.outline]
    editor.editing.rename(3, "One")
    states.append(editor.session.outline)
    editor.editing.delete(5)
    states.append(editor.session.outline)
    editor.editing.indent(editor.row("2.2.2"))
    while states:
        editor.session.undo()
        assert editor.session.outline == states.pop()
    assert editor.session.episode is not None
    assert editor.session.episode.chapters_from == "chpl"


def test_undo_all_goes_back_to_when_editing_began_and_can_be_undone(editor: Editor, report: int):
    editor.editing.rename(0, "Before the mode")
    before = editor.session.episode
    editor.editing.begin()
    assert not editor.editing.is_changed
    editor.editing.rename(3, "One")
    editor.editing.delete(5)
    edited = editor.session.outline
    assert editor.editing.is_changed
    editor.editing.undo_all()
    assert editor.session.episode == before
    assert not editor.editing.is_changed
    editor.session.undo()
    assert editor.session.outline == edited
    assert on_disk(editor.listener, report) == edit.editable(edited)


def test_undo_all_gives_the_file_s_own_source_back(editor: Editor, report: int):
    before = editor.session.outline
    editor.editing.begin()
    editor.editing.rename(0, "Mine")
    editor.editing.undo_all()
    assert editor.session.outline == before
    assert editor.listener.library.episode(report).chapter_sources == ("chpl",)


def test_another_episode_ends_editing(editor: Editor):
    editor.editing.begin()
    editor.editing.begin()
    editor.session.open(editor.listener.add("other.m4b"))
    assert editor.modes == [True, False]
    editor.editing.undo_all()
    assert not editor.session.undo()


def test_without_an_episode_there_is_nothing_to_edit(listener: Listener):
    editing = Editing(listener.session)
    editing.begin()
    assert not editing.is_on
    assert editing.chapters == ()


def test_deeds_carry_the_title_of_what_they_were_done_to(editor: Editor):
    undone: list[Deed] = []
    editor.session.undone.connect(undone.append)
    title = editor.chapters[3].title
    editor.editing.delete(3)
    editor.session.undo()
    assert undone == [Deed(Did.DELETE, title)]


# --- nudging with sound ---


def test_a_nudge_moves_the_boundary_and_lets_it_be_heard(editor: Editor, report: int):
    listener, session = editor.listener, editor.session
    session.seek(600_000)
    row = editor.row("2.1")
    start_ms = editor.chapters[row].start_ms
    editor.editing.nudge(row, 100)
    assert editor.chapters[row].start_ms == start_ms + 100
    listener.wait(500)
    assert listener.engine.position_ms > start_ms + 100
    listener.wait(5_000)
    assert listener.engine.position_ms < start_ms + 3_000
    assert session.place_ms == listener.saved(report) == 600_000
    assert session.heard.total_ms == 0
    assert not session.is_playing


def test_several_nudges_sound_one_after_the_other_without_loading_again(editor: Editor):
    row = editor.row("2.1")
    for _ in range(4):
        editor.editing.nudge(row, -1_000)
        editor.listener.wait(300)
    commands = [command[0] for command in editor.listener.engine.commands]
    assert commands.count("load") == 1
    assert commands.count("seek") == 3


def test_a_nudge_while_playing_keeps_the_place_and_playing_goes_on_from_there(editor: Editor, report: int):
    listener, session = editor.listener, editor.session
    session.seek(600_000)
    session.play()
    listener.wait(10_000)
    place_ms = session.place_ms
    editor.editing.nudge(editor.row("2.1"), 1_000)
    listener.wait(1_000)
    heard_ms = session.heard.total_ms
    assert session.place_ms == listener.saved(report) == place_ms
    session.play()
    listener.wait(4_000)
    assert place_ms - 2_000 <= session.place_ms <= place_ms + 4_000
    assert session.heard.total_ms <= heard_ms + 4_000


def test_play_pause_during_a_nudge_is_silence(editor: Editor):
    editor.editing.nudge(editor.row("2.1"), 1_000)
    editor.listener.wait(300)
    editor.session.toggle_play()
    position_ms = editor.listener.engine.position_ms
    editor.listener.wait(1_000)
    assert editor.listener.engine.position_ms == position_ms
    assert not editor.session.is_playing


def test_a_kill_during_a_nudge_leaves_place_and_heard(editor: Editor, report: int):
    editor.session.seek(600_000)
    editor.editing.nudge(editor.row("2.1"), 1_000)
    editor.listener.wait(500)
    editor.listener.crash()
    assert editor.listener.saved(report) == 600_000
    assert editor.listener.library.episode(report).heard.total_ms == 0


def test_a_nudge_stops_at_the_neighbour_and_says_so(editor: Editor):
    row = editor.row("2.1")
    first, _ = edit.room(editor.chapters, row, SEED_MS)
    editor.editing.nudge(row, -10 * SEED_MS)
    assert editor.chapters[row].start_ms == first
    editor.editing.nudge(row, -1_000)
    assert "cannot go further" in editor.said[0]


def test_sound_that_cannot_be_played_is_told_and_the_boundary_still_moves(editor: Editor):
    row = editor.row("2.1")
    Path(editor.session.episode.files[0].path).unlink()  # type: ignore[union-attr]
    editor.editing.nudge(row, 1_000)
    assert [notice.code for notice in editor.listener.told] == ["file-missing"]
    assert editor.rows == [row]
