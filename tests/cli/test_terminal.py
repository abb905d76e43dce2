import io
import os
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.cli.terminal import ENDLESS, Terminal, cells, elide, terminal_of


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def width(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.get_terminal_size", lambda: os.terminal_size((90, 24)))


def test_screen_has_its_width_and_colours(width: None) -> None:
    assert terminal_of(Screen(), {"TERM": "xterm"}) == Terminal(90, True)


@pytest.mark.parametrize("environ", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_colours_are_left_out_where_they_are_not_wanted(width: None, environ: dict[str, str]) -> None:
    assert terminal_of(Screen(), environ) == Terminal(90, False)


def test_empty_no_color_is_none(width: None) -> None:
    assert terminal_of(Screen(), {"NO_COLOR": ""}).has_colour


def test_very_narrow_screen_is_treated_as_a_narrow_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.get_terminal_size", lambda: os.terminal_size((0, 0)))
    assert terminal_of(Screen(), {}).width == 40


def test_pipe_gets_whole_lines_without_colours() -> None:
    assert terminal_of(io.StringIO(), {}) == Terminal(ENDLESS, False)


def test_paint_writes_escapes_only_where_they_are_understood() -> None:
    assert Terminal(80, True).paint("a", "1") == "\x1b[1ma\x1b[0m"
    assert Terminal(80, True).paint("", "1") == ""
    assert Terminal(80, False).paint("a", "1") == "a"


@pytest.mark.parametrize(
    ("text", "width"), [("abc", 3), ("十二", 4), ("é", 1), ("e\u0301", 1), ("a\u200db", 2), ("ｱ", 1)]
)
def test_cells_are_counted_as_terminals_do(text: str, width: int) -> None:
    assert cells(text) == width


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("abcdef", 6, "abcdef"),
        ("abcdef", 5, "abcd…"),
        ("abc def", 5, "abc…"),
        ("十二月", 5, "十二…"),
        ("十二月", 4, "十…"),
        ("ab", 1, "…"),
    ],
)
def test_text_is_elided_at_the_end(text: str, width: int, shown: str) -> None:
    assert elide(text, width) == shown


@given(st.text(), st.integers(1, 40))
def test_elided_text_always_fits(text: str, width: int) -> None:
    shown = elide(text, width)
    assert cells(shown) <= max(width, 1)
    assert shown == text or re.fullmatch(".*…", shown, re.DOTALL)
