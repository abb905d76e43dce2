"""Every change must look the same before it is written and after: the window shows one, the next start the other."""

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from player.core.chapter import Chapter, ChapterList
from player.core.coverage import Coverage
from player.core.episode import Episode
from player.core.errors import LibraryError
from player.core.shape import Shape
from player.library import intake
from player.library.change import (
    Change,
    ChooseShape,
    ChooseSource,
    EpisodeChange,
    Forget,
    Hear,
    RemoveChapters,
    SavePlace,
    SetChapters,
    SetFinished,
    SetSetting,
    SetSpeed,
    SetTitle,
)
from player.library.connection import connect_to_write, transaction
from player.library.library import Library
from player.library.store import read_episode
from tests.library.shelf import CHAPTERS, OWN, make_reading, put_file

EPISODE = 1
FILE = 1
TIMES = st.integers(0, 60_000)
COVERAGES = st.lists(st.tuples(TIMES, TIMES), max_size=4).map(Coverage.of)
LISTS = st.builds(
    ChapterList,
    st.sampled_from(["own", "podcast-json", "text"]),
    st.lists(st.builds(Chapter, TIMES, st.text(max_size=5)), max_size=3).map(tuple),
)
CHANGES = st.one_of(
    st.builds(SavePlace, st.just(EPISODE), st.just(FILE), TIMES, TIMES),
    st.builds(Hear, st.just(EPISODE), st.just(FILE), COVERAGES, st.booleans()),
    st.builds(SetSpeed, st.just(EPISODE), st.floats(0.5, 4.0)),
    st.builds(SetFinished, st.just(EPISODE), st.booleans()),
    st.builds(SetTitle, st.just(EPISODE), st.text(st.characters(), min_size=1)),
    st.builds(ChooseSource, st.just(EPISODE), st.sampled_from([None, "own", "id3"])),
    st.builds(SetChapters, st.just(EPISODE), st.just(FILE), LISTS),
    st.builds(ChooseShape, st.just(EPISODE), st.sampled_from(Shape)),
    st.builds(RemoveChapters, st.just(EPISODE), st.sampled_from(["own", "id3", "text"])),
)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a library with one episode."""
    folder = tmp_path_factory.mktemp("begun")
    with Library.open(folder) as library:
        path = put_file(folder / "talk.mp3")
        assert intake.add(library, str(path), make_reading(), 0) == EPISODE
    return (folder / "library.db").read_bytes()


def merged(changes: list[EpisodeChange]) -> list[Change]:
    """The changes as the writer keeps them while they wait."""
    waiting: dict[object, Change] = {}
    for change in changes:
        older = waiting.pop(change.key, None)
        waiting[change.key] = change.after(older) if older else change
    return list(waiting.values())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=100)
@given(st.lists(CHANGES, max_size=8))
def test_changes_look_the_same_shown_written_and_merged(begun: bytes, changes: list[EpisodeChange]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "library.db"
        path.write_bytes(begun)
        db = connect_to_write(path)
        shown = shown_merged = read_episode(db, EPISODE, pytest.fail)
        for change in changes:
            shown = change.show(shown)
        for change in merged(changes):
            shown_merged = change.show(shown_merged)  # type: ignore[attr-defined]
        with transaction(db):
            for change in merged(changes):
                change.write(db, "device")
        written = read_episode(db, EPISODE, pytest.fail)
        db.close()
    assert shown == shown_merged
    assert in_plain_order(written) == in_plain_order(shown)


def in_plain_order(episode: Episode) -> Episode:
    """With the lists that are not the listener's own in one order: which of those is better is nobody's promise."""
    files = []
    for file in episode.files:
        own = [kept for kept in file.chapter_lists if kept.source == "own"]
        assert list(file.chapter_lists[: len(own)]) == own
        files.append(replace(file, chapter_lists=tuple(sorted(file.chapter_lists, key=lambda kept: kept.source))))
    return replace(episode, files=tuple(files))


def test_a_heard_stretch_joins_the_one_that_waits() -> None:
    older = Hear(1, 0, Coverage(((0, 10),)), adds=True)
    newer = Hear(1, 0, Coverage(((10, 20),)), adds=True)
    assert newer.after(older) == Hear(1, 0, Coverage(((0, 20),)), adds=True)


def test_a_heard_stretch_joins_a_mark_that_waits() -> None:
    mark = Hear(1, 0, Coverage(), adds=False)
    newer = Hear(1, 0, Coverage(((10, 20),)), adds=True)
    assert newer.after(mark) == Hear(1, 0, Coverage(((10, 20),)), adds=False)


def test_a_mark_replaces_the_stretches_that_wait() -> None:
    older = Hear(1, 0, Coverage(((0, 10),)), adds=True)
    mark = Hear(1, 0, Coverage(), adds=False)
    assert mark.after(older) == mark


@pytest.mark.parametrize(
    "change",
    [
        SavePlace(EPISODE, 7, 1, 1),
        Hear(EPISODE, 7, Coverage(((0, 1),)), adds=True),
        SetChapters(EPISODE, 7, OWN),
        SetSpeed(99, 1.0),
        Forget(99),
    ],
)
def test_changes_of_what_is_not_there_are_refused_in_one_sentence(begun: bytes, tmp_path: Path, change: Change) -> None:
    path = tmp_path / "library.db"
    path.write_bytes(begun)
    db = connect_to_write(path)
    with pytest.raises(LibraryError, match=r"^(There is no episode 99 in the library|The library holds no file .*)\.$"):
        change.write(db, "device")
    db.close()


def test_a_setting_is_replaced(begun: bytes, tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    path.write_bytes(begun)
    db = connect_to_write(path)
    SetSetting("volume", "1").write(db, "device")
    SetSetting("volume", "0.5").write(db, "device")
    assert db.execute("SELECT key, value FROM setting").fetchall() == [("volume", "0.5")]
    db.close()


def test_changes_of_different_sources_do_not_replace_each_other() -> None:
    assert RemoveChapters(EPISODE, "own").key != RemoveChapters(EPISODE, "text").key
    assert SetChapters(EPISODE, FILE, OWN).key != SetChapters(EPISODE, FILE, CHAPTERS).key
