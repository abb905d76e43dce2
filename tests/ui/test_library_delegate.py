import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from player.ui.library_delegate import LibraryDelegate
from player.ui.library_model import LibraryModel, Shelf
from player.ui.look import LIGHT, Look
from tests.ui.test_library_model import episode

GROUND = QColor("#ffffff")


@pytest.fixture
def model(qapp: object) -> LibraryModel:
    model = LibraryModel()
    model.show([episode(1, "Begun", 1_800_000), episode(2, "W" * 500), episode(3, "Done", is_finished=True)], 1)
    return model


def option(width: int = 250) -> QStyleOptionViewItem:
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, width, 60)
    option.font = QFont("Noto Sans", 10)
    option.state = QStyle.StateFlag.State_Enabled
    return option


def painted(model: LibraryModel, row: int, asked: QStyleOptionViewItem, look: Look = LIGHT) -> QImage:
    image = QImage(400, 60, QImage.Format.Format_RGB32)
    image.fill(GROUND)
    painter = QPainter(image)
    LibraryDelegate(look).paint(painter, asked, model.index(row))
    painter.end()
    return image


def colours(image: QImage) -> set[str]:
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def test_headings_are_lower_than_episodes(model: LibraryModel):
    delegate = LibraryDelegate(LIGHT)
    assert delegate.sizeHint(option(), model.index(0)).height() < delegate.sizeHint(option(), model.index(1)).height()
    assert delegate.sizeHint(option(), model.index(0)).height() >= 32


def test_larger_text_has_more_room(model: LibraryModel):
    large = option()
    large.font = QFont("Noto Sans", 20)
    delegate = LibraryDelegate(LIGHT)
    assert delegate.sizeHint(large, model.index(1)).height() > delegate.sizeHint(option(), model.index(1)).height()


def test_the_open_episode_is_tinted_and_has_its_share(model: LibraryModel, look: Look):
    image = painted(model, 1, option(), look)
    assert look.tint in colours(image)
    assert look.accent in colours(image)
    assert look.groove in colours(image)


def test_one_not_started_has_no_share(model: LibraryModel):
    assert LIGHT.groove not in colours(painted(model, 3, option()))


def test_focus_is_seen_on_headings_and_episodes(model: LibraryModel):
    for row in (0, 3):
        focused = option()
        focused.state |= QStyle.StateFlag.State_HasFocus
        assert painted(model, row, focused) != painted(model, row, option())


def test_a_folded_shelf_looks_folded(model: LibraryModel):
    row = model.rowCount() - 1
    folded = painted(model, row, option())
    model.toggle(Shelf.FINISHED)
    assert painted(model, row, option()) != folded


def test_a_long_title_stays_inside_its_row(model: LibraryModel):
    image = painted(model, 3, option(200))
    assert all(image.pixelColor(x, y) == GROUND for x in range(200, 400) for y in range(60))


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
@pytest.mark.parametrize("width", [0, 30, 250])
def test_every_row_can_be_painted_in_any_room(model: LibraryModel, direction: Qt.LayoutDirection, width: int):
    model.set_reading(("/audio/<b>new</b>.mp3",))
    for row in range(model.rowCount()):
        asked = option(width)
        asked.direction = direction
        assert not painted(model, row, asked).isNull()


def test_a_missing_file_stands_out(model: LibraryModel, look: Look):
    assert look.warning not in colours(painted(model, 1, option(), look))
    model.set_missing(frozenset({1}))
    assert look.warning in colours(painted(model, 1, option(), look))
