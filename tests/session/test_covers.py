import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QSize
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from player.core.reading import Cover
from player.library import intake
from player.session import covers as module
from player.session.covers import SIDE, Covers, small_picture
from tests.builders import png
from tests.library.shelf import make_reading
from tests.session.conftest import Listener


def picture(width: int, height: int, kind: str = "PNG") -> Cover:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#cc2244"))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, kind)
    return Cover(f"image/{kind.lower()}", bytes(buffer.data().data()))


def put(listener: Listener, name: str, cover: Cover | None) -> int:
    path = listener.folder / name
    path.write_bytes(name.encode())
    return intake.add(listener.library, str(path), replace(make_reading(), cover=cover), 1)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_large_picture_is_made_small_and_keeps_its_shape(kind: str) -> None:
    assert small_picture(picture(1_200, 600, kind)).size() == QSize(2 * SIDE, SIDE)


def test_a_small_picture_stays_as_it_is() -> None:
    assert small_picture(picture(60, 30)).size() == QSize(60, 30)


@pytest.mark.parametrize(
    "cover",
    [
        None,
        Cover("image/png", b""),
        Cover("image/png", png()),  # a head without a body
        Cover("image/svg+xml", b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"),
        Cover("image/png", b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"),
        Cover("image/bmp", b"BM"),
        picture(5_000, 4),
    ],
)
def test_what_is_no_picture_or_too_large_is_none(cover: Cover | None) -> None:
    assert small_picture(cover).isNull()


def test_a_picture_is_read_as_what_readers_saw_and_nothing_else() -> None:
    assert small_picture(replace(picture(60, 30, "JPEG"), mime="image/png")).isNull()


def test_the_picture_of_the_open_episode_is_found_off_the_windows_thread(
    listener: Listener, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[object] = []
    real = module.small_picture
    monkeypatch.setattr(
        module, "small_picture", lambda cover: threads.append(threading.current_thread()) or real(cover)
    )
    covers = Covers(listener.tasks, listener.library, listener.session)
    episode = put(listener, "a.mp3", picture(4_000, 4_000))
    with qtbot.waitSignal(covers.found) as told:
        listener.session.open(episode)
    assert told.args[0].size() == QSize(SIDE, SIDE)
    assert threads != [threading.main_thread()]


def test_a_picture_that_comes_too_late_is_not_shown(listener: Listener, qtbot: QtBot) -> None:
    covers = Covers(listener.tasks, listener.library, listener.session)
    found: list[QImage] = []
    covers.found.connect(found.append)
    with_one, without = put(listener, "a.mp3", picture(60, 60)), put(listener, "b.mp3", None)
    listener.session.open(with_one)
    listener.session.open(without)
    qtbot.waitUntil(lambda: listener.tasks.is_idle)
    assert found == []
