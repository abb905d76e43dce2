from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.desk import Desk


def test_a_mouse_with_more_buttons_goes_back_and_forward(seed: Desk):
    session, handle = seed.session, seed.window.windowHandle()
    session.play()
    seed.wait(8_000)
    session.seek(3_600_000)
    QTest.mouseClick(handle, Qt.MouseButton.BackButton)
    assert session.place_ms < 60_000
    QTest.mouseClick(handle, Qt.MouseButton.ForwardButton)
    assert abs(session.place_ms - 3_600_000) < 1_000
