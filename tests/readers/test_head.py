import os
import sys
from pathlib import Path

import pytest

from player.core.errors import SourceError
from player.readers.head import open_regular, read_bytes, read_head


def test_head_knows_suffix_and_bytes(tmp_path: Path) -> None:
    path = tmp_path / "Talk.MP3"
    path.write_bytes(b"some bytes")
    assert read_head(path) == (".mp3", b"some bytes", b"some bytes")


def test_head_of_tagged_sound_looks_behind_the_tag(tmp_path: Path) -> None:
    path = tmp_path / "a.flac"
    path.write_bytes(b"ID3\x04\0\0\0\0\x40\0" + bytes(8192) + b"fLaC")
    assert read_head(path).sound == b"fLaC"


def test_head_looks_behind_several_tags_but_not_for_ever(tmp_path: Path) -> None:
    tag = b"ID3\x03\x00\x00\x00\x00\x00\x0a" + bytes(10)
    path = tmp_path / "a.mp3"
    path.write_bytes(2 * tag + b"OggS")
    assert read_head(path).sound == b"OggS"
    path.write_bytes(20 * tag + b"OggS")
    assert read_head(path).sound.startswith(b"ID3")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("nothing.mp3", "There is no such file."),
        ("empty.mp3", "The file is empty."),
        ("folder", "This is a folder, not a file."),
    ],
)
def test_what_is_no_file_with_content_is_refused_in_a_sentence(tmp_path: Path, name: str, sentence: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "empty.mp3").touch()
    with pytest.raises(SourceError) as caught:
        read_head(tmp_path / name)
    assert str(caught.value) == sentence


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes with names")
def test_pipe_never_blocks(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.mp3")
    with pytest.raises(SourceError, match="not a regular file"):
        open_regular(tmp_path / "pipe.mp3")


@pytest.mark.skipif(sys.platform == "win32", reason="no devices with paths")
def test_device_is_refused() -> None:
    with pytest.raises(SourceError, match="not a regular file"):
        open_regular(Path("/dev/zero"))


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes with names")
@pytest.mark.parametrize("target", ["pipe", "/dev/zero"])
def test_link_to_a_pipe_or_a_device_is_refused_as_that_is(tmp_path: Path, target: str) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link.mp3").symlink_to(target)
    with pytest.raises(SourceError, match="not a regular file"):
        open_regular(tmp_path / "link.mp3")


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000])
def test_impossible_name_is_refused(name: str) -> None:
    with pytest.raises(SourceError):
        open_regular(Path(name))


def test_whole_file_is_read_up_to_its_limit(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"12345")
    assert read_bytes(path, 5, "Too large.") == b"12345"
    with pytest.raises(SourceError, match="Too large"):
        read_bytes(path, 4, "Too large.")
