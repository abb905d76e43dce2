from dataclasses import replace
from pathlib import Path

import pytest

from player.core.chapter import Chapter, ChapterList
from player.core.episode import Episode, EpisodeFile
from player.core.episode_outline import outline_of
from player.core.errors import ExportError
from player.core.outline import build
from player.core.reading import Reading
from player.core.shape import Shape
from player.readers.text import read_text
from player.writers.document import Document
from player.writers.outline_file import document_of, lost_in_copy, lost_in_text, with_levels, write_file

NUMBERED = (
    Chapter(0, "1. One", end_ms=800),
    Chapter(1_000, "Advert", is_listed=False),
    Chapter(2_000, "1.1 Inner"),
    Chapter(3_000, "2. Two"),
)
FILE = EpisodeFile(1, "/talks/talk.mp3", 9_000, "mp3", 1, 1, chapter_lists=(ChapterList("id3", NUMBERED),))
TALK = Episode(1, "A talk", "Somebody", (FILE,))


def test_levels_are_those_of_the_outline_and_what_is_not_listed_has_none():
    outline = build(NUMBERED, 9_000)
    assert [chapter.depth for chapter in with_levels(reversed(NUMBERED), outline)] == [1, None, 2, 1]


def test_a_flat_outline_has_no_levels():
    outline = build(NUMBERED, 9_000, Shape.FLAT)
    assert {chapter.depth for chapter in with_levels(NUMBERED, outline)} == {None}


def test_of_one_file_all_goes_out_that_is_known():
    document = document_of(TALK, outline_of(TALK))
    assert (document.title, document.author, document.duration_ms, document.file) == (
        "A talk",
        "Somebody",
        9_000,
        "talk.mp3",
    )
    assert [replace(chapter, depth=None) for chapter in document.chapters] == list(NUMBERED)


def test_of_several_files_what_is_shown_goes_out():
    book = replace(TALK, files=(FILE, replace(FILE, id=2, path="/talks/more.mp3")))
    document = document_of(book, outline_of(book))
    assert document.file is None
    assert [(each.start_ms, each.title, each.depth) for each in document.chapters] == [
        (section.start_ms, section.title, section.depth) for section in outline_of(book).sections
    ]


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path):
    document = document_of(TALK, outline_of(TALK))
    target = tmp_path / "talk.json"
    assert [notice.code for notice in write_file("json", document, target, read_text)] == ["levels-lost"]
    with pytest.raises(ExportError, match="never overwritten"):
        write_file("psc", document, target, read_text)
    assert [path.name for path in tmp_path.iterdir()] == ["talk.json"]


def test_only_lists_for_people_are_read_back():
    document = Document((Chapter(0, "x" * 600), Chapter(1_000, "Two"), Chapter(2_000, "Three")))
    (notice,) = lost_in_text("text", document, "Chapters\n0:01 Two\n0:02 Three\n", read_text)
    assert notice.message.startswith("1 chapter is read back differently")
    assert list(lost_in_text("cue", document, "", read_text)) == []
    (notice,) = lost_in_text("markdown", document, "nothing", read_text)
    assert notice.message.startswith("3 chapters are")


def test_a_copy_that_gives_all_back_needs_no_words():
    document = Document((Chapter(0, "One\nline"), Chapter(1_000, "Two"), Chapter(2_000, "Advert", is_listed=False)))
    found = (Chapter(0, "One line"), Chapter(1_000, "Two"))
    assert list(lost_in_copy(document, Reading(chapter_lists=(ChapterList("id3", found),)))) == []
    (notice,) = lost_in_copy(document, Reading(chapter_lists=(ChapterList("cue:talk.cue", found),)))
    assert notice.code == "read-back"
