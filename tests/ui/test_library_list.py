import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from player.ui.library_delegate import LibraryDelegate
from player.ui.library_list import BATCH, LibraryList
from player.ui.library_model import LibraryModel
from player.ui.look import LIGHT
from tests.ui.test_library_model import episode

MANY = 5 * BATCH


class CountingDelegate(LibraryDelegate):
    """Counts how often it is asked for the height of a row."""

    asked = 0

    def sizeHint(self, option, index):  # noqa: N802 - Qt's name
        self.asked += 1
        return super().sizeHint(option, index)


@pytest.fixture
def shown(qtbot: QtBot) -> LibraryList:
    view = LibraryList()
    qtbot.addWidget(view)
    view.setModel(LibraryModel(view))
    view.setItemDelegate(CountingDelegate(LIGHT))
    view.setVerticalScrollMode(LibraryList.ScrollMode.ScrollPerPixel)
    view.resize(250, 400)
    view.model().show([episode(number) for number in range(MANY)], None)
    view.show()
    qtbot.waitUntil(lambda: is_laid_out(view))
    return view


def is_laid_out(view: LibraryList) -> bool:
    return view.verticalScrollBar().maximum() > 40 * MANY


def test_a_long_list_is_laid_out_in_batches_to_its_end(shown: LibraryList, qtbot: QtBot):
    delegate = shown.itemDelegate()
    delegate.asked = 0
    shown.model().show([episode(number, place_ms=1) for number in range(MANY)], None)
    shown.doItemsLayout()
    assert delegate.asked < 2 * BATCH
    qtbot.waitUntil(lambda: is_laid_out(shown))


def test_a_row_that_says_something_else_is_painted_and_nothing_is_laid_out(shown: LibraryList, qtbot: QtBot):
    delegate = shown.itemDelegate()
    QApplication.processEvents()
    delegate.asked = 0
    shown.model().set_open(3)
    QApplication.processEvents()
    assert delegate.asked < BATCH


def test_the_list_stays_where_it_was_when_its_order_changes(shown: LibraryList, qtbot: QtBot):
    there = 30 * MANY
    shown.verticalScrollBar().setValue(there)
    shown.model().show([episode(number, place_ms=1) for number in range(MANY)], None)
    qtbot.waitUntil(lambda: is_laid_out(shown))
    assert shown.verticalScrollBar().value() == there


def test_a_turn_of_the_wheel_says_where_the_listener_wants_to_be(shown: LibraryList, qtbot: QtBot):
    shown.verticalScrollBar().setValue(30 * MANY)
    shown.model().show([episode(number, place_ms=1) for number in range(MANY)], None)
    where = QPointF(50, 50)
    turn = QWheelEvent(
        where,
        where,
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(shown.viewport(), turn)
    assert turn.type() is QEvent.Type.Wheel
    qtbot.waitUntil(lambda: is_laid_out(shown))
    assert shown.verticalScrollBar().value() < 30 * MANY
