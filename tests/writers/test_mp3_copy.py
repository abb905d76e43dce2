import json
import subprocess
from pathlib import Path

import pytest
from mutagen.apev2 import APEv2
from mutagen.id3 import ID3

from player.core.chapter import Chapter
from player.core.errors import ExportError
from player.readers.mp3_tags import leading_tag_size
from player.readers.source import read_source
from player.writers.document import Document
from player.writers.mp3_copy import copy_name, write_copy
from tests.builders import long_audio, make_audio, write_id3_chapters, write_id3_tags
from tests.writers.cases import seed


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    path = make_audio(tmp_path / "talk.mp3", 6)
    write_id3_tags(path, "A talk", "Somebody", "Album", cover=b"\xff\xd8\xff" + bytes(5000))
    write_id3_chapters(path, [(0, "Old"), (1000, "Older")])
    APEv2().save(path)
    return path


def sound(path: Path) -> bytes:
    raw = path.read_bytes()
    return raw[leading_tag_size(raw) :]


DOCUMENT = Document(
    (Chapter(0, "One", depth=1), Chapter(1000, "One.1", depth=2), Chapter(2000, "Two\n– 二", depth=1)), duration_ms=6000
)


def test_copy_has_the_tree_and_all_else_is_the_same(talk: Path) -> None:
    before, target = talk.read_bytes(), copy_name(talk)
    assert target.name == "talk (chapters).mp3"
    assert write_copy(talk, target, DOCUMENT) == ()
    assert talk.read_bytes() == before
    assert sound(target) == sound(talk)
    old, new = ID3(talk), ID3(target)
    for tags in (old, new):
        tags.delall("CHAP")
        tags.delall("CTOC")
    assert {key: repr(frame) for key, frame in old.items()} == {key: repr(frame) for key, frame in new.items()}
    reading = read_source(target)
    assert (reading.title, reading.author, reading.duration_ms) == ("A talk", "Somebody", 6000)
    assert [(each.start_ms, each.title, each.depth) for each in reading.chapter_lists[0].chapters] == [
        (0, "One", 1),
        (1000, "One.1", 2),
        (2000, "Two – 二", 1),
    ]


def test_nothing_is_overwritten_and_nothing_is_left_of_a_failure(talk: Path) -> None:
    copy_name(talk).write_text("mine")
    for target in (talk, copy_name(talk)):
        before = target.read_bytes()
        with pytest.raises(ExportError, match="never overwritten"):
            write_copy(talk, target, DOCUMENT)
        assert target.read_bytes() == before
    talk.write_bytes(b"ID3\2\0\0\0\0\0\0" + talk.read_bytes())
    with pytest.raises(ExportError, match=r"ID3v2\.2"):
        write_copy(talk, talk.with_name("new.mp3"), DOCUMENT)
    assert {path.name for path in talk.parent.iterdir()} == {"talk.mp3", "talk (chapters).mp3"}


def test_chapters_that_would_be_taken_for_listed_are_left_out_and_told(talk: Path) -> None:
    chapters = (Chapter(0, "a"), Chapter(1000, "b", is_listed=False), Chapter(2000, "c", is_listed=False))
    told = write_copy(talk, copy_name(talk), Document((*chapters, Chapter(3000, "d", is_listed=False))))
    assert [notice.code for notice in told] == ["unlisted-lost"]
    assert len(ID3(copy_name(talk)).getall("CHAP")) == 1


@pytest.mark.parametrize("has_tag", [True, False])
def test_ffprobe_reads_the_same_chapters_and_tags(tmp_path: Path, has_tag: bool) -> None:
    source = long_audio(tmp_path / "seed.mp3", 22_170)
    if has_tag:
        source.write_bytes(b"ID3\3\0\0\0\0\0\x10TIT2\0\0\0\6\0\0\0Scheme"[:26] + source.read_bytes())
    write_copy(source, tmp_path / "copy.mp3", seed())
    command = ["ffprobe", "-v", "error", "-show_chapters", "-show_format", "-of", "json", str(tmp_path / "copy.mp3")]
    found = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    assert [(round(float(each["start_time"]) * 1000), each["tags"]["title"]) for each in found["chapters"]] == [
        (each.start_ms, each.title) for each in seed().chapters
    ]
    assert found["format"].get("tags", {}).get("title") == ("Schem" if has_tag else None)
    assert sound(tmp_path / "copy.mp3") == sound(source)
