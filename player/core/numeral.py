"""Numerals that are not digits: Roman ones and those of Chinese, Japanese and Korean. Number words are elsewhere."""

import re

_ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_MAX_ROMAN = 15  # characters: MMMDCCCLXXXVIII

CJK_DIGITS = {
    char: value for value, chars in enumerate("〇零 一壱 二兩两 三 四 五 六 七 八 九".split()) for char in chars
}
CJK_POWERS = {"十": 10, "百": 100, "千": 1000}
CJK_NUMERALS = "".join(CJK_DIGITS) + "".join(CJK_POWERS)
_ALL_NUMERALS = frozenset(CJK_NUMERALS)
_ALL_POWERS = frozenset(CJK_POWERS)


def roman_value(text: str) -> int | None:
    """What ``text`` is as a Roman numeral in its modern spelling, all in one case; None where it is none."""
    if not text or len(text) > _MAX_ROMAN or not (text.isupper() or text.islower()):
        return None
    upper = text.upper()
    if not _ROMAN.fullmatch(upper):
        return None
    total = last = 0
    for digit in map(_ROMAN_DIGITS.__getitem__, upper):
        total += digit if digit <= last or not last else digit - 2 * last  # IX: the I was counted already
        last = digit
    return total


def cjk_value(text: str) -> int | None:
    """What ``text`` is as a number below 10,000 in Chinese characters; None where it is none.

    Both ways of writing are read: with powers of ten (二十三) and digit by digit (二三).
    """
    if not text or not _ALL_NUMERALS.issuperset(text):
        return None
    if _ALL_POWERS.isdisjoint(text):
        return int("".join(str(CJK_DIGITS[char]) for char in text)) if len(text) <= 4 else None
    total, digit, last_power = 0, None, 10_000
    for char in text:
        power = CJK_POWERS.get(char)
        if power is None:
            if digit:
                return None
            digit = CJK_DIGITS[char]
        elif power >= last_power or digit == 0:
            return None
        else:
            total += (1 if digit is None else digit) * power
            digit, last_power = None, power
    return total + (digit or 0)
