"""The listener's own edit through all that can happen to a recording: read again, re-tagged, moved, given sidecars."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from player.core import edit
from player.core.edit import Chapters
from player.core.episode import OWN_SOURCE
from player.core.reading import Reading
from player.library import intake
from player.library.grouping import arrange_folder
from player.library.library import Library
from player.readers.source import read_source
from player.session.editing import Editing
from player.session.renewal import Renewal
from tests.builders import cue_sheet, make_audio, write_id3_chapters, write_id3_tags
from tests.session.conftest import Listener

MARKS = [(0, "1. One"), (1_000, "1.1 Inner"), (2_000, "2. Two"), (3_000, "2.1 Deep"), (4_000, "3. Three")]


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    path = make_audio(tmp_path / "talk.mp3", 6)
    write_id3_tags(path, "A talk")
    write_id3_chapters(path, MARKS, 6_000)
    return path


def put(listener: Listener, path: Path) -> int:
    return intake.add(listener.library, str(path), read_source(path), listener.now_ms)


def edited(listener: Listener, episode: int) -> Chapters:
    """The outline after edits that its numbers speak against."""
    listener.session.open(episode)
    editing = Editing(listener.session)
    editing.rename(1, "9.9 Not where its number says")
    editing.outdent(3)
    editing.indent(4)
    editing.set_start(2, 2_345)
    editing.add(5_000, "By ear")
    listener.session.close()
    return shown(listener, episode)


def shown(listener: Listener, episode: int) -> Chapters:
    listener.session.close()
    listener.session.open(episode)
    return edit.editable(listener.session.outline)


def read_again(listener: Listener, path: Path) -> None:
    """The same bytes, under another clock."""
    os.utime(path, ns=(1, 1))


def retag(listener: Listener, path: Path) -> None:
    write_id3_tags(path, "Another title", "Somebody else")
    write_id3_chapters(path, [(0, "All"), (500, "New"), (1_500, "Chapters")], 6_000)


def strip(listener: Listener, path: Path) -> None:
    """No tag at all."""
    make_audio(path, 6)


def give_sidecar(listener: Listener, path: Path) -> None:
    path.with_suffix(".cue").write_text(cue_sheet([(0, "A"), (2_500, "B")], path.name))


def move(listener: Listener, path: Path) -> Path:
    new = path.parent / "elsewhere" / "renamed.mp3"
    new.parent.mkdir()
    return path.rename(new)


def move_and_retag(listener: Listener, path: Path) -> Path:
    new = move(listener, path)
    retag(listener, new)
    return new


Happening = Callable[[Listener, Path], Path | None]


@pytest.mark.parametrize("happens", [read_again, retag, strip, give_sidecar, move, move_and_retag])
def test_an_edit_is_as_it_was_left(listener: Listener, talk: Path, happens: Happening):
    episode = put(listener, talk)
    left = edited(listener, episode)
    path = happens(listener, talk) or talk
    assert put(listener, path) == episode
    assert shown(listener, episode) == left
    assert listener.library.episode(episode).chapters_from == OWN_SOURCE


@pytest.mark.parametrize("happens", [retag, give_sidecar])
def test_an_edit_stays_when_the_open_episode_is_renewed(
    listener: Listener, talk: Path, qtbot: QtBot, happens: Happening
):
    episode = put(listener, talk)
    left = edited(listener, episode)
    renewal = Renewal(listener.tasks, listener.library, listener.session, read_source, lambda: listener.now_ms)
    happens(listener, talk)
    assert shown(listener, episode) == left
    qtbot.waitUntil(lambda: listener.tasks.is_idle)
    assert edit.editable(listener.session.outline) == left
    assert listener.session.undo() is False
    renewal.deleteLater()


def test_what_the_file_holds_now_can_still_be_chosen_and_left_again(listener: Listener, talk: Path):
    episode = put(listener, talk)
    left = edited(listener, episode)
    retag(listener, talk)
    put(listener, talk)
    listener.session.open(episode)
    listener.session.choosing.use_source("id3")
    assert [section.title for section in listener.session.outline.sections] == ["All", "New", "Chapters"]
    listener.session.choosing.use_source(OWN_SOURCE)
    assert shown(listener, episode) == left


def test_an_edit_is_undone_to_what_the_file_holds_now(listener: Listener, talk: Path):
    episode = put(listener, talk)
    listener.session.open(episode)
    Editing(listener.session).rename(0, "Mine")
    retag(listener, talk)
    put(listener, talk)
    assert listener.session.undo()
    assert [section.title for section in listener.session.outline.sections] == ["All", "New", "Chapters"]


def test_a_forgotten_episode_comes_back_with_its_edit(listener: Listener, talk: Path):
    episode = put(listener, talk)
    left = edited(listener, episode)
    listener.session.close()
    listener.library.forget(episode)
    retag(listener, talk)
    assert put(listener, talk) == episode
    assert shown(listener, episode) == left


def test_a_series_is_edited_as_one_and_each_member_keeps_its_part(listener: Listener, tmp_path: Path):
    members: list[int] = []
    for number, title in enumerate(("2.1 Second", "1. First", "2. Middle")):
        path = tmp_path / f"{number}.mp3"
        path.write_bytes(title.encode() * 100)
        reading = Reading(title, container="mp3", duration_ms=60_000)
        members.append(intake.add(listener.library, str(path), reading, listener.now_ms))
    (series,) = arrange_folder(listener.library, str(tmp_path), listener.now_ms)
    listener.session.open(series)
    assert [section.title for section in listener.session.outline.sections] == ["1. First", "2. Middle", "2.1 Second"]
    editing = Editing(listener.session)
    editing.add(150_000, "By ear, in the last one")
    editing.rename(1, "1.1 Not where its number says")
    editing.outdent(2)
    left = edit.editable(listener.session.outline)
    assert [(each.start_ms, each.depth) for each in left] == [(0, 1), (60_000, 1), (120_000, 1), (150_000, 2)]
    listener.crash()
    assert shown(listener, series) == left
    own = [file.chapters(OWN_SOURCE) for file in listener.library.episode(series).files]
    assert [len(each.chapters) if each else None for each in own] == [1, 1, 2]
    while listener.session.undo():
        pass
    assert shown(listener, series) == left  # what was done before the crash stays done


def test_an_edit_survives_a_damaged_library(tmp_path: Path, listener: Listener, talk: Path, qapp: object):
    episode = put(listener, talk)
    left = edited(listener, episode)
    assert listener.library.flush(5)
    listener.library.close()
    database = tmp_path / "data" / "library.db"
    database.write_bytes(b"\xff" * database.stat().st_size)
    with Library.open(tmp_path / "data") as library:
        (summary,) = library.episodes()
        again = Listener(library, tmp_path)
        assert shown(again, summary.id) == left
        again.session.close()
        again.tasks.close()
