import pytest
from PySide6.QtWidgets import QApplication, QMenu

from player.ui.appearance import Appearance
from player.ui.look import DARK, LIGHT, TEXT_SIZES
from tests.ui.desk import Desk, buttons, settle


@pytest.fixture
def appearance(desk: Desk) -> Appearance:
    return desk.window.appearance


@pytest.mark.parametrize(("name", "look"), [("light", LIGHT), ("dark", DARK)])
def test_a_chosen_scheme_holds_on_every_desktop(appearance: Appearance, name: str, look: object):
    appearance.choose_scheme(name)
    assert appearance.look == look
    assert QApplication.palette().window().color().name() == appearance.look.window


def test_a_scheme_paints_the_whole_window_anew(seed: Desk):
    seed.window.appearance.choose_scheme("light")
    settle()
    light = seed.window.grab().toImage()
    seed.window.appearance.choose_scheme("dark")
    settle()
    dark = seed.window.grab().toImage()
    for x, y in ((5, 400), (700, 400), (700, 560), (300, 10)):
        assert light.pixelColor(x, y).lightness() > 200, (x, y)
        assert dark.pixelColor(x, y).lightness() < 60, (x, y)


def test_a_scheme_is_kept(desk: Desk):
    desk.window.appearance.choose_scheme("dark")
    desk.begin()
    assert desk.window.appearance.look is DARK


def test_a_setting_that_is_none_is_the_systems_scheme(desk: Desk):
    desk.library.set_setting("scheme", "purple")
    desk.begin()
    assert desk.window.appearance.look in (LIGHT, DARK)


def test_the_menu_of_schemes_ticks_the_chosen_one(appearance: Appearance):
    appearance.choose_scheme("dark")
    menu = QMenu()
    appearance.add_schemes(menu)
    actions = menu.actions()[0].menu().actions()
    assert [action.text() for action in actions] == ["As the system", "Light", "Dark"]
    assert [action.isChecked() for action in actions] == [False, False, True]
    actions[1].trigger()
    assert appearance.look is LIGHT


def test_text_grows_by_steps_up_to_half_as_large_again(appearance: Appearance):
    normal = QApplication.font().pointSizeF()
    sizes = []
    for _ in range(6):
        appearance.step_text_size(1)
        sizes.append(QApplication.font().pointSizeF() / normal)
    assert sizes == pytest.approx([1.1, 1.25, 1.5, 1.5, 1.5, 1.5])
    for _ in range(9):
        appearance.step_text_size(-1)
    assert QApplication.font().pointSizeF() / normal == pytest.approx(TEXT_SIZES[0] / 100)


def test_larger_text_reaches_everything_that_is_shown(seed: Desk):
    before = {
        "rows": seed.outline.visualRect(seed.index("2")).height(),
        "title": seed.window.work.header.sizeHint().height(),
        "filter": seed.window.work.filter.sizeHint().height(),
        "bar": seed.window.player.bar.sizeHint().height(),
        "path": seed.window.player.breadcrumb.sizeHint().height(),
        "clock": buttons(seed.window)["Time gone by: in all, or in this section"].fontMetrics().height(),
    }
    for _ in range(3):
        seed.window.appearance.step_text_size(1)
    settle()
    after = {
        "rows": seed.outline.visualRect(seed.index("2")).height(),
        "title": seed.window.work.header.sizeHint().height(),
        "filter": seed.window.work.filter.sizeHint().height(),
        "bar": seed.window.player.bar.sizeHint().height(),
        "path": seed.window.player.breadcrumb.sizeHint().height(),
        "clock": buttons(seed.window)["Time gone by: in all, or in this section"].fontMetrics().height(),
    }
    assert [name for name in before if after[name] <= before[name]] == []


def test_the_text_size_is_kept(desk: Desk):
    normal = QApplication.font().pointSizeF()
    desk.window.appearance.step_text_size(1)
    desk.window.appearance.step_text_size(1)
    large = QApplication.font().pointSizeF()
    font = QApplication.font()
    font.setPointSizeF(normal)
    QApplication.setFont(font)  # as the system gives it at the next start
    desk.begin()
    assert QApplication.font().pointSizeF() == pytest.approx(large)


def test_the_text_size_that_was_kept_is_that_of_the_whole_window_from_the_start(desk: Desk):
    normal = desk.window.pane.search.font().pointSizeF()
    desk.library.set_setting("text_size", 150)
    desk.begin()
    desk.show()
    window = desk.window
    for part in (window.pane.search, window.work.filter, window.work.outline, window.player.transport):
        assert part.font().pointSizeF() == pytest.approx(1.5 * normal)
