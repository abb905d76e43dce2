"""Rows by the names of their columns: for code that must not mind which columns a table has. No SQL of meaning here."""

import sqlite3
from typing import Any

from player.library.seal import columns


def insert(db: sqlite3.Connection, table: str, values: dict[str, Any]) -> int:
    """Add a row with those of ``values`` that the table has columns for; gives its id."""
    names = [name for name in columns(db, table) if name in values]
    id = db.execute(
        f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})",
        [values[name] for name in names],
    ).lastrowid
    assert id is not None
    return id


def update(db: sqlite3.Connection, table: str, id: int, values: dict[str, Any]) -> None:
    """Change those columns of the row of that id that ``values`` names."""
    names = [name for name in columns(db, table) if name in values]
    assignments = ", ".join(f"{name} = ?" for name in names)
    db.execute(f"UPDATE {table} SET {assignments} WHERE id = ?", [*(values[name] for name in names), id])
