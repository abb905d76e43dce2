import pytest

from player.core.chapter import Chapter, ChapterList
from player.core.coverage import Coverage
from player.core.episode import Episode, EpisodeFile, EpisodeSummary
from player.core.place import Place

BEST = ChapterList("chpl", (Chapter(0, "1. One"), Chapter(400, "1.1 Hidden", is_listed=False), Chapter(500, "2. Two")))
OTHER = ChapterList("podcast-json", (Chapter(100, "1. Other", id="a", depth=2, end_ms=200, link="https://a.example"),))


def a_file(
    number: int,
    duration_ms: int | None = 1_000,
    heard: Coverage = Coverage(),  # noqa: B008 - a constant value
    lists: tuple[ChapterList, ...] = (),
) -> EpisodeFile:
    return EpisodeFile(
        id=number,
        path=f"/{number}.mp3",
        duration_ms=duration_ms,
        container="mp3",
        file_size=1,
        mtime_ns=1,
        heard=heard,
        chapter_lists=lists,
    )


def an_episode(*files: EpisodeFile, place: Place | None = None, chapter_source: str | None = None) -> Episode:
    return Episode(id=1, title="Title", author=None, files=files, place=place, chapter_source=chapter_source)


def test_the_whole_length_is_that_of_all_files() -> None:
    episode = an_episode(a_file(1), a_file(2, 500), a_file(3, 1))
    assert episode.duration_ms == 1_501
    assert episode.starts_ms == (0, 1_000, 1_500)


def test_the_whole_length_is_unknown_when_that_of_any_file_is() -> None:
    episode = an_episode(a_file(1), a_file(2, None), a_file(3))
    assert episode.duration_ms is None
    assert episode.starts_ms == (0, 1_000, 1_000)


@pytest.mark.parametrize(
    ("whole_ms", "place"),
    [
        (0, Place(0, 0)),
        (999, Place(0, 999)),
        (1_000, Place(1, 0)),
        (1_499, Place(1, 499)),
        (1_500, Place(2, 0)),
        (9_000, Place(2, 7_500)),
    ],
)
def test_a_moment_of_the_whole_is_a_place_in_one_file(whole_ms: int, place: Place) -> None:
    episode = an_episode(a_file(1), a_file(2, 500), a_file(3))
    assert episode.place_at(whole_ms) == place
    assert episode.whole_ms(place) == whole_ms


def test_a_moment_before_the_beginning_is_the_beginning() -> None:
    assert an_episode(a_file(1)).place_at(-5) == Place(0, 0)


def test_heard_of_all_files_lies_on_the_whole_time_line() -> None:
    episode = an_episode(a_file(1, heard=Coverage(((900, 1_000),))), a_file(2, heard=Coverage(((0, 50), (60, 70)))))
    assert episode.heard == Coverage(((900, 1_050), (1_060, 1_070)))


def test_the_first_list_is_the_best_unless_the_listener_chose() -> None:
    assert an_episode(a_file(1, lists=(BEST, OTHER))).chapters_from == "chpl"
    chosen = an_episode(a_file(1, lists=(BEST, OTHER)), chapter_source="podcast-json")
    assert chosen.chapters_from == "podcast-json"
    assert chosen.chapters == OTHER.chapters
    assert an_episode(a_file(1, lists=(BEST,)), chapter_source="gone").chapters_from == "chpl"


def test_chapters_that_are_not_listed_are_left_out() -> None:
    assert [chapter.title for chapter in an_episode(a_file(1, lists=(BEST,))).chapters] == ["1. One", "2. Two"]


def test_chapters_of_later_files_are_moved_with_all_they_say() -> None:
    episode = an_episode(a_file(1), a_file(2, lists=(OTHER,)), a_file(3, lists=(BEST,)))
    assert episode.chapters == (
        Chapter(1_100, "1. Other", id="a", depth=2, end_ms=1_200, link="https://a.example"),
        Chapter(2_000, "1. One"),
        Chapter(2_500, "2. Two"),
    )
    assert episode.chapters_from == "podcast-json"


def test_without_any_source_there_are_no_chapters() -> None:
    episode = an_episode(a_file(1))
    assert episode.chapters == ()
    assert episode.chapters_from is None
    assert episode.files[0].chapters(None) is None


def test_a_summary_says_the_same_in_one_row() -> None:
    files = (a_file(1, heard=Coverage(((0, 100),))), a_file(2, heard=Coverage(((0, 50),))))
    assert an_episode(*files, place=Place(1, 5)).summary == EpisodeSummary(
        id=1,
        title="Title",
        author=None,
        path="/1.mp3",
        duration_ms=2_000,
        place_ms=1_005,
        heard_ms=150,
        saved_at_ms=None,
        is_finished=False,
        has_cover=False,
        speed=1.0,
    )
    assert an_episode(*files).summary.place_ms is None


def test_heard_is_parted_where_one_file_ends_and_the_next_begins() -> None:
    episode = an_episode(a_file(1), a_file(2, 500), a_file(3))
    parts = episode.heard_by_file(Coverage.of([(900, 1_100), (1_400, 9_000)]))
    assert {position: part.spans for position, part in parts.items()} == {
        0: ((900, 1_000),),
        1: ((0, 100), (400, 500)),
        2: ((0, 1_000),),
    }


def test_of_files_of_unknown_length_only_the_last_one_has_heard() -> None:
    episode = an_episode(a_file(1, None), a_file(2, None))
    parts = episode.heard_by_file(Coverage.of([(100, 5_000)]))
    assert {position: part.spans for position, part in parts.items()} == {1: ((100, 5_000),)}


def test_chapters_are_parted_by_file_and_none_is_lost() -> None:
    episode = an_episode(a_file(1), a_file(2))
    chapters = (Chapter(0, "1."), Chapter(999, "2.", end_ms=1_500), Chapter(1_000, "3."), Chapter(7_000, "4."))
    assert episode.chapters_by_file(chapters) == (
        (Chapter(0, "1."), Chapter(999, "2.")),
        (Chapter(0, "3."), Chapter(6_000, "4.")),
    )
