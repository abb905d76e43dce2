"""Words from outside made safe to show: titles, names. What they say is not changed."""

import re
import unicodedata

from player.core.chapter import MAX_TITLE

# Embeddings, overrides, isolates and marks that turn the direction of everything around them, and the byte order mark.
_DIRECTIONS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
_HARMLESS = re.compile(r"[ -~\u00a0-\u0377\u2010-\u2027\u2030-\u205e]*")


def clean_title(raw: str) -> str:
    """``raw`` on one line, without control and direction-turning characters, at most ``MAX_TITLE`` long.

    Everything after a NUL is rubbish (padding of fixed fields) and goes. Lone surrogates cannot be shown or stored.
    """
    text = raw.lstrip("\0").partition("\0")[0][: 4 * MAX_TITLE]
    if not _HARMLESS.fullmatch(text):
        text = "".join(map(_safe, text))
    return text.strip()[:MAX_TITLE].rstrip()


def is_too_long(raw: str) -> bool:
    """Whether ``clean_title`` shortens ``raw``."""
    return len(raw) > MAX_TITLE and len(clean_title(raw)) >= MAX_TITLE - 1


def clean_name(raw: str | None) -> str | None:
    """A title, author or album; None when nothing is left of it."""
    return clean_title(raw) or None if raw else None


def _safe(character: str) -> str:
    if character in "\t\n\r\v\f\x85\u2028\u2029":
        return " "
    if character in _DIRECTIONS or unicodedata.category(character) in ("Cc", "Cs"):
        return ""
    return character
