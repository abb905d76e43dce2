import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from player.core.chapter import Chapter
from player.core.outline import build
from player.core.timeline import Timeline
from player.ui.breadcrumb import Breadcrumb
from player.ui.look import LIGHT, style_sheet
from tests.builders import SEED_SECONDS, seed_chapters
from tests.ui.desk import settle

SEED = Timeline(build([Chapter(start, title) for start, title in seed_chapters()], SEED_SECONDS * 1000))
LEFT = Qt.MouseButton.LeftButton
PATH = ["2", "2.2", "2.2.2", "2.2.2.2", "2.2.2.2.1"]


def section(label: str):
    return next(each for each in SEED.outline.sections if each.label == label)


@pytest.fixture
def crumb(qtbot: QtBot) -> Breadcrumb:
    crumb = Breadcrumb(LIGHT)
    qtbot.addWidget(crumb)
    crumb.setStyleSheet(style_sheet(LIGHT))
    crumb.resize(1060, 40)
    crumb.show()
    return crumb


def steps(crumb: Breadcrumb) -> list[QToolButton]:
    settle()
    shown = [button for button in crumb.findChildren(QToolButton) if button.isVisible()]
    return sorted(shown, key=lambda button: button.x())


def words(crumb: Breadcrumb) -> list[str]:
    return [button.text().replace("&&", "&") for button in steps(crumb)]


def open_menu(crumb: Breadcrumb, step: int) -> QMenu:
    QTest.mouseClick(steps(crumb)[step], LEFT)
    settle()
    return next(menu for menu in crumb.findChildren(QMenu) if menu.isVisible())


def choose(menu: QMenu, beginning: str) -> None:
    next(action for action in menu.actions() if action.text().startswith(beginning)).trigger()
    menu.close()
    settle()


# --- the way ---


def test_the_way_leads_from_the_top_to_the_current_section(crumb: Breadcrumb):
    crumb.resize(3000, 40)
    crumb.show_path(SEED, section("2.2.2.2.1"))
    assert [text.split(" ", 1)[0] for text in words(crumb)] == PATH
    assert words(crumb)[0] == "2 What’s required for scheming?"
    assert [button.font().bold() for button in steps(crumb)] == [False] * 4 + [True]


def test_no_section_is_an_empty_way(crumb: Breadcrumb):
    crumb.show_path(SEED, None)
    assert words(crumb) == []


def test_a_section_without_a_number_shows_its_title(crumb: Breadcrumb):
    crumb.resize(3000, 40)
    crumb.show_path(SEED, SEED.outline[0])
    assert words(crumb) == [SEED.outline[0].title]


@pytest.mark.parametrize("width", range(200, 1601, 50))
@pytest.mark.parametrize("label", ["2.2.2.2.1", "2.3.1.2.2", "5", "0.2.6", "4.3.5"])
def test_the_way_fits_any_width_without_a_clipped_word(crumb: Breadcrumb, width: int, label: str):
    crumb.resize(width, 40)
    crumb.show_path(SEED, section(label))
    shown = steps(crumb)
    assert shown
    assert shown[-1].geometry().right() <= width
    path = SEED.path(section(label))
    for button, each in zip(shown, path[len(path) - len(shown) :], strict=True):
        text = button.text().replace("&&", "&")
        whole = f"{each.label} {each.rest}"
        # Whole, or ended by "…": never cut in the middle or behind the button's edge.
        assert whole.startswith(text.removesuffix("…").rstrip()), text
        assert QFontMetrics(button.font()).horizontalAdvance(text) <= button.width()
        assert button.x() >= 0


@pytest.mark.parametrize("width", range(320, 1601, 80))
def test_the_current_step_keeps_its_number_and_a_beginning(crumb: Breadcrumb, width: int):
    crumb.resize(width, 40)
    crumb.show_path(SEED, section("2.2.2.2.1"))
    last = words(crumb)[-1]
    assert last.startswith("2.2.2.2.1"), last


def test_more_room_never_shows_less(crumb: Breadcrumb):
    crumb.show_path(SEED, section("2.2.2.2.1"))
    counts = []
    for width in range(200, 1601, 20):
        crumb.resize(width, 40)
        counts.append(len(steps(crumb)))
    assert counts == sorted(counts)
    assert counts[-1] == 5


def test_upper_steps_that_are_left_out_are_told_by_dots(crumb: Breadcrumb):
    crumb.resize(220, 40)
    crumb.show_path(SEED, section("2.2.2.2.1"))
    assert len(steps(crumb)) < 5
    assert "…" in [label.text() for label in crumb.findChildren(QLabel) if label.isVisible()]


def test_resizing_lays_out_again(crumb: Breadcrumb):
    crumb.show_path(SEED, section("2.2.2.2.1"))
    before = words(crumb)
    crumb.resize(400, 40)
    assert words(crumb) != before
    crumb.resize(1060, 40)
    assert words(crumb) == before


def test_hostile_titles_stay_one_plain_line(crumb: Breadcrumb):
    titles = ["1. <b>bold</b> & more", "1.1 two\nlines\tand a tab", "1.1.1 " + "W" * 1_000]
    timeline = Timeline(build([Chapter(at * 1_000, title) for at, title in enumerate(titles)], 10_000))
    crumb.resize(2000, 40)
    crumb.show_path(timeline, timeline.outline[2])
    assert words(crumb)[:2] == ["1 <b>bold</b> & more", "1.1 two lines and a tab"]
    assert steps(crumb)[-1].geometry().right() <= 2000


# --- menus ---


def test_a_step_opens_its_siblings_with_the_own_one_ticked(crumb: Breadcrumb):
    crumb.show_path(SEED, section("2.2.2.2.1"))
    menu = open_menu(crumb, 1)
    listed = [action for action in menu.actions() if action.isCheckable()]
    assert [action.text().split(" ", 1)[0] for action in listed] == ["2.1", "2.2", "2.3", "2.4", "2.5"]
    assert [action.isChecked() for action in listed] == [False, True, False, False, False]
    assert listed[0].text().endswith("\t7:58")
    menu.close()


def test_a_sibling_is_asked_for(crumb: Breadcrumb):
    asked = []
    crumb.section_asked.connect(asked.append)
    crumb.show_path(SEED, section("2.2.2.2.1"))
    choose(open_menu(crumb, 1), "2.4")
    assert [each.label for each in asked] == ["2.4"]


def test_a_parent_can_be_spread_out_on_the_bar(crumb: Breadcrumb):
    asked = []
    crumb.scope_asked.connect(asked.append)
    crumb.show_path(SEED, section("2.2.2.2.1"))
    choose(open_menu(crumb, 2), "Show 2.2.2 on the bar")
    assert [each.label for each in asked] == ["2.2.2"]


def test_a_leaf_cannot_be_spread_out(crumb: Breadcrumb):
    crumb.show_path(SEED, section("2.2.2.2.1"))
    menu = open_menu(crumb, 4)
    assert not any("on the bar" in action.text() for action in menu.actions())
    menu.close()


def test_a_menu_of_thousands_shows_those_around_the_current_one(crumb: Breadcrumb):
    timeline = Timeline(build([Chapter(at * 1_000, f"{at}. Section") for at in range(1, 3_000)], 4_000_000))
    crumb.show_path(timeline, timeline.outline[1_500])
    menu = open_menu(crumb, 0)
    listed = [action for action in menu.actions() if action.isCheckable()]
    assert len(listed) <= 60
    assert [action.isChecked() for action in listed].count(True) == 1
    menu.close()


def test_steps_speak_their_whole_title(crumb: Breadcrumb):
    crumb.show_path(SEED, section("2.2.2.2.1"))
    last = steps(crumb)[-1]
    assert last.accessibleName().startswith(section("2.2.2.2.1").title)
    assert last.toolTip() == section("2.2.2.2.1").title
