from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from player.core.chapter import Chapter
from player.core.errors import SourceError
from player.core.reading import Reading
from player.isolation.reading import read_isolated
from player.session.renewal import Renewal
from tests.builders import cue_sheet, make_audio, write_id3_chapters, write_id3_tags
from tests.session.conftest import Listener

SHEET = [(0, "Of the sheet"), (1000, "Its second"), (2000, "Its third")]
PATIENCE_MS = 120_000  # on a loaded machine a child may take long to begin


def wait_for(listener: Listener, qtbot: QtBot) -> None:
    """Wait until all that was asked of other threads, and of a child, has been done and delivered."""
    qtbot.waitUntil(lambda: listener.tasks.is_idle, timeout=PATIENCE_MS)


class Renewed:
    """A listener whose episode is a real MP3 with two chapters, and how often it was read."""

    def __init__(self, listener: Listener, folder: Path, read: Callable[[str], Reading] = read_isolated) -> None:
        self.listener, self.session = listener, listener.session
        self.path = make_audio(folder / "talk.mp3", 3)
        write_id3_chapters(self.path, [(0, "A"), (1000, "B")], 3000)
        self.read = read
        self.reads = 0
        self.renewal = Renewal(listener.tasks, listener.library, self.session, self._read, lambda: listener.now_ms)
        self.outlines = 0
        self.session.outline_changed.connect(self._count)

    def _read(self, path: str) -> Reading:
        self.reads += 1
        return self.read(path)

    def _count(self) -> None:
        self.outlines += 1

    @property
    def titles(self) -> list[str]:
        return [section.title for section in self.session.outline.sections]

    def open_again(self, qtbot: QtBot, episode: int) -> None:
        self.session.close()
        self.session.open(episode)
        wait_for(self.listener, qtbot)


@pytest.fixture
def renewed(listener: Listener, tmp_path: Path) -> Renewed:
    return Renewed(listener, tmp_path)


def add(renewed: Renewed) -> int:
    from player.library import intake

    return intake.add(renewed.listener.library, str(renewed.path), read_isolated(renewed.path), 1)


def test_an_unchanged_episode_is_not_read_when_it_is_opened(renewed: Renewed, qtbot: QtBot) -> None:
    renewed.open_again(qtbot, add(renewed))
    assert (renewed.reads, renewed.outlines, renewed.titles) == (0, 0, ["A", "B"])


def test_a_sidecar_that_came_is_shown_when_the_episode_is_opened(renewed: Renewed, qtbot: QtBot) -> None:
    episode = add(renewed)
    renewed.open_again(qtbot, episode)
    renewed.session.seek(1_500)
    renewed.path.with_suffix(".cue").write_text(cue_sheet(SHEET), encoding="utf-8")
    renewed.open_again(qtbot, episode)
    assert (renewed.titles, renewed.session.place_ms) == ([title for _, title in SHEET], 1_500)
    renewed.path.with_suffix(".cue").unlink()
    renewed.open_again(qtbot, episode)
    assert (renewed.titles, renewed.session.place_ms, renewed.reads) == (["A", "B"], 1_500, 2)


def test_a_file_that_was_tagged_anew_is_shown_as_it_is_now(renewed: Renewed, qtbot: QtBot) -> None:
    episode = add(renewed)
    write_id3_tags(renewed.path, "New title")
    write_id3_chapters(renewed.path, [(0, "C"), (1000, "D"), (2000, "E")], 3000)
    renewed.open_again(qtbot, episode)
    assert renewed.session.episode is not None
    assert renewed.session.episode.title == "New title"
    assert renewed.titles[0] == "C"


def test_the_listeners_own_chapters_stay_above_a_sidecar_that_came(renewed: Renewed, qtbot: QtBot) -> None:
    episode = add(renewed)
    renewed.session.open(episode)
    renewed.session.choosing.use_chapters((Chapter(0, "Mine"), Chapter(500, "Mine too")))
    renewed.path.with_suffix(".cue").write_text(cue_sheet(SHEET), encoding="utf-8")
    renewed.open_again(qtbot, episode)
    assert renewed.titles == ["Mine", "Mine too"]
    assert renewed.session.episode is not None
    assert "cue:talk.cue" in renewed.session.episode.chapter_sources


def test_what_can_no_longer_be_read_or_is_gone_changes_nothing(renewed: Renewed, qtbot: QtBot) -> None:
    def refuse(path: str) -> Reading:
        raise SourceError("It is damaged.")

    episode = add(renewed)
    renewed.read = refuse
    renewed.path.with_suffix(".cue").write_text(cue_sheet(SHEET), encoding="utf-8")
    renewed.open_again(qtbot, episode)
    assert (renewed.reads, renewed.titles) == (1, ["A", "B"])
    renewed.path.unlink()
    renewed.open_again(qtbot, episode)
    assert (renewed.reads, renewed.titles) == (1, ["A", "B"])
    assert renewed.listener.told == []


def test_another_episode_that_was_opened_meanwhile_is_left_alone(renewed: Renewed, qtbot: QtBot) -> None:
    first, other = add(renewed), renewed.listener.add("other.m4b")
    renewed.path.with_suffix(".cue").write_text(cue_sheet(SHEET), encoding="utf-8")
    renewed.session.open(first)
    renewed.session.open(other)
    wait_for(renewed.listener, qtbot)
    assert renewed.outlines == 0
    renewed.session.open(first)
    assert renewed.titles == [title for _, title in SHEET]


def test_an_episode_that_is_added_again_while_it_is_open_shows_what_it_holds_now(renewed: Renewed) -> None:
    episode = add(renewed)
    renewed.session.open(episode)
    renewed.renewal.take_up(episode)
    assert renewed.outlines == 0
    write_id3_chapters(renewed.path, [(0, "C"), (1000, "D"), (2000, "E")], 3000)
    add(renewed)
    renewed.renewal.take_up(episode)
    assert (renewed.outlines, renewed.titles[0]) == (1, "C")


def test_a_longer_file_is_longer_at_once(renewed: Renewed, qtbot: QtBot) -> None:
    episode = add(renewed)
    longer = replace(read_isolated(renewed.path), duration_ms=9_000)
    renewed.read = lambda _path: longer
    renewed.path.with_suffix(".cue").write_text(cue_sheet(SHEET), encoding="utf-8")
    renewed.open_again(qtbot, episode)
    assert renewed.session.duration_ms == 9_000
