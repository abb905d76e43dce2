import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QSignalSpy
from pytestqt.modeltest import ModelTester

from player.core.chapter import Chapter
from player.core.coverage import NOTHING_HEARD, Coverage
from player.core.outline import EMPTY_OUTLINE, build
from player.core.timeline import Timeline
from player.ui.outline_model import ROW_ROLE, Column, OutlineModel
from tests.builders import SEED_SECONDS, seed_chapters

SEED_MS = SEED_SECONDS * 1000
SEED = Timeline(build([Chapter(start, title) for start, title in seed_chapters()], SEED_MS))
PLACE_MS = (2 * 3600 + 35 * 60 + 50) * 1000  # in 2.2.2.2.1


def section(label: str):
    return next(each for each in SEED.outline.sections if each.label == label)


@pytest.fixture
def model(qapp: object) -> OutlineModel:
    model = OutlineModel()
    model.show(SEED, NOTHING_HEARD)
    return model


def text(model: OutlineModel, label: str, column: Column) -> str:
    return model.index_of(section(label).row, column).data()


def spoken(model: OutlineModel, label: str) -> str:
    return model.index_of(section(label).row).data(Qt.ItemDataRole.AccessibleTextRole)


def count(model: OutlineModel, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008 - a constant value
    rows = range(model.rowCount(parent))
    return len(rows) + sum(count(model, model.index(row, 0, parent)) for row in rows)


# --- a model that views can rely on ---


def test_the_model_keeps_what_views_rely_on_through_every_change(qtmodeltester: ModelTester, qapp: object):
    model = OutlineModel()
    qtmodeltester.check(model)
    model.show(SEED, NOTHING_HEARD)
    model.set_place(PLACE_MS, 1.0)
    model.set_coverage(Coverage.of([(0, PLACE_MS)]))
    qtmodeltester.check(model)
    model.set_filter("goal")
    qtmodeltester.check(model)
    model.set_filter("xylophone")
    qtmodeltester.check(model)
    model.set_place(0, 2.0)
    model.set_filter("")
    model.set_all_coverage(NOTHING_HEARD)
    qtmodeltester.check(model)
    model.show(Timeline(EMPTY_OUTLINE), NOTHING_HEARD)
    qtmodeltester.check(model)


def test_every_section_is_there_once_under_its_parent(model: OutlineModel):
    assert count(model) == 119
    for each in SEED.outline.sections:
        index = model.index_of(each.row)
        assert model.section(index) is each
        above = model.section(model.parent(index))
        assert (above.row if above else None) == each.parent


def test_there_are_four_columns_with_names(model: OutlineModel):
    assert model.columnCount() == 4
    names = [model.headerData(column, Qt.Orientation.Horizontal) for column in range(4)]
    assert names == ["Heard", "Number", "Title", "Time"]
    assert model.headerData(0, Qt.Orientation.Vertical) is None


def test_a_row_shows_mark_number_title_and_time(model: OutlineModel):
    label = "2.2.2.2.1"
    assert text(model, label, Column.MARK) == "0 %"
    assert text(model, label, Column.NUMBER) == "2.2.2.2.1"
    assert text(model, label, Column.TITLE).startswith("Can gradient descent “notice”")
    assert text(model, label, Column.TIME) == "4:04"


def test_a_section_without_a_number_has_its_whole_title(model: OutlineModel):
    first = model.index_of(0, Column.TITLE)
    assert first.data().startswith("Full audio for")
    assert model.index_of(0, Column.NUMBER).data() == ""


# --- heard ---


def test_a_mark_is_the_share_heard_of_the_whole_section(model: OutlineModel):
    parent, child = section("2.2.2.2"), section("2.2.2.2.1")
    model.set_all_coverage(Coverage.of([(child.start_ms, child.end_ms)]))
    shares = {each.label: model.row_of(each).share for each in (parent, child, section("2.2.2.2.2"))}
    assert shares["2.2.2.2.1"] == 1
    assert shares["2.2.2.2.2"] == 0
    assert shares["2.2.2.2"] == pytest.approx(child.own_ms / parent.whole_ms)


def test_crumbs_left_by_skips_do_not_keep_a_section_from_being_heard(model: OutlineModel):
    child = section("2.2.2.2.1")
    model.set_all_coverage(Coverage.of([(child.start_ms + 1_000, child.end_ms - 1_000)]))
    assert model.row_of(child).is_heard
    model.set_all_coverage(Coverage.of([(child.start_ms, child.end_ms - 30_000)]))
    assert not model.row_of(child).is_heard


def test_hearing_on_repaints_only_the_current_path(model: OutlineModel):
    model.set_place(PLACE_MS, 1.0)
    changes = QSignalSpy(model.dataChanged)
    model.set_coverage(Coverage.of([(PLACE_MS, PLACE_MS + 1_000)]))
    assert changes.count() == 5
    changed = {changes.at(at)[0].internalId() for at in range(changes.count())}
    assert changed == set(model.path)


def test_hearing_nothing_new_repaints_nothing(model: OutlineModel):
    model.set_place(PLACE_MS, 1.0)
    model.set_coverage(Coverage.of([(0, 5_000)]))
    changes = QSignalSpy(model.dataChanged)
    model.set_coverage(Coverage.of([(0, 5_000)]))
    assert changes.count() == 0


def test_marks_changed_anywhere_repaint_everything(model: OutlineModel):
    changes = QSignalSpy(model.dataChanged)
    model.set_all_coverage(Coverage.of([(0, SEED_MS)]))
    changed: list[int] = []
    for at in range(changes.count()):
        first, last = changes.at(at)[:2]
        assert (first.parent(), last.column()) == (last.parent(), Column.TIME)
        changed += [model.index(row, 0, first.parent()).internalId() for row in range(first.row(), last.row() + 1)]
    assert sorted(changed) == list(range(119))
    assert changes.count() == 29  # once for the children of each parent, and for the top
    assert all(model.row_of(each).is_heard for each in SEED.outline.sections)


# --- the place ---


def test_the_path_leads_from_the_top_to_the_current_section(model: OutlineModel):
    assert model.set_place(PLACE_MS, 1.0)
    assert [SEED.outline[row].label for row in model.path] == ["2", "2.2", "2.2.2", "2.2.2.2", "2.2.2.2.1"]
    assert [model.row_of(SEED.outline[row]).is_current for row in model.path] == [False] * 4 + [True]


def test_moving_within_a_section_is_no_other_section(model: OutlineModel):
    model.set_place(PLACE_MS, 1.0)
    assert not model.set_place(PLACE_MS + 1_000, 1.0)
    assert model.set_place(section("2.2.2.2.2").start_ms, 1.0)


def test_rows_on_the_path_tell_what_is_left_at_the_speed(model: OutlineModel):
    model.set_place(PLACE_MS, 1.0)
    assert text(model, "2.2.2.2.1", Column.TIME) == "3:33 left"
    assert text(model, "2", Column.TIME) == "1:43:07 left"
    assert text(model, "3", Column.TIME) == "28:17"
    model.set_place(PLACE_MS, 2.0)
    assert text(model, "2.2.2.2.1", Column.TIME) == "1:46 left"


def test_before_the_first_section_nothing_is_current(qapp: object):
    model = OutlineModel()
    model.show(Timeline(build([Chapter(60_000, "1. One"), Chapter(90_000, "2. Two")], 120_000)), NOTHING_HEARD)
    model.set_place(5_000, 1.0)
    assert model.path == ()


def test_the_last_section_of_an_unknown_length_tells_no_time(qapp: object):
    model = OutlineModel()
    model.show(Timeline(build([Chapter(0, "1. One"), Chapter(90_000, "2. Two")])), NOTHING_HEARD)
    assert model.index_of(0, Column.TIME).data() == "1:30"
    assert model.index_of(1, Column.TIME).data() == ""
    assert model.row_of(model.outline[1]).share == 0


# --- speaking ---


def test_a_row_speaks_its_title_level_share_and_time(model: OutlineModel):
    child = section("2.2.2.2.1")
    model.set_all_coverage(Coverage.of([(child.start_ms, child.start_ms + 56_120)]))
    model.set_place(PLACE_MS, 1.0)
    words = spoken(model, "2.2.2.2.1")
    assert words.startswith("2.2.2.2.1 Can gradient descent “notice” the benefits")
    assert ", level 5, 23 percent heard, " in words
    assert words.endswith(" left, current")


def test_only_the_current_row_speaks_of_being_current(model: OutlineModel):
    model.set_place(PLACE_MS, 1.0)
    assert "current" not in spoken(model, "2.2.2.2")
    assert spoken(model, "3").startswith("3. Arguments for/against")
    assert "level 1, 0 percent heard" in spoken(model, "3")


def test_every_column_of_a_row_speaks_the_same(model: OutlineModel):
    row = section("2.1").row
    words = {model.index_of(row, column).data(Qt.ItemDataRole.AccessibleTextRole) for column in range(4)}
    assert len(words) == 1


def test_the_tooltip_of_a_parent_tells_its_own_opening(model: OutlineModel):
    tip = model.index_of(section("2.2.3").row).data(Qt.ItemDataRole.ToolTipRole)
    assert tip.splitlines()[0] == section("2.2.3").title
    assert "2:41:48" in tip
    assert "16:09 in all, 9:02 of it before its first part" in tip


def test_the_tooltip_of_a_leaf_tells_where_it_starts(model: OutlineModel):
    tip = model.index_of(section("2.1").row).data(Qt.ItemDataRole.ToolTipRole)
    assert tip.endswith("Starts at 2:01:37")


# --- the filter ---


def test_what_is_found_stays_under_what_is_above_it(model: OutlineModel):
    model.set_filter("crystallization")
    assert model.found_count == 1
    assert model.first_found.label == "2.3.1.1.1"
    assert count(model) == 5
    assert model.index_of(section("2.3.1.1.1").row).isValid()
    assert not model.index_of(section("2.1").row).isValid()


def test_the_number_finds_a_branch(model: OutlineModel):
    model.set_filter("2.2.2")
    assert model.first_found.label == "2.2.2"
    assert model.found_count == 9
    assert count(model) == 11


def test_nothing_found_shows_nothing(model: OutlineModel):
    model.set_filter("xylophone")
    assert (model.found_count, model.first_found, model.rowCount()) == (0, None, 0)


def test_no_filter_shows_everything_again(model: OutlineModel):
    model.set_filter("crystallization")
    model.set_filter("  ")
    assert model.found_count is None
    assert count(model) == 119


def test_the_place_moves_on_while_a_filter_hides_it(model: OutlineModel):
    model.set_filter("crystallization")
    model.set_place(PLACE_MS, 1.0)
    model.set_filter("")
    assert text(model, "2.2.2.2.1", Column.TIME) == "3:33 left"


def test_a_row_gives_all_that_the_delegate_paints(model: OutlineModel):
    model.set_place(PLACE_MS, 1.0)
    row = model.index_of(section("2.2.2").row).data(ROW_ROLE)
    assert (row.section.label, row.is_current, row.is_on_path, row.time) == ("2.2.2", False, True, "5:58 left")


def test_nothing_is_said_of_no_row(model: OutlineModel):
    assert model.data(QModelIndex()) is None
    assert model.section(QModelIndex()) is None
    assert not model.index(500, 0).isValid()


def test_tips_of_hostile_titles_are_no_mark_up(model: OutlineModel):
    title = "<img src='http://example.com/x.png'>"
    model.show(Timeline(build([Chapter(0, title)], 1_000)), NOTHING_HEARD)
    assert "<img" not in model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
