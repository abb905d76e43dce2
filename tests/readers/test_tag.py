from pathlib import Path

import pytest

from player.readers.source import read_source
from player.readers.tag import ordinal
from tests.builders import ffmpeg, make_audio


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3", 3),
        ("03/12", 3),
        ("3 of 12", 3),
        (7, 7),
        ("0", None),
        ("0/0", None),
        ("", None),
        (None, None),
        ("A1", None),
        ("3rd", None),
        ("-1", None),
        ("9" * 100, None),
    ],
)
def test_disc_and_track_are_numbers_from_one(text: object, number: int | None):
    assert ordinal(text) == number


@pytest.mark.parametrize("suffix", [".mp3", ".m4b", ".opus", ".ogg", ".flac", ".wma", ".aiff"])
def test_disc_and_track_are_read_from_every_container_that_has_them(tmp_path: Path, suffix: str):
    plain = make_audio(tmp_path / f"plain{suffix}", 1)
    path = tmp_path / f"tagged{suffix}"
    tags = ("-metadata", "title=T", "-metadata", "track=3/12", "-metadata", "disc=2/4", "-write_id3v2", "1")
    ffmpeg("-i", plain, "-c", "copy", *(tags if suffix == ".aiff" else tags[:-2]), path)
    reading = read_source(path)
    assert (reading.title, reading.track) == ("T", 3)
    assert reading.disc == 2


def test_a_track_is_read_from_matroska(tmp_path: Path):
    plain = make_audio(tmp_path / "plain.mka", 1)
    ffmpeg("-i", plain, "-c", "copy", "-metadata", "track=3", tmp_path / "tagged.mka")
    assert read_source(tmp_path / "tagged.mka").track == 3
