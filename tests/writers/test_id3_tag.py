import io
import struct
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from mutagen.id3 import APIC, CHAP, COMM, CTOC, ID3, PRIV, TIT2, TXXX

from player.core.chapter import Chapter
from player.core.errors import ExportError
from player.readers.id3 import chap_frames, load_id3, table_frames
from player.readers.id3_chapters import id3_chapters
from player.writers.document import Document, on_one_line
from player.writers.id3_frame import syncsafe_size
from player.writers.id3_tag import tag_size, with_chapters
from tests.writers.cases import documents, expected, seed

Frame = tuple[bytes, bytes, bytes]  # name, flags, payload


def read(tag: bytes) -> tuple[Chapter, ...]:
    tags = load_id3(io.BytesIO(tag + bytes(64)))
    assert tags is not None
    found = id3_chapters(chap_frames(tags), table_frames(tags), None)
    return tuple(replace(chapter, id=None) for chapter in found.chapters) if found else ()


def tag_of(*frames: object, version: int = 4) -> bytes:
    tags = ID3()
    for frame in frames:
        tags.add(frame)
    file = io.BytesIO()
    tags.save(file, v2_version=version, padding=lambda _info: 77)
    return file.getvalue()


def raw_tag(version: int, flags: int, body: bytes) -> bytes:
    return b"ID3" + bytes((version, 0, flags)) + syncsafe_size(len(body)) + body


def raw_frame(name: bytes, payload: bytes, flags: bytes = b"\0\0", size: bytes = b"") -> bytes:
    return name + (size or struct.pack(">I", len(payload))) + flags + payload


OTHERS = (
    TIT2(encoding=3, text="Ein Titel – 題"),
    TXXX(encoding=3, desc="odd", text="a\0b"),
    PRIV(owner="me", data=bytes(range(256)) * 3),
    APIC(encoding=3, mime="image/png", type=3, desc="", data=b"\xff\xe0\xff\0" * 100),
    COMM(encoding=3, lang="deu", desc="", text="x" * 500),
)
OLD_CHAPTERS = (
    CHAP(element_id="x", start_time=0, end_time=5, sub_frames=[TIT2(encoding=3, text="old")]),
    CTOC(element_id="toc", flags=3, child_element_ids=["x"], sub_frames=[]),
)
FEW = Document((Chapter(0, "One", depth=1), Chapter(1000, "Two – 二", depth=2)), duration_ms=2000)


@pytest.mark.parametrize("tag", [b"", tag_of(*OTHERS, version=3), tag_of(*OTHERS, *OLD_CHAPTERS)], ids=["no", "3", "4"])
@settings(max_examples=40, deadline=None)
@given(document=documents())
def test_what_is_read_back_is_equal(tag: bytes, document: Document) -> None:
    document = on_one_line(
        replace(
            document,
            chapters=tuple(
                replace(each, title=each.title.replace("\0", ""), is_listed=True) for each in document.chapters
            ),
        )
    )
    named = (replace(each, title=each.title or f"Chapter {row}") for row, each in enumerate(document.chapters, 1))
    document = replace(document, chapters=tuple(named))
    wanted = expected(document, levels=True, links=True, ends="all")
    assume(wanted)
    assert [ascii_link(each) for each in wanted] == list(read(with_chapters(tag, document).raw))


def test_parent_without_a_title_is_named_so_that_its_children_stay_beneath_it() -> None:
    chapters = (Chapter(0, "a", depth=1), Chapter(1000, "", depth=1), Chapter(2000, "b", depth=2))
    found = read(with_chapters(b"", Document(chapters)).raw)
    assert [(each.title, each.depth) for each in found] == [("a", 1), ("Chapter 2", 1), ("b", 2)]


def ascii_link(chapter: Chapter) -> Chapter:
    return replace(chapter, link=chapter.link.replace('"', "%22")) if chapter.link else chapter


@pytest.mark.parametrize("tag", [b"", tag_of(version=3), tag_of(TIT2(encoding=3, text="x"))])
def test_seed_is_read_back_with_its_tree(tag: bytes) -> None:
    document = seed()
    assert [(each.start_ms, each.title, each.depth) for each in read(with_chapters(tag, document).raw)] == [
        (each.start_ms, each.title, each.depth) for each in document.chapters
    ]


@pytest.mark.parametrize("depths", [(1,), (1, 2, 2, 2), (1, 2, 3)])
def test_a_thousand_chapters_are_more_than_a_table_counts(depths: Sequence[int]) -> None:
    chapters = tuple(
        Chapter(at * 1000, f"x{at}", depth=depths[at] if at < len(depths) else depths[-1]) for at in range(1000)
    )
    document = Document(chapters)
    assert read(with_chapters(b"", document).raw) == expected(document, levels=True, ends="all")


def test_chapter_that_is_not_listed_stays_so() -> None:
    chapters = (Chapter(0, "a"), Chapter(1000, "b", is_listed=False), Chapter(2000, "c"))
    found = read(with_chapters(b"", Document(chapters)).raw)
    assert [(each.title, each.is_listed) for each in found] == [("a", True), ("b", False), ("c", True)]


@pytest.mark.parametrize("version", [3, 4])
def test_all_other_frames_and_the_padding_stay_byte_for_byte(version: int) -> None:
    plain, with_old = tag_of(*OTHERS, version=version), tag_of(*OTHERS, *OLD_CHAPTERS, version=version)
    frames, padding = plain[10:-77], plain[-77:]
    assert padding == bytes(77)
    for old in (plain, with_old):
        new = with_chapters(old, FEW).raw
        assert tag_size(new) == len(new)
        assert new[3] == version
        kept = new[10:]
        for frame in OTHERS:
            at = frames.index(frame.FrameID.encode())
            size = frames[at + 4 : at + 8]
            length = (
                int.from_bytes(size, "big")
                if version == 3
                else sum(b << s for b, s in zip(size, (21, 14, 7, 0), strict=True))
            )
            assert frames[at : at + 10 + length] in kept
        assert kept.endswith(padding)
        assert [each.title for each in read(new)] == ["One", "Two – 二"]


def test_tags_that_are_unsynchronised_stay_readable() -> None:
    payload = b"owner\0\xff\xe0 and \xff\0 and \xff\xff."
    hidden = (
        payload.replace(b"\xff\0", b"\xff\0\0").replace(b"\xff\xe0", b"\xff\0\xe0").replace(b"\xff\xff", b"\xff\0\xff")
    )
    late = Document((Chapter(0xFF00, "a"), Chapter(0xFFE0FF, "b", end_ms=0xFFFF00)))
    body = raw_frame(b"PRIV", payload).replace(b"\xff\0", b"\xff\0\0").replace(b"\xff\xe0", b"\xff\0\xe0")
    for tag in (
        raw_tag(3, 0x80, body.replace(b"\xff\xff", b"\xff\0\xff")),
        raw_tag(4, 0x80, raw_frame(b"PRIV", hidden, b"\0\2")),
    ):
        new = with_chapters(tag, late).raw
        found = ID3(io.BytesIO(new + bytes(64)))
        assert found.getall("PRIV")[0].data == payload.partition(b"\0")[2]
        assert [(each.start_ms, each.title, each.end_ms) for each in read(new)] == [
            (0xFF00, "a", 0xFFE0FF),
            (0xFFE0FF, "b", 0xFFFF00),
        ]


@pytest.mark.parametrize("extended", [b"\0\0\0\6\0\0\0\0\0\0", b"\0\0\0\6\1\0"])
def test_extended_header_and_footer_go_and_the_frames_stay(extended: bytes) -> None:
    version = 3 if len(extended) == 10 else 4
    frame = raw_frame(b"TIT2", b"\0kept")
    flags = 0x40 if version == 3 else 0x50
    tag = raw_tag(version, flags, extended + frame)
    tag += b"" if version == 3 else b"3DI" + tag[3:10]
    new = with_chapters(tag, FEW).raw
    assert new[5] == 0
    assert new[10:].startswith(frame)
    assert [each.title for each in read(new)] == ["One", "Two – 二"]


def test_plain_sizes_in_a_tag_of_2_4_are_understood_and_kept_up() -> None:
    frame = raw_frame(b"PRIV", b"x\0" + b"y" * 300)
    new = with_chapters(raw_tag(4, 0, frame), FEW).raw
    assert new[10:].startswith(frame)
    assert [each.title for each in read(new)] == ["One", "Two – 二"]


def test_pictures_of_old_chapters_are_told() -> None:
    picture = APIC(encoding=3, mime="image/png", type=3, desc="", data=b"x")
    old = CHAP(element_id="x", start_time=0, end_time=5, sub_frames=[picture])
    assert [notice.code for notice in with_chapters(tag_of(old), FEW).notices] == ["chapter-pictures-lost"]


@pytest.mark.parametrize(
    "tag",
    [
        raw_tag(2, 0, b"TT2\0\0\2\0x"),
        raw_tag(5, 0, b""),
        raw_tag(3, 0, raw_frame(b"TIT2", b"\0x", size=b"\0\0\1\0")),
        raw_tag(4, 0, b"rubbish and no frame"),
        raw_tag(3, 0, raw_frame(b"TIT2", b"\0x"))[:-1],
        raw_tag(3, 0, b"TIT"),
    ],
)
def test_tag_that_cannot_be_kept_whole_is_refused_with_a_sentence(tag: bytes) -> None:
    with pytest.raises(ExportError, match=r"^The tags [^\n]*nothing was written\.$"):
        with_chapters(tag, FEW)


@settings(deadline=None)
@given(st.binary(max_size=80), st.sampled_from([2, 3, 4]), st.integers(0, 255))
def test_any_bytes_give_a_tag_or_a_sentence(body: bytes, version: int, flags: int) -> None:
    tag = raw_tag(version, flags, body)
    try:
        new = with_chapters(tag + bytes(tag_size(tag) - len(tag)), FEW).raw
    except ExportError:
        return
    assert tag_size(new) == len(new)
