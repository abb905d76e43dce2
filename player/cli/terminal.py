"""What the stream we print to can do, and text in terminal cells: widths, eliding, colours. No outlines here."""

import os
import shutil
import unicodedata
from collections.abc import Mapping
from typing import NamedTuple, TextIO

ELLIPSIS = "…"
NARROWEST = 40
ENDLESS = 100_000  # cells: a file or a pipe takes lines of any length


class Terminal(NamedTuple):
    """``width`` in cells; ``has_colour`` whether escapes may be written."""

    width: int
    has_colour: bool

    def paint(self, text: str, style: str) -> str:
        """``text`` in ``style`` (SGR parameters, such as "1;36"), as it is where there are no colours."""
        return f"\x1b[{style}m{text}\x1b[0m" if self.has_colour and text else text


def terminal_of(stream: TextIO, environ: Mapping[str, str] = os.environ) -> Terminal:
    """The terminal behind ``stream``. https://no-color.org is respected; a pipe gets neither colours nor cut lines."""
    if not stream.isatty():
        return Terminal(ENDLESS, False)
    has_colour = not environ.get("NO_COLOR") and environ.get("TERM") != "dumb"
    return Terminal(max(NARROWEST, shutil.get_terminal_size().columns), has_colour)


def cells(text: str) -> int:
    """How many cells ``text`` takes: wide East Asian characters two, combining ones none."""
    if text.isascii():
        return len(text)
    return sum(map(_cells, text))


def elide(text: str, width: int) -> str:
    """``text``, which holds no escapes, in at most ``width`` cells, with an ellipsis where something was cut."""
    if cells(text) <= width:
        return text
    left = max(0, width - 1)
    kept = []
    for character in text:
        left -= _cells(character)
        if left < 0:
            break
        kept.append(character)
    return "".join(kept).rstrip() + ELLIPSIS


def _cells(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
