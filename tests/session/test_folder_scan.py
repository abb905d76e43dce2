import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from player.core.errors import SourceError
from player.core.reading import Reading
from player.isolation.batch import read_batch
from player.isolation.children import Children
from player.library.library import Library
from player.readers.source import read_source
from player.session import folder_scan as module
from player.session.folder_scan import FolderScan, Phase, Progress
from player.tasks import Tasks
from tests.files import put_book, put_mp3, put_seed, second_of_sound


@dataclass
class Scanner:
    """A FolderScan on a library of its own, with all that it said."""

    library: Library
    tasks: Tasks
    scan: FolderScan
    qtbot: QtBot
    read: list[str] = field(default_factory=list)
    led: list[tuple[int, bool]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    progress: list[Progress] = field(default_factory=list)

    def note(self) -> None:
        if self.scan.progress:
            self.progress.append(self.scan.progress)

    def finish(self) -> None:
        self.qtbot.waitUntil(lambda: self.scan.progress is None, timeout=30_000)

    def add(self, *paths: Path) -> None:
        """Scan ``paths`` to the end."""
        self.scan.add(map(str, paths))
        self.finish()

    @property
    def titles(self) -> list[str]:
        return sorted(row.title for row in self.library.episodes())


@pytest.fixture
def make(tmp_path: Path, qtbot: QtBot) -> Iterator[Callable[..., Scanner]]:
    made: list[Scanner] = []

    def scanner(read_many: Callable[..., Sequence[Reading | SourceError]] | None = None) -> Scanner:
        library, tasks = Library.open(tmp_path / f"data{len(made)}"), Tasks()
        one = Scanner(library, tasks, None, qtbot)  # type: ignore[arg-type]

        def read(paths: Sequence[str], is_wanted: Callable[[], bool]) -> list[Reading | SourceError]:
            one.read += paths[:4]
            return [outcome_of(path) for path in paths[:4]] if is_wanted() else []

        one.scan = FolderScan(tasks, library, read_many or read, lambda: 1_000)
        one.scan.led.connect(lambda work, is_chosen: one.led.append((work, is_chosen)))
        one.scan.told.connect(one.told.append)
        one.scan.changed.connect(one.note)
        made.append(one)
        return one

    yield scanner
    for one in made:
        one.tasks.close()
        one.library.close()


def outcome_of(path: str) -> Reading | SourceError:
    try:
        return read_source(path)
    except SourceError as error:
        return error


@pytest.fixture
def scanner(make: Callable[..., Scanner]) -> Scanner:
    return make()


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    (tmp_path / "shelf").mkdir()
    return tmp_path / "shelf"


def test_a_folder_becomes_books_series_and_recordings(scanner: Scanner, shelf: Path):
    put_book(shelf / "Emma", 5)
    put_seed(shelf / "Scheming AIs")
    put_mp3(shelf / "Talk.mp3", "A talk")
    (shelf / "notes.txt").write_text("no sound")
    scanner.add(shelf)
    assert scanner.titles == ["A talk", "Emma", 'Full audio for "Scheming AIs: Will AIs fake alignment during training '
                              'in order to get power?"', "Joe Carlsmith Audio"]  # fmt: skip
    series = next(row.id for row in scanner.library.episodes() if row.title == "Joe Carlsmith Audio")
    assert len(scanner.library.episode(series).files) == 118
    assert scanner.told == []
    assert [is_chosen for _, is_chosen in scanner.led] == [False]


def test_a_folder_of_one_book_leads_to_it(scanner: Scanner, shelf: Path):
    put_book(shelf, 12)
    scanner.add(shelf)
    (row,) = scanner.library.episodes()
    assert scanner.led == [(row.id, True)]
    assert [file.title for file in scanner.library.episode(row.id).files] == [
        f"Part {at}: Title" for at in range(1, 13)
    ]


def test_progress_counts_what_is_found_and_what_is_done(scanner: Scanner, shelf: Path):
    put_book(shelf, 12)
    scanner.add(shelf)
    phases = list(dict.fromkeys(each.phase for each in scanner.progress))
    assert phases == [Phase.LOOKING, Phase.READING]
    done = [each.done for each in scanner.progress if each.phase is Phase.READING]
    assert done == sorted(done)
    assert (done[0], done[-1]) == (0, 12)
    assert {(each.title, each.total) for each in scanner.progress if each.phase is Phase.READING} == {("shelf", 12)}


def test_files_that_did_not_change_are_not_read_again(scanner: Scanner, shelf: Path):
    paths = put_book(shelf, 6)
    scanner.add(shelf)
    (row,) = scanner.library.episodes()
    scanner.read.clear()
    scanner.add(shelf)
    assert scanner.read == []
    assert scanner.led == [(row.id, True)] * 2
    put_mp3(paths[2], "Part 3: Another title, and longer", album="Emma", track=3)
    paths[4].with_suffix(".cue").write_text('FILE "x" MP3\n  TRACK 01 AUDIO\n    INDEX 01 00:00:00\n')
    scanner.add(shelf)
    assert sorted(scanner.read) == sorted([str(paths[2]), str(paths[4])])
    assert scanner.library.episode(row.id).files[2].title == "Part 3: Another title, and longer"


def test_files_that_come_later_join_their_book(scanner: Scanner, shelf: Path):
    paths = put_book(shelf, 6)
    paths[1].rename(shelf.parent / "later.mp3")
    scanner.add(shelf)
    (shelf.parent / "later.mp3").rename(paths[1])
    scanner.add(shelf)
    (row,) = scanner.library.episodes()
    assert [file.path for file in scanner.library.episode(row.id).files] == [str(path) for path in paths]


def test_more_than_five_hundred_files_are_asked_about(scanner: Scanner, shelf: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "ASKS_ABOVE", 5)
    put_book(shelf, 6)
    scanner.scan.add([str(shelf)])
    scanner.qtbot.waitUntil(lambda: scanner.progress[-1].phase is Phase.ASKING)
    assert scanner.read == []
    assert scanner.progress[-1].total == 6
    scanner.scan.go_on()
    scanner.finish()
    assert scanner.titles == ["Emma"]


def test_a_no_adds_nothing(scanner: Scanner, shelf: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "ASKS_ABOVE", 5)
    put_book(shelf, 6)
    scanner.scan.add([str(shelf)])
    scanner.qtbot.waitUntil(lambda: scanner.progress[-1].phase is Phase.ASKING)
    scanner.scan.cancel()
    assert scanner.scan.progress is None
    assert (scanner.library.episodes(), scanner.read, scanner.told, scanner.led) == ([], [], [], [])


def test_a_scan_that_is_stopped_keeps_what_it_added(scanner: Scanner, shelf: Path):
    put_book(shelf, 40)
    scanner.scan.changed.connect(
        lambda: scanner.scan.cancel() if scanner.progress and scanner.progress[-1].done >= 8 else None
    )
    scanner.add(shelf)
    (row,) = scanner.library.episodes()
    count = len(scanner.library.episode(row.id).files)
    assert 8 <= count < 40
    assert scanner.told == [f"Stopped: {count} of 40 files were added, and stay."]
    assert scanner.led == []


def test_one_scan_after_the_other(scanner: Scanner, shelf: Path):
    put_book(shelf / "Emma", 3)
    put_book(shelf / "Ulysses", 3, "Ulysses")
    scanner.scan.add([str(shelf / "Emma")])
    scanner.scan.add([str(shelf / "Ulysses")])
    scanner.qtbot.waitUntil(lambda: len(scanner.led) == 2, timeout=20_000)
    scanner.finish()
    assert scanner.titles == ["Emma", "Ulysses"]


def test_single_files_lead_in_the_order_of_asking(scanner: Scanner, shelf: Path):
    second, first = put_mp3(shelf / "b.mp3", "B"), put_mp3(shelf / "a.mp3", "A")
    scanner.add(second, first, shelf / "missing.mp3")
    ((work, is_chosen),) = scanner.led
    assert (scanner.library.episode(work).title, is_chosen) == ("B", True)
    assert scanner.told == ["“missing.mp3” was not added. There is no such file."]


def test_what_cannot_be_read_is_told_and_stops_nothing(scanner: Scanner, shelf: Path):
    put_mp3(shelf / "a.mp3", "A talk")
    (shelf / "b.mp3").write_text("words, and no sound at all\n" * 100)
    (shelf / "c.m4b").write_bytes(b"")
    os.mkfifo(shelf / "d.mp3")
    (shelf / "e.mp3").symlink_to(shelf / "nowhere.mp3")
    (shelf / "inner").mkdir()
    (shelf / "inner" / "round").symlink_to(shelf)
    scanner.add(shelf)
    assert scanner.titles == ["A talk"]
    assert len(scanner.told) == 4
    assert scanner.told[-1] == "2 more files or folders could not be added either."
    assert all(sentence.endswith(".") for sentence in scanner.told)


def test_a_folder_without_audio_says_so(scanner: Scanner, shelf: Path):
    scanner.add(shelf)
    assert scanner.told == ["There is no audio in “shelf”."]
    shelf.rmdir()
    scanner.add(shelf)
    assert "no such file" in scanner.told[-1].lower()


def test_a_library_that_cannot_be_written_ends_the_scan_in_words(scanner: Scanner, shelf: Path):
    put_book(shelf, 3)
    scanner.library.close()
    scanner.add(shelf)
    assert scanner.told == ["The library is closed."]


def test_through_real_children_one_hostile_file_stops_nothing(make: Callable[..., Scanner], shelf: Path):
    from tests.isolation.test_reading import bomb

    put_book(shelf, 8)
    (shelf / "hostile.mp3").write_bytes(bomb() + second_of_sound())
    with Children(2) as children:
        scanner = make(lambda paths, is_wanted: read_batch(paths, children, is_wanted))
        scanner.add(shelf)
    assert scanner.titles == ["Emma", "hostile"]


def test_a_further_copy_leads_to_the_episode_that_is_known(scanner: Scanner, shelf: Path):
    path = put_mp3(shelf / "Talk.mp3", "A talk")
    scanner.add(path)
    copy = shelf / "Copy.mp3"
    copy.write_bytes(path.read_bytes())
    scanner.add(copy)
    (row,) = scanner.library.episodes()
    assert scanner.led == [(row.id, True), (row.id, True)]
    assert row.path == str(path)
