"""Checksums over the rows that no writer gives one: episodes, files, and lists with their chapters.

A seal is over every column there is, so it needs no care when columns come. A row that nobody has sealed yet is
believed. When rows are sealed is decided elsewhere.
"""

import sqlite3
from collections.abc import Iterator
from typing import Any
from zlib import crc32

SEALED = ("episode", "file", "chapter_list")

Row = tuple[Any, ...]


def columns(db: sqlite3.Connection, table: str) -> list[str]:
    """The columns of ``table`` that the seal is over, in their order; none where there is no such table."""
    return [row[1] for row in db.execute(f"PRAGMA table_info({table})") if row[1] != "crc"]


def seal(db: sqlite3.Connection, table: str, id: int) -> None:
    """Give the row of that id its seal, in the transaction that is open."""
    names = columns(db, table)
    for row in db.execute(f"SELECT {', '.join(names)} FROM {table} WHERE id = ?", (id,)).fetchall():
        db.execute(f"UPDATE {table} SET crc = ? WHERE id = ?", (_sum(db, table, row), id))


def seal_all(db: sqlite3.Connection) -> None:
    """Seal every row, whatever it said, in the transaction that is open."""
    for table in SEALED:
        names = columns(db, table)
        rows = db.execute(f"SELECT {', '.join(names)} FROM {table}").fetchall()
        sums = [(_sum(db, table, row), row[0]) for row in rows]
        db.executemany(f"UPDATE {table} SET crc = ? WHERE id = ?", sums)


def read_sealed(db: sqlite3.Connection, table: str, where: str = "1") -> Iterator[tuple[dict[str, Any], bool]]:
    """Every row of ``table`` by the names of its columns, and whether it is believed."""
    names = columns(db, table)
    for *row, crc in db.execute(f"SELECT {', '.join(names)}, crc FROM {table} WHERE {where}"):
        yield dict(zip(names, row, strict=True)), crc is None or crc == _sum(db, table, tuple(row))


def unbelieved(db: sqlite3.Connection, table: str, where: str = "1") -> int:
    """How many rows of ``table`` are not what was once written."""
    names = columns(db, table)
    rows = db.execute(f"SELECT {', '.join(names)}, crc FROM {table} WHERE {where}")
    return sum(row[-1] is not None and row[-1] != _sum(db, table, row[:-1]) for row in rows)


def _sum(db: sqlite3.Connection, table: str, row: Row) -> int:
    crc = crc32(repr((table, *row)).encode("utf-8", "surrogatepass"))
    if table == "chapter_list":
        chapters = db.execute("SELECT * FROM chapter WHERE list = ? ORDER BY position", (row[0],))
        for chapter in chapters:
            crc = crc32(repr(chapter).encode("utf-8", "surrogatepass"), crc)
    return crc
