import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from player.core.chapter import Chapter, ChapterList
from player.core.coverage import Coverage
from player.core.errors import LibraryError
from player.core.place import Place
from player.core.speed import MIN_SPEED
from player.library.library import Library
from tests.library.shelf import CHAPTERS, OWN, execute, file_of, make_reading, put_second_file
from tests.library.test_writer import Do

AddEpisode = Callable[..., int]


@pytest.fixture
def held(library: Library) -> "Holder":
    return Holder(library)


class Holder:
    """Keeps changes from the disk while it is entered."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._begun, self._released = threading.Event(), threading.Event()

    def __enter__(self) -> None:
        self._library.submit(Do(self._hold))
        assert self._begun.wait(10)

    def __exit__(self, *_: object) -> None:
        self._released.set()
        assert self._library.flush(10)

    def _hold(self, db: object) -> None:
        self._begun.set()
        self._released.wait(10)


def test_a_place_comes_back_at_the_next_start(folder: Path, add: AddEpisode, library: Library) -> None:
    episode = add()
    library.save_place(episode, file_of(library, episode), 9_000, 1_790_000_000_000).result(10)
    with Library.open(folder) as second:
        found = second.episode(episode)
        assert (found.place, found.saved_at_ms) == (Place(0, 9_000), 1_790_000_000_000)


def test_later_places_win_whatever_the_clock_says(library: Library, add: AddEpisode) -> None:
    episode = add()
    library.save_place(episode, file_of(library, episode), 9_000, 1_790_000_000_000).result(10)
    library.save_place(episode, file_of(library, episode), 10_000, -86_400_000).result(10)
    assert library.episode(episode).place == Place(0, 10_000)
    assert library.episode(episode).saved_at_ms == -86_400_000


def test_the_last_listened_comes_first_whatever_the_clock_says(library: Library, add: AddEpisode) -> None:
    first, second, third, fourth = (add(f"{n}.mp3") for n in range(4))
    library.save_place(second, file_of(library, second), 1, 9_999).result(10)
    library.save_place(first, file_of(library, first), 1, 1).result(10)
    assert [summary.id for summary in library.episodes()] == [first, second, third, fourth]


def test_the_last_added_comes_first_and_what_was_added_at_once_keeps_its_order(
    library: Library, add: AddEpisode
) -> None:
    one, two = add("1.mp3"), add("2.mp3")
    three, four = add("3.mp3"), add("4.mp3")
    execute(library.path.parent, "UPDATE episode SET added_at_ms = added_at_ms + 1 WHERE id IN (?, ?)", three, four)
    assert [summary.id for summary in library.episodes()] == [three, four, one, two]


def test_changes_are_seen_before_they_are_on_the_disk(library: Library, add: AddEpisode, held: Holder) -> None:
    other, episode, removed = add("other.mp3"), add("talk.mp3"), add("removed.mp3")
    library.save_place(other, file_of(library, other), 5, 5).result(10)
    with held:
        library.save_place(episode, file_of(library, episode), 20_000, 77)
        library.add_heard(episode, file_of(library, episode), 10_000, 20_000)
        library.add_heard(episode, file_of(library, episode), 0, 5_000)
        library.set_speed(episode, 2.0)
        library.set_finished(episode, True)
        library.set_title(episode, " Mine ")
        library.set_chapters(episode, file_of(library, episode), OWN)
        library.choose_source(episode, "id3")
        library.forget(removed)
        library.set_setting("volume", 0.5)
        before, listed = library.episode(episode), library.episodes()
        assert library.episode(removed).title == "A talk"  # it may be playing still
        assert library.setting("volume", 1.0) == 0.5
        assert library.find_by_path(listed[0].path) == episode
        assert library.find_by_path(str(library.path.parent.parent / "removed.mp3")) is None
        assert execute(library.path.parent, "SELECT count(*) FROM heard") == [(0,)]
    assert before.place == Place(0, 20_000)
    assert before.heard == Coverage(((0, 5_000), (10_000, 20_000)))
    assert (before.speed, before.is_finished, before.title) == (2.0, True, "Mine")
    assert before.chapters == CHAPTERS.chapters
    assert [summary.id for summary in listed] == [episode, other]
    assert (listed[0].place_ms, listed[0].heard_ms) == (20_000, 15_000)
    assert library.episode(episode) == before
    assert library.episodes() == listed


def test_the_place_that_waits_last_comes_first(library: Library, add: AddEpisode, held: Holder) -> None:
    one, two, three = (add(f"{n}.mp3") for n in range(3))
    with held:
        for episode in (three, one, three, two, one):
            library.save_place(episode, file_of(library, episode), 1, 1)
        assert [summary.id for summary in library.episodes()] == [one, two, three]
    assert [summary.id for summary in library.episodes()] == [one, two, three]


def test_of_places_that_wait_only_the_newest_is_written(library: Library, add: AddEpisode, held: Holder) -> None:
    episode = add()
    with held:
        for ms in range(500):
            library.save_place(episode, file_of(library, episode), ms, ms)
    assert library.episode(episode).place == Place(0, 499)
    assert execute(library.path.parent, "SELECT seq FROM place") == [(2,)]  # adding took the first


def test_a_summary_is_that_of_the_whole_episode(library: Library, add: AddEpisode, folder: Path) -> None:
    one, two, three = (add(f"{n}.mp3") for n in range(3))
    put_second_file(folder, two, "/b.mp3", 30_000)
    put_second_file(folder, two, "/c.mp3", 5_000)
    put_second_file(folder, three, "/d.mp3", None)
    library.save_place(two, file_of(library, two, 1), 2_000, 1)
    library.save_place(three, file_of(library, three, 1), 3_000, 1)
    library.add_heard(two, file_of(library, two), 0, 1_000)
    library.add_heard(two, file_of(library, two, 2), 0, 500)
    assert library.flush(10)
    summaries = {summary.id: summary for summary in library.episodes()}
    for episode in (one, two, three):
        assert summaries[episode] == library.episode(episode).summary
    assert summaries[two].duration_ms == 95_000
    assert summaries[two].place_ms == 62_000
    assert summaries[two].heard_ms == 1_500
    assert summaries[three].duration_ms is None


def test_a_damaged_place_is_told_once_not_used_and_not_deleted(library: Library, add: AddEpisode, folder: Path) -> None:
    episode = add()
    library.save_place(episode, file_of(library, episode), 9_000, 1)
    library.add_heard(episode, file_of(library, episode), 0, 9_000)
    assert library.flush(10)
    execute(folder, "UPDATE place SET ms = 1529000")
    execute(folder, "UPDATE heard SET total_ms = 1")
    for _ in range(2):
        assert library.episodes()[0].place_ms is None
        assert library.episodes()[0].heard_ms == 0
        assert library.episode(episode).place is None
        assert library.episode(episode).saved_at_ms is None
        assert library.episode(episode).heard == Coverage()
    assert [notice.code for notice in library.notices] == ["place-damaged", "heard-damaged"]
    assert library.notices[0].message == "The saved place of “A talk” is damaged on the disk and is not used."
    assert execute(folder, "SELECT ms FROM place") == [(1_529_000,)]


def test_a_damaged_place_brings_nothing_to_the_top(library: Library, add: AddEpisode, folder: Path) -> None:
    damaged, sound = add("damaged.mp3"), add("sound.mp3")
    library.save_place(damaged, file_of(library, damaged), 1, 1)
    library.save_place(sound, file_of(library, sound), 1, 1)
    assert library.flush(10)
    execute(folder, "UPDATE place SET seq = 1000000 WHERE file = ?", file_of(library, damaged))
    assert [summary.id for summary in library.episodes()] == [sound, damaged]


def test_a_place_goes_with_its_file(library: Library, add: AddEpisode, folder: Path) -> None:
    one, two = add("one.mp3"), add("two.mp3")
    library.save_place(one, file_of(library, one), 9_000, 1).result(10)
    execute(folder, "UPDATE file SET episode = ?, position = 1 WHERE episode = ?", two, one)
    put_second_file(folder, one, "/new.mp3", 1)
    assert library.episode(one).place is None
    assert library.episode(two).place == Place(1, 9_000)
    assert [library.episode(each).summary for each in (two, one)] == library.episodes()


def test_chapters_of_the_listener_come_and_go(library: Library, add: AddEpisode) -> None:
    episode = add()
    library.set_chapters(episode, file_of(library, episode), OWN)
    assert library.episode(episode).chapters == OWN.chapters
    library.remove_chapters(episode, "own")
    assert library.episode(episode).chapters == CHAPTERS.chapters


def test_marks_of_heard_can_be_taken_back(library: Library, add: AddEpisode) -> None:
    episode = add()
    library.add_heard(episode, file_of(library, episode), 0, 50_000)
    library.set_heard(episode, file_of(library, episode), Coverage(((0, 10_000),)))
    library.add_heard(episode, file_of(library, episode), 9_000, 12_000)
    assert library.episode(episode).heard == Coverage(((0, 12_000),))
    assert library.flush(10)
    assert library.episode(episode).heard == Coverage(((0, 12_000),))


def test_a_stretch_of_nothing_is_nothing(library: Library, add: AddEpisode) -> None:
    episode = add()
    library.add_heard(episode, file_of(library, episode), 5_000, 5_000)
    library.add_heard(episode, file_of(library, episode), 6_000, 5_000).result(10)
    assert library.episode(episode).heard == Coverage()


@pytest.mark.parametrize("value", [True, 7, 0.5, "text", ["a", 1], {"a": {"b": None}}])
def test_settings_come_back_as_they_were(library: Library, value: object) -> None:
    library.set_setting("name", value).result(10)
    assert library.setting("name", type(value)()) == value
    assert library.setting("name", None) == value


def test_a_setting_of_another_kind_or_damaged_is_the_default(library: Library, folder: Path) -> None:
    assert library.setting("name", "default") == "default"
    library.set_setting("name", 7).result(10)
    assert library.setting("name", "default") == "default"
    assert library.setting("name", True) is True
    assert library.setting("name", 1.0) == 7.0
    assert type(library.setting("name", 1.0)) is float
    execute(folder, "UPDATE setting SET value = '{broken'")
    assert library.setting("name", 5) == 5


def test_an_unknown_episode_is_told_in_one_sentence(library: Library) -> None:
    with pytest.raises(LibraryError, match=r"^There is no episode 5 in the library\.$"):
        library.episode(5)


def test_impossible_places_and_empty_titles_are_refused_at_once(library: Library, add: AddEpisode) -> None:
    episode = add()
    with pytest.raises(ValueError, match="no place is at"):
        library.save_place(episode, file_of(library, episode), -1, 0)
    with pytest.raises(LibraryError, match=r"A title cannot be empty\."):
        library.set_title(episode, " ")


def test_a_closed_library_says_so(library: Library) -> None:
    assert library.close()
    assert library.close()
    with pytest.raises(LibraryError, match=r"^The library is closed\.$"):
        library.episodes()


def test_damage_met_while_reading_is_told_in_one_sentence(folder: Path, library: Library, add: AddEpisode) -> None:
    chapters = tuple(Chapter(n, f"{n}. {'x' * 500}") for n in range(1, 400))
    episode = add("long.mp3", make_reading(chapter_lists=(ChapterList("id3", chapters),)))
    assert library.close()
    content = bytearray((folder / "library.db").read_bytes())
    with Library.open(folder) as opened:
        page = 4_096
        for start in range(page * 30, len(content), page):
            content[start : start + page] = b"\xa5" * page
        (folder / "library.db").write_bytes(content)
        with pytest.raises(LibraryError, match=r"^The library .* is damaged\.$"):
            opened.episode(episode)


def test_reading_and_writing_from_many_threads_gives_no_error(library: Library, add: AddEpisode) -> None:
    episode = add()

    def work(number: int) -> None:
        for start in range(number * 1_000, number * 1_000 + 300, 10):
            library.add_heard(episode, file_of(library, episode), start, start + 10)
            library.episode(episode)
            library.episodes()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    assert library.episode(episode).heard == Coverage(tuple((n * 1_000, n * 1_000 + 300) for n in range(4)))


def test_a_disk_that_does_not_answer_keeps_nobody_else_waiting(
    library: Library, add: AddEpisode, monkeypatch: pytest.MonkeyPatch
) -> None:
    add()
    asked, answer = threading.Event(), threading.Event()

    def hang(path: str) -> str:
        asked.set()
        answer.wait(10)
        return path

    monkeypatch.setattr(os.path, "realpath", hang)
    looking = threading.Thread(target=library.find_file, args=("/mnt/gone/talk.mp3",))
    looking.start()
    try:
        assert asked.wait(5)
        assert len(library.episodes()) == 1
        assert looking.is_alive()
    finally:
        answer.set()
        looking.join()


def test_a_damaged_speed_is_held_within_the_limits(library: Library, add: AddEpisode, folder: Path) -> None:
    episode = add()
    execute(folder, "UPDATE episode SET speed = 0.0")
    assert library.episode(episode).speed == library.episodes()[0].speed == MIN_SPEED


def test_the_last_value_given_is_read_while_an_older_one_is_being_written(library: Library) -> None:
    for value in range(300):
        library.set_setting("volume", value)
        assert library.setting("volume", -1) == value
