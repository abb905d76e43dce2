from collections.abc import Iterator

import pytest
from PySide6.QtCore import QDateTime, QLocale

from player.core.chapter import Chapter
from player.core.outline import build
from player.core.stop import Stop, StopKind
from player.core.timeline import Timeline
from player.ui.stop_words import how_long, named, path_words, remembered, when, why


@pytest.fixture(autouse=True)
def british(qapp: object) -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    yield
    QLocale.setDefault(before)


def at(text: str) -> int:
    return QDateTime.fromString(text, "yyyy-MM-dd HH:mm").toMSecsSinceEpoch()


NOW = at("2026-11-27 15:00")


@pytest.mark.parametrize(
    ("then", "words"),
    [
        ("2026-11-27 14:32", "14:32"),
        ("2026-11-27 00:00", "00:00"),
        ("2026-11-26 23:59", "yesterday 23:59"),
        ("2026-11-03 08:05", "3 November, 08:05"),
        ("2025-12-31 08:05", "31 December 2025, 08:05"),
        ("2031-01-01 08:05", "1 January 2031, 08:05"),
    ],
)
def test_a_time_is_told_with_its_day_where_that_is_not_today(then: str, words: str):
    assert when(at(then), NOW) == words


def test_a_clock_that_runs_wild_is_told_as_it_is():
    assert when(-(10**15), NOW)
    assert when(10**15, NOW)


@pytest.mark.parametrize(
    ("ms", "words"),
    [
        (0, ""),
        (400, ""),
        (7_000, "listened 7 s"),
        (60_000, "listened 1 min"),
        (720_000, "listened 12 min"),
        (3_900_000, "listened 1 h 5 min"),
    ],
)
def test_how_long_is_told_roughly(ms: int, words: str):
    assert how_long(ms) == words


def test_the_bar_says_that_one_was_there():
    stop = Stop(1, 5_000, StopKind.JUMP_FROM, at("2026-11-27 14:32"), 720_000)
    assert remembered(stop, NOW) == "You were here 14:32, listened 12 min"
    assert remembered(stop._replace(heard_ms=0), NOW) == "You were here 14:32"


def test_where_nobody_listened_the_bar_says_what_it_is():
    stop = Stop(1, 5_000, StopKind.SUSPECT, at("2026-11-27 14:32"))
    assert remembered(stop, NOW) == "The sound leapt here by itself, 14:32"
    assert remembered(stop._replace(kind=StopKind.JUMP_TO), NOW) == "Jumped here, 14:32"


@pytest.mark.parametrize("kind", StopKind)
def test_every_kind_has_words(kind: StopKind):
    assert why(kind)


def test_a_numbered_section_says_where_it_is_by_its_number():
    timeline = Timeline(build([Chapter(0, "1. Start"), Chapter(10, "1.1 Detail"), Chapter(20, "2. End")], 30))
    assert path_words(timeline, 15) == "1.1 Detail"
    assert path_words(timeline, 5) == "1 Start"
    assert named(None) == ""


def test_a_section_without_a_number_is_told_with_its_way():
    marks = [Chapter(0, "Part I: Then", depth=1), Chapter(10, "A village", depth=2), Chapter(20, "A town", depth=2)]
    timeline = Timeline(build(marks, 30))
    assert path_words(timeline, 15).endswith("› A village")
    assert path_words(timeline, 15).startswith("Part I")


def test_before_the_first_section_there_is_no_way():
    assert path_words(Timeline(build([Chapter(10, "Later")], 30)), 5) == ""
