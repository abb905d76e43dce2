import os
from collections.abc import Callable
from pathlib import Path

import pytest

from player.core.audio_source import AudioSource
from player.core.errors import NotAudioError
from player.playback.opened_file import OpenedFile


@pytest.fixture
def file(tmp_path: Path) -> OpenedFile:
    path = tmp_path / "episode.flac"
    path.write_bytes(b"fLaC" + bytes(50))
    return OpenedFile(AudioSource(str(path)))


def test_an_untouched_file_is_the_same(file: OpenedFile) -> None:
    assert not file.was_changed()
    assert not file.is_to_blame()


def test_a_file_written_into_was_changed(file: OpenedFile) -> None:
    Path(file.source.path).write_bytes(b"fLaC")
    assert file.was_changed()
    assert file.is_to_blame()


def test_a_removed_file_plays_on_but_explains_a_stall(file: OpenedFile) -> None:
    Path(file.source.path).unlink()
    assert not file.was_changed()
    assert file.is_to_blame()


def test_a_replaced_file_plays_on_from_the_old_one(file: OpenedFile, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_bytes(b"fLaC other")
    other.replace(file.source.path)
    assert not file.was_changed()


def test_a_file_that_was_only_touched_under_its_table_is_the_same(
    tmp_path: Path, media: Callable[[str], Path], table_source: Callable[[Path], AudioSource]
) -> None:
    copy = tmp_path / "copy.mp3"
    copy.write_bytes(media("vbr.mp3").read_bytes())
    opened = OpenedFile(table_source(copy))
    opened.through_table = True
    os.utime(copy, ns=(1, 1))
    assert not opened.was_changed()
    copy.write_bytes(b"\xff\xfb" + bytes(copy.stat().st_size - 2))
    assert opened.was_changed()


def test_durations_of_streams_that_are_only_guessed_at_are_not_trusted(tmp_path: Path) -> None:
    for start, is_trusted in ((b"fLaC", True), (b"\xff\xfb\x90\x64", False), (b"\xff\xf1\x50\x80", False)):
        path = tmp_path / "file"
        path.write_bytes(start + bytes(50))
        assert OpenedFile(AudioSource(str(path))).has_trusted_duration is is_trusted


def test_the_gate_stands_before_it(tmp_path: Path) -> None:
    path = tmp_path / "text.mp3"
    path.write_text("words")
    with pytest.raises(NotAudioError):
        OpenedFile(AudioSource(str(path)))
