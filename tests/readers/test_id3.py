import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mutagen.id3 import CHAP, CTOC, ID3, TIT2, TPE1, WXXX, CTOCFlags, MakeID3v1

from player.core.chapter import MAX_CHAPTERS
from player.core.notice import Notice
from player.readers.id3 import ChapFrame, TableFrame, chap_frames, id3_tags, load_id3, table_frames
from player.readers.id3_reading import id3_reading
from tests.builders import png, write_id3_chapters, write_id3_tags


@pytest.fixture
def path(tmp_path: Path) -> Path:
    tag_only = tmp_path / "tag.mp3"
    tag_only.touch()
    return tag_only


def load(path: Path) -> ID3:
    with path.open("rb") as file:
        tags = load_id3(file)
    assert tags is not None
    return tags


def test_title_author_album_and_cover_are_read(path: Path) -> None:
    write_id3_tags(path, "Title", "Author", "Album", png())
    tags = id3_tags(load(path))
    assert (tags.title, tags.author, tags.album) == ("Title", "Author", "Album")
    assert tags.cover is not None
    assert tags.cover.mime == "image/png"


def test_several_authors_are_one_line(path: Path) -> None:
    tags = ID3()
    tags.add(TPE1(encoding=3, text=["One", "", "Two"]))
    tags.save(path)
    assert id3_tags(load(path)).author == "One, Two"


@pytest.mark.parametrize("version", [3, 4])
def test_chapters_are_read_from_both_versions(path: Path, version: int) -> None:
    tags = ID3()
    sub_frames = [TIT2(encoding=1, text="Zwölf – 十二" * 30), WXXX(encoding=0, url="https://x.y/")]
    tags.add(CHAP(element_id="c", start_time=5, end_time=9, sub_frames=sub_frames))
    tags.add(CTOC(element_id="t", flags=CTOCFlags.TOP_LEVEL, child_element_ids=["c"], sub_frames=[]))
    tags.save(path, v2_version=version)
    assert chap_frames(load(path)) == [ChapFrame("c", 5, 9, "Zwölf – 十二" * 30, "https://x.y/")]
    assert table_frames(load(path)) == [TableFrame("t", ("c",), "", True)]


def test_dangerous_link_is_left_out(path: Path) -> None:
    tags = ID3()
    tags.add(CHAP(element_id="c", sub_frames=[WXXX(encoding=0, url="javascript:alert(1)")]))
    tags.save(path)
    assert chap_frames(load(path))[0].link is None


def test_chapters_that_share_one_id_do_not_replace_each_other(path: Path) -> None:
    path.write_bytes(tag(b"".join(chap_bytes(b"ch", start, b"Title") for start in range(5))))
    assert [frame.start_ms for frame in chap_frames(load(path))] == [0, 1, 2, 3, 4]


def test_rubbish_after_the_title_is_left_out(path: Path) -> None:
    path.write_bytes(tag(chap_bytes(b"a", 0, b"Title\0\xff\xfe\0rubbish") + chap_bytes(b"b", 1, b"\0")))
    assert [frame.title for frame in chap_frames(load(path))] == ["Title", ""]


def test_unsynchronised_tag_is_read(path: Path) -> None:
    text = b"\x01" + b"\xff\xfe" + "abc".encode("utf-16-le")
    frame = b"TIT2" + struct.pack(">IH", len(text), 0) + text
    body = frame.replace(b"\xff", b"\xff\0")
    path.write_bytes(b"ID3\x03\0\x80" + syncsafe(len(body)) + body)
    assert id3_tags(load(path)).title == "abc"


def test_tag_of_the_oldest_kind_is_read(path: Path) -> None:
    path.write_bytes(b"ID3\x02\0\0" + syncsafe(11) + b"TT2\0\0\x05\0Old!")
    assert id3_tags(load(path)).title == "Old!"


def test_tag_at_the_end_of_the_file_is_read(path: Path) -> None:
    path.write_bytes(bytes(1000) + MakeID3v1({"TIT2": TIT2(encoding=0, text="Short")}))
    assert id3_tags(load(path)).title == "Short"


def test_file_without_a_tag_has_none(path: Path) -> None:
    path.write_bytes(bytes(1000))
    with path.open("rb") as file:
        assert load_id3(file) is None


def test_large_tag_is_read_in_pieces_and_whole(path: Path) -> None:
    expected = [(start, f"Chapter {start} " + "x" * 90) for start in range(3_000)]
    write_id3_tags(path, "Title", cover=png() + bytes(200_000))
    write_id3_chapters(path, expected)
    tags = load(path)
    assert sorted((frame.start_ms, frame.title) for frame in chap_frames(tags)) == expected
    assert id3_tags(tags).title == "Title"


def test_more_chapters_than_are_kept_are_not_even_read(path: Path) -> None:
    frames = b"".join(chap_bytes(b"c%d" % start, start, b"x") for start in range(MAX_CHAPTERS + 500))
    path.write_bytes(tag(frames + b"TIT2" + struct.pack(">IH", 4, 0) + b"\x03End"))
    tags = load(path)
    assert len(chap_frames(tags)) == MAX_CHAPTERS + 1
    assert id3_tags(tags).title == "End"


def test_compressed_frame_is_read(path: Path) -> None:
    packed = zlib.compress(b"\x03Packed")
    path.write_bytes(tag(b"TIT2" + syncsafe(len(packed) + 4) + b"\0\x09" + syncsafe(7) + packed))
    assert id3_tags(load(path)).title == "Packed"


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([2, 3, 4]), st.sampled_from([0, 0x80, 0x40, 0xC0]))
def test_random_bytes_in_a_tag_never_raise(body: bytes, version: int, flags: int) -> None:
    told: list[Notice] = []
    raw = bytes([*b"ID3", version, 0, flags]) + syncsafe(len(body)) + body
    assert id3_reading("mp3", BytesIO(raw), 1000, told).container == "mp3"


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_good_tag_with_some_bytes_changed_never_raises(data: st.DataObject) -> None:
    raw = bytearray(
        tag(chap_bytes(b"a", 0, b"One") + chap_bytes(b"b", 10, b"Two") + b"TIT2" + syncsafe(5) + b"\0\0\x03Name")
    )
    for at in data.draw(st.lists(st.integers(3, len(raw) - 1), min_size=1, max_size=6)):
        raw[at] = data.draw(st.integers(0, 255))
    assert id3_reading("mp3", BytesIO(raw), 1000, []).container == "mp3"


def syncsafe(size: int) -> bytes:
    return bytes([size >> 21 & 0x7F, size >> 14 & 0x7F, size >> 7 & 0x7F, size & 0x7F])


def tag(frames: bytes) -> bytes:
    return b"ID3\x04\0\0" + syncsafe(len(frames)) + frames


def chap_bytes(element_id: bytes, start: int, title: bytes) -> bytes:
    text = b"TIT2" + syncsafe(len(title) + 1) + b"\0\0\0" + title
    body = element_id + b"\0" + struct.pack(">IIII", start, start + 1, 2**32 - 1, 2**32 - 1) + text
    return b"CHAP" + syncsafe(len(body)) + b"\0\0" + body
