"""Chapters of a file to rows and back: every list a source held, every mark in its order, all that was said of it."""

import json
import sqlite3
from collections import defaultdict

from player.core.chapter import Chapter, ChapterList
from player.core.episode import OWN_SOURCE
from player.core.notice import Notice


def write_chapters(
    db: sqlite3.Connection, file: int, chapter_list: ChapterList, *, position: int, is_from_file: bool
) -> None:
    """Give the file of that id ``chapter_list``, in place of the one of the same source."""
    db.execute("DELETE FROM chapter_list WHERE file = ? AND source = ?", (file, chapter_list.source))
    list_id = db.execute(
        "INSERT INTO chapter_list (file, source, position, is_from_file, notices) VALUES (?, ?, ?, ?, ?)",
        (file, chapter_list.source, position, is_from_file, json.dumps(chapter_list.notices)),
    ).lastrowid
    db.executemany(
        "INSERT INTO chapter (list, position, start_ms, title, source_id, depth, end_ms, link, is_listed) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ((list_id, index, *_values(chapter)) for index, chapter in enumerate(chapter_list.chapters)),
    )


def read_chapters(db: sqlite3.Connection, episode: int) -> dict[int, tuple[ChapterList, ...]]:
    """The lists of each file of ``episode`` by the id of the file, best first.

    The listener's own come before any other, then what else the listener gave, the newest first; own ones that newer
    ones took the place of come last, for none is shown unasked.
    """
    lists = db.execute(
        "SELECT chapter_list.id, file, source, notices FROM chapter_list JOIN file ON file.id = chapter_list.file "
        "JOIN episode AS member ON member.id = file.episode WHERE member.id = ? OR member.series = ? "
        "ORDER BY source = ? DESC, source GLOB ?, is_from_file, chapter_list.position, chapter_list.id DESC",
        (episode, episode, OWN_SOURCE, f"{OWN_SOURCE}-*"),
    ).fetchall()
    found: defaultdict[int, tuple[ChapterList, ...]] = defaultdict(tuple)
    for list_id, file, source, notices in lists:
        rows = db.execute(
            "SELECT start_ms, title, source_id, depth, end_ms, link, is_listed "
            "FROM chapter WHERE list = ? ORDER BY position",
            (list_id,),
        )
        chapters = tuple(
            Chapter(start_ms, title, source_id, depth, end_ms, link, bool(is_listed))
            for start_ms, title, source_id, depth, end_ms, link, is_listed in rows
        )
        found[file] += (ChapterList(source, chapters, _notices(notices)),)
    return found


def storable(text: str) -> str:
    """``text`` without lone surrogates, which sources may hold and no database takes."""
    return text.encode("utf-8", "replace").decode("utf-8")


def storable_or_none(text: str | None) -> str | None:
    """``storable`` of a text that may be missing."""
    return None if text is None else storable(text)


def _values(chapter: Chapter) -> tuple[object, ...]:
    return (
        chapter.start_ms,
        storable(chapter.title),
        storable_or_none(chapter.id),
        chapter.depth,
        chapter.end_ms,
        storable_or_none(chapter.link),
        chapter.is_listed,
    )


def _notices(text: str) -> tuple[Notice, ...]:
    try:
        return tuple(Notice(str(code), str(message)) for code, message in json.loads(text))
    except (ValueError, TypeError):
        return ()  # damaged remarks are not worth a chapter
