import shutil
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from tests import builders
from tests.library.shelf import file_of
from tests.ui.desk import Desk, settle

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(scope="session")
def recordings(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Short recordings, some of them broken, each made when first asked for."""
    folder = tmp_path_factory.mktemp("recordings")
    chapters = [(0, "1. Start"), (4_000, "1.1 Detail"), (8_000, "2. End")]

    def made(name: str) -> Path:
        path = folder / name
        if path.exists():
            return path
        if name == "talk.mp3":
            builders.make_audio(path, 12)
            builders.write_id3_tags(path, title="A talk")
            builders.write_id3_chapters(path, chapters, 12_000)
        elif name == "cut.mp3":
            whole = made("talk.mp3").read_bytes()
            path.write_bytes(whole[: len(whole) * 2 // 3])
        elif name == "empty.mp3":
            path.write_bytes(b"")
        elif name == "words.mp3":
            path.write_text("These are words, and no sound at all.\n" * 200)
        elif name == "cut.m4b":
            whole = builders.make_audio(folder / "whole.m4b", 6).read_bytes()
            path.write_bytes(whole[:900])
        else:
            builders.make_audio(path, 6)
        return path

    return made


@pytest.fixture
def copy(recordings: Callable[[str], Path], tmp_path: Path) -> Callable[[str], Path]:
    def copied(name: str) -> Path:
        return Path(shutil.copy(recordings(name), tmp_path / name))

    return copied


def wait(desk: Desk, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: desk.tasks.is_idle)
    settle()


def open_files(desk: Desk, qtbot: QtBot, *paths: Path) -> None:
    desk.window.opening.open_paths([str(path) for path in paths])
    wait(desk, qtbot)


def drop(desk: Desk, data: QMimeData) -> bool:
    """Drag over the window and let go; whether the window wanted it."""
    asked = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    with warnings.catch_warnings():
        # From Qt 6.12 on whole pixels are deprecated; before it nothing else is taken.
        warnings.simplefilter("ignore", DeprecationWarning)
        entered = QDragEnterEvent(QPointF(200, 200).toPoint(), *asked)
    QApplication.sendEvent(desk.window, entered)
    if entered.isAccepted():
        QApplication.sendEvent(desk.window, QDropEvent(QPointF(200, 200), *asked))
    return entered.isAccepted()


def files(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def test_an_opened_file_is_added_and_plays(desk: Desk, qtbot: QtBot, copy):
    desk.show()
    open_files(desk, qtbot, copy("talk.mp3"))
    assert desk.session.episode.title == "A talk"
    assert desk.session.is_playing
    assert desk.shown_labels() == ["1", "1.1", "2"]
    assert desk.window.player.isVisible()
    assert not desk.window.work.welcome.isVisible()


def test_an_opened_file_goes_on_where_it_was_left(desk: Desk, qtbot: QtBot, copy):
    path = copy("talk.mp3")
    open_files(desk, qtbot, path)
    desk.session.seek(9_000)
    desk.session.pause()
    desk.session.close()
    open_files(desk, qtbot, path)
    assert desk.session.place_ms >= 7_000
    assert desk.label == "2"
    assert len(desk.library.episodes()) == 1


def test_opening_the_file_that_is_open_goes_on_playing(desk: Desk, qtbot: QtBot, copy):
    path = copy("talk.mp3")
    open_files(desk, qtbot, path)
    desk.wait(3_000)
    before = desk.session.place_ms
    open_files(desk, qtbot, path)
    assert desk.session.is_playing
    assert desk.session.place_ms == before


def test_several_files_are_all_added_and_the_first_is_opened(desk: Desk, qtbot: QtBot, copy):
    open_files(desk, qtbot, copy("talk.mp3"), copy("plain.opus"), copy("plain.m4b"))
    assert len(desk.library.episodes()) == 3
    assert desk.session.episode.title == "A talk"


def test_a_dropped_file_is_opened(desk: Desk, qtbot: QtBot, copy):
    desk.show()
    assert drop(desk, files(copy("talk.mp3")))
    wait(desk, qtbot)
    assert desk.session.episode.title == "A talk"


def test_a_pasted_file_is_opened(desk: Desk, qtbot: QtBot, copy):
    desk.show()
    QGuiApplication.clipboard().setMimeData(files(copy("plain.opus")))
    qtbot.keyClick(desk.window, Qt.Key.Key_V, CTRL)
    wait(desk, qtbot)
    assert desk.session.episode.title == "plain"


def test_dropped_text_is_looked_through_for_chapters(seed: Desk, qtbot: QtBot):
    data = QMimeData()
    data.setText("0:00 One\n1:00 Two\n2:00 Three\n")
    assert drop(seed, data)
    wait(seed, qtbot)
    assert seed.window.work.paste.isVisible()


def test_text_cannot_be_dropped_where_there_is_no_episode(desk: Desk):
    desk.show()
    data = QMimeData()
    data.setText("0:00 One")
    assert not drop(desk, data)


def test_a_link_is_no_local_file_and_is_not_fetched(desk: Desk):
    desk.show()
    data = QMimeData()
    data.setUrls([QUrl("https://example.com/talk.mp3")])
    assert not drop(desk, data)


def test_the_dialogue_opens_what_was_chosen_and_remembers_the_folder(
    desk: Desk, qtbot: QtBot, copy, monkeypatch: pytest.MonkeyPatch
):
    path = copy("talk.mp3")
    asked: list[str] = []

    def choose(parent: object, title: str, folder: str, kinds: str) -> tuple[list[str], str]:
        asked.extend((folder, kinds))
        return [str(path)], ""

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", choose)  # the dialogue is the system's
    desk.show()
    qtbot.keyClick(desk.window, Qt.Key.Key_O, CTRL)
    wait(desk, qtbot)
    assert desk.session.episode.title == "A talk"
    assert "*.mp3" in asked[1]
    assert "*.opus" in asked[1]
    desk.window.opening.choose_files()
    assert asked[2] == str(path.parent)


def test_a_dialogue_that_is_left_changes_nothing(seed: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([], ""))
    qtbot.keyClick(seed.window, Qt.Key.Key_O, CTRL)
    wait(seed, qtbot)
    assert len(seed.library.episodes()) == 1


def test_the_tour_is_added_and_plays(desk: Desk, qtbot: QtBot):
    desk.show()
    desk.window.opening.take_tour()
    wait(desk, qtbot)
    assert desk.session.is_playing
    assert len(desk.session.outline) > 5
    assert max(section.depth for section in desk.session.outline.sections) >= 3


# --- what cannot be opened ---


@pytest.mark.parametrize("name", ["empty.mp3", "words.mp3"])
def test_a_bad_file_is_said_in_a_sentence_and_nothing_is_lost(seed: Desk, qtbot: QtBot, copy, name: str):
    seed.session.seek(seed.section("2.1").start_ms)
    place = seed.session.place_ms
    path = copy(name)
    before = path.read_bytes()
    open_files(seed, qtbot, path)
    words = seed.window.work.banner.words
    assert seed.window.work.banner.isVisible()
    assert name in words
    assert words.endswith(".")
    assert "Traceback" not in words
    assert "Error" not in words
    assert seed.session.episode.title == "Scheming AIs"
    assert seed.session.place_ms == place
    assert len(seed.library.episodes()) == 1
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", ["empty.mp3", "words.mp3"])
def test_the_first_file_may_be_a_bad_one(desk: Desk, qtbot: QtBot, copy, name: str):
    desk.show()
    open_files(desk, qtbot, copy(name))
    assert desk.window.work.banner.isVisible()
    assert desk.window.work.welcome.isVisible()


def test_a_missing_file_and_a_folder_are_said(desk: Desk, qtbot: QtBot, tmp_path: Path):
    desk.show()
    open_files(desk, qtbot, tmp_path / "gone.mp3")
    assert "gone.mp3" in desk.window.work.banner.words
    (tmp_path / "lectures").mkdir()
    open_files(desk, qtbot, tmp_path / "lectures")
    assert "lectures" in desk.window.work.banner.words


def test_a_cut_recording_is_opened_with_what_is_left_of_it(desk: Desk, qtbot: QtBot, copy):
    desk.show()
    open_files(desk, qtbot, copy("cut.mp3"))
    assert desk.session.episode is not None
    assert desk.session.duration_ms < 12_000


def test_a_recording_that_lost_its_index_is_told_of_and_takes_nothing_away(seed: Desk, qtbot: QtBot, copy):
    seed.session.seek(seed.section("2.1").start_ms)
    first, place = seed.session.episode.id, seed.session.place_ms
    open_files(seed, qtbot, copy("cut.m4b"))
    assert seed.window.work.banner.isVisible()
    assert "length of this file could not be found" in seed.window.work.banner.words
    assert seed.saved(first) == place
    seed.session.open(first)
    assert seed.session.place_ms == place


def test_a_file_that_went_away_is_said_and_the_place_is_kept(seed: Desk):
    seed.session.seek(seed.section("2.1").start_ms)
    (seed.folder / "scheming.m4b").unlink()
    seed.session.play()
    settle()
    assert seed.window.work.banner.isVisible()
    assert seed.window.work.banner.words == "“scheming.m4b” is not where it was. Your place is kept."
    assert not seed.session.is_playing
    assert seed.saved(seed.session.episode.id) == seed.section("2.1").start_ms
    assert seed.shown_labels()


def test_a_sound_that_cannot_be_played_is_said_and_the_place_is_kept(seed: Desk):
    seed.session.seek(seed.section("2.1").start_ms)
    seed.engine.refuse_next_load("The file could not be opened as sound; it may be damaged.")
    seed.session.play()
    seed.wait(200)
    assert "may be damaged" in seed.window.work.banner.words
    assert not seed.session.is_playing
    assert seed.saved(seed.session.episode.id) == seed.section("2.1").start_ms


def test_a_device_that_is_lost_is_said_and_the_place_is_kept(seed: Desk):
    seed.session.play_section(seed.section("2.1"))
    seed.wait(3_000)
    place = seed.session.place_ms
    seed.engine.lose_device()
    settle()
    assert "lost" in seed.window.work.banner.words
    assert not seed.session.is_playing
    assert seed.saved(seed.session.episode.id) == pytest.approx(place, abs=100)


def test_a_lost_device_offers_to_reconnect(seed: Desk, qtbot: QtBot):
    seed.session.play_section(seed.section("2.1"))
    seed.wait(3_000)
    seed.engine.lose_device()
    settle()
    button = next(each for each in seed.window.work.banner.findChildren(QPushButton) if each.isVisible())
    assert button.text() == "Reconnect"
    assert "Your place is kept" in button.accessibleDescription()
    with qtbot.waitSignal(seed.window.reconnect_asked):
        button.click()


def test_a_message_can_be_read_in_a_narrow_window_that_shows_the_library(seed: Desk, qtbot: QtBot, tmp_path: Path):
    seed.show(420, 720)
    seed.window.work.header.back_asked.emit()
    assert seed.window.pane.isVisible()
    open_files(seed, qtbot, tmp_path / "gone.mp3")
    assert seed.window.work.banner.isVisible()


def test_an_episode_of_a_removed_file_stays_in_the_library(desk: Desk, qtbot: QtBot, copy):
    path = copy("talk.mp3")
    open_files(desk, qtbot, path)
    desk.library.save_place(desk.session.episode.id, file_of(desk.library, desk.session.episode.id), 5_000, desk.now_ms)
    desk.session.close()
    path.unlink()
    desk.list_again()
    assert [each.title for each in desk.library.episodes()] == ["A talk"]
