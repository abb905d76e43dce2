from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from player.core.chapter import Chapter, ChapterList
from player.library import grouping, intake
from player.readers.source import read_fingerprint, read_source
from player.session import locate_step
from player.session.locate_tools import Tools
from player.session.locating import Locating
from tests.files import put_book, put_mp3
from tests.library.shelf import execute
from tests.session.conftest import Listener

OWN = ChapterList("own", (Chapter(0, "1. Mine"), Chapter(500, "2. Mine")))


class Seeker:
    """A listener whose files move away, and what was said about it."""

    def __init__(self, listener: Listener, qtbot: QtBot) -> None:
        self.listener, self.library, self.session, self.qtbot = listener, listener.library, listener.session, qtbot
        self.shelf = listener.folder / "shelf"
        tools = Tools(listener.library, read_source, read_fingerprint, lambda: 1_000)
        self.locating = Locating(listener.tasks, listener.session, tools)
        self.missed: list[str] = []
        self.told: list[str] = []
        self.counts: list[tuple[int, int]] = []
        self.locating.missed.connect(self.missed.append)
        self.locating.told.connect(self.told.append)
        self.locating.refused.connect(self.told.append)
        self.locating.changed.connect(self._note)

    def _note(self) -> None:
        if self.locating.search:
            self.counts.append(self.locating.search[1:])

    def add(self, path: Path) -> int:
        """Add a recording, listen to the middle of it, give it chapters."""
        episode = intake.add(self.library, str(path), read_source(path), 1_000)
        file = self.library.episode(episode).files[0].id
        self.library.save_place(episode, file, 500, 5)
        self.library.set_chapters(episode, file, OWN)
        return episode

    def open(self, episode: int) -> None:
        self.session.close()
        self.session.open(episode)
        self.wait()

    def take(self, path: Path) -> None:
        self.locating.take(str(path))
        self.wait()

    def search(self, folder: Path) -> None:
        self.locating.search_in(str(folder))
        self.wait()

    def wait(self) -> None:
        self.qtbot.waitUntil(lambda: self.listener.tasks.is_idle and not self.locating.is_busy)

    def paths(self, episode: int) -> list[str]:
        return [file.path for file in self.library.episode(episode).files]


@pytest.fixture
def seeker(listener: Listener, qtbot: QtBot) -> Seeker:
    return Seeker(listener, qtbot)


@pytest.fixture
def talk(seeker: Seeker) -> Callable[[], tuple[int, Path]]:
    """A talk that moved to another folder and was tagged anew on the way: its episode, and where it is now."""

    def moved() -> tuple[int, Path]:
        path = put_mp3(seeker.shelf / "talk.mp3", "A talk")
        episode = seeker.add(path)
        put_mp3(path, "A talk of another title")  # with the sound of that name
        target = seeker.listener.folder / "elsewhere" / "deep" / "renamed.mp3"
        target.parent.mkdir(parents=True)
        path.rename(target)
        return episode, target

    return moved


def test_a_missing_file_is_told_when_its_episode_is_opened(seeker: Seeker, talk) -> None:
    episode, _ = talk()
    seeker.open(episode)
    assert seeker.missed == ["“talk.mp3” is not where it was. Your place is kept."]
    assert seeker.locating.file is not None
    assert seeker.session.place_ms == 500


def test_a_file_that_is_there_is_not_told(seeker: Seeker) -> None:
    seeker.open(seeker.add(put_mp3(seeker.shelf / "talk.mp3")))
    assert seeker.missed == []


def test_the_file_that_is_chosen_takes_the_place_and_all_that_is_kept(seeker: Seeker, talk) -> None:
    episode, target = talk()
    seeker.open(episode)
    seeker.take(target)
    assert seeker.paths(episode) == [str(target)]
    assert seeker.session.place_ms == 500
    assert [section.title for section in seeker.session.outline.sections] == ["1. Mine", "2. Mine"]
    assert seeker.session.episode.files[0].path == str(target)  # what is played next
    assert seeker.told == []


@pytest.mark.parametrize(
    ("put", "reason"),
    [
        (lambda path: put_mp3(path, "Another"), locate_step.OTHER),
        (lambda path: path.write_text("no sound"), "This is not a sound file of a kind that can be played here."),
        (lambda path: path.mkdir(), "There is no such file."),
    ],
)
def test_a_wrong_file_is_refused_in_plain_words_and_nothing_changes(seeker: Seeker, talk, put, reason: str) -> None:
    episode, _ = talk()
    seeker.open(episode)
    before = seeker.library.episode(episode)
    wrong = seeker.listener.folder / "wrong.mp3"
    put(wrong)
    seeker.take(wrong)
    assert seeker.told == [f"“wrong.mp3” was not taken; nothing was changed. {reason}"]
    assert seeker.library.episode(episode) == before
    assert len(seeker.library.episodes()) == 1


def test_a_folder_is_searched_for_the_sound(seeker: Seeker, talk) -> None:
    episode, target = talk()
    for number in range(30):
        put_mp3(seeker.listener.folder / "elsewhere" / f"{number}.mp3")
    seeker.open(episode)
    seeker.search(seeker.listener.folder / "elsewhere")
    assert seeker.paths(episode) == [str(target)]
    assert seeker.told == ["1 file was found."]
    assert seeker.session.place_ms == 500
    assert len(seeker.library.episodes()) == 1  # what else lies there is not added


def test_what_is_not_there_is_said_with_the_count(seeker: Seeker, talk) -> None:
    episode, target = talk()
    target.unlink()
    for number in range(25):
        put_mp3(seeker.listener.folder / "elsewhere" / f"{number}.mp3")
    seeker.open(episode)
    seeker.search(seeker.listener.folder / "elsewhere")
    assert seeker.told == ["“talk.mp3” is not among the 25 files there; nothing was changed."]
    assert (20, 0) in seeker.counts
    seeker.search(seeker.listener.folder / "nowhere")
    assert seeker.told[-1] == "“nowhere” could not be looked into: No such file or directory."


def test_a_search_can_be_stopped(seeker: Seeker, talk, monkeypatch: pytest.MonkeyPatch) -> None:
    episode, _ = talk()
    seeker.open(episode)
    walk = locate_step.walk

    def walk_and_stop(*arguments):
        seeker.locating.cancel()
        return walk(*arguments)

    monkeypatch.setattr(locate_step, "walk", walk_and_stop)
    seeker.search(seeker.listener.folder / "elsewhere")
    assert seeker.told == ["The search was stopped; nothing was changed."]


def test_files_of_the_same_folder_come_with_the_one_that_is_found(seeker: Seeker) -> None:
    paths = [put_mp3(seeker.shelf / name) for name in ("a.mp3", "b.mp3", "sub/c.mp3")]
    episodes = [seeker.add(path) for path in paths]
    stays = seeker.add(put_mp3(seeker.listener.folder / "other" / "d.mp3"))
    seeker.shelf.rename(seeker.listener.folder / "moved")
    put_mp3(seeker.listener.folder / "moved" / "b.mp3", "other sound").write_bytes(b"\xff\xfb\x90\0" + bytes(5_000))
    seeker.open(episodes[0])
    seeker.take(seeker.listener.folder / "moved" / "a.mp3")
    assert [seeker.paths(episode)[0] for episode in (*episodes, stays)] == [
        str(seeker.listener.folder / "moved" / "a.mp3"),
        str(seeker.shelf / "b.mp3"),  # another recording has its name now
        str(seeker.listener.folder / "moved" / "sub" / "c.mp3"),
        str(seeker.listener.folder / "other" / "d.mp3"),
    ]
    assert seeker.told == ["1 more of the same folder was found with it."]


def test_a_book_whose_folder_moved_is_found_as_a_whole(seeker: Seeker) -> None:
    for path in put_book(seeker.shelf, 5):
        seeker.add(path)
    [book] = grouping.arrange_folder(seeker.library, str(seeker.shelf), 1)
    before = seeker.library.episode(book)
    seeker.shelf.rename(seeker.listener.folder / "moved")
    seeker.open(book)
    assert seeker.missed == ["5 of 5 files are not where they were. Your place is kept."]
    seeker.search(seeker.listener.folder)
    assert seeker.told == ["5 files were found."]
    after = seeker.library.episode(book)
    assert [file.id for file in after.files] == [file.id for file in before.files]
    assert {Path(file.path).parent for file in after.files} == {seeker.listener.folder / "moved"}
    assert after.place == before.place


@pytest.mark.parametrize("is_renamed", [False, True])
def test_a_file_whose_sound_was_never_learnt_is_told_by_size_and_name_or_time(seeker: Seeker, is_renamed: bool) -> None:
    path = put_mp3(seeker.shelf / "talk.mp3")
    episode = seeker.add(path)
    seeker.library.flush(5)
    execute(seeker.library.path.parent, "UPDATE file SET fingerprint = NULL")
    target = seeker.listener.folder / ("renamed.mp3" if is_renamed else "talk.mp3")
    if is_renamed:
        path.rename(target)  # which keeps its time
    else:
        target.write_bytes(path.read_bytes())
        path.unlink()
    seeker.open(episode)
    seeker.take(target)
    assert seeker.paths(episode) == [str(target)]
    assert seeker.told == []


def test_nothing_is_done_where_nothing_is_open(seeker: Seeker, tmp_path: Path) -> None:
    seeker.take(tmp_path / "a.mp3")
    seeker.search(tmp_path)
    assert (seeker.locating.file, seeker.told) == (None, [])
