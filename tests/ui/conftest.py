"""The window as each test finds it: nothing in the library, 1100 x 720, nothing left of the test before."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from player.library.library import Library
from tests.ui.desk import Desk, Looks, settle


@pytest.fixture
def desk(tmp_path: Path, qapp: object) -> Iterator[Desk]:
    looks = Looks()
    library = Library.open(tmp_path / "data")
    somebody = Desk(library, tmp_path)
    yield somebody
    somebody.end()
    library.close()
    looks.restore()


@pytest.fixture
def seed(desk: Desk) -> Desk:
    """The seed's episode, open, silent, at its beginning, in a window that is shown."""
    desk.session.open(desk.put_seed())
    desk.show()
    settle()
    return desk
