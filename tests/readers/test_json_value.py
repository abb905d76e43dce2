from typing import Any

import pytest

from player.readers.json_value import link_of, name_of, objects, seconds_ms, text_of, whole_ms


@pytest.mark.parametrize(
    ("value", "ms"), [(1, 1_000), (1.2345, 1_234), ("2.5", 2_500), ("1:00", 60_000), ("0:01.5", 1_500), (-1, -1_000)]
)
def test_seconds_are_read_as_writers_put_them(value: Any, ms: int) -> None:
    assert seconds_ms(value) == ms


@pytest.mark.parametrize(("value", "ms"), [(1500, 1_500), ("1500", 1_500), (1500.4, 1_500)])
def test_milliseconds_are_read_as_writers_put_them(value: Any, ms: int) -> None:
    assert whole_ms(value) == ms


@pytest.mark.parametrize("value", [None, True, "", "soon", "inf", "nan", "1:x", [], {}, 1e300, 10**400, "1" * 400])
def test_what_is_no_time_is_none(value: Any) -> None:
    assert seconds_ms(value) is None
    assert whole_ms(value) is None


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("A", "A"),
        (["A", "B"], "A, B"),
        ([{"name": "A"}, {"name": 5}, "B"], "A, B"),
        ([], None),
        ([[["A"]]], "A"),
        (5, None),
        (" ", None),
    ],
)
def test_name_is_one_or_several(value: Any, name: str | None) -> None:
    assert name_of(value) == name


def test_address_is_read_unless_it_is_dangerous() -> None:
    addresses = ["https://x.y/", "http://x.y/", "javascript:x", "file:///etc", None, 5]
    assert [link_of(address) for address in addresses] == ["https://x.y/", "http://x.y/", None, None, None, None]


def test_what_is_of_another_kind_is_nothing() -> None:
    assert (text_of("a"), text_of(5), text_of(None)) == ("a", "", "")
    assert objects([{"a": 1}, 5, None, []]) == [{"a": 1}]
    assert objects({"a": 1}) == []
