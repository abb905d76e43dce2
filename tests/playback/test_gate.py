import os
from pathlib import Path

import pytest

from player.core.errors import NotAudioError, SourceError
from player.playback import gate
from player.readers.formats import format_of
from player.readers.head import read_head

FRAME = b"\xff\xfb\x90\x64" + bytes(413)
ID3 = b"ID3\x03\x00\x00\x00\x00\x00\x0a" + bytes(10)
SOUNDS = {
    "mp3": FRAME * 3,
    "mp3 behind a tag": ID3 + FRAME,
    "mp3 behind two tags": ID3 + ID3 + FRAME,
    "mp3 behind a removed tag": bytes(300) + FRAME,
    "mp3 behind rubbish behind a tag": ID3 + b"\0\x01rubbish" + FRAME,
    "adts": b"\xff\xf1\x50\x80" + bytes(50),
    "mp4": b"\0\0\0\x20ftypM4A " + bytes(50),
    "ogg": b"OggS" + bytes(50),
    "flac": b"fLaC" + bytes(50),
    "flac behind a tag": ID3 + b"fLaC" + bytes(50),
    "wav": b"RIFF\0\0\0\0WAVEfmt " + bytes(50),
    "aiff": b"FORM\0\0\0\0AIFC" + bytes(50),
    "matroska": b"\x1aE\xdf\xa3" + bytes(50),
    "wavpack": b"wvpk" + bytes(50),
    "mp2": b"\xff\xfd\x90\x04" + bytes(413),
    "ac3": b"\x0b\x77" + bytes(50),
    "mpegts": (b"G" + bytes(187)) * 3,
}
NO_SOUNDS = {
    "empty": b"",
    "ffconcat": b"ffconcat version 1.0\nfile /etc/passwd\n",
    "ffconcat behind a tag": ID3 + b"ffconcat version 1.0\nfile '/etc/passwd'\n",
    "ffconcat behind a tag with a frame in it": ID3 + b"ffconcat version 1.0\n#\0\n" + FRAME,
    "m3u8": b"#EXTM3U\n#EXTINF:10,\nhttp://127.0.0.1/a.ts\n",
    "m3u8 with a byte order mark": b"\xef\xbb\xbf#EXTM3U\nhttp://127.0.0.1/a\n",
    "sdp": b"v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\nm=audio 5004 RTP/AVP 96\r\n",
    "playlist": b"[playlist]\nFile1=http://127.0.0.1/a\n",
    "xml": b"<?xml version='1.0'?><MPD/>",
    "html": b"<!DOCTYPE html><html></html>",
    "text": b"2.1 A title of a section, 0:12:34\n" * 9,
    "text in UTF-16": b"\xff\xfe#\0E\0X\0T\0",
    "text that begins as AC-3 does": b"\x0bwith all my heart, 0:12:34\n",
    "zeros": bytes(5000),
    "a lone tag": ID3,
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(50),
}


@pytest.mark.parametrize("name", SOUNDS)
def test_sound_passes(tmp_path: Path, name: str) -> None:
    path = tmp_path / "file.bin"
    path.write_bytes(SOUNDS[name])
    container = name.split(maxsplit=1)[0].replace("adts", "aac")
    assert gate.check(str(path)) == container
    assert format_of(read_head(path)).name == container  # what may be played can also be added


@pytest.mark.parametrize("name", NO_SOUNDS)
def test_what_is_no_sound_is_one_sentence_whatever_its_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / "episode.mp3"
    path.write_bytes(NO_SOUNDS[name])
    with pytest.raises(NotAudioError) as caught:
        gate.check(str(path))
    assert str(caught.value).endswith(".")
    assert "\n" not in str(caught.value)


def test_a_protected_file_is_named_as_such(tmp_path: Path) -> None:
    path = tmp_path / "book.aax"
    path.write_bytes(b"\0\0\0\x20ftypaax " + bytes(50))
    with pytest.raises(NotAudioError, match="protected"):
        gate.check(str(path))


def test_a_pipe_is_refused_without_waiting_for_its_writer(tmp_path: Path) -> None:
    path = tmp_path / "pipe.mp3"
    os.mkfifo(path)
    with pytest.raises(SourceError, match="regular"):
        gate.check(str(path))


@pytest.mark.parametrize("target", ["pipe", "/dev/zero", "/dev/tty", "folder", "episode.mp3"])
def test_a_link_to_what_is_no_regular_file_is_refused_as_that_is(tmp_path: Path, target: str) -> None:
    """The last leads to itself."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    (tmp_path / "episode.mp3").symlink_to(target)
    with pytest.raises(SourceError) as caught:
        gate.check(str(tmp_path / "episode.mp3"))
    assert str(caught.value).endswith(".")


def test_a_link_to_sound_is_as_good_as_the_sound(tmp_path: Path) -> None:
    (tmp_path / "sound").write_bytes(FRAME * 3)
    (tmp_path / "episode.mp3").symlink_to("sound")
    assert gate.check(str(tmp_path / "episode.mp3")) == "mp3"


@pytest.mark.parametrize("name", ["", "missing.mp3", "a\0b.mp3", "missing/episode.mp3"])
def test_what_is_not_there_or_cannot_be_opened_is_one_sentence(tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceError):
        gate.check(f"{tmp_path}/{name}")


def test_devices_are_refused() -> None:
    with pytest.raises(SourceError):
        gate.check("/dev/zero")


def test_a_name_that_is_not_utf_8_is_told_plainly(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.mp3"
    Path(os.fsdecode(path)).write_bytes(FRAME * 3)
    with pytest.raises(SourceError, match="rename"):
        gate.check(os.fsdecode(path))
