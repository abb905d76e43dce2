"""Listening to books and series: across files, with each leaf's own place, and while they are arranged anew."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from player.core.arrangement import Arrangement
from player.core.place import Place
from player.core.reading import Reading
from player.core.section import Section
from player.core.shape import Shape
from player.library import intake
from player.library.grouping import arrange_as, arrange_folder, join_group
from player.library.library import Library
from player.session.editing import Editing
from tests.session.conftest import Listener

MINUTE = 60_000


def put(listener: Listener, name: str, title: str, **tags: object) -> Path:
    path = listener.folder / "shelf" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(name.encode())
    reading = Reading(title=title, container="m4b", duration_ms=MINUTE)
    intake.add(listener.library, str(path), replace(reading, **tags), 1)
    return path


def arrange(listener: Listener) -> int:
    return arrange_folder(listener.library, str(listener.folder / "shelf"), 2)[0]


@pytest.fixture
def book(listener: Listener) -> int:
    """Three files of a minute each, open."""
    for at, title in enumerate(("Loomings", "The Carpet-Bag", "The Spouter-Inn")):
        put(listener, f"{9 - at}.m4b", title, album="Moby Dick", track=at + 1)
    work = arrange(listener)
    listener.session.open(work)
    return work


@pytest.fixture
def series(listener: Listener) -> int:
    """Four sections of a minute each, in files whose names tell another order, open."""
    for name, title in (("d", "1. One"), ("c", "1.1 Inner"), ("b", "1.2 Second"), ("a", "2. Two")):
        put(listener, f"{name}.m4b", title)
    work = arrange(listener)
    listener.session.open(work)
    return work


def called(listener: Listener, title: str) -> Section:
    return next(each for each in listener.session.outline.sections if each.title == title)


def loaded(listener: Listener) -> list[str]:
    return [Path(str(command[1])).stem for command in listener.engine.commands if command[0] == "load"]


def finish_tasks(listener: Listener, qtbot: object) -> None:
    qtbot.waitUntil(lambda: listener.tasks.is_idle)  # type: ignore[attr-defined]


def test_a_book_plays_from_one_file_into_the_next(listener: Listener, book: int):
    session = listener.session
    session.seek(55_000)
    session.play()
    listener.wait(10_000)
    assert loaded(listener) == ["9", "8"]
    assert session.section is not None
    assert session.section.title == "The Carpet-Bag"
    assert 63_000 <= session.place_ms <= 66_000
    heard = session.heard
    assert heard.within(55_000, 60_000) >= 4_900
    assert heard.within(60_000, 63_000) == 3_000
    session.pause()
    listener.crash()
    listener.session.open(book)
    place = listener.library.episode(book).place
    assert place is not None
    assert place.file == 1
    assert listener.session.place_ms == MINUTE + place.ms


def test_times_of_a_series_roll_up_from_its_leaves(listener: Listener, series: int):
    one = called(listener, "1. One")
    assert (one.whole_ms, one.own_ms, one.children) == (3 * MINUTE, MINUTE, (1, 2))
    listener.session.set_section_heard(called(listener, "1.1 Inner"), is_heard=True)
    assert listener.session.heard.within(one.start_ms, one.whole_end_ms or 0) == MINUTE
    assert listener.library.flush(5)
    files = listener.library.episode(series).files
    assert [file.heard.total_ms for file in files] == [0, MINUTE, 0, 0]


def test_next_and_previous_section_cross_files(listener: Listener, series: int):
    session = listener.session
    session.play()
    listener.wait(2_000)
    for title in ("1.1 Inner", "1.2 Second", "2. Two"):
        session.moves.next_section()
        listener.wait(1_000)
        assert session.section is not None
        assert session.section.title == title
    session.moves.previous_section()
    assert session.section.title == "1.2 Second"
    assert loaded(listener) == ["d", "c", "b", "a", "b"]
    session.moves.enclosing_section()
    assert session.section.title == "1. One"


def test_each_leaf_of_a_series_keeps_its_own_place(listener: Listener, series: int):
    session = listener.session
    session.play_section(called(listener, "1. One"))
    listener.wait(20_000)
    session.play_section(called(listener, "2. Two"))
    listener.wait(30_000)
    session.pause()
    assert listener.library.flush(5)
    places = [file.place_ms for file in listener.library.episode(series).files]
    assert places[0] == pytest.approx(20_000, abs=1_500)
    assert places[3] == pytest.approx(30_000, abs=1_500)
    assert places[1:3] == [None, None]
    assert listener.library.episode(series).place == Place(3, places[3])


def test_a_leaf_that_is_chosen_goes_on_where_it_was_left(listener: Listener, series: int):
    session = listener.session
    session.play_section(called(listener, "1. One"))
    listener.wait(20_000)
    session.play_section(called(listener, "2. Two"))
    listener.wait(10_000)
    session.play_section(called(listener, "1. One"))
    assert session.place_ms == pytest.approx(20_000, abs=1_500)
    listener.wait(1_000)
    session.play_section(called(listener, "1. One"))  # current already
    assert session.place_ms == 0


def test_a_leaf_that_was_left_before_a_restart_goes_on_there_too(listener: Listener, series: int):
    listener.session.play_section(called(listener, "1.2 Second"))
    listener.wait(25_000)
    listener.session.play_section(called(listener, "2. Two"))
    listener.wait(5_000)
    listener.session.pause()
    listener.crash()
    listener.session.open(series)
    assert listener.session.section is not None
    assert listener.session.section.title == "2. Two"  # the last listened
    listener.session.play_section(called(listener, "1.2 Second"))
    assert listener.session.place_ms == pytest.approx(2 * MINUTE + 25_000, abs=1_500)


def test_a_series_plays_on_from_leaf_to_leaf(listener: Listener, series: int):
    session = listener.session
    session.play_section(called(listener, "1.1 Inner"))
    listener.wait(MINUTE + 5_000)
    assert session.section is not None
    assert session.section.title == "1.2 Second"
    assert not listener.library.episode(series).is_finished


@pytest.mark.parametrize("arrangement", [Arrangement.BOOK, Arrangement.SEPARATE])
def test_what_is_arranged_anew_while_it_plays_goes_on(listener: Listener, series: int, arrangement: Arrangement):
    session = listener.session
    session.play_section(called(listener, "1.2 Second"))
    listener.wait(25_000)
    assert session.episode is not None
    file = session.episode.file_at(session.place_ms)[0].id
    works = arrange_as(listener.library, series, arrangement, 3)
    session.move_to(works[file])
    listener.wait(5_000)
    assert session.is_playing
    assert session.episode is not None
    now, place_ms = session.episode.file_at(session.place_ms)
    assert now.id == file
    assert place_ms == pytest.approx(28_000, abs=2_500)  # two seconds are played again
    session.pause()
    assert listener.library.flush(5)


def test_a_file_that_joins_the_open_series_moves_nothing(listener: Listener, series: int):
    session = listener.session
    session.play_section(called(listener, "2. Two"))
    listener.wait(25_000)
    session.pause()
    assert session.section is not None
    later = put(listener, "e.m4b", "1.3 Third")
    assert join_group(listener.library, str(later), 4) == series
    session.read_again()
    assert session.section.title == "2. Two"
    assert session.place_ms == pytest.approx(4 * MINUTE + 25_000, abs=1_500)
    assert len(session.outline) == 5


def test_an_episode_that_became_a_member_while_it_was_open_keeps_its_place(listener: Listener):
    paths = [put(listener, f"{number}.m4b", f"{number}. T") for number in (1, 2)]
    single = listener.library.find_by_path(str(paths[1]))
    assert single is not None
    listener.session.open(single)
    listener.session.play()
    listener.wait(20_000)
    work = arrange(listener)
    listener.session.move_to(work)
    assert listener.session.is_playing
    assert listener.session.place_ms == pytest.approx(MINUTE + 18_000, abs=1_500)


def lengthen(listener: Listener, name: str, title: str, to_ms: int, **tags: object) -> None:
    """Somebody puts a longer recording of the same in the place of that file, and it is read."""
    path = listener.folder / "shelf" / name
    path.write_bytes(b"longer than it was")
    reading = Reading(title=title, container="m4b", duration_ms=to_ms)
    intake.add(listener.library, str(path), replace(reading, **tags), 5)


@pytest.mark.parametrize("is_edited", [False, True])
def test_a_file_before_it_that_became_longer_moves_no_place(listener: Listener, book: int, is_edited: bool):
    session = listener.session
    session.seek(MINUTE + 5_000)
    session.set_section_heard(called(listener, "Loomings"), is_heard=True)
    session.seek(2 * MINUTE + 10_000)
    session.play()
    listener.wait(12_500)
    lengthen(listener, "9.m4b", "Loomings", 90_000, album="Moby Dick", track=1)
    if is_edited:
        session.choosing.show_as(Shape.FLAT)
    else:
        session.read_again()
    assert session.place_ms == pytest.approx(2 * MINUTE + 30_000 + 22_500, abs=500)
    assert session.duration_ms == 3 * MINUTE + 30_000
    listener.wait(5_000)
    session.pause()
    assert not listener.told
    assert listener.library.flush(5)
    first, second, third = listener.library.episode(book).files
    assert (first.place_ms, second.place_ms) == (None, 5_000)
    assert third.place_ms == pytest.approx(27_500, abs=500)
    assert third.heard.within(10_000, 27_000) == 17_000
    assert (first.heard.spans, second.heard.spans) == (((0, MINUTE),), ())
    assert session.heard == listener.library.episode(book).heard
    assert len(loaded(listener)) == 1  # the sound went on
    if is_edited:
        session.undo()
    session.undo()
    assert listener.library.flush(5)
    first, second, third = listener.library.episode(book).files
    assert (first.heard.spans, second.heard.spans) == ((), ())
    assert third.heard.within(10_000, 27_000) == 17_000


def test_a_file_that_joined_while_the_outline_is_edited_moves_no_place(listener: Listener, series: int):
    session = listener.session
    session.play_section(called(listener, "2. Two"))
    listener.wait(25_000)
    session.pause()
    later = put(listener, "e.m4b", "1.3 Third")
    join_group(listener.library, str(later), 4)
    session.choosing.show_as(Shape.FLAT)
    assert session.section is not None
    assert session.section.title == "2. Two"
    assert session.place_ms == pytest.approx(4 * MINUTE + 25_000, abs=1_500)


def parted_elsewhere(listener: Listener, work: int) -> dict[int, int]:
    """The works of its files after another program parted them."""
    assert listener.library.flush(5)
    with Library.open(listener.library.path.parent) as other:
        return arrange_as(other, work, Arrangement.SEPARATE, 3)


def test_a_book_that_another_program_parts_goes_on_in_the_recording_that_plays(listener: Listener, book: int):
    session = listener.session
    session.seek(70_000)
    session.play()
    listener.wait(1_000)
    assert session.episode is not None
    file = session.episode.files[1].id
    works = parted_elsewhere(listener, book)
    session.read_again()
    assert session.episode.id == works[file]
    assert session.is_playing
    assert 8_000 <= session.place_ms <= 12_000
    [notice] = [notice for notice in listener.told if notice.code == "arranged-elsewhere"]
    assert notice.message == ("“Moby Dick” was arranged anew in another window: you go on in “The Carpet-Bag”.")


def test_what_was_edited_of_a_book_that_another_program_parted_is_kept_by_its_files(listener: Listener, book: int):
    works = parted_elsewhere(listener, book)
    editing = Editing(listener.session)
    editing.begin()
    editing.rename(0, "Mine")
    assert listener.session.episode is not None
    assert listener.session.episode.id in works.values()
    assert [section.title for section in listener.session.outline.sections] == ["Mine"]
    assert [notice.code for notice in listener.told] == ["arranged-elsewhere"]


def test_a_library_that_cannot_be_read_is_told_in_a_sentence(listener: Listener, book: int):
    listener.library.flush(5)
    with closing(sqlite3.connect(listener.library.path)) as db, db:
        db.execute("DROP TABLE heard")
    listener.session.read_again()
    assert listener.session.episode is not None
    assert listener.session.episode.id == book
    [notice] = listener.told
    assert notice.message.startswith("The library ")
