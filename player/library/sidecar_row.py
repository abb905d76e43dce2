"""What lay beside a file when it was read, as one text in its row: JSON, [[name, size, mtime_ns], ...]."""

import json
from collections.abc import Sequence

from player.core.reading import SidecarState


def sidecars_text(sidecars: Sequence[SidecarState]) -> str:
    """For the row. ASCII, so that names which are no text survive."""
    return json.dumps(sidecars, separators=(",", ":"))


def sidecars_from_text(text: str | None) -> tuple[SidecarState, ...]:
    """From the row; nothing of what was never kept, or is damaged: then reading anew finds it."""
    try:
        return tuple(SidecarState(str(name), int(size), int(mtime)) for name, size, mtime in json.loads(text or "[]"))
    except (ValueError, TypeError, RecursionError):
        return ()
