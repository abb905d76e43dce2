"""All episodes on this disk: the one door to them. Reads are quick; writes return at once and are shown at once.

What the caller changed is seen by the caller's next read, on the disk or not: changes that wait are laid over what is
read. SQL, rows and threads are in the files beside this one.
"""

import json
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, TypeVar

from player.core.chapter import ChapterList
from player.core.coverage import Coverage
from player.core.episode import Episode, EpisodeSummary
from player.core.errors import LibraryError
from player.core.notice import Notice
from player.core.reading import Cover
from player.core.shape import Shape
from player.core.stop import Stop
from player.library.change import (
    Change,
    ChooseShape,
    ChooseSource,
    EpisodeChange,
    FileChange,
    Forget,
    Hear,
    RemoveChapters,
    SavePlace,
    SetChapters,
    SetFinished,
    SetSetting,
    SetSpeed,
    SetTitle,
)
from player.library.data_folder import make_folder
from player.library.glance import glance
from player.library.keeper import BeginSegment, Keeper, OnNotice, Pace
from player.library.known_file import FileState, find_by_name, read_known_files
from player.library.opening import LIBRARY_FILE, Opened, errors_told, open_to_look, open_to_write, told
from player.library.reader import Reader
from player.library.remains import Remains
from player.library.store import (
    WORK_OF_FILE,
    read_cover,
    read_episode,
    read_notes,
    read_setting,
    read_summaries,
)
from player.library.trail import ChangeTrail, read_trail
from player.library.writer import Desk, OnTrouble, Patience, Writer

T = TypeVar("T")


class Care(NamedTuple):
    """How the library is looked after: the clock on the wall, the pace of snapshots, and who hears of what is found.

    ``on_notice`` is called from another thread.
    """

    now_ms: Callable[[], int] = lambda: time.time_ns() // 1_000_000
    on_notice: OnNotice = lambda notice: None
    pace: Pace = Pace()


class Library:
    """Open with ``Library.open`` (the window) or ``Library.look_into`` (a look that changes nothing); close it.

    ``notices`` says what the listener should be told: a damaged file put aside, a disk that cannot be written, rows
    that are not believed. All methods may be called from any thread. Every write returns a future that is done once
    the change is on the disk; nobody needs to wait for it.
    """

    def __init__(self, path: Path, opened: Opened, on_trouble: OnTrouble, patience: Patience, care: Care) -> None:
        self.path = path
        self._lock = opened.lock
        self._journal = opened.journal
        self._on_notice = care.on_notice
        self._reader = Reader(path, opened.reader)
        self._connect = opened.connect
        self._later = opened.later
        self._on_trouble = on_trouble
        self.cannot_write = opened.desk is None
        """Whether nothing could be written since it was opened; ``notices`` says so, ``on_trouble`` not once more."""
        self._is_troubled = False  # which ``on_trouble`` heard
        self._notices = dict.fromkeys(opened.notices)
        self._keeper = Keeper(Remains(path), self._begin_segment, care.now_ms, self._tell, care.pace)
        self._writer = Writer(
            self._reconnect,
            opened.desk,
            lambda error: told(error, path),
            self._tell_trouble,
            patience,
            self._note_saved,
        )

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        on_trouble: OnTrouble = lambda sentence: None,
        patience: Patience = Patience(),  # noqa: B008 - a constant value
        care: Care = Care(),  # noqa: B008 - a constant value
    ) -> "Library":
        """Open the library in ``folder``, making both where there is none.

        A damaged or missing one is put together again from its snapshots and its journal; one of a later version, or
        on a disk that cannot be written, is shown, and changes stay in memory: ``notices`` says so. Raises
        LibraryError where nothing can be opened.
        ``on_trouble`` is called from another thread: with a sentence while nothing can be saved, with None afterwards.
        """
        make_folder(folder)
        path = folder / LIBRARY_FILE
        return cls(path, open_to_write(path, care.now_ms()), on_trouble, patience, care)

    @classmethod
    def look_into(cls, folder: Path) -> "Library | None":
        """The library in ``folder`` for reading alone, also while another program has it open; None without one.

        Nothing is made or changed, not even a file beside it. Raises LibraryError where it cannot be read.
        """
        path = folder / LIBRARY_FILE
        opened = open_to_look(path)
        return cls(path, opened, lambda sentence: None, Patience(), Care()) if opened else None

    def __enter__(self) -> "Library":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()

    def close(self, timeout_s: float = 5.0) -> bool:
        """Write what waits and let go of the file; False when something could not be written in ``timeout_s``."""
        is_saved = self._writer.flush(timeout_s)
        self._keeper.stop(timeout_s)
        self._reader.close()  # before the writer: the last connection clears SQLite's files away, and these may not
        self._writer.stop(timeout_s)
        if self._lock:
            self._lock.release()
        return is_saved

    def flush(self, timeout_s: float) -> bool:
        """Wait until everything asked for so far is on the disk; False when that took longer than ``timeout_s``."""
        return self._writer.flush(timeout_s)

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What the listener should be told, each once; grows as damaged rows are met."""
        return tuple(self._notices)

    def keep_copy(self) -> bool:
        """Make a snapshot now, and wait for it; False where that failed, which is told in ``notices``."""
        return self._keeper.make_now()

    # Reading

    def episodes(self) -> list[EpisodeSummary]:
        """All episodes: the last listened to first (by order of saving, not by clock), then the last added."""
        changes = self._unwritten()
        with self._read() as db:
            summaries = read_summaries(db, self._note)
        if not changes:
            return summaries
        changed = {change.episode for change in changes}
        removed = {change.episode for change in changes if isinstance(change, Forget)}
        summaries = [
            self.episode(summary.id).summary if summary.id in changed else summary
            for summary in summaries
            if summary.id not in removed
        ]
        freshness = {change.episode: index for index, change in enumerate(changes) if isinstance(change, SavePlace)}
        return sorted(summaries, key=lambda summary: -freshness.get(summary.id, -1))

    def episode(self, episode_id: int) -> Episode:
        """One episode with files, chapters, place and what was heard; LibraryError where there is none of that id."""
        changes = self._unwritten()
        with self._read() as db:
            episode = read_episode(db, episode_id, self._note)
        for change in changes:
            if change.episode == episode_id or isinstance(change, FileChange):  # a file may be in a series too
                episode = change.show(episode)
        return episode

    def trail(self, episode_id: int) -> tuple[Stop, ...]:
        """The places worth coming back to in all files of an episode or series, in the order of being left."""
        changes = self._unwritten()
        with self._read() as db:
            stops = read_trail(db, episode_id, self._note)
        for change in changes:
            if isinstance(change, ChangeTrail) and change.episode == episode_id:
                stops = change.put_in(stops)
        return tuple(stops)

    def cover(self, episode_id: int) -> Cover | None:
        """The picture of an episode."""
        with self._read() as db:
            return read_cover(db, episode_id)

    def has_notes(self, episode_id: int) -> bool:
        """Whether any file of an episode has notes."""
        with self._read() as db:
            return bool(read_notes(db, episode_id, 1))

    def notes(self, episode_id: int, most: int) -> dict[int, str]:
        """Its notes as sanitised HTML, by the ids of its files, until ``most`` characters are together."""
        with self._read() as db:
            return read_notes(db, episode_id, most)

    def find_by_path(self, path: str) -> int | None:
        """What the file at ``path`` is listened to in: by any path, symbolic or hard link. None when unknown."""
        file = self.find_file(path)
        if file is None or file.is_removed:
            return None
        forgotten = {change.episode for change in self._unwritten() if isinstance(change, Forget)}
        return None if forgotten & {file.episode, file.work} else file.work

    def find_file(self, path: str) -> FileState | None:
        """What the library knows of the file at ``path``, also of a removed episode.

        Looks at files: on a disk that does not answer this waits, but nobody else does.
        """
        return find_by_name(self._ask, os.path.realpath(path), glance)

    def work_of(self, file_id: int) -> int | None:
        """What the file of that id is listened to in by now; None where that is removed."""
        rows = self._ask(WORK_OF_FILE, (file_id,))
        return rows[0][0] if rows else None

    def known_files(self) -> dict[str, FileState]:
        """What the library knows of all its files, by path, also of removed episodes; looks at no file."""
        with self._read() as db:
            return read_known_files(db)

    def setting(self, name: str, default: T) -> T:
        """The setting ``name``; ``default`` where there is none, or where it is of another type than ``default``."""
        waiting = [change for change in self._writer.unwritten() if isinstance(change, SetSetting)]
        for change in reversed(waiting):  # the newest is the one that counts
            if change.name == name:
                return _decoded(change.value, default)
        with self._read() as db:
            value = read_setting(db, name)
        return default if value is None else _decoded(value, default)

    # Writing

    # Of the episode that is listened to, which may be a series, and of a file in it, both by id.

    def save_place(self, episode_id: int, file_id: int, ms: int, saved_at_ms: int) -> "Future[None]":
        """Keep where the listener is; ``saved_at_ms`` is the time by the clock, milliseconds since 1970 UTC."""
        if ms < 0:
            raise ValueError(f"no place is at {ms}")
        return self.submit(SavePlace(episode_id, file_id, ms, saved_at_ms))

    def add_heard(self, episode_id: int, file_id: int, start_ms: int, end_ms: int) -> "Future[None]":
        """Add a stretch of the file that was really played."""
        return self.submit(Hear(episode_id, file_id, Coverage.of([(start_ms, end_ms)]), adds=True))

    def set_heard(self, episode_id: int, file_id: int, heard: Coverage) -> "Future[None]":
        """Let exactly ``heard`` be what was heard of that file: the listener marked or unmarked something."""
        return self.submit(Hear(episode_id, file_id, heard, adds=False))

    def set_speed(self, episode_id: int, speed: float) -> "Future[None]":
        """Keep the episode's speed."""
        return self.submit(SetSpeed(episode_id, speed))

    def set_finished(self, episode_id: int, is_finished: bool) -> "Future[None]":
        """Keep whether the listener is done with it; the place stays."""
        return self.submit(SetFinished(episode_id, is_finished))

    def set_title(self, episode_id: int, title: str) -> "Future[None]":
        """Give it the listener's title, kept when the file is read again. Raises LibraryError for an empty one."""
        if not title.strip():
            raise LibraryError("A title cannot be empty.")
        return self.submit(SetTitle(episode_id, title.strip()))

    def set_chapters(self, episode_id: int, file_id: int, chapter_list: ChapterList) -> "Future[None]":
        """Give that file chapters from outside (source "own": pasted or edited); kept when the file is read again."""
        return self.submit(SetChapters(episode_id, file_id, chapter_list))

    def remove_chapters(self, episode_id: int, source: str) -> "Future[None]":
        """Take the chapters of ``source`` away; those that the file itself holds come back when it is read again."""
        return self.submit(RemoveChapters(episode_id, source))

    def choose_source(self, episode_id: int, source: str | None) -> "Future[None]":
        """Show the chapters of ``source``; None for the best there are."""
        return self.submit(ChooseSource(episode_id, source))

    def choose_shape(self, episode_id: int, shape: Shape) -> "Future[None]":
        """Show it as the rules say, as a flat list or as a tree."""
        return self.submit(ChooseShape(episode_id, shape))

    def forget(self, episode_id: int) -> "Future[None]":
        """Remove it from view; place, heard and chapters stay and come back when its file is added again."""
        return self.submit(Forget(episode_id))

    def set_setting(self, name: str, value: object) -> "Future[None]":
        """Keep a setting: anything that JSON can say."""
        return self.submit(SetSetting(name, json.dumps(value)))

    def submit(self, change: Change) -> "Future[Any]":
        """Hand a change to the writer."""
        return self._writer.submit(change)

    # Inside

    @contextmanager
    def _read(self) -> Iterator[sqlite3.Connection]:
        with errors_told(self.path), self._reader.read() as db:
            yield db

    def _ask(self, statement: str, values: tuple[object, ...]) -> list[tuple[Any, ...]]:
        with self._read() as db:
            return db.execute(statement, values).fetchall()

    def _unwritten(self) -> list[EpisodeChange]:
        return [change for change in self._writer.unwritten() if isinstance(change, EpisodeChange)]

    def _note(self, notice: Notice) -> None:
        self._notices[notice] = None

    def _tell(self, notice: Notice) -> None:
        self._note(notice)
        self._on_notice(notice)

    def _tell_trouble(self, sentence: str | None) -> None:
        if self._is_troubled or (sentence and not self.cannot_write):
            self._is_troubled = sentence is not None
            self._on_trouble(sentence)

    def _note_saved(self) -> None:
        self._keeper.note_saved(self._journal.trouble if self._journal else None)

    def _begin_segment(self) -> int:
        if self._journal is None:
            raise LibraryError(f"Nothing is saved in the library {self.path}.")
        return int(self.submit(BeginSegment(self._journal, Remains(self.path))).result())

    def _reconnect(self) -> Desk:
        """A connection for the writer; the first one on a disk that was read-only lets the reader see again too."""
        desk = self._connect()
        self._reader.renew()
        if self.cannot_write:
            self.cannot_write = False
            self._on_trouble(None)
            for notice in self._later:
                self._tell(notice)
        return desk


def _decoded(value: str, default: T) -> T:
    try:
        decoded = json.loads(value)
    except ValueError:
        return default  # damaged on the disk
    if default is None or type(decoded) is type(default):
        return decoded  # type: ignore[no-any-return]  # of the type of the default, as just checked
    if isinstance(default, float) and type(decoded) is int:
        return float(decoded)  # type: ignore[return-value]  # T is float here
    return default
