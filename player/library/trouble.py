"""SQLite's errors sorted by whose fault they are, and said in plain words. Nothing is opened or repaired here."""

import os
import sqlite3
from pathlib import Path

_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_REFUSED = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL}
_DISK = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_NOLFS}


def is_of_surroundings(error: BaseException) -> bool:
    """Whether ``error`` comes from the disk, from rights or from another program, and not from a mistake of ours."""
    if isinstance(error, sqlite3.Error):
        return _code(error) in _DAMAGE | _REFUSED | _BUSY | _DISK
    return isinstance(error, OSError) or is_damage(error)


def is_busy(error: sqlite3.Error) -> bool:
    """Whether another connection stands in the way for now."""
    return _code(error) in _BUSY


def is_refusal(error: sqlite3.Error) -> bool:
    """Whether the system does not let us write, or does not let us open at all."""
    return _code(error) in _REFUSED


def is_unwritable(error: BaseException) -> bool:
    """Whether the disk takes nothing at present: it may not be written, is full, or fails."""
    if isinstance(error, sqlite3.Error):
        return _code(error) in _REFUSED | _DISK
    return isinstance(error, OSError)


def is_damage(error: BaseException) -> bool:
    """Whether the file itself is broken. Where its very schema is, SQLite's message may be no text any more."""
    return isinstance(error, UnicodeDecodeError) or (isinstance(error, sqlite3.Error) and _code(error) in _DAMAGE)


def is_unreadable(error: BaseException) -> bool:
    """Whether a file that is ours, as it is opened, cannot be what we wrote: also where SQLite cannot make sense of it.

    Later the same error is a mistake in a statement of ours.
    """
    return is_damage(error) or (isinstance(error, sqlite3.Error) and _code(error) == sqlite3.SQLITE_ERROR)


def sentence(error: BaseException, path: Path) -> str:
    """What went wrong with the library at ``path``, in one sentence for the listener."""
    code = _code(error) if isinstance(error, sqlite3.Error) else None
    if code == sqlite3.SQLITE_FULL:
        return f"The disk that holds the library {path} is full."
    if code == sqlite3.SQLITE_CANTOPEN:
        as_we_are = os.access in os.supports_effective_ids
        is_shut = path.parent.is_dir() and not os.access(path.parent, os.W_OK, effective_ids=as_we_are)
        return f"The folder {path.parent} cannot be written." if is_shut else f"The library {path} cannot be opened."
    if code in _REFUSED:
        return f"The library {path} cannot be written."
    if code in _BUSY:
        return f"Another program keeps the library {path} locked."
    if is_damage(error):
        return f"The library {path} is damaged."
    reason = error.strerror if isinstance(error, OSError) else None
    return f"The library {path} cannot be used ({reason or error})."


def _code(error: sqlite3.Error) -> int | None:
    # Refined codes carry more in the higher bits; errors of the Python module itself carry none.
    code: int | None = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF
