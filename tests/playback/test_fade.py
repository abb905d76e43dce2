from pytestqt.qtbot import QtBot

from player.playback.fade import Fade


def test_a_fade_falls_evenly_to_nothing_and_stays_there(qtbot: QtBot) -> None:
    fade = Fade()
    factors: list[float] = []
    fade.changed.connect(factors.append)
    fade.start(200)
    qtbot.waitUntil(lambda: fade.factor == 0.0)
    qtbot.wait(100)
    assert factors == sorted(factors, reverse=True)
    assert len(factors) >= 3
    assert factors[-1] == 0.0


def test_cancelling_gives_the_whole_volume_back_at_once(qtbot: QtBot) -> None:
    fade = Fade()
    fade.start(1_000)
    qtbot.waitUntil(lambda: fade.factor < 1.0)
    with qtbot.waitSignal(fade.changed):
        fade.cancel()
    qtbot.wait(100)
    assert fade.factor == 1.0


def test_a_second_fade_goes_on_from_where_the_first_is(qtbot: QtBot) -> None:
    fade = Fade()
    fade.start(400)
    qtbot.waitUntil(lambda: fade.factor < 0.7)
    before = fade.factor
    fade.start(100)
    qtbot.waitUntil(lambda: fade.factor < before)
    qtbot.waitUntil(lambda: fade.factor == 0.0)
