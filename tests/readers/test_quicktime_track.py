import struct
from io import BytesIO

import pytest
from mutagen.mp4 import Atoms

from player.core.chapter import ChapterList
from player.readers.quicktime_track import track_chapters


def box(name: bytes, *parts: bytes) -> bytes:
    payload = b"".join(parts)
    return struct.pack(">I4s", len(payload) + 8, name) + payload


def table(name: bytes, count: int, *numbers: int, form: str = "I") -> bytes:
    return box(name, bytes(4), struct.pack(">I", count), struct.pack(f">{len(numbers)}{form}", *numbers))


def sample(text: bytes) -> bytes:
    return struct.pack(">H", len(text)) + text


def track(track_id: int, kind: bytes, *extra: bytes, tables: bytes = b"") -> bytes:
    tkhd = box(b"tkhd", bytes(12), struct.pack(">I", track_id), bytes(68))
    mdhd = box(b"mdhd", bytes(12), struct.pack(">II", 1000, 9000), bytes(4))
    hdlr = box(b"hdlr", bytes(8), kind, bytes(13))
    return box(b"trak", tkhd, *extra, box(b"mdia", mdhd, hdlr, box(b"minf", box(b"stbl", tables))))


def names(*ids: int) -> bytes:
    return box(b"tref", box(b"chap", struct.pack(f">{len(ids)}I", *ids)))


def read(
    samples: list[bytes],
    lengths: tuple[int, ...] = (),
    edits: bytes = b"",
    named: tuple[int, ...] = (2,),
    others: bytes = b"",
    is_wide: bool = False,
    has_tables: bool = True,
) -> ChapterList | None:
    """A file of one chunk of samples, and of sound track 1, which names its chapter tracks, and text track 2."""
    lengths = lengths or (1000,) * len(samples)
    runs = [number for length in lengths for number in (1, length)]
    tables = (
        table(b"stts", len(lengths), *runs)
        + table(b"stsc", 1, 1, len(samples), 1)
        + box(b"stsz", bytes(8), struct.pack(f">I{len(samples)}I", len(samples), *map(len, samples)))
        + (table(b"co64", 1, 8, form="Q") if is_wide else table(b"stco", 1, 8))
    )
    sound = track(1, b"soun", names(*named) if named else b"")
    text = track(2, b"text", edits, tables=tables if has_tables else b"")
    mvhd = box(b"mvhd", bytes(12), struct.pack(">II", 600, 5400), bytes(80))
    file = BytesIO(box(b"mdat", *samples) + box(b"moov", mvhd, sound, text, others))
    return track_chapters(Atoms(file), file, 9000)


def titles(chapters: ChapterList | None) -> list[str]:
    assert chapters is not None
    return [chapter.title for chapter in chapters.chapters]


TWO = [sample(b"A"), sample(b"B")]


@pytest.mark.parametrize("is_wide", [False, True])
def test_samples_are_titles_at_their_times(is_wide: bool) -> None:
    chapters = read(TWO, lengths=(1500, 2000), is_wide=is_wide)
    assert chapters is not None
    assert [(c.start_ms, c.end_ms, c.title) for c in chapters.chapters] == [(0, 1500, "A"), (1500, 3500, "B")]


def test_titles_in_utf_16_are_read() -> None:
    samples = [sample("Zwölf".encode("utf-16")), sample(b"\xfe\xff" + "十二".encode("utf-16-be"))]
    assert titles(read(samples)) == ["Zwölf", "十二"]


def test_what_follows_the_title_in_a_sample_is_no_title() -> None:
    assert titles(read([sample(b"A") + b"\0\0\0\x0cencd\0\0\1\0", sample(b"B")])) == ["A", "B"]


def test_empty_sample_only_fills_a_gap() -> None:
    chapters = read([sample(b""), sample(b"A"), sample(b"B")])
    assert chapters is not None
    assert [(c.start_ms, c.title) for c in chapters.chapters] == [(1000, "A"), (2000, "B")]


def test_track_of_nothing_but_empty_titles_is_numbered() -> None:
    assert titles(read([sample(b""), sample(b"")])) == ["Chapter 1", "Chapter 2"]


def test_empty_edit_moves_the_chapters() -> None:
    edits = box(b"edts", table(b"elst", 2, 300, 0xFFFFFFFF, 0x10000, 5400, 0, 0x10000))
    chapters = read(TWO, edits=edits)
    assert chapters is not None
    assert [c.start_ms for c in chapters.chapters] == [500, 1500]


def test_text_track_that_no_track_names_is_not_chapters() -> None:
    assert read(TWO, named=()) is None


def test_first_text_track_is_taken_not_the_links_nor_the_pictures() -> None:
    others = track(3, b"text") + track(4, b"vide")
    assert titles(read(TWO, named=(99, 4, 2, 3), others=others)) == ["A", "B"]


def test_track_without_tables_gives_no_chapters() -> None:
    assert read(TWO, has_tables=False) is None


def test_broken_track_beside_the_good_ones_is_no_matter() -> None:
    assert titles(read(TWO, others=box(b"trak"))) == ["A", "B"]
