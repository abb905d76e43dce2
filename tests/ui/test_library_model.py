import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from pytestqt.modeltest import ModelTester

from player.core.episode import EpisodeSummary
from player.ui.library_model import ITEM_ROLE, LibraryModel, Shelf, shelf_of


def episode(
    number: int, title: str = "", place_ms: int | None = None, *, is_finished: bool = False, **more: object
) -> EpisodeSummary:
    values: dict[str, object] = {
        "id": number,
        "title": title or f"Episode {number}",
        "author": None,
        "path": f"/audio/{number}.mp3",
        "duration_ms": 3_600_000,
        "place_ms": place_ms,
        "heard_ms": 0,
        "saved_at_ms": None,
        "is_finished": is_finished,
        "has_cover": False,
        "speed": 1.0,
    }
    return EpisodeSummary(**{**values, **more})


@pytest.fixture
def model(qapp: object) -> LibraryModel:
    model = LibraryModel()
    begun = [episode(1, "Otherness", 600_000), episode(2, "Scheming", 1_800_000)]
    new = [episode(3, "Power"), episode(4, "Tour", author="The Outspoken team")]
    model.show([*begun, *new, episode(5, "Goodness", 3_590_000, is_finished=True)], open_id=2)
    return model


def lines(model: LibraryModel) -> list[str]:
    return [model.index(row).data() for row in range(model.rowCount())]


def item(model: LibraryModel, title: str):
    return model.index(lines(model).index(title)).data(ITEM_ROLE)


def test_the_model_keeps_what_views_rely_on_through_every_change(
    qtmodeltester: ModelTester, model: LibraryModel, qapp: object
):
    qtmodeltester.check(model)
    model.set_reading(("/audio/new.mp3",))
    model.toggle(Shelf.FINISHED)
    qtmodeltester.check(model)
    model.set_standing(3, 5_000, "1.1", 1.0)
    model.set_filter("o")
    qtmodeltester.check(model)
    model.show([], None)
    qtmodeltester.check(model)


def test_shelves_stand_in_order_and_finished_is_folded(model: LibraryModel):
    assert lines(model) == ["Continue", "Otherness", "Scheming", "Not started", "Power", "Tour", "Finished · 1"]


def test_an_empty_shelf_is_not_shown(qapp: object):
    model = LibraryModel()
    model.show([episode(1)], None)
    assert lines(model) == ["Not started", "Episode 1"]


def test_nothing_at_all_is_empty(qapp: object):
    model = LibraryModel()
    assert model.is_empty
    model.set_reading(("/a.mp3",))
    assert not model.is_empty


@pytest.mark.parametrize(
    ("place_ms", "is_finished", "shelf"),
    [
        (None, False, Shelf.NOT_STARTED),
        (0, False, Shelf.CONTINUE),
        (5_000, False, Shelf.CONTINUE),
        (5_000, True, Shelf.FINISHED),
        (None, True, Shelf.FINISHED),
    ],
)
def test_each_episode_stands_on_one_shelf(place_ms: int | None, is_finished: bool, shelf: Shelf):
    assert shelf_of(episode(1, place_ms=place_ms, is_finished=is_finished)) is shelf


def test_a_shelf_folds_and_unfolds(model: LibraryModel):
    model.toggle(Shelf.FINISHED)
    assert lines(model)[-2:] == ["Finished", "Goodness"]
    model.toggle(Shelf.CONTINUE)
    assert lines(model)[:2] == ["Continue · 2", "Not started"]
    model.toggle(Shelf.FINISHED)
    assert lines(model)[-1] == "Finished · 1"


def test_searching_looks_through_folded_shelves_titles_and_authors(model: LibraryModel):
    model.set_filter("good")
    assert lines(model) == ["Finished", "Goodness"]
    model.set_filter("OUTSPOKEN team")
    assert lines(model) == ["Not started", "Tour"]
    model.set_filter("")
    assert len(lines(model)) == 7


def test_searching_for_nothing_that_is_there_shows_nothing(model: LibraryModel):
    model.set_filter("xylophone")
    assert lines(model) == []
    assert not model.is_empty


def test_a_begun_episode_tells_what_is_left_and_where(model: LibraryModel):
    model.set_standing(2, 1_800_000, "2.2.4", 1.0)
    assert item(model, "Scheming").caption == "30:00 left · 2.2.4"
    assert item(model, "Scheming").share == 0.5
    assert item(model, "Otherness").caption == "50:00 left"


def test_what_is_left_is_told_at_the_speed_of_the_episode(model: LibraryModel):
    model.set_standing(2, 1_800_000, "", 1.5)
    assert item(model, "Scheming").caption == "20:00 left"


def test_one_not_started_tells_its_length(model: LibraryModel):
    assert item(model, "Power").caption == "1:00:00"
    assert item(model, "Tour").caption == "1:00:00 · The Outspoken team"
    assert item(model, "Power").share == 0


def test_an_unknown_length_is_said_in_words(qapp: object):
    model = LibraryModel()
    model.show([episode(1, "Live", 5_000, duration_ms=None)], None)
    assert item(model, "Live").caption == "Length not known"
    assert item(model, "Live").share == 0


def test_the_open_one_stands_out(model: LibraryModel):
    assert item(model, "Scheming").is_open
    assert not item(model, "Otherness").is_open


def test_the_one_listened_to_moves_to_the_top_and_to_its_shelf(model: LibraryModel):
    model.set_standing(3, 1_000, "1", 1.0)
    assert lines(model)[:4] == ["Continue", "Power", "Otherness", "Scheming"]
    assert lines(model)[4:6] == ["Not started", "Tour"]


def test_listening_on_changes_one_row_and_resets_nothing(model: LibraryModel):
    model.set_standing(2, 1_801_000, "2.2", 1.0)
    resets, changes = QSignalSpy(model.modelReset), QSignalSpy(model.dataChanged)
    for at in range(10):
        model.set_standing(2, 1_802_000 + at * 1_000, "2.2", 1.0)
    assert resets.count() == 0
    assert changes.count() == 10


def test_an_episode_that_is_not_listed_changes_nothing(model: LibraryModel):
    before = lines(model)
    model.set_standing(99, 1_000, "1", 1.0)
    assert lines(model) == before
    assert model.row_of(99) is None


def test_files_that_are_being_read_stand_first_and_cannot_be_chosen(model: LibraryModel):
    model.set_reading(("/audio/Long lecture.mp3",))
    first = model.index(0)
    assert first.data() == "Long lecture"
    assert first.data(ITEM_ROLE).caption == "Reading…"
    assert not model.flags(first) & Qt.ItemFlag.ItemIsSelectable
    model.set_reading(())
    assert lines(model)[0] == "Continue"


def test_each_line_speaks_title_and_caption(model: LibraryModel):
    row = lines(model).index("Scheming")
    assert model.index(row).data(Qt.ItemDataRole.AccessibleTextRole) == "Scheming, 30:00 left"
    assert model.index(0).data(Qt.ItemDataRole.AccessibleTextRole) == "Continue"


def test_the_tooltip_has_the_whole_title_and_the_author(model: LibraryModel):
    row = lines(model).index("Tour")
    assert model.index(row).data(Qt.ItemDataRole.ToolTipRole) == "Tour\nThe Outspoken team"


def test_a_missing_file_is_said_until_it_is_there_again(model: LibraryModel):
    row = model.row_of(1)
    before = model.index(row).data(ITEM_ROLE).caption
    resets = QSignalSpy(model.modelReset)
    model.set_missing(frozenset({1}))
    item = model.index(row).data(ITEM_ROLE)
    assert (item.caption, item.is_missing, item.share > 0) == ("File not found", True, True)
    assert model.index(row).data(Qt.ItemDataRole.AccessibleTextRole) == "Otherness, File not found"
    model.set_missing(frozenset())
    assert model.index(row).data(ITEM_ROLE).caption == before
    assert resets.count() == 0
