import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.core.numeral import CJK_NUMERALS, cjk_value, roman_value


def roman(value: int) -> str:
    steps = [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")]
    text = ""
    for step, letters in [*steps, (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]:
        text += letters * (value // step)
        value %= step
    return text


@given(st.integers(1, 3999))
def test_every_roman_numeral_has_its_value_in_both_cases(value: int):
    assert roman_value(roman(value)) == value
    assert roman_value(roman(value).lower()) == value


@pytest.mark.parametrize("text", ["", "IIII", "VX", "IC", "Iv", "Mix", "MMMM", "A", "I.", "I" * 1000, "ⅳ", "IV "])
def test_what_only_looks_like_a_roman_numeral_has_no_value(text: str):
    assert roman_value(text) is None


@given(st.text(max_size=20))
def test_any_text_is_a_roman_numeral_or_none(text: str):
    value = roman_value(text)
    assert value is None or roman(value) == text.upper()


def chinese(value: int) -> str:
    digits, text = "〇一二三四五六七八九", ""
    for power, sign in ((1000, "千"), (100, "百"), (10, "十")):
        if value // power:
            text += (digits[value // power] if value // power > 1 or power > 10 else "") + sign
        value %= power
    return text + (digits[value] if value else "")


@given(st.integers(1, 9999))
def test_every_number_in_chinese_characters_has_its_value(value: int):
    assert cjk_value(chinese(value)) == value
    assert cjk_value("".join("〇一二三四五六七八九"[int(digit)] for digit in str(value))) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *[("十", 10), ("一十二", 12), ("百二十", 120), ("一百零五", 105), ("二〇", 20)],
        *[("兩百", 200), ("两千", 2000), ("零", 0), ("壱", 1)],
    ],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(text: str, value: int):
    assert cjk_value(text) == value


@pytest.mark.parametrize("text", ["", "章", "十百", "十十", "二二十", "零十", "一二三四五", "一a", "1"])
def test_what_is_no_number_in_chinese_characters_has_no_value(text: str):
    assert cjk_value(text) is None


@given(st.text(alphabet=CJK_NUMERALS, max_size=12))
def test_any_run_of_characters_is_a_number_below_ten_thousand_or_none(text: str):
    value = cjk_value(text)
    assert value is None or 0 <= value < 10_000
