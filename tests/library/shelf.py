"""Readings, files and damage for the tests of the library. No expectations here."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from player.core.chapter import Chapter, ChapterList
from player.core.reading import Cover, Reading
from player.library import intake
from player.library.grouping import arrange_folder
from player.library.library import Library

CHAPTERS = ChapterList("id3", (Chapter(0, "1. Start"), Chapter(10_000, "1.1 Detail"), Chapter(20_000, "2. End")))
OWN = ChapterList("own", (Chapter(0, "1. Mine"), Chapter(30_000, "2. Mine too")))
PICTURE = Cover("image/png", b"\x89PNG picture")


def make_reading(
    title: str | None = "A talk",
    duration_ms: int | None = 60_000,
    chapter_lists: tuple[ChapterList, ...] = (CHAPTERS,),
    cover: Cover | None = PICTURE,
) -> Reading:
    return Reading(
        title=title,
        author="A speaker",
        cover=cover,
        container="mp3",
        duration_ms=duration_ms,
        chapter_lists=chapter_lists,
    )


def put_book(library: Library, folder: Path) -> int:
    """A book of three files in ``folder``, each put there and in the library; gives its id."""
    folder.mkdir(exist_ok=True)
    for number in (1, 2, 3):
        reading = replace(make_reading(f"Part {number}"), album="A book", track=number, fingerprint=b"%d" % number)
        intake.add(library, str(put_file(folder / f"{number}.mp3")), reading, 1_000)
    [book] = arrange_folder(library, str(folder), 2_000)
    return book


def file_of(library: Library, episode: int, position: int = 0) -> int:
    """The id of the file at that position of an episode."""
    return library.episode(episode).files[position].id


def put_file(path: Path, content: bytes | None = None) -> Path:
    path.write_bytes(content if content is not None else path.name.encode() * 10)
    return path


@contextmanager
def database(folder: Path) -> Iterator[sqlite3.Connection]:
    """The database of the library in ``folder``, past all that guards it."""
    with closing(sqlite3.connect(folder / "library.db", isolation_level=None)) as db:
        yield db


def execute(folder: Path, sql: str, *values: object) -> list[tuple[object, ...]]:
    with database(folder) as db:
        return db.execute(sql, values).fetchall()


def put_second_file(folder: Path, episode: int, path: str, duration_ms: int | None, container: str = "mp3") -> None:
    """Give an episode a further file, as albums of several files will have."""
    execute(
        folder,
        "INSERT INTO file (episode, position, path, duration_ms, container, size, mtime_ns, uid) "
        "SELECT ?, count(*), ?, ?, ?, 1, 1, lower(hex(randomblob(16))) FROM file WHERE episode = ?",
        episode,
        path.encode(),
        duration_ms,
        container,
        episode,
    )


def files_in(folder: Path) -> dict[str, bytes]:
    """Every file of ``folder`` by name, with its content."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
