"""Reading and printing the pairs of tests/data/arrangement: files with their tags, and the groups they become."""

from collections.abc import Sequence
from pathlib import Path

from player.core.arrangement import Arrangement, Group
from player.core.track import Track

DATA = Path(__file__).parents[1] / "data" / "arrangement"


def tracks_of(text: str) -> list[Track]:
    """One file a line, "name | title | album | disc.track", with nothing for what the file lacks; ";" is a note."""
    tracks = []
    for line in text.split("\n"):
        if line and not line.startswith(";"):
            name, title, album, number = (part.strip() for part in line.split("|"))
            disc, _, track = number.partition(".")
            tracks.append(
                Track(name, title or None, album or None, int(disc) if disc else None, int(track) if track else None)
            )
    return tracks


def groups_of(tracks: Sequence[Track], groups: Sequence[Group]) -> str:
    """Each group with its title, and its files beneath it in the order of listening."""
    lines = []
    for group in groups:
        names = [tracks[member].name for member in group.members]
        if group.arrangement is Arrangement.SEPARATE:
            lines += [f"separate: {name}" for name in names]
        else:
            lines += [f"{group.arrangement.value}: {group.title}", *(f"    {name}" for name in names)]
    return "\n".join(lines) + "\n"
