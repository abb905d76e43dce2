"""What a transaction has touched: seen by triggers of our own connection, so that no change can forget to say it.

Before the transaction ends, the touched rows get their seq and seal, and their lines go into the journal. A journal
that cannot be written holds up nothing: the database has it all.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator

from player.library import fact
from player.library.journal import Journal
from player.library.journal_line import CHAPTERS, FILE, TRAIL_GONE, Line
from player.library.row import next_seq
from player.library.seal import SEALED, seal

_WATCHED = {
    "episode": "NEW.id",
    "file": "NEW.id",
    "chapter_list": "NEW.id",
    "place": "NEW.file",
    "heard": "NEW.file",
    "trail": "NEW.id",
    "setting": "NEW.key",
}
_TRIGGERS = (
    *(
        f"CREATE TEMP TRIGGER touched_{table}_{event} AFTER {event} ON main.{table} "
        f"BEGIN SELECT outspoken_touched('{table}', {key}); END"
        for table, key in _WATCHED.items()
        for event in ("INSERT", "UPDATE")
    ),
    "CREATE TEMP TRIGGER touched_chapter AFTER UPDATE ON main.chapter "
    "BEGIN SELECT outspoken_touched('chapter_list', NEW.list); END",
    "CREATE TEMP TRIGGER touched_removed_list AFTER DELETE ON main.chapter_list WHEN NOT OLD.is_from_file "
    "BEGIN SELECT outspoken_touched('removed', OLD.file || ' ' || OLD.source); END",
    "CREATE TEMP TRIGGER touched_gone_stop AFTER DELETE ON main.trail BEGIN SELECT outspoken_touched('gone', "
    "OLD.file || ' ' || OLD.ms || ' ' || OLD.at_ms || ' ' || OLD.seq || ' ' || OLD.kind); END",
)

Touched = dict[str, dict[int | str, None]]
"""Keys of rows by table, in the order in which they were touched."""


class Ledger:
    """Watches the connection ``db`` of ``device``. Without a ``journal`` rows are sealed, and no line is written."""

    def __init__(self, db: sqlite3.Connection, device: str, journal: Journal | None) -> None:
        self._db = db
        self._device = device
        self._journal = journal
        self._touched: Touched = defaultdict(dict)
        self._is_settling = False
        db.create_function("outspoken_touched", 2, self._touch)
        for trigger in _TRIGGERS:
            db.execute(trigger)

    def settle(self) -> None:
        """Seal and write down what the open transaction touched; to be asked just before its end."""
        touched, self._touched = self._touched, defaultdict(dict)
        if not touched:
            return
        self._is_settling = True
        try:
            seq = self._stamp(touched)
            if self._journal:
                self._write_down(self._journal, touched, seq)
        finally:
            self._is_settling = False

    def forget(self) -> None:
        """What was touched until now has its seq and seal already."""
        self._touched = defaultdict(dict)

    def close(self) -> None:
        """Let go of the journal's file."""
        if self._journal:
            try:
                self._journal.close()
            except OSError as error:
                self._journal.trouble = error

    def _touch(self, table: str, key: int | str) -> None:
        if not self._is_settling:
            self._touched[table][key] = None

    def _stamp(self, touched: Touched) -> int:
        """Give the rows that no writer numbers one seq together, and seal them; 0 where there are none."""
        if not any(touched[table] for table in (*SEALED, "setting", "removed", "gone")):
            return 0
        seq = next_seq(self._db)
        for table in SEALED:
            for key in touched[table]:
                self._db.execute(f"UPDATE {table} SET seq = ?, device = ? WHERE id = ?", (seq, self._device, key))
                seal(self._db, table, int(key))
        return seq

    def _write_down(self, journal: Journal, touched: Touched, seq: int) -> None:
        try:
            journal.follow()
            lines = [
                *self._identities(journal, touched),
                *self._own_chapters(touched, seq),
                *self._gone_stops(touched, seq),
                *self._saved(touched, seq),
            ]
            if lines:
                journal.add(lines)
        except OSError as error:
            journal.trouble = error

    def _identities(self, journal: Journal, touched: Touched) -> Iterator[Line]:
        """All about the files and episodes that were touched, and of others that this segment has not named yet."""
        files = {int(key) for table in ("file", "place", "heard") for key in touched[table]}
        files |= self._files_of("trail", touched["trail"]) | self._files_of("chapter_list", touched["chapter_list"])
        files |= {int(str(key).split(" ", 1)[0]) for table in ("removed", "gone") for key in touched[table]}
        files = {id for id in files if id in touched["file"] or id not in journal.identified}
        fresh = list(fact.files(self._db, f"id IN ({_listed(files)})")) if files else []
        episodes = {int(key) for key in touched["episode"]}
        if fresh:
            ids = _listed(line.values["id"] for line in fresh)
            episodes |= {row[0] for row in self._db.execute(f"SELECT episode FROM file WHERE id IN ({ids})")}
        if episodes:
            listed = _listed(episodes)
            where = f"id IN ({listed}) OR id IN (SELECT series FROM episode WHERE id IN ({listed}))"
            yield from fact.episodes(self._db, where)
        for line in fresh:
            journal.identified.add(line.values["id"])
            yield Line(FILE, {name: value for name, value in line.values.items() if name not in _READ_AGAIN})

    def _own_chapters(self, touched: Touched, seq: int) -> Iterator[Line]:
        for key in touched["removed"]:
            file, _, source = str(key).partition(" ")
            for (uid,) in self._db.execute("SELECT uid FROM file WHERE id = ?", (int(file),)).fetchall():
                values = {"file": uid, "source": source, "is_gone": True, "seq": seq, "device": self._device}
                yield Line(CHAPTERS, values)
        if touched["chapter_list"]:
            where = f"id IN ({_listed(touched['chapter_list'])}) AND NOT is_from_file"
            yield from fact.chapter_lists(self._db, where)

    def _gone_stops(self, touched: Touched, seq: int) -> Iterator[Line]:
        for key in touched["gone"]:
            file, ms, at_ms, of_seq, kind = str(key).split(" ", 4)
            for (uid,) in self._db.execute("SELECT uid FROM file WHERE id = ?", (int(file),)).fetchall():
                stop = {"file": uid, "ms": int(ms), "kind": kind, "at_ms": int(at_ms), "of_seq": int(of_seq)}
                yield Line(TRAIL_GONE, {**stop, "seq": seq, "device": self._device})

    def _saved(self, touched: Touched, seq: int) -> Iterator[Line]:
        for table, facts in (("place", fact.places), ("heard", fact.heard)):
            if touched[table]:
                yield from facts(self._db, f"{table}.file IN ({_listed(touched[table])})")
        if touched["trail"]:
            yield from fact.stops(self._db, f"trail.id IN ({_listed(touched['trail'])})")
        for key in touched["setting"]:
            for line in fact.settings(self._db, "key = ?", key):
                yield Line(line.kind, {**line.values, "seq": seq, "device": self._device})

    def _files_of(self, table: str, ids: Iterable[int | str]) -> set[int]:
        listed = _listed(ids)
        rows = self._db.execute(f"SELECT file FROM {table} WHERE id IN ({listed})") if listed else ()
        return {file for (file,) in rows}


_READ_AGAIN = ("notes", "sidecars", "inode")  # long, and in the file itself


def _listed(ids: Iterable[int | str]) -> str:
    return ", ".join(str(int(id)) for id in ids)
