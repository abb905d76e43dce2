from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from player.core.arrangement import Arrangement
from player.core.episode import Episode
from player.core.episode_outline import outline_of
from player.core.errors import LibraryError
from player.core.place import Place
from player.core.reading import Reading
from player.library import intake
from player.library.grouping import arrange_as, arrange_files, arrange_folder, join_group
from player.library.library import Library
from tests.builders import seed_chapters
from tests.library.shelf import OWN, execute, make_reading, put_file, put_second_file

Shelve = Callable[..., Path]


@pytest.fixture
def shelve(library: Library, tmp_path: Path) -> Shelve:
    """Puts a file into the library: ``shelve("Folder/a.mp3", "1. Title", album="A", track=1)``."""

    def put(name: str, title: str | None = None, *, minutes: int = 10, **tags: object) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        put_file(path)
        reading = make_reading(title, minutes * 60_000, chapter_lists=())
        intake.add(library, str(path), replace(reading, **tags), now_ms=1_000)
        return path

    return put


def work_of(library: Library, path: Path) -> int:
    work = library.find_by_path(str(path))
    assert work is not None
    return work


def titles(episode: Episode) -> list[str | None]:
    return [file.title for file in episode.files]


def shown(library: Library) -> list[str]:
    return sorted(summary.title for summary in library.episodes())


# --- what the rules make of a folder ---


def test_an_album_is_one_book_in_the_order_of_its_tracks(library: Library, shelve: Shelve, tmp_path: Path):
    shelve("Emma/b.mp3", "One", album="Emma", track=1)
    shelve("Emma/a.mp3", "Two", album="Emma", track=2)
    (work,) = arrange_folder(library, str(tmp_path / "Emma"), 2_000)
    book = library.episode(work)
    assert (book.title, titles(book), book.is_series) == ("Emma", ["One", "Two"], False)
    assert (book.author, book.duration_ms, book.has_cover) == ("A speaker", 20 * 60_000, True)
    assert shown(library) == ["Emma"]
    assert [section.title for section in outline_of(book).sections] == ["One", "Two"]


def test_numbered_titles_are_a_series_and_the_rest_stays_in_the_list(library: Library, shelve: Shelve, tmp_path: Path):
    shelve("Report/a.mp3", "2. What")
    shelve("Report/b.mp3", "1.1 Varieties")
    shelve("Report/c.mp3", "1. Scheming")
    shelve("Report/d.mp3", "An interview")
    works = arrange_folder(library, str(tmp_path / "Report"), 2_000)
    series = library.episode(works[0])
    assert series.is_series
    assert titles(series) == ["1. Scheming", "1.1 Varieties", "2. What"]
    assert shown(library) == ["An interview", "Report"]
    assert [section.depth for section in outline_of(series).sections] == [1, 2, 1]


def test_the_seed_posted_section_by_section_is_one_row(library: Library, shelve: Shelve, tmp_path: Path):
    for at, (_, title) in enumerate(reversed(seed_chapters())):
        shelve(f"Feed/{at:03}.mp3", title, minutes=1)
    works = arrange_folder(library, str(tmp_path / "Feed"), 2_000)
    series = next(episode for work in works if (episode := library.episode(work)).is_series)
    assert len(series.files) == 118
    assert len(library.episodes()) == 2
    assert [section.label for section in outline_of(series).sections][:4] == ["0", "0.1", "0.2", "0.2.1"]


def test_arranging_twice_changes_nothing(library: Library, shelve: Shelve, tmp_path: Path):
    shelve("Emma/b.mp3", "One", album="Emma", track=1)
    shelve("Emma/a.mp3", "Two", album="Emma", track=2)
    shelve("c.mp3", "A talk")
    first = arrange_folder(library, str(tmp_path), 2_000)
    before = library.episodes()
    assert arrange_folder(library, str(tmp_path), 3_000) == first
    assert library.episodes() == before


def test_files_that_were_chosen_one_by_one_are_arranged_alone(library: Library, shelve: Shelve):
    one = shelve("Emma/b.mp3", "One", album="Emma", track=1)
    two = shelve("Emma/a.mp3", "Two", album="Emma", track=2)
    three = shelve("Emma/c.mp3", "Three", album="Emma", track=3)
    (work,) = arrange_files(library, [str(one), str(two)], 2_000)
    assert titles(library.episode(work)) == ["One", "Two"]
    assert work_of(library, three) != work


def test_a_folder_whose_name_is_no_text_is_arranged_too(library: Library, shelve: Shelve, tmp_path: Path):
    shelve("\udcff\n/b.mp3", None, track=1)
    shelve("\udcff\n/a.mp3", None, track=2)
    (work,) = arrange_folder(library, str(tmp_path / "\udcff\n"), 2_000)
    assert library.episode(work).title == "b"


# --- later files ---


def test_a_file_that_comes_later_joins_its_book_in_its_place(library: Library, shelve: Shelve, tmp_path: Path):
    shelve("Emma/a.mp3", "One", album="Emma", track=1)
    third = shelve("Emma/c.mp3", "Three", album="Emma", track=3)
    (work,) = arrange_folder(library, str(tmp_path / "Emma"), 2_000)
    second = shelve("Emma/z.mp3", "Two", album="Emma", track=2)
    assert join_group(library, str(second), 3_000) == work
    assert titles(library.episode(work)) == ["One", "Two", "Three"]
    assert join_group(library, str(third), 3_000) == work


def test_a_file_that_comes_later_joins_its_series_in_its_place(library: Library, shelve: Shelve, tmp_path: Path):
    shelve("R/a.mp3", "1. One")
    shelve("R/b.mp3", "3. Three")
    shelve("R/b2.mp3", "3.1 Inner")
    shelve("R/b3.mp3", "4. Four")
    shelve("R/b4.mp3", "1.2 Second")
    (work,) = arrange_folder(library, str(tmp_path / "R"), 2_000)
    later = shelve("R/c.mp3", "1.1 First")
    assert join_group(library, str(later), 3_000) == work
    assert titles(library.episode(work)) == [
        "1. One", "1.1 First", "1.2 Second", "3. Three", "3.1 Inner", "4. Four",
    ]  # fmt: skip


def test_a_file_that_belongs_nowhere_stays_on_its_own(library: Library, shelve: Shelve, tmp_path: Path):
    shelve("R/a.mp3", "1. One")
    shelve("R/b.mp3", "2. Two")
    arrange_folder(library, str(tmp_path / "R"), 2_000)
    talk = shelve("R/c.mp3", "A talk")
    assert join_group(library, str(talk), 3_000) == work_of(library, talk)
    assert shown(library) == ["A talk", "R"]


def test_a_file_added_alone_makes_no_group_with_others(library: Library, shelve: Shelve):
    shelve("R/a.mp3", "1. One")
    second = shelve("R/b.mp3", "2. Two")
    assert join_group(library, str(second), 3_000) == work_of(library, second)
    assert shown(library) == ["1. One", "2. Two"]
    assert join_group(library, "/nowhere.mp3", 3_000) is None


# --- what the listener wants ---


def fill(library: Library, work: int) -> None:
    """Give the first and the last file places, heard stretches and chapters of the listener's."""
    files = library.episode(work).files
    for at, file in enumerate((files[-1], files[0])):
        library.save_place(work, file.id, 100_000 + at, 5_000)
        library.add_heard(work, file.id, 1_000, 2_000)
        library.set_chapters(work, file.id, OWN)
    assert library.flush(5)


def kept(library: Library, paths: list[Path]) -> dict[str, object]:
    """All that is kept of each file, however it is grouped."""
    found: dict[str, object] = {}
    for work in {work_of(library, path) for path in paths}:
        for file in library.episode(work).files:
            found[file.path] = (file.id, file.uid, file.place_ms, file.heard, file.chapter_lists, file.title)
    return found


@pytest.mark.parametrize("start", [Arrangement.BOOK, Arrangement.SERIES])
def test_whatever_the_listener_switches_to_every_place_heard_and_chapter_stays(
    library: Library, shelve: Shelve, tmp_path: Path, start: Arrangement
):
    tags = {"album": "A"} if start is Arrangement.BOOK else {}
    paths = [
        shelve(f"R/{name}.mp3", f"{number}. T", track=number, **tags) for number, name in ((1, "z"), (2, "y"), (3, "x"))
    ]
    (work,) = arrange_folder(library, str(tmp_path / "R"), 2_000)
    fill(library, work)
    before = kept(library, paths)
    for arrangement in (Arrangement.SERIES, Arrangement.BOOK, Arrangement.SEPARATE, Arrangement.SERIES,
                        Arrangement.SEPARATE, Arrangement.BOOK):  # fmt: skip
        works = arrange_as(library, work_of(library, paths[0]), arrangement, 3_000)
        assert kept(library, paths) == before
        assert set(works) == {row[0] for row in before.values()}  # type: ignore[index]  # tuples, as kept makes them
        count = 3 if arrangement is Arrangement.SEPARATE else 1
        assert len(set(works.values())) == len(library.episodes()) == count
        if count == 1:
            assert library.episode(works[next(iter(works))]).is_series == (arrangement is Arrangement.SERIES)


def test_the_place_of_a_group_is_the_last_of_its_files(library: Library, shelve: Shelve, tmp_path: Path):
    shelve("R/a.mp3", "1. One")
    shelve("R/b.mp3", "2. Two")
    (work,) = arrange_folder(library, str(tmp_path / "R"), 2_000)
    files = library.episode(work).files
    library.save_place(work, files[1].id, 7_000, 5_000)
    library.save_place(work, files[0].id, 3_000, 4_000)  # later, whatever the clock says
    assert library.episode(work).place == Place(0, 3_000)
    assert library.flush(5)
    assert library.episode(work).place == Place(0, 3_000)
    assert [file.place_ms for file in library.episode(work).files] == [3_000, 7_000]
    (row,) = library.episodes()
    assert (row.place_ms, row.id) == (3_000, work)


def test_no_rule_touches_what_the_listener_arranged(library: Library, shelve: Shelve, tmp_path: Path):
    paths = [shelve(f"R/{number}.mp3", f"{number}. T") for number in (1, 2, 3)]
    (work,) = arrange_folder(library, str(tmp_path / "R"), 2_000)
    arrange_as(library, work, Arrangement.SEPARATE, 3_000)
    assert len(set(arrange_folder(library, str(tmp_path / "R"), 4_000))) == 3
    arrange_as(library, work_of(library, paths[0]), Arrangement.BOOK, 5_000)
    later = shelve("R/4.mp3", "4. T")
    assert join_group(library, str(later), 6_000) == work_of(library, paths[0])
    book = library.episode(work_of(library, later))
    assert not book.is_series
    assert len(book.files) == 4


def test_speed_and_finished_follow_a_group_into_its_parts(library: Library, shelve: Shelve, tmp_path: Path):
    paths = [shelve(f"R/{number}.mp3", f"{number}. T") for number in (1, 2)]
    (work,) = arrange_folder(library, str(tmp_path / "R"), 2_000)
    library.set_speed(work, 1.5)
    library.set_finished(work, True)
    arrange_as(library, work, Arrangement.SEPARATE, 3_000)
    parts = [library.episode(work_of(library, path)) for path in paths]
    assert [(part.speed, part.is_finished) for part in parts] == [(1.5, True)] * 2


def test_one_recording_alone_cannot_be_arranged(library: Library, shelve: Shelve):
    alone = work_of(library, shelve("R/a.mp3", "A talk"))
    with pytest.raises(LibraryError, match="only this one"):
        arrange_as(library, alone, Arrangement.BOOK, 2_000)
    with pytest.raises(LibraryError, match="no episode"):
        arrange_as(library, 999, Arrangement.BOOK, 2_000)


def test_an_episode_of_several_files_can_be_parted(library: Library, shelve: Shelve, folder: Path, tmp_path: Path):
    path = shelve("R/a.mp3", "One")
    work = work_of(library, path)
    put_second_file(folder, work, str(tmp_path / "R" / "b.mp3"), 60_000)
    arrange_as(library, work, Arrangement.SEPARATE, 3_000)
    assert shown(library) == ["One", "b"]
    assert titles(library.episode(work)) == ["One"]


# --- removed and forgotten ---


def test_a_group_that_was_removed_comes_back_whole_when_one_of_its_files_is_added(
    library: Library, shelve: Shelve, tmp_path: Path
):
    paths = [shelve(f"R/{number}.mp3", f"{number}. T") for number in (1, 2)]
    (work,) = arrange_folder(library, str(tmp_path / "R"), 2_000)
    fill(library, work)
    before = kept(library, paths)
    library.forget(work)
    assert library.episodes() == []
    assert library.find_by_path(str(paths[0])) is None
    reading = make_reading("1. T", 600_000, chapter_lists=())
    assert intake.add(library, str(paths[0]), reading, now_ms=9_000) == work
    assert kept(library, paths) == before
    assert len(library.episodes()) == 1


def test_a_copy_of_a_file_of_a_removed_group_brings_the_group_back(library: Library, shelve: Shelve, tmp_path: Path):
    for number in (1, 2):
        shelve(f"R/{number}.mp3", f"{number}. T", fingerprint=b"%d" % number)
    (work,) = arrange_folder(library, str(tmp_path / "R"), 2_000)
    library.forget(work)
    shelve("copy.mp3", "1. T", fingerprint=b"1")
    assert [summary.id for summary in library.episodes()] == [work]


def test_a_removed_recording_is_in_no_new_group(library: Library, shelve: Shelve, tmp_path: Path):
    paths = [shelve(f"R/{number}.mp3", f"{number}. T") for number in (1, 2, 3)]
    library.forget(work_of(library, paths[2]))
    assert library.flush(5)
    (work,) = arrange_folder(library, str(tmp_path / "R"), 2_000)
    assert titles(library.episode(work)) == ["1. T", "2. T"]


def test_a_member_that_is_read_again_keeps_the_title_of_its_group(library: Library, shelve: Shelve, tmp_path: Path):
    shelve("Emma/b.mp3", "One", album="Emma", track=1)
    shelve("Emma/a.mp3", "Two", album="Emma", track=2)
    (work,) = arrange_folder(library, str(tmp_path / "Emma"), 2_000)
    shelve("Emma/b.mp3", "One anew", album="Emma", track=1)
    assert (library.episode(work).title, titles(library.episode(work))) == ("Emma", ["One anew", "Two"])


# --- always ---

TITLES = st.sampled_from(["1. A", "1.1 B", "2. C", "Talk", "Chapter 3", "Chapter 4"])
FILES = st.lists(
    st.tuples(TITLES, st.sampled_from([None, "Emma", "Essays"]), st.none() | st.integers(1, 4)), min_size=1, max_size=7
)
STEPS = st.lists(st.tuples(st.integers(0, 6), st.sampled_from([*Arrangement, None])), max_size=4)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(FILES, STEPS)
def test_every_file_is_listened_to_in_exactly_one_work(
    tmp_path_factory: pytest.TempPathFactory, files: list[tuple[str, str | None, int | None]],
    steps: list[tuple[int, Arrangement | None]],
):  # fmt: skip
    root = tmp_path_factory.mktemp("any")
    with Library.open(root / "data") as library:
        (root / "F").mkdir()
        paths = []
        for at, (title, album, track) in enumerate(files):
            paths.append(put_file(root / "F" / f"{at}.mp3"))
            reading = Reading(title, album=album, track=track, container="mp3", duration_ms=1_000)
            intake.add(library, str(paths[-1]), reading, 1)
        arrange_folder(library, str(root / "F"), 2)
        for at, arrangement in steps:
            work = work_of(library, paths[at % len(paths)])
            try:
                arrange_as(library, work, arrangement, 3) if arrangement else arrange_folder(
                    library, str(root / "F"), 3
                )
            except LibraryError:
                assert len(library.episode(work).files) == 1
        listened = [file.path for row in library.episodes() for file in library.episode(row.id).files]
        assert sorted(listened) == sorted(map(str, paths))
        assert execute(root / "data", "PRAGMA foreign_key_check") == []
