"""A real Session over a real Library and the FakeEngine, with one clock for all of them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from player.core.chapter import Chapter, ChapterList
from player.core.frame_table import FrameTable
from player.core.notice import Notice
from player.core.reading import Reading
from player.library import intake
from player.library.library import Library
from player.library.sample_table_cache import SampleTableCache
from player.session.session import Session
from player.session.sound_source import SoundSource
from player.tasks import Tasks
from tests.builders import SEED_SECONDS, seed_chapters
from tests.fakes import FakeEngine, TasksAtOnce

NOON_MS = 1_800_000_000_000
SEED_MS = SEED_SECONDS * 1000


class Listener:
    """Somebody who listens: the session, what it told, and the clock that runs for all."""

    def __init__(self, library: Library, folder: Path) -> None:
        self.library = library
        self.folder = folder
        self.now_ms = NOON_MS
        self.told: list[Notice] = []
        self.tasks = Tasks()
        self.begin()

    def begin(self) -> None:
        """Start the program: a new session on the same library."""
        self.engine = FakeEngine()
        sources = SoundSource(TasksAtOnce(), SampleTableCache(self.folder / "cache"), self.scan_frames)
        self.session = Session(self.engine, self.library, sources, lambda: self.now_ms)  # type: ignore[arg-type]
        self.session.told.connect(self.told.append)

    def scan_frames(self, path: str) -> FrameTable:
        raise AssertionError("nothing here is an MP3")

    def crash(self) -> None:
        """The program is killed: only what reached the disk remains."""
        self.engine.blockSignals(True)
        self.library.flush(5)
        self.begin()

    def wait(self, ms: int) -> None:
        """Time goes by."""
        for _ in range(0, ms, 50):
            self.now_ms += 50
            self.engine.advance(50)

    def add(self, name: str = "report.m4b", duration_ms: int | None = SEED_MS, chapters: bool = True) -> int:
        """Put an episode into the library; its file exists and is never opened."""
        path = self.folder / name
        path.write_bytes(name.encode())
        marks = tuple(Chapter(start, title) for start, title in seed_chapters()) if chapters else ()
        reading = Reading(
            title=path.stem,
            container=path.suffix[1:],
            duration_ms=duration_ms,
            chapter_lists=(ChapterList("chpl", marks),) if marks else (),
        )
        return intake.add(self.library, str(path), reading, self.now_ms)

    def saved(self, episode_id: int) -> int | None:
        """The place on the disk, on the whole time line."""
        assert self.library.flush(5)
        episode = self.library.episode(episode_id)
        return None if episode.place is None else episode.whole_ms(episode.place)

    @property
    def label(self) -> str | None:
        """The label of the current section."""
        return self.session.section.label if self.session.section else None

    def section(self, label: str):
        """The section with that label."""
        return next(section for section in self.session.outline.sections if section.label == label)


@pytest.fixture
def listener(tmp_path: Path, qapp: object) -> Iterator[Listener]:
    library = Library.open(tmp_path / "data")
    someone = Listener(library, tmp_path)
    yield someone
    someone.tasks.close()
    library.close()


@pytest.fixture
def report(listener: Listener) -> Callable[..., int]:
    """Open the seed's episode; gives its id."""
    episode_id = listener.add()
    listener.session.open(episode_id)
    return episode_id
