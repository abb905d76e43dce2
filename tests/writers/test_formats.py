import json
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given, settings

from player.core.chapter import Chapter
from player.core.outline import build
from player.readers.source import read_source
from player.writers.document import Document, ends_ms, on_one_line
from player.writers.formats import FORMATS, write_text
from tests.writers.cases import HOSTILE, documents, expected, read_back, seed

HOLDS = {
    "json": {"links": True, "unlisted": True, "ends": "own"},
    "psc": {"links": True},
    "ffmetadata": {"ends": "all"},
    "cue": {},
    "matroska": {"levels": True, "ends": "own"},
}


def without_nul(document: Document) -> Document:
    """What follows a NUL goes when it is read, but a writer only drops the NUL itself."""
    return replace(
        document,
        chapters=tuple(replace(chapter, title=chapter.title.replace("\0", "")) for chapter in document.chapters),
    )


def in_frames(document: Document) -> Document:
    """Times that are whole 75ths of a second, as a cue sheet's reader rounds them."""
    return replace(
        document,
        chapters=tuple(
            replace(chapter, start_ms=round((chapter.start_ms * 75 + 500) // 1000 * 1000 / 75), end_ms=None)
            for chapter in document.chapters
        ),
    )


def test_every_strict_format_is_checked_here() -> None:
    assert HOLDS.keys() == {name for name, row in FORMATS.items() if not row.is_loose}


@pytest.mark.parametrize("name", HOLDS)
@settings(max_examples=40, deadline=None)
@given(document=documents())
def test_what_is_read_back_is_equal(name: str, document: Document) -> None:
    document = without_nul(in_frames(document) if name == "cue" else document)
    wanted = expected(document, **HOLDS[name])  # type: ignore[arg-type]  # the table above is checked by use
    assume(wanted)
    with tempfile.TemporaryDirectory() as folder:
        assert read_back(name, document, Path(folder)).chapters == wanted


@pytest.mark.parametrize("name", FORMATS)
def test_seed_is_read_back_with_its_tree(name: str, tmp_path: Path) -> None:
    document = seed()
    chapters = read_back(name, document, tmp_path).chapters
    assert [(each.start_ms, each.title) for each in chapters] == [
        (each.start_ms, each.title) for each in document.chapters
    ]
    depths = [section.depth for section in build(chapters, document.duration_ms).sections]
    assert depths == [chapter.depth for chapter in document.chapters]


@pytest.mark.parametrize("name", HOLDS)
def test_each_hostile_title_is_one_chapter(name: str, tmp_path: Path) -> None:
    document = without_nul(Document(tuple(Chapter(at * 1000, title) for at, title in enumerate(HOSTILE))))
    assert len(read_back(name, document, tmp_path).chapters) == len(HOSTILE)


@pytest.mark.parametrize("name", FORMATS)
def test_what_a_format_cannot_hold_is_said_in_a_sentence(name: str) -> None:
    row = FORMATS[name]
    chapters = (
        Chapter(0, "a", depth=1, link="https://example.org", end_ms=500),
        Chapter(1000, "b", depth=2),
        Chapter(2000, "c", is_listed=False),
    )
    told = {notice.code: notice.message for notice in write_text(name, Document(chapters)).notices}
    assert ("levels-lost" in told) is not row.has_levels
    assert ("links-lost" in told) is not row.has_links
    assert ("unlisted-lost" in told) is not row.has_unlisted
    assert ("ends-lost" in told) is not row.has_ends
    assert all(message.endswith(".") and "\n" not in message for message in told.values())


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_is_said_of_a_plain_list(name: str) -> None:
    assert (
        write_text(name, Document((Chapter(0, "a", end_ms=1000), Chapter(1000, "b")), duration_ms=2000)).notices == ()
    )


def test_cue_sheet_says_that_times_are_rounded_and_that_99_tracks_are_many() -> None:
    told = write_text("cue", Document(tuple(Chapter(at * 1001, "x") for at in range(100)))).notices
    assert [notice.code for notice in told] == ["many-tracks", "times-rounded"]


def test_cue_sheet_says_that_quotes_are_not_safe_in_it() -> None:
    told = write_text("cue", Document((Chapter(0, 'Say "no"'), Chapter(1000, "b")))).notices
    assert [notice.code for notice in told] == ["quotes"]


def test_cue_sheet_names_the_file_and_its_kind() -> None:
    document = Document((Chapter(0, "One"), Chapter(5_999_987, "Two")), "Talk", "Somebody", file="talk.mp3")
    assert write_text("cue", document).text.splitlines() == [
        'PERFORMER "Somebody"',
        'TITLE "Talk"',
        'FILE "talk.mp3" MP3',
        "  TRACK 01 AUDIO",
        '    TITLE "One"',
        "    INDEX 01 00:00:00",
        "  TRACK 02 AUDIO",
        '    TITLE "Two"',
        "    INDEX 01 99:59:74",
    ]


def test_podcast_json_is_what_its_standard_asks_for() -> None:
    chapters = (Chapter(0, "One", end_ms=1500), Chapter(1500, "Two", link="https://example.org", is_listed=False))
    assert json.loads(write_text("json", Document(chapters, "Talk")).text) == {
        "version": "1.2.0",
        "title": "Talk",
        "chapters": [
            {"startTime": 0, "title": "One", "endTime": 1.5},
            {"startTime": 1.5, "title": "Two", "url": "https://example.org", "toc": False},
        ],
    }


def test_end_that_is_missing_is_the_next_later_start_or_the_end_of_the_sound() -> None:
    chapters = (Chapter(0, "a"), Chapter(1000, "b"), Chapter(1000, "c"), Chapter(3000, "d", end_ms=3500))
    assert ends_ms(chapters, 9000) == [1000, 3000, 3000, 3500]
    assert ends_ms(chapters[:1], 9000) == [9000]
    assert ends_ms(chapters[:1], None) == [1000]


def test_ffprobe_reads_the_same_from_ffmetadata(tmp_path: Path) -> None:
    path = tmp_path / "chapters.txt"
    titles = without_nul(Document(tuple(Chapter(0, title) for title in HOSTILE))).chapters
    document = Document((*seed().chapters, *(replace(each, start_ms=22_000_000) for each in titles)), "A=b;c")
    path.write_bytes(write_text("ffmetadata", document).text.encode())
    command = ["ffprobe", "-v", "error", "-f", "ffmetadata", "-show_chapters", "-show_format", "-of", "json", str(path)]
    found = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    assert [
        (round(float(each["start_time"]) * 1000), each.get("tags", {}).get("title", "").strip())
        for each in found["chapters"]
    ] == [(each.start_ms, each.title) for each in _plain(document)]
    assert found["format"]["tags"]["title"] == "A=b;c"


def test_mkvmerge_reads_the_same_tree_from_matroska_xml(tmp_path: Path) -> None:
    path, sound = tmp_path / "chapters.xml", tmp_path / "sound.mka"
    document = seed()
    path.write_bytes(write_text("matroska", document).text.encode())
    subprocess.run(["mkvmerge", "-q", "-o", sound, "--chapters", path], check=True, capture_output=True)
    found = subprocess.run(["mkvextract", sound, "chapters"], check=True, capture_output=True).stdout
    (tmp_path / "again.xml").write_bytes(found)
    (again,) = read_source(tmp_path / "again.xml").chapter_lists
    assert [(each.start_ms, each.title, each.depth) for each in again.chapters] == [
        (each.start_ms, each.title, each.depth) for each in document.chapters
    ]


def _plain(document: Document) -> tuple[Chapter, ...]:
    return on_one_line(document).chapters
