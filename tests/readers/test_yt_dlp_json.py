import pytest

from player.core.chapter import Chapter
from player.core.errors import NoChaptersError
from player.readers.yt_dlp_json import yt_dlp_reading

VIDEO = {"title": "Talk", "uploader": "Channel", "duration": 3600, "extractor": "x", "webpage_url": "y"}


def test_chapters_come_before_the_description() -> None:
    entries = [{"start_time": 0.0, "end_time": 90, "title": "A"}, {"start_time": 90, "title": "B"}, {"title": "x"}]
    reading = yt_dlp_reading({**VIDEO, "chapters": entries, "description": "0:00 x\n1:00 y\n2:00 z"})
    assert (reading.title, reading.author) == ("Talk", "Channel")
    assert reading.chapter_lists[0].chapters == (Chapter(0, "A", end_ms=90_000), Chapter(90_000, "B"))


@pytest.mark.parametrize("chapters", [None, []])
def test_without_chapters_the_description_is_read(chapters: object) -> None:
    reading = yt_dlp_reading({**VIDEO, "chapters": chapters, "description": "0:00 A\n1:00 B\n2:00 C"})
    assert [(mark.start_ms, mark.title) for mark in reading.chapter_lists[0].chapters][1:] == [
        (60_000, "B"),
        (120_000, "C"),
    ]
    assert reading.title == "Talk"


@pytest.mark.parametrize("description", [None, "", "Only words.", 5])
def test_without_either_there_are_no_chapters(description: object) -> None:
    with pytest.raises(NoChaptersError):
        yt_dlp_reading({**VIDEO, "description": description})
