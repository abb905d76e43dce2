"""The window as each test finds it: nothing in the library, 1100 x 720, nothing left of the test before."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from player import resource
from player.library.library import Library
from player.ui.look import DARK, LIGHT, Look
from tests.ui.desk import Desk, Looks


@pytest.fixture(autouse=True)
def english(qapp: QApplication) -> Iterator[None]:
    """Plurals as the program says them, its style, and the looks put back afterwards."""
    looks = Looks()
    words = QTranslator()
    assert words.load(str(resource.path("translations", "outspoken_en.qm")))
    qapp.installTranslator(words)
    yield
    qapp.removeTranslator(words)
    QGuiApplication.clipboard().clear()  # what Python put there must not outlive Python
    looks.restore()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    library = Library.open(tmp_path / "data")
    somebody = Desk(library, tmp_path)
    yield somebody
    somebody.end()
    library.close()


@pytest.fixture
def seed(desk: Desk) -> Desk:
    """The seed's episode, open, silent, at its beginning, in a window that is shown."""
    desk.session.open(desk.put_seed())
    desk.show()
    return desk


@pytest.fixture(params=[LIGHT, DARK], ids=["light", "dark"])
def look(request: pytest.FixtureRequest) -> Look:
    chosen: Look = request.param
    return chosen
