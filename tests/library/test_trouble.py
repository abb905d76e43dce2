import errno
import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from player.library.trouble import is_busy, is_damage, is_of_surroundings, is_refusal, sentence

PATH = Path("/home/ada/library.db")


def error(code: int) -> sqlite3.Error:
    made = sqlite3.OperationalError("in SQLite's words")
    made.sqlite_errorcode = code
    return made


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (sqlite3.SQLITE_FULL, "The disk that holds the library /home/ada/library.db is full."),
        (sqlite3.SQLITE_CANTOPEN, "The library /home/ada/library.db cannot be opened."),
        (sqlite3.SQLITE_READONLY, "The library /home/ada/library.db cannot be written."),
        (sqlite3.SQLITE_READONLY_DIRECTORY, "The library /home/ada/library.db cannot be written."),
        (sqlite3.SQLITE_BUSY, "Another program keeps the library /home/ada/library.db locked."),
        (sqlite3.SQLITE_CORRUPT_INDEX, "The library /home/ada/library.db is damaged."),
        (sqlite3.SQLITE_IOERR, "The library /home/ada/library.db cannot be used (in SQLite's words)."),
    ],
)
def test_each_error_is_one_plain_sentence(code: int, expected: str) -> None:
    assert sentence(error(code), PATH) == expected
    assert is_of_surroundings(error(code))


def test_errors_of_the_system_are_said_without_their_number() -> None:
    assert sentence(OSError(errno.ENOSPC, "No space left on device"), PATH) == (
        "The library /home/ada/library.db cannot be used (No space left on device)."
    )
    assert is_of_surroundings(PermissionError())


def test_a_message_that_is_no_text_comes_from_a_damaged_schema() -> None:
    error = UnicodeDecodeError("utf-8", b"\x8a", 0, 1, "invalid start byte")
    assert is_damage(error)
    assert is_of_surroundings(error)
    assert sentence(error, PATH) == "The library /home/ada/library.db is damaged."


def test_our_own_mistakes_are_not_blamed_on_the_surroundings() -> None:
    assert not is_of_surroundings(error(sqlite3.SQLITE_ERROR))
    assert not is_of_surroundings(error(sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY))
    assert not is_of_surroundings(sqlite3.ProgrammingError("Cannot operate on a closed database."))
    assert not is_of_surroundings(ValueError())


def test_kinds_are_told_apart() -> None:
    assert is_busy(error(sqlite3.SQLITE_BUSY_SNAPSHOT))
    assert is_refusal(error(sqlite3.SQLITE_READONLY_DBMOVED))
    assert is_damage(error(sqlite3.SQLITE_NOTADB))
    assert not is_damage(error(sqlite3.SQLITE_BUSY))
    assert not is_refusal(sqlite3.OperationalError("without a code"))


def test_a_folder_that_cannot_be_written_is_named(
    open_folder: Path, without_rights: Callable[[], AbstractContextManager[None]]
) -> None:
    open_folder.chmod(0o555)
    with without_rights():
        said = sentence(error(sqlite3.SQLITE_CANTOPEN), open_folder / "library.db")
    assert said == f"The folder {open_folder} cannot be written."
