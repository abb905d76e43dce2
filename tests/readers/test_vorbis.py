import base64
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutagen.flac import FLAC, Picture
from mutagen.oggopus import OggOpus

from player.core.reading import Reading
from player.readers.vorbis import read_flac, read_ogg
from tests.builders import Mark, make_audio, png, write_vorbis_chapters

MARKS: list[Mark] = [(0, "Eins"), (1000, "Zwölf – 十二"), (2500, "Drei")]
KINDS: dict[str, tuple[str, Callable[[Path], Reading]]] = {
    "a.ogg": ("libvorbis", read_ogg),
    "a.opus": ("libopus", read_ogg),
    "b.ogg": ("flac", read_ogg),
    "c.ogg": ("libspeex", read_ogg),
    "a.flac": ("flac", read_flac),
}


@pytest.fixture(scope="module")
def sounds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("vorbis")
    return {
        name: make_audio(folder / name, 4, codec, *(("-ar", "16000") if codec == "libspeex" else ())).read_bytes()
        for name, (codec, _) in KINDS.items()
    }


@pytest.fixture
def place(tmp_path: Path, sounds: dict[str, bytes]) -> Callable[[str], Path]:
    def put(name: str) -> Path:
        path = tmp_path / name
        path.write_bytes(sounds[name])
        return path

    return put


@pytest.mark.parametrize("name", KINDS)
def test_length_comes_from_the_samples(place: Callable[[str], Path], name: str) -> None:
    reading = KINDS[name][1](place(name))
    assert reading.container == ("flac" if name == "a.flac" else "ogg")
    assert reading.duration_ms == pytest.approx(4000, abs=20 if "c." in name else 1)
    assert reading.notices == ()


@pytest.mark.parametrize("name", ["a.ogg", "a.opus", "a.flac"])
def test_chapters_are_read(place: Callable[[str], Path], name: str) -> None:
    path = place(name)
    write_vorbis_chapters(path, MARKS)
    (chapters,) = KINDS[name][1](path).chapter_lists
    assert [(chapter.start_ms, chapter.title) for chapter in chapters.chapters] == MARKS
    assert chapters.source == "vorbis-comment"


def test_tags_and_front_cover_of_flac_are_read(place: Callable[[str], Path]) -> None:
    path = place("a.flac")
    flac = FLAC(path)
    flac["title"], flac["ARTIST"], flac["album"] = "Title", ["One", "Two"], "Album"
    for kind, side in ((4, 8), (3, 2)):
        picture = Picture()
        picture.type, picture.data = kind, png(side, side)
        flac.add_picture(picture)
    flac.save()
    reading = read_flac(path)
    assert (reading.title, reading.author, reading.album) == ("Title", "One, Two", "Album")
    assert reading.cover is not None
    assert reading.cover.data == png(2, 2)


def test_cover_of_ogg_is_read_and_broken_ones_are_passed_over(place: Callable[[str], Path]) -> None:
    path = place("a.opus")
    picture = Picture()
    picture.type, picture.data = 3, png()
    opus = OggOpus(path)
    opus["metadata_block_picture"] = ["!", base64.b64encode(b"xx").decode(), base64.b64encode(picture.write()).decode()]
    opus.save()
    cover = read_ogg(path).cover
    assert cover is not None
    assert cover.data == png()


def test_broken_comments_leave_the_length(place: Callable[[str], Path]) -> None:
    path = place("a.opus")
    raw = path.read_bytes()
    path.write_bytes(raw.replace(b"OpusTags", b"OpusTags\xff\xff\xff\xff"[:12])[: len(raw)])
    reading = read_ogg(path)
    assert reading.container == "ogg"
    assert [notice.code for notice in reading.notices][:1] == ["tags-unreadable"]


def test_broken_block_of_flac_leaves_the_length(place: Callable[[str], Path]) -> None:
    path = place("a.flac")
    raw = bytearray(path.read_bytes())
    raw[42:46] = b"\x05\0\0\x04"  # a cue sheet of four bytes
    path.write_bytes(raw)
    reading = read_flac(path)
    assert (reading.container, reading.duration_ms) == ("flac", 4000)
    assert [notice.code for notice in reading.notices] == ["tags-unreadable"]


def test_flac_of_unknown_length_has_none(place: Callable[[str], Path]) -> None:
    path = place("a.flac")
    raw = bytearray(path.read_bytes())
    raw[21] &= 0xF0
    raw[22:26] = bytes(4)
    path.write_bytes(raw)
    assert read_flac(path).duration_ms is None


def test_ogg_of_another_codec_is_sound_of_unknown_length(tmp_path: Path) -> None:
    (tmp_path / "a.ogg").write_bytes(b"OggS" + bytes(100))
    reading = read_ogg(tmp_path / "a.ogg")
    assert (reading.container, reading.duration_ms) == ("ogg", None)
    assert [notice.code for notice in reading.notices] == ["duration-unknown"]


@pytest.mark.parametrize("name", ["a.ogg", "a.opus", "a.flac"])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_sound_with_some_bytes_changed_never_raises(
    data: st.DataObject, tmp_path: Path, sounds: dict[str, bytes], name: str
) -> None:
    raw = bytearray(sounds[name])
    for at in data.draw(st.lists(st.integers(4, 300), min_size=1, max_size=8)):
        raw[at] = data.draw(st.integers(0, 255))
    path = tmp_path / name
    path.write_bytes(raw[: data.draw(st.integers(50, len(raw)))])
    assert KINDS[name][1](path).container in ("ogg", "flac")
