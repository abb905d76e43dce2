"""Putting what another copy knows into a library: nothing is overwritten by what is older, nothing is lost.

Two rules. Copies of one library, when it is put together again after damage: the newer fact counts. Another library,
when a backup comes from another machine: a file is found by uid, recording or path and keeps its own path, what was
heard is joined, and a place that loses goes to the trail; nothing that is shown here is hidden or leaves its book.
"""

import hashlib
import json
import os
import sqlite3
from collections import Counter, defaultdict
from enum import Enum
from pathlib import Path
from typing import Any

from player.library.journal_line import Line
from player.library.merging_kept import Merged, put_kept
from player.library.part import Part, setting_of
from player.library.row import raise_seq
from player.library.table import insert, update

SAME_LENGTH_MS = 1_000
NEVER_READ = -1  # the size of a file that has to be read again

_OF_THE_LISTENER = ("speed", "is_finished", "chapter_source", "shape")
_OF_THE_FILE = ("duration_ms", "container", "size", "mtime_ns", "fingerprint", "title", "album", "disc", "track")
_OF_A_COPY = ("is_removed", "kind", "is_arranged")
_OPEN = "open_episode"  # settings that name an episode by its id
_OF_ONE_EPISODE = ("opened/", "trail/")


class Kinship(Enum):
    """How the part is related to the library that it goes into."""

    COPY = "copy"  # of the same library
    OTHER = "other"  # a library of another machine


def merge(db: sqlite3.Connection, part: Part, kinship: Kinship, device: str) -> Merged:
    """Put ``part`` into ``db``, in the transaction that is open; rows are to be sealed afterwards."""
    merging = _Merging(db, part, kinship, device)
    merging.run()
    return merging.merged


def is_recording(line: Line) -> bool:
    """Whether the line of an episode is about a recording, and not about a book or series of several."""
    return bool(line.values.get("kind", "episode") == "episode")


class _Merging:
    def __init__(self, db: sqlite3.Connection, part: Part, kinship: Kinship, device: str) -> None:
        self._db = db
        self._part = part
        self._is_copy = kinship is Kinship.COPY
        self._device = device
        self._files: dict[str, int] = {}  # ids in the library by uids of the part
        self._episodes: dict[str, int] = {}
        self._known_files: dict[str, list[int]] = {}  # of those found here, by the uid of their episode there
        self._members: defaultdict[str, list[str]] = defaultdict(list)  # uids by that of their book or series
        self.merged = Merged()

    def run(self) -> None:
        self._find_files()
        for uid, known in self._files.items():
            self._known_files.setdefault(self._part.files[uid].values["episode"], []).append(known)
        for uid, line in self._part.episodes.items():
            if line.values.get("series"):
                self._members[line.values["series"]].append(uid)
        for is_member in (False, True):  # a journal may name a member before its group
            for uid, line in self._part.episodes.items():
                if bool(line.values.get("series")) is is_member:
                    self._put_episode(uid, line)
        for uid, line in self._part.files.items():
            self._put_file(uid, line)
        put_kept(self._db, self._part, self._files, self._device, self.merged, is_copy=self._is_copy)
        self._put_settings()
        raise_seq(self._db, self._part.seq)

    # Episodes

    def _put_episode(self, uid: str, line: Line) -> None:
        values = line.values
        known = self._find_episode(uid)
        series = self._find_group(values.get("series"))
        if known is None:
            row = {**values, "series": series, "cover": None}
            if not (self._is_copy and self._is_free("episode", values.get("id"))):
                row.pop("id", None)
            self._episodes[uid] = insert(self._db, "episode", row)
            self.merged.episodes_added += is_recording(line)
        else:
            self._episodes[uid] = known
            self._renew_episode(known, line, series)
        self._put_cover(self._episodes[uid], values.get("cover"))

    def _find_episode(self, uid: str) -> int | None:
        for (id,) in self._ask("SELECT id FROM episode WHERE uid = ?", uid):
            return int(id)
        for file in self._known_files.get(uid, ()):
            [(id,)] = self._ask("SELECT episode FROM file WHERE id = ?", file)
            return int(id)
        return None if self._is_copy else self._group_of_members(uid)

    def _find_group(self, uid: str | None) -> int | None:
        if uid is None:
            return None
        known = self._episodes.get(uid)
        return self._find_episode(uid) if known is None else known

    def _group_of_members(self, uid: str) -> int | None:
        """The group here that most of its members are in: both machines arranged the same files, each for itself."""
        files = [file for member in self._members[uid] for file in self._known_files.get(member, ())]
        groups = Counter(
            group
            for file in files
            for (group,) in self._ask(
                "SELECT work.id FROM file JOIN episode AS member ON member.id = file.episode "
                "JOIN episode AS work ON work.id = member.series WHERE file.id = ? AND NOT work.is_removed",
                file,
            )
        )
        return next((int(group) for group, _ in groups.most_common(1)), None)

    def _renew_episode(self, id: int, line: Line, series: int | None) -> None:
        [(*order, has_own_title)] = self._ask("SELECT seq, device, has_own_title FROM episode WHERE id = ?", id)
        values = line.values
        new = self._membership(id, line, series, tuple(order))
        if line.order > tuple(order):
            names = (*_OF_THE_LISTENER, *(_OF_A_COPY if self._is_copy else ()))
            new |= {name: values[name] for name in names if name in values}
            if not values.get("is_removed"):
                new["is_removed"] = 0  # another machine hides nothing here
            if values.get("has_own_title") or not has_own_title:
                new |= {name: values[name] for name in ("title", "has_own_title", "author") if name in values}
            new |= {"seq": line.seq, "device": line.order[1]}
        if new:
            update(self._db, "episode", id, new)

    def _membership(self, id: int, line: Line, series: int | None, order: tuple[int, str]) -> dict[str, Any]:
        """What changes of the group that it is in; another machine tears none apart, what is free here joins one."""
        values = line.values
        [(own, is_arranged)] = self._ask("SELECT series, is_arranged FROM episode WHERE id = ?", id)
        if series == id or (series is None and values.get("series")):
            return {}  # its group is not known
        if self._is_copy:
            # Of the same age it is the same fact, whose group was not known yet.
            is_taken = line.order > order or (line.order == order and own is None)
        else:
            is_shown = bool(self._ask("SELECT 1 FROM episode WHERE id = ? AND NOT is_removed", series))
            is_taken = own is None and not is_arranged and is_shown
        return {"series": series, "series_position": values.get("series_position")} if is_taken else {}

    def _put_cover(self, episode: int, digest: str | None) -> None:
        [(own,)] = self._ask("SELECT cover FROM episode WHERE id = ?", episode)
        cover = self._part.cover(digest) if digest and own is None else None
        if cover is None or hashlib.sha256(cover.mime.encode() + b"\0" + cover.data).hexdigest() != digest:
            return  # it has one, or the picture is damaged: it comes again with the file
        self._db.execute(
            "INSERT OR IGNORE INTO cover (digest, mime, data) VALUES (?, ?, ?)", (digest, cover.mime, cover.data)
        )
        self._db.execute(
            "UPDATE episode SET cover = (SELECT id FROM cover WHERE digest = ?) WHERE id = ?", (digest, episode)
        )

    # Files

    def _find_files(self) -> None:
        """Which file of the part is which here. Two there are never one here, though they sound alike."""
        found: set[int] = set()
        for ids in (self._with_uid, self._with_sound_and_path, self._with_sound, self._with_path):
            for uid, line in self._part.files.items():
                known = None if uid in self._files else next((id for id in ids(line.values) if id not in found), None)
                if known is not None:
                    self._files[uid] = known
                    found.add(known)

    def _with_uid(self, values: dict[str, Any]) -> list[int]:
        return [id for (id,) in self._ask("SELECT id FROM file WHERE uid = ?", values["uid"])]

    def _with_sound_and_path(self, values: dict[str, Any]) -> list[int]:
        sound, path = _bytes(values.get("fingerprint")), os.fsencode(values["path"])
        return [id for (id,) in self._ask("SELECT id FROM file WHERE path = ? AND fingerprint = ?", path, sound)]

    def _with_sound(self, values: dict[str, Any]) -> list[int]:
        sound = _bytes(values.get("fingerprint"))
        return [id for (id,) in self._ask("SELECT id FROM file WHERE fingerprint = ? ORDER BY id", sound)]

    def _with_path(self, values: dict[str, Any]) -> list[int]:
        """That of the same path and length: where the sounds of both are known, they are two recordings."""
        path, ms = os.fsencode(values["path"]), values.get("duration_ms")
        return [
            id
            for id, sound, other_ms in self._ask("SELECT id, fingerprint, duration_ms FROM file WHERE path = ?", path)
            if not (sound and values.get("fingerprint"))
            and (ms is None or other_ms is None or abs(ms - other_ms) <= SAME_LENGTH_MS)
        ]

    def _put_file(self, uid: str, line: Line) -> None:
        episode = self._episodes.get(line.values["episode"])
        if uid in self._files:
            if self._is_copy:
                self._renew_file(self._files[uid], line, episode)
            return
        if episode is None:
            episode = self._find_episode(line.values["episode"])
        if episode is None:
            episode = self._begin_episode(line)
        values = line.values
        row = {
            **values,
            "episode": episode,
            "position": self._free_position(episode, values.get("position", 0)),
            "path": self._free_path(values["path"]),
            "fingerprint": _bytes(values.get("fingerprint")),
        }
        if not (self._is_copy and self._is_free("file", values.get("id"))):
            row.pop("id", None)
        if self._part.is_journal:
            row["size"] = NEVER_READ
        self._files[uid] = insert(self._db, "file", row)

    def _begin_episode(self, line: Line) -> int:
        """An episode for a file whose own is not known any more: its row or its line was damaged."""
        uid = line.values["episode"]
        title = line.values.get("title") or Path(line.values["path"]).stem
        title = title.encode("utf-8", "replace").decode()
        id = insert(self._db, "episode", {"uid": uid, "title": title, "added_at_ms": 0})
        self._episodes[uid] = id
        self.merged.episodes_added += 1
        return id

    def _renew_file(self, id: int, line: Line, episode: int | None) -> None:
        [(*order, old_episode, old_path)] = self._ask("SELECT seq, device, episode, path FROM file WHERE id = ?", id)
        if line.order <= tuple(order):
            return
        new = {name: line.values[name] for name in _OF_THE_FILE if name in line.values}
        new["fingerprint"] = _bytes(new.get("fingerprint"))
        path = os.fsencode(line.values["path"])
        if path != old_path and not self._ask("SELECT 1 FROM file WHERE path = ?", path):
            new["path"] = path
        if episode is not None and episode != old_episode:
            new |= {"episode": episode, "position": self._free_position(episode, line.values["position"])}
        if self._part.is_journal:
            new["size"] = NEVER_READ
        update(self._db, "file", id, {**new, "seq": line.seq, "device": line.order[1]})

    def _free_position(self, episode: int, wanted: int) -> int:
        taken = {position for (position,) in self._ask("SELECT position FROM file WHERE episode = ?", episode)}
        return wanted if wanted not in taken else max(taken) + 1

    def _free_path(self, path: str) -> bytes:
        """``path``, or one like it where another recording has it here: where it really is, is for the listener."""
        raw, number = os.fsencode(path), 1
        while self._ask("SELECT 1 FROM file WHERE path = ?", raw):
            number += 1
            raw = os.fsencode(f"{path} ({number})")
        return raw

    def _put_settings(self) -> None:
        ids = {line.values.get("id"): self._episodes[uid] for uid, line in self._part.episodes.items()}
        for key, line in self._part.settings.items():
            name, value = key, line.values["value"]
            kind = next((kind for kind in _OF_ONE_EPISODE if key.startswith(kind)), None)
            if key == _OPEN or kind:
                if not self._is_copy:
                    continue  # what is open is a matter of each machine
                if kind:
                    name = f"{kind}{ids.get(int(key[len(kind) :]), 0)}"
                else:
                    value = json.dumps(ids.get(setting_of(line), 0))
            how = "REPLACE" if self._part.is_journal else "IGNORE"
            self._db.execute(f"INSERT OR {how} INTO setting (key, value) VALUES (?, ?)", (name, value))

    def _ask(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        return self._db.execute(statement, values).fetchall()

    def _is_free(self, table: str, id: object) -> bool:
        return isinstance(id, int) and not self._ask(f"SELECT 1 FROM {table} WHERE id = ?", id)


def _bytes(digits: str | None) -> bytes | None:
    return bytes.fromhex(digits) if digits else None
