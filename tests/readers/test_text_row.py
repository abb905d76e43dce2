import pytest

from player.readers.text_row import MAX_TITLE_IN_TEXT, row_in, split_run_on, times_in, without_bullet


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("0:00", 0),
        ("1:02", 62_000),
        ("75:30", 4_530_000),
        ("1:02:03", 3_723_000),
        ("01:02:03.5", 3_723_500),
        ("100:00:00", 360_000_000),
        ("０１：０２", 62_000),
        ("٠١:٠٢", 62_000),
    ],
)
def test_time_is_read_in_any_digits(text: str, ms: int) -> None:
    (time,) = times_in(text)
    assert time.ms == ms


@pytest.mark.parametrize(
    "text",
    [
        "1:60",
        "1:5",
        "1:75:00",
        "1:2:3:4",
        "10:30 pm",
        "10:30 a.m.",
        "10:30 Uhr",
        "16:9",
        "1:00/2",
        "a1:00",
        "1.1:00",
        "1:00,5,6",
        "1:00.50,6",
        "1:00.500.6",
        "1:00.5000,6",
        "www.a.b/1:00",
    ],
)
def test_what_only_looks_like_a_time_is_none(text: str) -> None:
    assert times_in(text) == []


@pytest.mark.parametrize(
    "text", ["0:10-0:20", "0:10 – 0:20", "0:10 to 0:20", "(0:10 → 0:20)", "0:10 bis 0:20", "0:10 (0:10)"]
)
def test_range_is_its_start(text: str) -> None:
    (time,) = times_in(text)
    assert time.ms == 10_000


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("0:10 Title", "Title"),
        ("0:10Title", "Title"),
        ("[0:10]Title", "Title"),
        ("0:10 - (Own) brackets", "(Own) brackets"),
        ("0:10: Title: sub", "Title: sub"),
        ("0:10 #3 stays", "#3 stays"),
        ("1. 0:10 Title", "1. Title"),
        ("2.1 0:10 Title", "2.1 Title"),
        ("Title 0:10", "Title"),
        ("Title -- 0:10", "Title"),
        ("Title ........ 0:10", "Title"),
        ("Title? (0:10)", "Title?"),
        ("Verse 3:16 (0:10)", "Verse 3:16"),
        ("(0:10) Verse 3:16", "Verse 3:16"),
        ("4:10 Verse 3:16", "Verse 3:16"),
        ("0:10 | Verse 3:16", "Verse 3:16"),
        ("0:10", ""),
        ("0:00:10.000,1.1 Title", "1.1 Title"),
        ("0:00:10,000,2024 in review", "2024 in review"),
        ("0:00:10.000,Title", "Title"),
    ],
)
def test_row_has_the_title_without_time_and_separator(line: str, title: str) -> None:
    row = row_in(line)
    assert row is not None
    assert row.title == title


@pytest.mark.parametrize(
    "line",
    ["Title", "We met at 5:30 in town", "0:10 A 0:20 B", "at 0:10 and 0:20", "0:10 " + "x" * (MAX_TITLE_IN_TEXT + 1)],
)
def test_line_without_exactly_one_time_at_an_end_is_no_row(line: str) -> None:
    assert row_in(line) is None


@pytest.mark.parametrize(
    ("line", "bare"),
    [
        ("- a", "a"),
        ("• a", "a"),
        ("## a", "a"),
        ("👉🏽 a", "a"),
        ("⏱️ a", "a"),
        ("#3 a", "#3 a"),
        ("+1 a", "+1 a"),
        (" * ", ""),
        ("➡️ a", "a"),
    ],
)
def test_bullet_is_taken_off_but_not_what_means_something(line: str, bare: str) -> None:
    assert without_bullet(line) == bare


def test_run_on_paragraph_is_cut_before_each_time() -> None:
    assert split_run_on("Times: 0:00 A; 1:00 B, 2:00 C") == ["Times:", "0:00 A", "1:00 B", "2:00 C"]


def test_run_on_paragraph_that_ends_with_a_time_is_cut_after_each() -> None:
    assert split_run_on("A 0:00, B 1:00, C 2:00") == ["A 0:00", "B 1:00", "C 2:00"]


@pytest.mark.parametrize("line", ["0:00 A 1:00 B", "At 0:30 he comes, at 1:20 he goes, at 2:40 he is gone", "words"])
def test_other_lines_are_left_whole(line: str) -> None:
    assert split_run_on(line) == [line]
