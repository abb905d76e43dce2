"""Bytes of a text file to characters. Which encodings are tried, and in which order, is told only here."""

import codecs
import re
from collections.abc import Callable
from itertools import groupby

from player.core.errors import SourceError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NO_TEXT = "This is neither sound nor text that can be read."
SAMPLE = 64 * 1024  # bytes by which an encoding is told
PLAUSIBLE = 0.6  # this share of the characters that are not ASCII must be common ones of their encoding


def decode(raw: bytes) -> str:
    """``raw`` as text: by its byte order mark, as UTF-8, as UTF-16 without a mark, else as what it looks like.

    That is GB18030, Big5, Shift-JIS or Windows-1251, where nearly all of its characters are common ones there, else
    Windows-1252. Raises SourceError when it is no text at all.
    """
    for bom, encoding in _BOMS:
        if raw.startswith(bom):
            return raw.decode(encoding, errors="replace")
    head = raw[:4096]
    if b"\0" in head:
        return _without_mark(raw, head)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        controls = sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in head)
        if controls > len(head) // 100:
            raise SourceError(_NO_TEXT) from None
        return raw.decode(_likeliest(raw[:SAMPLE]), errors="replace")


def head_text(first: bytes) -> str:
    """The beginning of a file as text, for telling its format; what is no text in it is replaced."""
    for bom, encoding in _BOMS:
        if first.startswith(bom):
            return first.decode(encoding, errors="replace")
    if b"\0" in first:
        try:
            return _without_mark(first, first)
        except SourceError:
            return ""
    return first.decode("utf-8", errors="replace")


def _without_mark(raw: bytes, head: bytes) -> str:
    """UTF-16 without a mark: nearly every second byte of Western text is 0."""
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros = head[offset::2].count(0)
        if zeros > 0.4 * len(head) / 2 and head[1 - offset :: 2].count(0) <= len(head) // 50:
            return raw.decode(encoding, errors="replace")
    raise SourceError(_NO_TEXT)


def _likeliest(sample: bytes) -> str:
    """The encoding in which most of what is not ASCII is common characters, in runs and not alone ("don’t").

    Bytes of one encoding are rare characters in the others: the common ones of each fill a block of its own.
    """
    sample = sample[: sample.rfind(b"\n") + 1] or sample
    shares = [(_share(sample, encoding, run, is_common), encoding) for encoding, run, is_common in _COMMON]
    share, encoding = max(shares, key=lambda pair: pair[0])
    return encoding if share >= PLAUSIBLE else "cp1252"


def _share(sample: bytes, encoding: str, least_run: int, is_common: Callable[[str, bytes], bool]) -> float:
    try:
        text = sample.decode(encoding)
    except UnicodeDecodeError:
        return 0.0
    foreign = common = 0
    for is_ascii, letters in groupby(text, str.isascii):
        if is_ascii:
            continue
        run = list(letters)
        foreign += len(run)
        if len(run) >= least_run:
            common += sum(is_common(letter, letter.encode(encoding)) for letter in run)
    return common / foreign if foreign else 0.0


_CJK_MARKS = re.compile("[\u3000-\u3011\uff01-\uff60\u2014\u2018-\u201d\u2026\u00b7]")


def _is_common_gb(letter: str, raw: bytes) -> bool:
    """The first level of GB 2312: the 3,755 characters in use."""
    return len(raw) == 2 and raw[1] >= 0xA1 and (0xB0 <= raw[0] <= 0xD7 or bool(_CJK_MARKS.match(letter)))


def _is_common_big5(letter: str, raw: bytes) -> bool:
    """The first level of Big5."""
    return len(raw) == 2 and (0xA4 <= raw[0] <= 0xC6 or bool(_CJK_MARKS.match(letter)))


def _is_common_japanese(letter: str, raw: bytes) -> bool:
    """Kana, and the first level of JIS X 0208."""
    is_kana = "\u3041" <= letter <= "\u30fe"
    return len(raw) == 2 and (is_kana or 0x88 <= raw[0] <= 0x97 or bool(_CJK_MARKS.match(letter)))


def _is_common_cyrillic(letter: str, _raw: bytes) -> bool:
    return "\u0410" <= letter <= "\u044f" or letter in "ЁёІіЇїЄє«»—№"


_COMMON = (  # an encoding, the shortest run that counts, its common characters
    ("gb18030", 2, _is_common_gb),
    ("big5", 2, _is_common_big5),
    ("cp932", 2, _is_common_japanese),
    ("cp1251", 3, _is_common_cyrillic),
)
