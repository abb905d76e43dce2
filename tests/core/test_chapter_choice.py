from dataclasses import replace

from player.core.chapter import Chapter, ChapterList
from player.core.chapter_choice import choice_of, own_chapters
from player.core.episode import OWN_SOURCE, Episode, EpisodeFile
from player.core.episode_outline import is_edited, outline_of
from player.core.shape import Shape

FIRST = EpisodeFile(7, "/one.mp3", 60_000, "mp3", 1, 1, chapter_lists=(ChapterList("id3", (Chapter(0, "1. One"),)),))
SECOND = EpisodeFile(9, "/two.mp3", 60_000, "mp3", 1, 1, chapter_lists=(ChapterList("id3", (Chapter(0, "1.1 Two"),)),))
BOOK = Episode(1, "Book", None, (FIRST, SECOND))
MINE = (Chapter(0, "Mine", depth=1), Chapter(30_000, "Inner", depth=2), Chapter(70_000, "Deep", depth=3))


def test_own_chapters_are_kept_file_by_file_and_chosen():
    book = own_chapters(BOOK, MINE).put_in(BOOK)
    assert book.chapters_from == OWN_SOURCE
    assert book.chapters == MINE
    assert [len(file.chapter_lists) for file in book.files] == [2, 2]
    assert (choice_of(BOOK).weight, choice_of(book).weight) == (0, len(MINE))


def test_what_was_before_comes_back_whole():
    before = choice_of(BOOK)
    changed = own_chapters(BOOK, MINE).put_in(replace(BOOK, shape=Shape.FLAT))
    assert before.put_in(changed) == BOOK
    assert choice_of(changed).put_in(BOOK) == changed


def test_an_edited_book_is_exact_across_its_files():
    book = own_chapters(BOOK, MINE).put_in(BOOK)
    assert is_edited(book)
    assert [section.depth for section in outline_of(book).sections] == [1, 2, 3]
    assert outline_of(replace(book, shape=Shape.FLAT)).is_flat


def test_pasted_chapters_without_depths_keep_the_rules():
    pasted = own_chapters(BOOK, [Chapter(0, "1. A"), Chapter(10, "1.1 B"), Chapter(20, "2. C")]).put_in(BOOK)
    assert not is_edited(pasted)
    assert [section.depth for section in outline_of(pasted).sections] == [1, 2, 1]


def test_a_file_that_came_later_leaves_the_edit_as_it_was():
    edited = own_chapters(BOOK, MINE).put_in(BOOK)
    third = replace(SECOND, id=11, chapter_lists=(ChapterList("id3", (Chapter(0, "1.1.1 Three"),)),))
    grown = replace(edited, files=(*edited.files, third))
    assert [section.depth for section in outline_of(grown).sections] == [1, 2, 3, 1]


def test_another_source_is_never_exact():
    tree = ChapterList("matroska", tuple(Chapter(at, "x", depth=1) for at in range(3)))
    assert not is_edited(replace(BOOK, files=(replace(FIRST, chapter_lists=(tree,)),)))
