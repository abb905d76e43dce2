import pytest

from player.core.chapter import Chapter
from player.core.errors import NoChaptersError
from player.readers.audnexus_json import audnexus_reading


def test_starts_and_lengths_are_in_milliseconds() -> None:
    entries = [
        {"startOffsetMs": 0, "lengthMs": 1500, "title": "A"},
        {"startOffsetMs": 1500, "title": "B"},
        {"title": "x"},
    ]
    (chapters,) = audnexus_reading({"chapters": entries}).chapter_lists
    assert chapters.chapters == (Chapter(0, "A", end_ms=1500), Chapter(1500, "B"))
    assert [notice.code for notice in chapters.notices] == ["time-unreadable"]


def test_without_times_there_are_no_chapters() -> None:
    with pytest.raises(NoChaptersError):
        audnexus_reading({"chapters": [{"startOffsetMs": "soon"}]})
