import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from player.core.errors import SourceError
from player.core.notice import Notice
from player.core.reading import Reading
from player.library.library import Library
from player.library.sample_table_cache import SampleTableCache
from player.readers.source import read_source
from player.session.adding import Adding
from player.tasks import Tasks
from tests import builders
from tests.library.shelf import file_of


class Adder:
    """An Adding that keeps what it said, and the paths that were read."""

    def __init__(self, library: Library, tables: SampleTableCache, read: Callable[[str], Reading]) -> None:
        self.library, self.tables = library, tables
        self.tasks = Tasks()
        self.read_paths: list[str] = []
        self.added: list[int] = []
        self.led: list[int] = []
        self.failed: list[str] = []
        self.shown: list[tuple[str, ...]] = []
        self._read = read
        self.adding = Adding(self.tasks, library, tables, self._note, lambda: 1_000)
        self.adding.added.connect(self.added.append)
        self.adding.led.connect(self.led.append)
        self.adding.failed.connect(self.failed.append)
        self.remarks: list[str] = []
        self.adding.remarked.connect(self.remarks.append)
        self.adding.reading_changed.connect(lambda: self.shown.append(self.adding.reading))

    def _note(self, path: str) -> Reading:
        self.read_paths.append(path)
        return self._read(path)

    def add(self, qtbot: QtBot, *paths: Path) -> None:
        self.adding.add([str(path) for path in paths])
        qtbot.waitUntil(lambda: self.tasks.is_idle)


@pytest.fixture
def make(tmp_path: Path, qapp: object) -> Iterator[Callable[..., Adder]]:
    library = Library.open(tmp_path / "data")
    adders: list[Adder] = []

    def made(read: Callable[[str], Reading] = read_source) -> Adder:
        adders.append(Adder(library, SampleTableCache(tmp_path / "cache"), read))
        return adders[-1]

    yield made
    for adder in adders:
        adder.tasks.close()
    library.close()


@pytest.fixture(scope="session")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """A short recording with three chapters."""
    folder = tmp_path_factory.mktemp("recordings")

    def made(name: str) -> Path:
        path = folder / name
        if not path.exists():
            builders.make_audio(path, 6)
            if path.suffix == ".mp3":
                builders.write_id3_tags(path, title="A talk", author="A speaker")
                builders.write_id3_chapters(path, [(0, "1. Start"), (2000, "1.1 Detail"), (4000, "2. End")], 6000)
        return path

    return made


def copy(source: Path, target: Path) -> Path:
    target.write_bytes(source.read_bytes())
    return target


def test_a_recording_is_read_and_kept_with_its_chapters(make, recording, qtbot: QtBot):
    adder = make()
    adder.add(qtbot, recording("talk.mp3"))
    (episode_id,) = adder.added
    episode = adder.library.episode(episode_id)
    assert adder.led == [episode_id]
    assert (episode.title, episode.author) == ("A talk", "A speaker")
    assert [chapter.title for chapter in episode.chapters] == ["1. Start", "1.1 Detail", "2. End"]
    assert adder.failed == []


def test_an_mp3_gets_its_sample_table_at_once(make, recording, qtbot: QtBot):
    adder = make()
    adder.add(qtbot, recording("talk.mp3"))
    found = adder.tables.find(str(recording("talk.mp3")))
    assert found is not None
    assert found.is_table


def test_an_mp3_whose_table_cannot_be_kept_is_added_and_that_is_told(make, recording, qtbot: QtBot, tmp_path: Path):
    (tmp_path / "cache").write_text("a file where the folder should be")
    adder = make()
    adder.add(qtbot, recording("talk.mp3"))
    assert len(adder.added) == 1
    assert adder.failed == []
    (remark,) = adder.remarks
    assert "exact seeking" in remark


def test_the_first_of_several_leads(make, recording, qtbot: QtBot, tmp_path: Path):
    adder = make()
    paths = [copy(recording("talk.mp3"), tmp_path / f"{name}.mp3") for name in "abc"]
    for cut, path in enumerate(paths):
        path.write_bytes(path.read_bytes()[: -1 - 1_000 * cut])  # else they would be one recording
    adder.add(qtbot, *paths)
    (leader,) = adder.led
    assert len(set(adder.added)) == 3
    assert adder.library.episode(leader).files[0].path == str(paths[0])


def test_copies_of_one_recording_are_added_as_one_episode(make, recording, qtbot: QtBot, tmp_path: Path):
    adder = make()
    adder.add(qtbot, *(copy(recording("talk.mp3"), tmp_path / f"{name}.mp3") for name in "abc"))
    assert len(adder.added) == 3
    assert [summary.id for summary in adder.library.episodes()] == adder.led


def test_the_first_that_can_be_added_leads_where_others_fail(make, recording, qtbot: QtBot, tmp_path: Path):
    adder = make()
    good = copy(recording("talk.mp3"), tmp_path / "c.mp3")
    other = copy(good, tmp_path / "d.mp3")
    other.write_bytes(good.read_bytes()[:-1_000])  # else it would be the same recording
    adder.add(qtbot, tmp_path / "a.mp3", tmp_path / "b.mp3", good, other)
    (leader,) = adder.led
    assert adder.library.episode(leader).files[0].path == str(good)
    assert {words[:7] for words in adder.failed} == {"“a.mp3”", "“b.mp3”"}


def test_nothing_leads_where_all_fail(make, qtbot: QtBot, tmp_path: Path):
    adder = make()
    adder.add(qtbot, tmp_path / "a.mp3", tmp_path / "b.mp3")
    assert adder.led == []


def test_a_recording_that_is_there_and_did_not_change_is_not_read_again(make, recording, qtbot: QtBot):
    adder = make()
    adder.add(qtbot, recording("talk.mp3"))
    adder.add(qtbot, recording("talk.mp3"))
    assert len(adder.read_paths) == 1
    assert adder.added == adder.led == [adder.added[0]] * 2
    assert len(adder.library.episodes()) == 1


def test_a_recording_that_changed_is_read_again_as_the_same_episode(make, recording, qtbot: QtBot, tmp_path: Path):
    adder = make()
    path = copy(recording("talk.mp3"), tmp_path / "talk.mp3")
    adder.add(qtbot, path)
    builders.write_id3_tags(path, title="A better talk")
    adder.add(qtbot, path)
    assert len(adder.read_paths) == 2
    (summary,) = adder.library.episodes()
    assert summary.title == "A better talk"


def test_a_removed_episode_comes_back_with_its_place(make, recording, qtbot: QtBot):
    adder = make()
    adder.add(qtbot, recording("talk.mp3"))
    episode_id = adder.added[0]
    adder.library.save_place(episode_id, file_of(adder.library, episode_id), 3_000, 2_000)
    adder.library.forget(episode_id)
    assert adder.library.episodes() == []
    adder.add(qtbot, recording("talk.mp3"))
    (summary,) = adder.library.episodes()
    assert (summary.id, summary.place_ms) == (episode_id, 3_000)


def test_what_is_being_read_is_told_until_it_is_done(make, recording, qtbot: QtBot):
    gate = threading.Event()

    def slowly(path: str) -> Reading:
        gate.wait(10)
        return read_source(path)

    adder = make(slowly)
    path = recording("talk.mp3")
    adder.adding.add([str(path)])
    assert adder.shown[-1] == (str(path),)
    gate.set()
    qtbot.waitUntil(lambda: adder.tasks.is_idle)
    assert adder.shown[-1] == ()


@pytest.mark.parametrize(
    ("name", "content"),
    [("empty.mp3", b""), ("words.mp3", b"These are words and no sound.\n" * 50), ("zeros.m4b", bytes(5_000))],
)
def test_what_is_no_sound_is_said_in_one_sentence_and_changes_nothing(
    make, qtbot: QtBot, tmp_path: Path, name: str, content: bytes
):
    adder = make()
    path = tmp_path / name
    path.write_bytes(content)
    adder.add(qtbot, path)
    (sentence,) = adder.failed
    assert name in sentence
    assert sentence.endswith(".")
    assert "Traceback" not in sentence
    assert adder.added == []
    assert adder.library.episodes() == []
    assert adder.adding.reading == ()
    assert path.read_bytes() == content


def test_a_missing_file_and_a_folder_are_said(make, qtbot: QtBot, tmp_path: Path):
    adder = make()
    (tmp_path / "lectures").mkdir()
    adder.add(qtbot, tmp_path / "gone.mp3", tmp_path / "lectures")
    assert len(adder.failed) == 2
    assert any("gone.mp3" in sentence for sentence in adder.failed)
    assert any("lectures" in sentence and "folder" in sentence for sentence in adder.failed)


def test_text_with_chapters_is_no_episode(make, qtbot: QtBot, tmp_path: Path):
    adder = make()
    path = tmp_path / "chapters.txt"
    path.write_text("0:00 One\n1:00 Two\n2:00 Three\n")
    adder.add(qtbot, path)
    assert adder.library.episodes() == []
    assert "chapters.txt" in adder.failed[0]


def test_one_bad_file_does_not_keep_the_others_out(make, recording, qtbot: QtBot, tmp_path: Path):
    adder = make()
    bad = tmp_path / "bad.mp3"
    bad.write_bytes(b"no sound at all")
    adder.add(qtbot, bad, recording("talk.mp3"))
    assert len(adder.added) == 1
    assert len(adder.failed) == 1


def test_a_reader_that_gives_up_is_told_with_its_own_sentence(make, recording, qtbot: QtBot):
    def give_up(path: str) -> Reading:
        raise SourceError("Reading this took too long, so it was stopped.")

    adder = make(give_up)
    adder.add(qtbot, recording("talk.mp3"))
    assert adder.failed[0].startswith("“talk.mp3” was not added.")
    assert "Reading this took too long, so it was stopped." in adder.failed[0]


def test_what_was_odd_about_a_recording_is_told_beside_adding_it(make, recording, qtbot: QtBot):
    odd = (Notice("tags-too-much", "The tags were left out."), Notice("cut", "The file seems cut."))
    adder = make(lambda path: replace(read_source(path), notices=odd))
    adder.add(qtbot, recording("talk.mp3"))
    assert len(adder.added) == 1
    assert adder.remarks == ["“talk.mp3”: The tags were left out. The file seems cut."]


def test_a_bug_in_a_reader_is_seen_and_not_swallowed(make, recording, qtbot: QtBot):
    def stumble(path: str) -> Reading:
        raise KeyError(path)

    adder = make(stumble)
    with capture_exceptions() as seen:
        adder.add(qtbot, recording("talk.mp3"))
    assert [kind for kind, _, _ in seen] == [KeyError]


def test_a_relative_path_is_kept_as_a_whole_one(make, recording, qtbot: QtBot, tmp_path: Path, monkeypatch):
    adder = make()
    copy(recording("talk.mp3"), tmp_path / "talk.mp3")
    monkeypatch.chdir(tmp_path)
    adder.add(qtbot, Path("talk.mp3"))
    (summary,) = adder.library.episodes()
    assert summary.path == os.fspath(tmp_path / "talk.mp3")


def test_a_name_of_any_letters_is_added(make, recording, qtbot: QtBot, tmp_path: Path):
    adder = make()
    path = copy(recording("plain.opus"), tmp_path / "höre 聞く\n%s.opus")
    adder.add(qtbot, path)
    (summary,) = adder.library.episodes()
    assert summary.path == str(path)
    assert "聞く" in summary.title


def test_a_further_copy_is_told_since_the_one_that_is_known_is_played(make, recording, qtbot: QtBot, tmp_path: Path):
    adder = make()
    adder.add(qtbot, recording("talk.mp3"))
    adder.add(qtbot, copy(recording("talk.mp3"), tmp_path / "other.mp3"))
    assert adder.added[0] == adder.added[1]
    assert adder.remarks == ["“other.mp3”: This is a copy of a recording that is here already, as “A talk”."]
