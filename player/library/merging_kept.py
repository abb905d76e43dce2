"""Merging what is kept by file: places, what was heard, chapters and trail. Which file is which is known already."""

import sqlite3
from dataclasses import dataclass
from typing import Any

from player.core.coverage import Coverage
from player.core.episode import own_source
from player.library.fact import CHAPTER_COLUMNS
from player.library.journal_line import Line
from player.library.part import Part, StopKey
from player.library.row import insert_heard, insert_place, insert_trail, next_seq, read_heard, read_place
from player.library.table import insert

FAR_MS = 30_000  # a place that loses by less is not worth a stop of the trail
MERGED = "merged"  # the kind of a stop


@dataclass
class Merged:
    """What a merge has done, in numbers."""

    episodes_added: int = 0
    places_taken: int = 0
    places_to_trail: int = 0
    lists_kept: int = 0
    """Lists of the listener's own chapters that lost to newer ones, and can be chosen still."""


def put_kept(
    db: sqlite3.Connection, part: Part, files: dict[str, int], device: str, merged: Merged, *, is_copy: bool
) -> None:
    """Put what ``part`` keeps of ``files``, ids by its uids, into ``db``; ``merged`` counts.

    Of a copy of the same library (``is_copy``) the newer counts; what comes from another one is joined.
    """
    _Keeping(db, files, device, merged, is_copy).put(part)


class _Keeping:
    def __init__(
        self, db: sqlite3.Connection, files: dict[str, int], device: str, merged: Merged, is_copy: bool
    ) -> None:
        self._db = db
        self._files = files
        self._device = device
        self._is_copy = is_copy
        self.merged = merged

    def put(self, part: Part) -> None:
        for uid, line in part.places.items():
            self._put_place(uid, line)
        for uid, line in part.heard.items():
            self._put_heard(uid, line)
        for uid, file in self._files.items():
            self._put_chapters(file, part.chapter_lists(uid))
        for line in part.stops:
            self._put_stop(line)
        if self._is_copy:
            for stop in part.gone_stops:
                self._take_off(stop)

    def _put_place(self, uid: str, line: Line) -> None:
        file = self._files.get(uid)
        if file is None:
            return
        values = line.values
        new = (values["ms"], values["saved_at_ms"], line.seq, line.order[1])
        row = read_place(self._db, file)
        if row is None or not row.is_believed:
            insert_place(self._db, file, *new)
            self.merged.places_taken += 1
            return
        old = (row.ms, row.saved_at_ms, row.seq, row.device)
        if old[2:] == new[2:]:
            return
        winner, loser = (new, old) if new[2:] > old[2:] else (old, new)
        if winner == new:
            insert_place(self._db, file, *new)
            self.merged.places_taken += 1
        is_other = not self._is_copy or old[3] != new[3]
        if is_other and abs(winner[0] - loser[0]) >= FAR_MS and self._add_stop(file, MERGED, loser):
            self.merged.places_to_trail += 1

    def _put_heard(self, uid: str, line: Line) -> None:
        file = self._files.get(uid)
        if file is None:
            return
        spans = Coverage.of((start, end) for start, end in line.values["spans"])
        row = read_heard(self._db, file)
        if row is None or not row.is_believed:
            insert_heard(self._db, file, spans, *line.order)
        elif self._is_copy:
            if line.order > (row.seq, row.device):
                insert_heard(self._db, file, spans, *line.order)
        elif (joined := Coverage.of((*row.coverage.spans, *spans.spans))) != row.coverage:
            insert_heard(self._db, file, joined, next_seq(self._db), self._device)

    def _put_chapters(self, file: int, lists: dict[str, Line]) -> None:
        if not lists:
            return
        known = {
            source: (id, (seq, device), bool(is_from_file))
            for id, source, seq, device, is_from_file in self._ask(
                "SELECT id, source, seq, device, is_from_file FROM chapter_list WHERE file = ?", file
            )
        }
        for source, line in lists.items():
            id, order, is_from_file = known.get(source, (None, (-1, ""), True))
            if line.values.get("is_gone"):
                if self._is_copy and id is not None and not is_from_file and line.order > order:
                    self._db.execute("DELETE FROM chapter_list WHERE id = ?", (id,))
                continue
            is_own = not line.values["is_from_file"]
            if is_own and not self._is_copy:
                self._join_list(file, line)
            elif id is None or (is_own and (is_from_file or line.order > order)):
                self._write_list(file, id, line)

    def _join_list(self, file: int, line: Line) -> None:
        """Chapters that the listener gave elsewhere: the newer ones count, and those that lose can be chosen still."""
        here = self._ask("SELECT id, source, seq, device, is_from_file FROM chapter_list WHERE file = ?", file)
        chapters = [tuple(chapter) for chapter in line.values["chapters"]]
        if any(self._chapters(id) == chapters for id, *_, is_from_file in here if not is_from_file):
            return
        source = line.values["source"]
        old = next((row for row in here if row[1] == source), None)
        if old is None or old[-1]:
            self._write_list(file, old[0] if old else None, line)
            return
        free = _free_source({row[1] for row in here})
        self.merged.lists_kept += 1
        if line.order > old[2:4]:
            self._db.execute("UPDATE chapter_list SET source = ? WHERE id = ?", (free, old[0]))
            self._write_list(file, None, line)
        else:
            self._write_list(file, None, Line(line.kind, {**line.values, "source": free}))

    def _chapters(self, id: int) -> list[tuple[Any, ...]]:
        return self._ask(f"SELECT {', '.join(CHAPTER_COLUMNS)} FROM chapter WHERE list = ? ORDER BY position", id)

    def _write_list(self, file: int, old: int | None, line: Line) -> None:
        if old is not None:
            self._db.execute("DELETE FROM chapter_list WHERE id = ?", (old,))
        values = {name: value for name, value in line.values.items() if name not in ("id", "chapters")}
        id = insert(self._db, "chapter_list", {**values, "file": file})
        names = ("list", "position", *CHAPTER_COLUMNS)
        self._db.executemany(
            f"INSERT INTO chapter ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})",
            ((id, index, *chapter) for index, chapter in enumerate(line.values["chapters"])),
        )

    def _put_stop(self, line: Line) -> None:
        file = self._files.get(line.values["file"])
        if file is not None:
            values = line.values
            place = (values["ms"], values["at_ms"], line.seq, line.order[1])
            self._add_stop(file, values["kind"], place, values["heard_ms"])

    def _take_off(self, stop: StopKey) -> None:
        uid, *place = stop
        file = self._files.get(uid)
        if file is not None:
            same = "DELETE FROM trail WHERE file = ? AND ms = ? AND kind = ? AND at_ms = ? AND seq = ?"
            self._db.execute(same, (file, *place))

    def _add_stop(self, file: int, kind: str, place: tuple[int, int, int, str], heard_ms: int = 0) -> bool:
        """Add a stop of the trail; False where it is there already."""
        ms, at_ms, seq, device = place
        same = "SELECT 1 FROM trail WHERE file = ? AND ms = ? AND kind = ? AND at_ms = ? AND seq = ?"
        if self._ask(same, file, ms, kind, at_ms, seq):
            return False
        insert_trail(self._db, file, ms, kind, heard_ms, at_ms, seq, device)
        return True

    def _ask(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        return self._db.execute(statement, values).fetchall()


def _free_source(taken: set[str]) -> str:
    number = 2
    while own_source(number) in taken:
        number += 1
    return own_source(number)
