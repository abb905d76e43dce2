import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from player.core.chapter import MAX_CHAPTERS
from player.core.errors import NoChaptersError, SourceError
from player.core.outline import build
from player.core.reading import Reading
from player.readers.text import MAX_TEXT, read, read_text
from tests.builders import DATA, SEED_PAGE, clock, seed_chapters

LISTS = sorted((DATA / "text").glob("*.txt"))
NO_LISTS = sorted((DATA / "not-a-list").glob("*.txt"))


def told(reading: Reading) -> list[str]:
    return [notice.code for notice in reading.chapter_lists[0].notices]


def rows(reading: Reading) -> list[tuple[int, str]]:
    return [(chapter.start_ms, chapter.title) for chapter in reading.chapter_lists[0].chapters]


@pytest.mark.parametrize("text", LISTS, ids=lambda path: path.stem)
def test_list_in_a_copied_text_is_read_as_written_down(text: Path) -> None:
    """A pair of files a case: the text, and the expected chapters and notices after an optional duration."""
    expected = text.with_suffix(".expected").read_text(encoding="utf-8")
    length = re.match(r"duration (\d+):(\d+):(\d+)\.000\n", expected)
    duration_ms = None
    if length:
        duration_ms = (int(length[1]) * 3600 + int(length[2]) * 60 + int(length[3])) * 1000
        expected = expected[length.end() :]
    (chapters,) = read_text(text.read_text(encoding="utf-8"), duration_ms).chapter_lists
    lines = [f"{clock(chapter.start_ms)} {chapter.title}" for chapter in chapters.chapters]
    lines += [f"notice {notice.code}: {notice.message}" for notice in chapters.notices]
    assert lines == expected.splitlines()
    assert chapters.source == "text"


@pytest.mark.parametrize("text", NO_LISTS, ids=lambda path: path.stem)
def test_text_without_a_list_is_refused_in_one_sentence(text: Path) -> None:
    with pytest.raises(SourceError, match=r"^No list of chapters with times was found in this text\.$"):
        read(text)


def test_page_of_the_seed_gives_its_worked_case() -> None:
    reading = read(SEED_PAGE)
    assert rows(reading) == list(seed_chapters())
    assert told(reading) == ["list-repeated", "list-numbers-stripped"]
    outline = build(reading.chapter_lists[0].chapters, 22_170_000)
    assert [sum(section.depth == depth for section in outline.sections) for depth in range(1, 7)] == [
        8,
        31,
        37,
        26,
        17,
        0,
    ]
    assert sum(section.is_parent for section in outline.sections) == 28


def test_two_rows_are_a_list_only_beneath_a_heading() -> None:
    assert rows(read_text("Chapters\n0:00 A\n1:00 B", None)) == [(0, "A"), (60_000, "B")]
    with pytest.raises(SourceError):
        read_text("0:00 A\n1:00 B", None)


def test_list_beneath_a_heading_wins_over_a_longer_one() -> None:
    text = "0:01 a\n0:02 b\n0:03 c\n0:04 d\n\nKapitel\n0:00 Eins\n5:00 Zwei\n"
    assert rows(read_text(text, None)) == [(0, "Eins"), (300_000, "Zwei")]


def test_chapters_beyond_the_sound_are_left_out_and_told() -> None:
    reading = read_text("0:00 A\n1:00 B\n2:00 C", 90_000)
    assert rows(reading) == [(0, "A"), (60_000, "B")]
    assert told(reading) == ["beyond-end"]


def test_list_wholly_beyond_the_sound_is_refused() -> None:
    with pytest.raises(SourceError, match="outside the sound"):
        read_text("1:00 A\n2:00 B\n3:00 C", 30_000)


def test_list_of_one_chapter_over_and_over_is_refused() -> None:
    with pytest.raises(SourceError, match="nothing but one chapter"):
        read_text("0:00 A\n" * 5, None)


def test_short_times_stay_minutes_where_hours_do_not_fit() -> None:
    reading = read_text("0:00 A\n1:15 B\n5:10 C", 6 * 60_000)
    assert rows(reading)[-1] == (310_000, "C")


def test_exact_repeat_of_a_row_is_dropped_and_told() -> None:
    reading = read_text("0:00 A\n1:00 B\n1:00 B\n2:00 C", None)
    assert rows(reading) == [(0, "A"), (60_000, "B"), (120_000, "C")]
    assert told(reading) == ["repeat-dropped"]


def test_two_further_copies_are_counted() -> None:
    text = "Chapters\n0:00 A\n1:00 B\n" * 3
    (notice,) = read_text(text, None).chapter_lists[0].notices
    assert notice.message == "The list stands there 3 times: the other copies were dropped."


def test_more_rows_than_a_source_may_have_are_cut_with_a_notice() -> None:
    text = "\n".join(f"{row // 360}:{row // 6 % 60:02}:{row % 6}0 Row {row}" for row in range(MAX_CHAPTERS + 5))
    reading = read_text(text, None)
    assert len(rows(reading)) == MAX_CHAPTERS
    assert told(reading) == ["too-many-chapters"]


@pytest.mark.parametrize(
    "text",
    [
        "\n\n".join(f"{n}\n00:00:{n}1,000 --> 00:00:{n}4,000\nHello" for n in range(1, 4)),
        "WEBVTT\n\n00:01.000 --> 00:04.000\n- Hello\n\n00:05.000 --> 00:09.000\nHi\n\n00:10.000 --> 00:12.000\nSo",
        "\n".join(f"[00:{second // 60:02}:{second % 60:02}] Speaker: some words" for second in range(0, 200, 5)),
    ],
)
def test_subtitles_and_transcripts_are_no_chapters(text: str) -> None:
    with pytest.raises(NoChaptersError, match="transcript"):
        read_text(text, None)


def test_chapters_written_as_subtitles_are_chapters() -> None:
    text = "WEBVTT\n\n00:00.000 --> 05:00.000\nIntro\n\n05:00.000 --> 20:00.000\nTalk\n\n20:00.000 --> 30:00.000\nEnd"
    assert rows(read_text(text, None)) == [(0, "Intro"), (300_000, "Talk"), (1_200_000, "End")]


@pytest.mark.parametrize(
    "text",
    [
        "٠:٠٠ مقدمة\n٥:٣٠ الفصل\n١٢:٤٥ النهاية",
        "०:०० परिचय\n५:३० अध्याय\n१२:४५ अंत",
        "๐:๐๐ บทนำ\n๕:๓๐ บท\n๑๒:๔๕ จบ",
        "0:00 פתיחה\n5:30 פרק\n12:45 סיום",
        "00:00开场\n05:30第一章\n12:45结束",
        "【００：００】開始\n【０５：３０】第１章\n【１２：４５】終わり",
    ],
)
def test_times_of_any_script_are_times(text: str) -> None:
    assert [chapter.start_ms for chapter in read_text(text, None).chapter_lists[0].chapters] == [0, 330_000, 765_000]


def test_only_the_beginning_of_an_endless_text_is_read() -> None:
    reading = read_text("0:00 A\n1:00 B\n2:00 C\n" + "x" * MAX_TEXT, None)
    assert len(rows(reading)) == 3
    assert told(reading) == ["text-cut"]


def test_file_that_is_too_large_for_text_is_refused(tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(9 * 1024 * 1024)
    with pytest.raises(SourceError, match="larger than 8 MB"):
        read(large)


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("0123456789:.,-–()[]<>/*_`#|ab \n\t’é時：１\u202e\0\ud800"), max_size=400))
def test_any_text_gives_ascending_chapters_or_a_sentence(text: str) -> None:
    try:
        (chapters,) = read_text(text, None).chapter_lists
    except SourceError:
        return
    starts = [chapter.start_ms for chapter in chapters.chapters]
    assert starts == sorted(starts)
    assert all(chapter.title and chapter.title.isprintable() for chapter in chapters.chapters)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.integers(0, 359_999), min_size=3, max_size=30, unique=True).map(sorted),
    st.sampled_from(
        ["{time} {title}", "({time}) {title}", "{title} - {time}", "* {title} [{time}]", "{time} | {title}"]
    ),
)
def test_every_layout_gives_back_the_list_it_was_made_of(seconds: list[int], layout: str) -> None:
    expected = [(second * 1000, f"Title {row} of (some) sort") for row, second in enumerate(seconds)]
    lines = [layout.format(time=clock(start)[:8], title=title) for start, title in expected]
    assert rows(read_text("\n".join(lines), None)) == expected
