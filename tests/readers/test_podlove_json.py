from player.core.chapter import Chapter
from player.readers.podlove_json import podlove_reading

ENTRIES = [
    {"start": "00:00:00.000", "title": "A", "href": "https://x.y/"},
    {"start": "01:30", "end": "02:00", "title": "B", "href": "javascript:x"},
    {"start": "soon", "title": "x"},
]
READ = (Chapter(0, "A", link="https://x.y/"), Chapter(90_000, "B", end_ms=120_000))


def test_chapters_are_read_from_an_episode_an_embedding_and_a_list() -> None:
    for document in ({"chapters": ENTRIES}, {"episode": {"chapters": ENTRIES}}, ENTRIES):
        (chapters,) = podlove_reading(document).chapter_lists
        assert chapters.chapters == READ
        assert [notice.code for notice in chapters.notices] == ["time-unreadable"]


def test_title_and_show_are_read() -> None:
    reading = podlove_reading({"title": "Episode", "show": {"title": "Podcast"}, "chapters": ENTRIES})
    assert (reading.title, reading.album) == ("Episode", "Podcast")
