from pathlib import Path

import pytest
from mutagen.asf import ASF

from player.readers.other_audio import read_other
from tests.builders import make_audio


def test_tags_of_windows_media_are_read(tmp_path: Path) -> None:
    path = make_audio(tmp_path / "a.wma")
    asf = ASF(path)
    asf["Title"], asf["Author"], asf["WM/AlbumTitle"] = "Title", ["One", "Two"], "Album"
    asf.save()
    reading = read_other(path, "asf")
    assert (reading.title, reading.author, reading.album) == ("Title", "One, Two", "Album")
    assert (reading.container, reading.duration_ms, reading.notices) == ("asf", None, ())


@pytest.mark.parametrize("name", ["a.mka", "a.webm"])
def test_matroska_is_sound_without_tags_so_far(tmp_path: Path, name: str) -> None:
    reading = read_other(make_audio(tmp_path / name), "matroska")
    assert (reading.container, reading.title, reading.notices) == ("matroska", None, ())


def test_broken_sound_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.wma").write_bytes(bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c") + b"\xff" * 100)
    assert [notice.code for notice in read_other(tmp_path / "a.wma", "asf").notices] == ["tags-unreadable"]
