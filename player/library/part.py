"""What one source knows of a library: a whole copy, a damaged one, or a journal. The newest fact about each thing.

Parts are put together in ``merging``; nothing is written here.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass, field, replace

from player.core.reading import Cover
from player.library import fact
from player.library.journal_line import CHAPTERS, EPISODE, FILE, HEARD, PLACE, SETTING, TRAIL, TRAIL_GONE, Line
from player.library.row import highest_seq

Lists = dict[str, Line]
"""Lists of chapters of one file by their source."""


StopKey = tuple[str, int, str, int, int]
"""What a stop of the trail is known by: uid of the file, ms, kind, at_ms, seq."""


def _no_cover(digest: str) -> Cover | None:
    return None


@dataclass
class Part:
    """Facts by the uid of what they are about. ``damaged`` counts what was there and is not believed."""

    episodes: dict[str, Line] = field(default_factory=dict)
    files: dict[str, Line] = field(default_factory=dict)
    places: dict[str, Line] = field(default_factory=dict)
    heard: dict[str, Line] = field(default_factory=dict)
    stops: list[Line] = field(default_factory=list)
    gone_stops: set[StopKey] = field(default_factory=set)
    """Those that were taken off the trail, and are not to come back from another copy."""
    settings: dict[str, Line] = field(default_factory=dict)
    chapter_lists: Callable[[str], Lists] = lambda uid: {}
    cover: Callable[[str], Cover | None] = _no_cover
    is_journal: bool = False
    """A journal has the last word about settings, and only the listener's own chapters."""
    damaged: int = 0
    counted: int = 0
    """The highest seq that is not of a line above: of chapters, or of what is gone."""

    @property
    def seq(self) -> int:
        """The highest seq in it."""
        lines = (self.episodes, self.files, self.places, self.heard, self.settings)
        orders = [line.seq for kind in lines for line in kind.values()]
        return max([self.counted, *orders, *(line.seq for line in self.stops)])

    def without(self, gone: Set[StopKey]) -> "Part":
        """The same without the stops that are ``gone``."""
        return replace(self, stops=[line for line in self.stops if _stop_key(line, line.seq) not in gone])


def part_of_lines(lines: Iterable[Line | None]) -> Part:
    """What a journal says; None stands for a damaged line. Of equal orders the later line counts."""
    part = Part(is_journal=True)
    lists: defaultdict[str, Lists] = defaultdict(dict)
    tables = {EPISODE: part.episodes, FILE: part.files, PLACE: part.places, HEARD: part.heard, SETTING: part.settings}
    names = {EPISODE: "uid", FILE: "uid", PLACE: "file", HEARD: "file", SETTING: "key"}
    for line in lines:
        if line is None:
            part.damaged += 1
        elif line.kind == TRAIL:
            part.stops.append(line)
            part.gone_stops.discard(_stop_key(line, line.seq))  # a restore brought it back
        elif line.kind == TRAIL_GONE:
            part.counted = max(part.counted, line.seq)
            part.gone_stops.add(_stop_key(line, line.values["of_seq"]))
        elif line.kind == CHAPTERS:
            part.counted = max(part.counted, line.seq)
            _keep(lists[line.values["file"]], line.values["source"], line)
        elif line.kind in tables:
            _keep(tables[line.kind], line.values[names[line.kind]], line)
    part.chapter_lists = lambda uid: lists.get(uid, {})
    return part.without(part.gone_stops)


def part_of_database(db: sqlite3.Connection) -> Part:
    """What the rows of a database of this version say that are believed. It stays open as long as the part is used."""
    part = Part(counted=highest_seq(db))
    part.episodes = {line.values["uid"]: line for line in fact.episodes(db)}
    part.files = {line.values["uid"]: line for line in fact.files(db)}
    part.places = {line.values["file"]: line for line in fact.places(db)}
    part.heard = {line.values["file"]: line for line in fact.heard(db)}
    part.stops = list(fact.stops(db))
    part.settings = {line.values["key"]: line for line in fact.settings(db)}
    ids = {uid: line.values["id"] for uid, line in part.files.items()}

    def chapter_lists(uid: str) -> Lists:
        found = fact.chapter_lists(db, f"file = {ids[uid]}") if uid in ids else ()
        return {line.values["source"]: line for line in found}

    def cover(digest: str) -> Cover | None:
        row = db.execute("SELECT mime, data FROM cover WHERE digest = ?", (digest,)).fetchone()
        return Cover(*row) if row else None

    part.chapter_lists, part.cover = chapter_lists, cover
    return part


def setting_of(line: Line) -> object:
    """The value of a setting."""
    return json.loads(line.values["value"])


def _stop_key(line: Line, seq: int) -> StopKey:
    values = line.values
    return values["file"], values["ms"], values["kind"], values["at_ms"], seq


def _keep(lines: dict[str, Line], name: str, line: Line) -> None:
    old = lines.get(name)
    if old is None or line.order >= old.order:
        lines[name] = line
