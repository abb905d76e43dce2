from player.core.chapter import Chapter
from player.readers.ffprobe_json import ffprobe_reading


def test_times_in_seconds_are_read_and_not_the_units() -> None:
    entries = [
        {"time_base": "1/44100", "start": 0, "start_time": "0.000000", "end_time": "1.5", "tags": {"title": "A"}},
        {"time_base": "1/44100", "start": 66150, "start_time": "1.500000", "tags": []},
        {"time_base": "1/44100", "start": 5},
    ]
    reading = ffprobe_reading({"chapters": entries, "format": {"tags": {"title": "T", "artist": 5}}})
    assert (reading.title, reading.author) == ("T", None)
    assert reading.chapter_lists[0].chapters == (Chapter(0, "A", end_ms=1500), Chapter(1500, "Chapter 2"))
