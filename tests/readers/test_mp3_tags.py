import io

import pytest

from player.readers.mp3_tags import audio_end, leading_tag_size


@pytest.mark.parametrize(
    ("raw", "size"),
    [
        (b"ID3\x03\0\0\0\0\x02\x01" + bytes(20), 10 + 257),
        (b"ID3\x04\0\x10\0\0\0\x05" + bytes(20), 10 + 5 + 10),  # version 4 may have a footer
        (b"ID3\x03\0\x10\0\0\0\x05" + bytes(20), 10 + 5),
        (b"ID3\x03\0\0\0\0\x80\x05" + bytes(20), 0),  # not a size
        (b"ID3\xff\0\0\0\0\0\x05", 0),  # not a version
        (b"ID3", 0),
        (b"APETAGEX" + (2000).to_bytes(4, "little") + (99).to_bytes(4, "little") + bytes(16), 32 + 99),
        (b"APETAGEX", 0),
        (b"\xff\xfb\x90\x64", 0),
        (b"", 0),
    ],
)
def test_the_size_of_a_tag_in_front(raw: bytes, size: int) -> None:
    assert leading_tag_size(raw) == size


@pytest.mark.parametrize(
    "tag",
    [
        b"TAG" + bytes(125),
        b"TAG+" + bytes(223) + b"TAG" + bytes(125),
        b"LYRICSBEGIN" + b"x" * 30 + b"000041LYRICS200",
        b"LYRICSBEGIN" + b"la" * 100 + b"LYRICSEND",
        b"item" + b"APETAGEX" + b"".join(n.to_bytes(4, "little") for n in (2000, 36, 1, 0)) + bytes(8),
        bytes(10) + bytes(7) + b"3DI\x04\0\x10\0\0\0\x07",
        b"",
    ],
)
def test_tags_behind_are_not_sound(tag: bytes) -> None:
    sound = b"\xff\xfb" * 400
    file = io.BytesIO(sound + tag)
    assert audio_end(file, len(sound) + len(tag)) == len(sound)


@pytest.mark.parametrize(
    "tail",
    [
        b"APETAGEX" + b"\xff" * 24,  # a size beyond the file
        b"999999LYRICS200",
        b"LYRICSEND",
        b"APETAGEX" + bytes(24),  # a size of nothing
    ],
)
def test_a_tag_that_cannot_be_is_left_alone(tail: bytes) -> None:
    file = io.BytesIO(b"\xff\xfb" * 50 + tail)
    assert audio_end(file, 100 + len(tail)) == 100 + len(tail)
