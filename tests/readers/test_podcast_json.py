import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.core.chapter import Chapter
from player.core.errors import SourceError
from player.core.reading import Reading
from player.readers.json_file import read
from player.readers.podcast_json import is_podcast_json, podcast_reading


def read_json(folder: Path, text: str) -> Reading:
    path = folder / "chapters.json"
    path.write_text(text, encoding="utf-8")
    return read(path)


def starts(*times: Any) -> list[int]:
    entries = [{"startTime": time, "title": "x"} for time in (*times, 5000)]
    return [chapter.start_ms for chapter in podcast_reading({"chapters": entries}).chapter_lists[0].chapters][:-1]


def test_chapters_are_read_with_links_ends_and_what_is_not_listed(tmp_path: Path) -> None:
    document = {
        "version": "1.2.0",
        "title": "Episode",
        "author": "Somebody",
        "podcastName": "Podcast",
        "chapters": [
            {"startTime": 0, "title": "Intro"},
            {"startTime": 168.5, "endTime": 200, "title": "Topic", "url": "https://x.y/", "img": "https://x.y/i.jpg"},
            {"startTime": 260, "title": "Advert", "toc": False, "url": "javascript:x"},
        ],
    }
    reading = read_json(tmp_path, json.dumps(document))
    assert (reading.title, reading.author, reading.album, reading.container) == ("Episode", "Somebody", "Podcast", None)
    assert reading.chapter_lists[0].source == "podcast-json"
    assert reading.chapter_lists[0].chapters == (
        Chapter(0, "Intro"),
        Chapter(168_500, "Topic", end_ms=200_000, link="https://x.y/"),
        Chapter(260_000, "Advert", is_listed=False),
    )


def test_byte_order_mark_in_front_is_no_matter(tmp_path: Path) -> None:
    reading = read_json(tmp_path, '\ufeff{"chapters":[{"startTime":0,"title":"A"},{"startTime":1,"title":"B"}]}')
    assert len(reading.chapter_lists[0].chapters) == 2


def test_times_are_read_as_writers_put_them() -> None:
    assert starts(0, 1.5, "2", "3.25", "0:04", "00:00:05.5", "1:00:00") == [0, 1500, 2000, 3250, 4000, 5500, 3_600_000]


@pytest.mark.parametrize("time", [None, True, "", "soon", "inf", "nan", [], {}, -1, 1e300, 10**400])
def test_what_is_no_time_costs_only_its_chapter(time: Any) -> None:
    entries = [
        {"startTime": 0, "title": "A"},
        {"startTime": time, "title": "B"},
        {"startTime": 2, "title": "C"},
        "rubbish",
    ]
    (chapters,) = podcast_reading({"chapters": entries}).chapter_lists
    assert [chapter.title for chapter in chapters.chapters] == ["A", "C"]
    assert chapters.notices


@pytest.mark.parametrize("title", [None, 7, ["a"], ""])
def test_title_that_is_no_text_is_a_number(title: Any) -> None:
    entries = [{"startTime": 0, "title": "A"}, {"startTime": 2, "title": title}]
    assert podcast_reading({"chapters": entries}).chapter_lists[0].chapters[1].title == "Chapter 2"


documents = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["chapters", "startTime", "title", "endTime", "url", "toc", "author"]), inner, max_size=5
        )
    ),
    max_leaves=20,
)


@given(documents)
def test_any_document_gives_chapters_or_a_sentence(document: Any) -> None:
    if is_podcast_json(document):
        try:
            podcast_reading(document)
        except SourceError:
            return
