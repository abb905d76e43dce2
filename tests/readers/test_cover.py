import struct
from pathlib import Path

import pytest

from player.readers.cover import MAX_BYTES, best_cover
from tests.builders import ffmpeg, png

PICTURES = {"jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp", "gif": "image/gif"}


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("pictures")
    made = {}
    for kind in PICTURES:
        path = Path(folder, f"cover.{kind}")
        ffmpeg("-f", "lavfi", "-i", "color=red:size=6x4", "-frames:v", "1", path)
        made[kind] = path.read_bytes()
    return made


@pytest.mark.parametrize("kind", PICTURES)
def test_picture_is_recognised_by_its_bytes(pictures: dict[str, bytes], kind: str) -> None:
    cover = best_cover([b"", b"no picture", pictures[kind]])
    assert cover is not None
    assert (cover.mime, cover.data) == (PICTURES[kind], pictures[kind])


@pytest.mark.parametrize(
    "head", [b"VP8X" + bytes(8) + b"\x05\0\0\x03\0\0", b"VP8L" + bytes(4) + b"\x2f" + struct.pack("<I", 5 | 3 << 14)]
)
def test_every_kind_of_webp_is_recognised(head: bytes) -> None:
    assert best_cover([b"RIFF\0\0\0\0WEBP" + head + bytes(16)]) is not None


def test_svg_and_too_large_pictures_are_refused() -> None:
    assert best_cover([b"<svg xmlns='http://www.w3.org/2000/svg'/>", png(4097, 2), png(2, 4097), png(0, 2)]) is None
    assert best_cover([png(4096, 4096)]) is not None
    assert best_cover([png() + bytes(MAX_BYTES)]) is None


@pytest.mark.parametrize("kind", PICTURES)
def test_cut_picture_never_fails(pictures: dict[str, bytes], kind: str) -> None:
    whole = pictures[kind]
    for size in range(min(len(whole), 300)):
        best_cover([whole[:size]])


def test_jpeg_with_padding_between_its_segments_is_read() -> None:
    frame = b"\xff\xc0" + struct.pack(">HBHH", 11, 8, 4, 6) + bytes(6)
    assert best_cover([b"\xff\xd8\xff\xff\xe0" + struct.pack(">H", 4) + b"ab" + frame]) is not None
    assert best_cover([b"\xff\xd8\xff\xe0" + struct.pack(">H", 0) + b"ab" + frame]) is None
