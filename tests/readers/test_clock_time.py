import pytest

from player.readers.clock_time import clock_ms


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("0", 0),
        ("01", 1_000),
        ("01:02", 62_000),
        ("01:02:03.400", 3_723_400),
        ("1:02:03,5", 3_723_500),
        ("71:35.250", 4_295_250),
        ("100:00:00", 360_000_000),
        ("00:00:01.123456789", 1_123),
        ("62.5", 62_500),
        ("7.", 7_000),
        (" 0:01 ", 1_000),
    ],
)
def test_time_is_read_in_every_form(text: str, ms: int) -> None:
    assert clock_ms(text) == ms


@pytest.mark.parametrize("text", ["", "soon", "-1", "1:2:3:4", "1e3", "1:", ":1", "٣:٠٠", "9" * 400, "0x10", "1 2"])
def test_what_is_no_time_is_none(text: str) -> None:
    assert clock_ms(text) is None
