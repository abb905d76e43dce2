import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.core.chapter import Chapter, ChapterList
from player.core.notice import Notice
from player.library.chapter_row import read_chapters, storable, storable_or_none, write_chapters
from player.library.connection import connect_to_write

FULL = ChapterList(
    "podcast-json",
    (
        Chapter(20, "1.1 Später", id="b", depth=2, end_ms=30, link="https://example.org/b", is_listed=True),
        Chapter(10, "1. First written, played later", id=None, depth=1, end_ms=None, link=None, is_listed=False),
        Chapter(20, "1.2 Same start"),
    ),
    (Notice("repeat-dropped", "One repeat was dropped."), Notice("unsorted", "It was not sorted.")),
)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(connect_to_write(tmp_path / "library.db")) as db:
        db.execute("INSERT INTO episode (id, uid, title, added_at_ms) VALUES (1, 'uid', 'title', 0)")
        db.execute(
            "INSERT INTO file (id, episode, position, path, size, mtime_ns, uid) VALUES (5, 1, 0, x'00', 1, 1, 'five')"
        )
        yield db


def a_list(source: str, title: str = "1. Title") -> ChapterList:
    return ChapterList(source, (Chapter(0, title),))


def test_every_field_and_the_order_come_back(db: sqlite3.Connection) -> None:
    write_chapters(db, 5, FULL, position=0, is_from_file=True)
    assert read_chapters(db, 1) == {5: (FULL,)}


def test_a_list_replaces_that_of_the_same_source(db: sqlite3.Connection) -> None:
    write_chapters(db, 5, FULL, position=0, is_from_file=True)
    write_chapters(db, 5, a_list(FULL.source), position=0, is_from_file=True)
    assert read_chapters(db, 1) == {5: (a_list(FULL.source),)}
    assert db.execute("SELECT count(*) FROM chapter").fetchone() == (1,)


def test_own_chapters_come_first_then_what_was_given_then_the_files(db: sqlite3.Connection) -> None:
    write_chapters(db, 5, a_list("chpl"), position=0, is_from_file=True)
    write_chapters(db, 5, a_list("quicktime-track"), position=1, is_from_file=True)
    write_chapters(db, 5, a_list("own"), position=0, is_from_file=False)
    write_chapters(db, 5, a_list("podcast-json"), position=0, is_from_file=False)
    assert [kept.source for kept in read_chapters(db, 1)[5]] == ["own", "podcast-json", "chpl", "quicktime-track"]


def test_an_empty_list_is_kept_as_such(db: sqlite3.Connection) -> None:
    write_chapters(db, 5, ChapterList("id3", ()), position=0, is_from_file=True)
    assert read_chapters(db, 1) == {5: (ChapterList("id3", ()),)}


@pytest.mark.parametrize("damage", ["{", "7", '[["code"]]', "[1]"])
def test_damaged_remarks_do_not_hide_the_chapters(db: sqlite3.Connection, damage: str) -> None:
    write_chapters(db, 5, FULL, position=0, is_from_file=True)
    db.execute("UPDATE chapter_list SET notices = ?", (damage,))
    assert read_chapters(db, 1) == {5: (ChapterList(FULL.source, FULL.chapters),)}


def test_titles_with_lone_surrogates_are_stored(db: sqlite3.Connection) -> None:
    write_chapters(db, 5, ChapterList("own", (Chapter(0, "a\ud800b", id="\udfff"),)), position=0, is_from_file=False)
    assert read_chapters(db, 1)[5][0].chapters == (Chapter(0, "a?b", id="?"),)


@given(st.text())
def test_ordinary_text_is_stored_as_it_is(text: str) -> None:
    assert storable(text) == text
    assert storable_or_none(text) == text


def test_no_text_stays_none() -> None:
    assert storable_or_none(None) is None
