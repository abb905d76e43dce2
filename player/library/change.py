"""What can be changed in the library: each change knows how it is written, and how an episode looks with it.

The second lets a window see at once what the disk may get only later. When and where changes are written is the
writer's business.
"""
# ruff: noqa: D102 - Change and EpisodeChange say once what write, show, key and after do

import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Hashable
from dataclasses import dataclass, replace

from player.core.chapter import ChapterList
from player.core.coverage import Coverage
from player.core.episode import OWN_SOURCE, Episode, EpisodeFile
from player.core.errors import LibraryError
from player.core.place import Place
from player.core.shape import Shape
from player.library.chapter_row import storable, write_chapters
from player.library.row import write_heard, write_place


class Change(ABC):
    """One change."""

    __slots__ = ()

    @property
    def is_patient(self) -> bool:
        """Whether it is kept until the disk takes it; otherwise its caller hears of the failure at once."""
        return True

    @property
    def key(self) -> Hashable:
        """Changes of equal keys become one while they wait; by default each stands alone."""
        return id(self)

    def after(self, older: "Change") -> "Change":
        """This change and the ``older`` one of the same key as one: the newest wins unless a class says otherwise."""
        return self

    @abstractmethod
    def write(self, db: sqlite3.Connection, device: str) -> object:
        """Carry it out in the open transaction. Raises LibraryError where it makes no sense."""


@dataclass(frozen=True, slots=True)
class EpisodeChange(Change, ABC):
    """A change of what the listener keeps of one episode."""

    episode: int

    @property
    def key(self) -> Hashable:
        """The newest of each kind wins."""
        return (type(self), self.episode)

    @abstractmethod
    def show(self, episode: Episode) -> Episode:
        """``episode`` with it."""


@dataclass(frozen=True, slots=True)
class FileChange(EpisodeChange, ABC):
    """A change of what the listener keeps of one file; ``file`` is its id, which holds however files are grouped."""

    file: int

    @property
    def key(self) -> Hashable:
        return (type(self), self.episode, self.file)

    def show(self, episode: Episode) -> Episode:
        position = episode.position_of(self.file)
        if position is None:
            return episode  # the file has moved to another episode since
        files = list(episode.files)
        files[position] = self.show_file(files[position])
        return replace(episode, files=tuple(files))

    @abstractmethod
    def show_file(self, file: EpisodeFile) -> EpisodeFile:
        """``file`` with it."""


@dataclass(frozen=True, slots=True)
class SavePlace(FileChange):
    """Where the listener is."""

    ms: int
    saved_at_ms: int

    def write(self, db: sqlite3.Connection, device: str) -> None:
        _check_file(db, self.file)
        write_place(db, self.file, self.ms, self.saved_at_ms, device=device)

    def show(self, episode: Episode) -> Episode:
        position = episode.position_of(self.file)
        if position is None:
            return episode
        shown = FileChange.show(self, episode)
        return replace(shown, place=Place(position, self.ms), saved_at_ms=self.saved_at_ms)

    def show_file(self, file: EpisodeFile) -> EpisodeFile:
        return replace(file, place_ms=self.ms)


@dataclass(frozen=True, slots=True)
class Hear(FileChange):
    """What was heard of one file: more of it, or (``adds`` False) exactly this."""

    heard: Coverage
    adds: bool

    def after(self, older: Change) -> Change:
        if self.adds and isinstance(older, Hear):
            return replace(older, heard=_union(older.heard, self.heard))
        return self

    def write(self, db: sqlite3.Connection, device: str) -> None:
        _check_file(db, self.file)
        write_heard(db, self.file, self.heard, device=device, adds=self.adds)

    def show_file(self, file: EpisodeFile) -> EpisodeFile:
        return replace(file, heard=_union(file.heard, self.heard) if self.adds else self.heard)


@dataclass(frozen=True, slots=True)
class SetSpeed(EpisodeChange):
    """How fast the episode is played."""

    speed: float

    def write(self, db: sqlite3.Connection, device: str) -> None:
        _update(db, self.episode, "speed", self.speed)

    def show(self, episode: Episode) -> Episode:
        return replace(episode, speed=self.speed)


@dataclass(frozen=True, slots=True)
class SetFinished(EpisodeChange):
    """Whether the listener is done with it."""

    is_finished: bool

    def write(self, db: sqlite3.Connection, device: str) -> None:
        _update(db, self.episode, "is_finished", self.is_finished)

    def show(self, episode: Episode) -> Episode:
        return replace(episode, is_finished=self.is_finished)


@dataclass(frozen=True, slots=True)
class SetTitle(EpisodeChange):
    """The listener's own title."""

    title: str

    def write(self, db: sqlite3.Connection, device: str) -> None:
        _update(db, self.episode, "title", storable(self.title))
        _update(db, self.episode, "has_own_title", True)

    def show(self, episode: Episode) -> Episode:
        return replace(episode, title=storable(self.title))


@dataclass(frozen=True, slots=True)
class ChooseSource(EpisodeChange):
    """Which source's chapters are shown; None for the best."""

    source: str | None

    def write(self, db: sqlite3.Connection, device: str) -> None:
        _update(db, self.episode, "chapter_source", self.source)

    def show(self, episode: Episode) -> Episode:
        return replace(episode, chapter_source=self.source)


@dataclass(frozen=True, slots=True)
class ChooseShape(EpisodeChange):
    """Whether it is shown as a tree or as a flat list."""

    shape: Shape

    def write(self, db: sqlite3.Connection, device: str) -> None:
        _update(db, self.episode, "shape", self.shape.value)

    def show(self, episode: Episode) -> Episode:
        return replace(episode, shape=self.shape)


@dataclass(frozen=True, slots=True)
class Forget(EpisodeChange):
    """Hides the episode; all that is kept of it comes back when its file is added again."""

    def write(self, db: sqlite3.Connection, device: str) -> None:
        _update(db, self.episode, "is_removed", True)

    def show(self, episode: Episode) -> Episode:
        return episode


@dataclass(frozen=True, slots=True)
class SetChapters(FileChange):
    """Chapters that the listener gave to one file; they replace those of the same source."""

    chapter_list: ChapterList

    @property
    def key(self) -> Hashable:
        return (SetChapters, self.episode, self.file, self.chapter_list.source)

    def write(self, db: sqlite3.Connection, device: str) -> None:
        _check_file(db, self.file)
        write_chapters(db, self.file, self.chapter_list, position=0, is_from_file=False)

    def show_file(self, file: EpisodeFile) -> EpisodeFile:
        others = [kept for kept in file.chapter_lists if kept.source != self.chapter_list.source]
        own = [kept for kept in others if kept.source == OWN_SOURCE]
        rest = [kept for kept in others if kept.source != OWN_SOURCE]
        return replace(file, chapter_lists=(*own, self.chapter_list, *rest))


@dataclass(frozen=True, slots=True)
class RemoveChapters(EpisodeChange):
    """Takes the chapters of one source away from every file of the episode."""

    source: str

    @property
    def key(self) -> Hashable:
        return (RemoveChapters, self.episode, self.source)

    def write(self, db: sqlite3.Connection, device: str) -> None:
        db.execute(
            "DELETE FROM chapter_list WHERE source = ? AND file IN (SELECT file.id FROM file "
            "JOIN episode AS member ON member.id = file.episode WHERE member.id = ? OR member.series = ?)",
            (self.source, self.episode, self.episode),
        )

    def show(self, episode: Episode) -> Episode:
        files = (
            replace(file, chapter_lists=tuple(kept for kept in file.chapter_lists if kept.source != self.source))
            for file in episode.files
        )
        return replace(episode, files=tuple(files))


@dataclass(frozen=True, slots=True)
class SetSetting(Change):
    """A setting; ``value`` is JSON."""

    name: str
    value: str

    @property
    def key(self) -> Hashable:
        return (SetSetting, self.name)

    def write(self, db: sqlite3.Connection, device: str) -> None:
        db.execute("INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)", (self.name, self.value))


def _check_file(db: sqlite3.Connection, file: int) -> None:
    if db.execute("SELECT 1 FROM file WHERE id = ?", (file,)).fetchone() is None:
        raise LibraryError(f"The library holds no file {file}.")


def _update(db: sqlite3.Connection, episode: int, column: str, value: object) -> None:
    if db.execute(f"UPDATE episode SET {column} = ? WHERE id = ?", (value, episode)).rowcount != 1:
        raise LibraryError(f"There is no episode {episode} in the library.")


def _union(one: Coverage, other: Coverage) -> Coverage:
    return Coverage.of((*one.spans, *other.spans))
