from player.core.chapter import Chapter
from player.readers.audiobookshelf_json import audiobookshelf_reading, is_audiobookshelf

CHAPTERS = [{"id": 0, "start": 0, "end": 1.5, "title": "A"}, {"id": 1, "start": 1.5, "end": 3, "title": "B"}]


def test_chapters_title_and_authors_are_read() -> None:
    reading = audiobookshelf_reading({"chapters": CHAPTERS, "title": "Book", "authors": ["X", "Y"]})
    assert (reading.title, reading.author) == ("Book", "X, Y")
    assert reading.chapter_lists[0].chapters == (Chapter(0, "A", end_ms=1500), Chapter(1500, "B", end_ms=3000))


def test_title_and_authors_may_stand_apart() -> None:
    reading = audiobookshelf_reading({"chapters": CHAPTERS, "metadata": {"title": "Book", "authors": [{"name": "X"}]}})
    assert (reading.title, reading.author) == ("Book", "X")


def test_starts_are_numbers() -> None:
    assert is_audiobookshelf({"chapters": CHAPTERS})
    assert not is_audiobookshelf({"chapters": [*CHAPTERS, {"start": "0:05"}]})
