"""Lines of the journal: one fact each, as text that carries its own checksum. No file is read or written here.

A line is eight hexadecimal digits (CRC-32 of the rest), a blank, and a JSON object whose "what" says what it
is about: readable with any editor, and believed only when nothing of it has changed.
"""

import json
from typing import Any, NamedTuple
from zlib import crc32

FORMAT = 1
HEAD, EPISODE, FILE, PLACE, HEARD, CHAPTERS, TRAIL, TRAIL_GONE, SETTING = (
    "head", "episode", "file", "place", "heard", "chapters", "trail", "trail-gone", "setting",
)  # fmt: skip

_DIGITS = 8


class Line(NamedTuple):
    """One fact: ``values`` by the names of the columns, references as uids, paths as text."""

    kind: str
    values: dict[str, Any]

    @property
    def seq(self) -> int:
        """The number of the change that wrote it; 0 for a head."""
        seq = self.values.get("seq", 0)
        return seq if isinstance(seq, int) else 0

    @property
    def order(self) -> tuple[int, str]:
        """What decides between two lines about the same: seq, then device."""
        return self.seq, str(self.values.get("device", ""))


def encoded(line: Line) -> bytes:
    """``line`` as it stands in the file, with its line feed."""
    text = json.dumps({"what": line.kind, **line.values}, separators=(",", ":")).encode("ascii")
    return b"%08x %s\n" % (crc32(text), text)


def decoded(raw: bytes) -> Line | None:
    """The fact in ``raw``, a line with or without its line feed; None where it is not what was once written."""
    raw = raw.rstrip(b"\r\n")
    text = raw[_DIGITS + 1 :]
    if raw[: _DIGITS + 1] != b"%08x " % crc32(text):
        return None
    try:
        values = json.loads(text)
        return Line(str(values.pop("what")), values)
    except (ValueError, KeyError, AttributeError, TypeError, RecursionError):
        return None
