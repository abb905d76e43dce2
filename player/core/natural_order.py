"""The order in which people expect names: 2 before 10, whatever the case; folder by folder."""

import re
import unicodedata

_PIECE = re.compile(r"[0-9]{1,18}|[^0-9]+")  # bounded: a name of nothing but digits costs no more than any other

NaturalKey = tuple[tuple[tuple[tuple[int, str], ...], ...], str]


def natural_key(name: str) -> NaturalKey:
    """What names are sorted by; ``name`` may be a path with "/" between its folders."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return tuple(tuple(map(_piece, _PIECE.findall(part))) for part in plain.split("/")), name


def _piece(piece: str) -> tuple[int, str]:
    """Numbers stand before words."""
    return (int(piece), "") if "0" <= piece[0] <= "9" else (10**18, piece)
