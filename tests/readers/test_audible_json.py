from typing import Any

import pytest

from player.core.chapter import MAX_CHAPTERS, Chapter
from player.core.errors import NoChaptersError
from player.readers.audible_json import audible_reading, is_audible


def wrapped(*chapters: Any) -> dict[str, Any]:
    return {"content_metadata": {"chapter_info": {"chapters": list(chapters)}}}


def test_what_is_around_the_chapters_is_no_matter() -> None:
    chapters = [{"start_offset_ms": 0, "title": "A"}, {"start_offset_ms": 1500, "title": "B"}]
    inner = wrapped(*chapters)
    for document in (inner, {"content_license": inner}, inner["content_metadata"], {"chapters": chapters}):
        assert is_audible(document)
        assert len(audible_reading(document).chapter_lists[0].chapters) == 2


def test_times_of_a_parent_may_stand_after_its_children() -> None:
    child = {"length_ms": 1000, "start_offset_ms": 500, "title": "1.1"}
    parent = {"chapters": [child], "length_ms": 500, "start_offset_ms": 0, "title": "1"}
    last = {"start_offset_sec": 9, "length_ms": "250", "title": "2"}
    assert audible_reading(wrapped(parent, last)).chapter_lists[0].chapters == (
        Chapter(0, "1", depth=1, end_ms=500),
        Chapter(500, "1.1", depth=2, end_ms=1500),
        Chapter(9000, "2", depth=1, end_ms=9250),
    )


def test_chapter_without_a_time_is_told() -> None:
    chapters = [{"start_offset_ms": 0}, {"title": "x", "start_offset_ms": None}, {"start_offset_ms": 5}]
    (found,) = audible_reading(wrapped(*chapters)).chapter_lists
    assert [notice.code for notice in found.notices] == ["time-unreadable", "untitled"]


def test_more_chapters_than_are_kept_are_told() -> None:
    chapters = [{"start_offset_ms": number, "title": "x"} for number in range(MAX_CHAPTERS + 5)]
    (found,) = audible_reading(wrapped(*chapters)).chapter_lists
    assert len(found.chapters) == MAX_CHAPTERS
    assert [notice.code for notice in found.notices] == ["too-many-chapters"]


def test_without_times_there_are_no_chapters() -> None:
    assert not is_audible(wrapped({"title": "x"}))
    with pytest.raises(NoChaptersError):
        audible_reading(wrapped({"title": "x"}, {"title": "y"}))
