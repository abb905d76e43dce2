import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListView, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from player.ui.library_pane import LibraryPane
from tests.library.shelf import execute, file_of
from tests.ui.desk import Desk, buttons, settle

LEFT = Qt.MouseButton.LeftButton
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def shelves(desk: Desk) -> Desk:
    """Four episodes: one begun, two not, one finished."""
    begun = desk.put("begun.m4b", "Otherness")
    desk.library.save_place(begun, file_of(desk.library, begun), 200_000, desk.now_ms)
    desk.put("new.m4b", "Power", author="Joe Carlsmith")
    desk.put("tour.m4b", "A tour")
    done = desk.put("done.m4b", "Goodness")
    desk.library.set_finished(done, True)
    desk.library.flush(5)
    desk.list_again()
    desk.show()
    return desk


def pane(desk: Desk) -> LibraryPane:
    return desk.window.pane


def view(desk: Desk) -> QListView:
    return pane(desk).findChildren(QListView)[0]


def lines(desk: Desk) -> list[str]:
    model = pane(desk).model
    return [model.index(row).data() for row in range(model.rowCount())]


def point_of(desk: Desk, title: str) -> QPoint:
    return view(desk).visualRect(pane(desk).model.index(lines(desk).index(title))).center()


def click(desk: Desk, title: str) -> None:
    QTest.mouseClick(view(desk).viewport(), LEFT, pos=point_of(desk, title))
    settle()


def context_menu(desk: Desk, title: str) -> QMenu:
    view(desk).customContextMenuRequested.emit(point_of(desk, title))
    settle()
    return next(menu for menu in pane(desk).findChildren(QMenu) if menu.isVisible())


def test_episodes_stand_on_their_shelves(shelves: Desk):
    assert lines(shelves) == ["Continue", "Otherness", "Not started", "Power", "A tour", "Finished · 1"]


def test_a_click_opens_an_episode_at_its_place_and_plays_nothing(shelves: Desk):
    click(shelves, "Otherness")
    assert shelves.session.episode.title == "Otherness"
    assert shelves.session.place_ms == 200_000
    assert not shelves.session.is_playing
    assert shelves.window.windowTitle() == "Otherness — Outspoken"


def test_a_row_that_another_program_took_away_says_so_and_goes(shelves: Desk, qtbot: QtBot):
    shown = len(shelves.library.episodes())
    stale = next(each.id for each in shelves.library.episodes() if each.title == "A tour")
    execute(
        shelves.library.path.parent,
        "DELETE FROM chapter_list WHERE file IN (SELECT id FROM file WHERE episode = ?)",
        stale,
    )
    execute(shelves.library.path.parent, "DELETE FROM file WHERE episode = ?", stale)
    pane(shelves)._open(stale)
    assert shelves.window.work.banner.words == f"There is no episode {stale} in the library."
    qtbot.waitUntil(lambda: pane(shelves).model.row_of(stale) is None)
    assert len(shelves.library.episodes()) == shown - 1


def test_enter_opens_an_episode(shelves: Desk, qtbot: QtBot):
    view(shelves).setFocus()
    view(shelves).setCurrentIndex(pane(shelves).model.index(lines(shelves).index("Power")))
    qtbot.keyClick(view(shelves), Qt.Key.Key_Return)
    assert shelves.session.episode.title == "Power"


def test_a_click_on_a_heading_folds_and_unfolds_its_shelf(shelves: Desk):
    click(shelves, "Finished · 1")
    assert lines(shelves)[-2:] == ["Finished", "Goodness"]
    click(shelves, "Not started")
    assert "Power" not in lines(shelves)
    assert shelves.session.episode is None


def test_searching_narrows_the_list(shelves: Desk, qtbot: QtBot):
    qtbot.keyClick(shelves.window, Qt.Key.Key_F, CTRL | SHIFT)
    assert pane(shelves).search.hasFocus()
    qtbot.keyClicks(pane(shelves).search, "carlsmith")
    assert lines(shelves) == ["Not started", "Power"]
    pane(shelves).search.clear()
    assert len(lines(shelves)) == 6


def test_letters_and_digits_in_the_search_are_text(shelves: Desk, qtbot: QtBot):
    click(shelves, "Otherness")
    pane(shelves).search.setFocus()
    qtbot.keyClicks(pane(shelves).search, "jkl 23")
    assert pane(shelves).search.text() == "jkl 23"
    assert not shelves.session.is_playing
    assert not shelves.window.go_to.isVisible()


def test_removing_keeps_the_file_and_the_place(shelves: Desk, qtbot: QtBot):
    click(shelves, "Otherness")
    shelves.session.seek(300_000)
    menu = context_menu(shelves, "Otherness")
    (remove,) = [action for action in menu.actions() if action.text().startswith("Remove from library")]
    assert "keeps the file and your place" in remove.text()
    remove.trigger()
    settle()
    assert "Otherness" not in lines(shelves)
    assert shelves.session.episode is None
    assert (shelves.folder / "begun.m4b").exists()
    shelves.put("begun.m4b", "Otherness")
    shelves.list_again()
    click(shelves, "Otherness")
    assert shelves.session.place_ms == 300_000


def test_removing_another_episode_leaves_the_open_one_playing(shelves: Desk):
    click(shelves, "Otherness")
    shelves.session.play()
    context_menu(shelves, "Power").actions()[-1].trigger()
    settle()
    assert "Power" not in lines(shelves)
    assert shelves.session.is_playing


def test_the_menu_of_an_episode_opens_it(shelves: Desk):
    context_menu(shelves, "Power").actions()[0].trigger()
    assert shelves.session.episode.title == "Power"


def test_headings_have_no_menu(shelves: Desk):
    view(shelves).customContextMenuRequested.emit(point_of(shelves, "Continue"))
    view(shelves).customContextMenuRequested.emit(QPoint(5, view(shelves).viewport().height() - 3))
    assert not [menu for menu in pane(shelves).findChildren(QMenu) if menu.isVisible()]


def test_the_open_row_keeps_up_with_the_listening(shelves: Desk):
    click(shelves, "Power")
    shelves.session.play()
    shelves.wait(5_000)
    item = pane(shelves).model.index(lines(shelves).index("Power")).data(Qt.ItemDataRole.UserRole)
    assert lines(shelves)[:2] == ["Continue", "Power"]
    assert item.caption in ("9:55 left · 1", "9:56 left · 1")


def test_one_that_is_finished_moves_to_its_shelf(shelves: Desk, qtbot: QtBot):
    click(shelves, "A tour")
    shelves.session.seek(598_000)
    shelves.session.play()
    shelves.wait(3_000)
    qtbot.waitUntil(lambda: "Finished · 2" in lines(shelves))


def test_adding_and_the_menu_are_asked_for(shelves: Desk, qtbot: QtBot):
    (add,) = [each for each in pane(shelves).findChildren(QPushButton) if each.text() == "Add audio…"]
    shelves.window.pane.add_asked.disconnect()  # the dialogue is the system's
    with qtbot.waitSignal(pane(shelves).add_asked):
        qtbot.mouseClick(add, LEFT)
    with qtbot.waitSignal(pane(shelves).menu_asked):
        qtbot.mouseClick(buttons(pane(shelves))["Menu"], LEFT)
    for menu in shelves.window.findChildren(QMenu):
        menu.close()


def test_typing_letters_never_moves_the_selection(shelves: Desk, qtbot: QtBot):
    view(shelves).setFocus()
    view(shelves).setCurrentIndex(pane(shelves).model.index(1))
    qtbot.keyClicks(view(shelves), "p")
    assert view(shelves).currentIndex().row() == 1


def test_ten_thousand_episodes_can_be_listened_to_without_delay(desk: Desk):
    from tests.ui.test_library_model import episode

    pane(desk).model.show([episode(number) for number in range(10_000)], None)
    desk.show()
    assert pane(desk).model.rowCount() == 10_001


def test_many_files_added_one_by_one_are_shown_without_a_look_for_each(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
):
    desk.show()
    looks: list[int] = []
    look = desk.library.episodes
    monkeypatch.setattr(desk.library, "episodes", lambda: looks.append(1) or look())
    for number in range(100):
        desk.put(f"{number}.m4b")
        desk.adding.added.emit(number)
    assert len(looks) < 10
    qtbot.waitUntil(lambda: len(pane(desk).model.episodes) == 100)
