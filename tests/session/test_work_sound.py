from collections.abc import Callable

import pytest

from player.core.audio_source import AudioSource
from player.core.chapter import Chapter
from player.core.episode import EpisodeFile
from player.core.place import Place
from player.playback.state import EngineState
from player.session.session import Session
from tests.fakes import FakeEngine
from tests.library.shelf import put_second_file
from tests.session.conftest import Listener


@pytest.fixture
def two_files(listener: Listener) -> int:
    """Two files of ten minutes each, one episode."""
    episode = listener.add("one.m4b", duration_ms=600_000, chapters=False)
    (listener.folder / "two.m4b").write_bytes(b"two")
    assert listener.library.flush(5)
    put_second_file(listener.folder / "data", episode, str(listener.folder / "two.m4b"), 600_000, "mp4")
    listener.session.open(episode)
    return episode


def test_playing_goes_on_from_one_file_into_the_next(listener: Listener, two_files: int):
    listener.session.seek(598_000)
    listener.session.play()
    listener.wait(5_000)
    assert listener.session.is_playing
    assert listener.session.place_ms == pytest.approx(603_000, abs=300)
    assert listener.library.flush(5)
    assert listener.library.episode(two_files).place == Place(1, pytest.approx(3_000, abs=1_200))
    assert listener.session.heard.total_ms == pytest.approx(5_000, abs=1_100)
    assert listener.told == []


def test_a_seek_into_another_file_loads_it(listener: Listener, two_files: int):
    listener.session.play()
    listener.wait(1_000)
    listener.session.seek(700_000)
    listener.wait(1_000)
    assert listener.engine.commands[-1] == ("load", str(listener.folder / "two.m4b"), 100_000, True)
    assert listener.session.place_ms == pytest.approx(701_000, abs=200)


def test_the_end_of_the_last_file_is_the_end(listener: Listener, two_files: int):
    listener.session.seek(1_195_000)
    listener.session.play()
    listener.wait(7_000)
    assert not listener.session.is_playing
    assert listener.library.episode(two_files).is_finished
    assert listener.saved(two_files) == 1_200_000


def test_marks_of_heard_are_kept_by_file(listener: Listener, two_files: int):
    chapters = (Chapter(0, "1. One"), Chapter(500_000, "2. Two"), Chapter(1_100_000, "3. Three"))
    listener.session.choosing.use_chapters(chapters)
    listener.session.set_section_heard(listener.section("2"), is_heard=True)
    assert listener.library.flush(5)
    files = listener.library.episode(two_files).files
    assert [file.heard.spans for file in files] == [((500_000, 600_000),), ((0, 500_000),)]
    assert [len(file.chapter_lists[0].chapters) for file in files] == [2, 1]


class SlowSources:
    """A SoundSource that answers when it is told to."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Callable[[AudioSource], None]]] = []

    def find(self, file: EpisodeFile, on_ready: Callable[[AudioSource], None], on_error: object) -> None:
        self.asked.append((file.path, on_ready))

    def prepare(self, file: EpisodeFile) -> None:
        """What is made ahead is made elsewhere."""

    def answer(self, at: int = -1) -> None:
        path, on_ready = self.asked[at]
        on_ready(AudioSource(path, 600_000))


@pytest.fixture
def slow(listener: Listener, two_files: int) -> SlowSources:
    """The episode of two files, playing its first one; the next source is found late."""
    sources = SlowSources()
    listener.engine = FakeEngine()
    listener.session = Session(listener.engine, listener.library, sources, lambda: listener.now_ms)  # type: ignore[arg-type]
    listener.session.told.connect(listener.told.append)
    listener.session.open(two_files)
    listener.session.play()
    sources.answer()
    listener.wait(2_000)
    return sources


def test_while_another_file_is_on_its_way_the_one_before_is_silent_and_moves_nothing(
    listener: Listener, two_files: int, slow: SlowSources
):
    listener.session.seek(601_500)
    listener.wait(3_000)
    assert listener.engine.state is EngineState.EMPTY
    assert listener.session.is_playing
    assert listener.session.place_ms == 601_500
    assert listener.session.heard.total_ms == pytest.approx(2_000, abs=200)
    slow.answer()
    listener.wait(1_000)
    assert listener.session.place_ms == pytest.approx(602_500, abs=200)
    assert listener.told == []


def test_many_seeks_ask_for_one_source_and_the_last_one_counts(listener: Listener, slow: SlowSources):
    for target_ms in (700_000, 800_000, 900_000):
        listener.session.seek(target_ms)
    assert len(slow.asked) == 2
    slow.answer()
    assert listener.engine.commands[-1] == ("load", str(listener.folder / "two.m4b"), 300_000, True)


def test_play_asked_before_the_source_is_there_starts_when_it_comes(listener: Listener, slow: SlowSources):
    listener.session.pause()
    listener.session.seek(700_000)
    listener.session.play()
    slow.answer()
    listener.wait(1_000)
    assert listener.session.place_ms == pytest.approx(701_000, abs=200)


def test_a_source_that_comes_after_a_pause_stays_silent(listener: Listener, slow: SlowSources):
    listener.session.seek(700_000)
    listener.session.pause()
    slow.answer()
    listener.wait(1_000)
    assert listener.engine.state is EngineState.EMPTY
    assert listener.session.place_ms == 700_000


def test_a_source_of_an_episode_that_was_left_is_not_played(listener: Listener, slow: SlowSources):
    other = listener.add("other.m4b")
    listener.session.seek(700_000)
    listener.session.open(other, play=True)
    slow.answer(1)
    assert listener.engine.source is None
    slow.answer()
    assert listener.engine.source.path.endswith("other.m4b")
