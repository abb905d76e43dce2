from dataclasses import replace

from player.core.chapter import Chapter, ChapterList
from player.core.episode import OWN_SOURCE, Episode, EpisodeFile
from player.core.episode_outline import outline_of


def file(id: int, title: str | None, *chapters: Chapter, source: str = "id3") -> EpisodeFile:
    lists = (ChapterList(source, chapters),) if chapters else ()
    return EpisodeFile(id, f"/b/{id:02} Name.mp3", 10_000, "mp3", 1, 1, chapter_lists=lists, title=title)


def titles(episode: Episode) -> list[tuple[int, str]]:
    return [(section.depth, section.title) for section in outline_of(episode).sections]


def test_one_file_has_its_chapters_alone():
    assert titles(Episode(1, "E", None, (file(1, "T", Chapter(0, "a"), Chapter(5, "b")),))) == [(1, "a"), (1, "b")]
    assert titles(Episode(1, "E", None, (file(1, "T"),))) == []


def test_each_of_several_files_is_a_section_with_its_chapters_beneath():
    book = Episode(1, "E", None, (file(1, "One", Chapter(0, "a"), Chapter(5, "b")), file(2, None)))
    assert titles(book) == [(1, "One"), (2, "a"), (2, "b"), (1, "02 Name")]
    assert outline_of(book).duration_ms == 20_000


def test_chapters_that_the_listener_gave_to_the_whole_replace_the_files():
    own = (Chapter(0, "mine", depth=1), Chapter(5, "too", depth=2))
    book = Episode(1, "E", None, (file(1, "One", *own, source=OWN_SOURCE), file(2, "Two", *own, source=OWN_SOURCE)))
    assert titles(replace(book, chapter_source=OWN_SOURCE)) == [(1, "mine"), (2, "too"), (1, "mine"), (2, "too")]
    older = (file(1, "One", *own, source="own-2"), file(2, "Two", *own, source="own-2"))
    kept = replace(book, files=older, chapter_source="own-2")
    assert titles(kept) == [(1, "mine"), (2, "too"), (1, "mine"), (2, "too")]


def test_chapters_that_the_listener_gave_to_one_member_stay_beneath_it():
    own = (Chapter(0, "mine", depth=1), Chapter(5, "too", depth=2))
    series = Episode(1, "E", None, (file(1, "1. One", *own, source=OWN_SOURCE), file(2, "1.1 Two")), is_series=True)
    assert titles(series) == [(1, "1. One"), (2, "mine"), (3, "too"), (2, "1.1 Two")]


def test_a_file_that_came_after_the_whole_was_edited_is_a_section_too():
    own = (Chapter(0, "mine", depth=1), Chapter(5, "too", depth=2))
    files = (file(1, "One", *own, source=OWN_SOURCE), file(2, "Two"))
    assert titles(Episode(1, "E", None, files, chapter_source=OWN_SOURCE)) == [(1, "mine"), (2, "too"), (1, "Two")]
