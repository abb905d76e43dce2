import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.core.chapter import MAX_TITLE
from player.readers.title import clean_name, clean_title, is_too_long


@pytest.mark.parametrize("title", ["Two  spaces", "“Quotes” – dash… é 中文 עברית", "👩‍👩‍👧 family", "न्‍"])
def test_good_title_is_shown_as_written(title: str) -> None:
    assert clean_title(title) == title


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        (" a\t", "a"),
        ("a\r\nb", "a  b"),
        ("a\u2028b", "a b"),
        ("a\x07\x1b[31mb", "a[31mb"),
        ("\ufeffa\u202eb\u2066c\u200f", "abc"),
        ("a\0b", "a"),
        ("\0\0a", "a"),
        ("a\ud800b", "ab"),
        ("", ""),
    ],
)
def test_what_could_do_harm_is_taken_out(raw: str, title: str) -> None:
    assert clean_title(raw) == title


def test_long_title_is_cut() -> None:
    assert clean_title("x" * 10_000) == "x" * MAX_TITLE
    assert is_too_long("x" * (MAX_TITLE + 1))
    assert not is_too_long("x" * MAX_TITLE)
    assert not is_too_long("short" + "\0" * 2000)


def test_name_of_which_nothing_is_left_is_none() -> None:
    assert clean_name(" \0") is None
    assert clean_name(None) is None
    assert clean_name(" A ") == "A"


@given(st.text())
def test_clean_title_can_be_shown_stored_and_cleaned_again(raw: str) -> None:
    title = clean_title(raw)
    title.encode()
    assert "\n" not in title
    assert clean_title(title) == title
