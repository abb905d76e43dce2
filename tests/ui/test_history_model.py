import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from player.core.chapter import Chapter
from player.core.outline import build
from player.core.stop import Stop, StopKind
from player.core.timeline import Timeline
from player.session.trail import Stopped
from player.ui.history_model import ROW_ROLE, HistoryModel

NOW = 1_700_000_000_000
TIMELINE = Timeline(build([Chapter(0, "1. Start"), Chapter(60_000, "1.1 <b>Detail</b>")], 600_000))


def stopped(ms: int, kind: StopKind = StopKind.JUMP_FROM) -> Stopped:
    return Stopped(ms, Stop(1, ms, kind, NOW, 60_000))


@pytest.fixture
def model(qapp: object) -> HistoryModel:
    model = HistoryModel()
    model.show([stopped(30_000), stopped(90_000, StopKind.STOP)], TIMELINE, NOW)
    return model


def test_the_model_keeps_what_views_rely_on(qtmodeltester: ModelTester, model: HistoryModel):
    qtmodeltester.check(model)
    model.show([stopped(30_000)], TIMELINE, NOW)
    qtmodeltester.check(model)
    model.show([], TIMELINE, NOW)
    qtmodeltester.check(model)


def test_the_last_place_stands_first(model: HistoryModel):
    assert [model.index(row).data(ROW_ROLE).time for row in range(model.rowCount())] == ["1:30", "0:30"]


def test_a_row_says_all_that_is_known(model: HistoryModel):
    words = model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert words.startswith("1:30, 1.1 <b>Detail</b>, Stopped here · ")
    assert words.endswith("listened 1 min")
    assert "&lt;b&gt;" in model.index(0).data(Qt.ItemDataRole.ToolTipRole)


def test_a_place_is_found_again(model: HistoryModel):
    assert model.row_of(stopped(30_000)) == 1
    assert model.row_of(stopped(31_000)) is None
    assert model.row_at(model.index(5)) is None


def test_the_same_places_again_change_nothing(model: HistoryModel, qtbot):
    with qtbot.assertNotEmitted(model.modelReset):
        model.show([stopped(30_000), stopped(90_000, StopKind.STOP)], TIMELINE, NOW)
