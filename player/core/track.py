"""What is known of one file when files are arranged: its name and tags, and what a name alone says of order."""

import re
from typing import NamedTuple

from player.core.natural_order import NaturalKey, natural_key

_SUFFIX = re.compile(r"\.[^./\s]{1,5}$")
_DISC_FOLDER = re.compile(
    r"(?:cd|dis[ck]|disque|tape|side|teil|part)[\s._#-]{0,3}(?P<number>[0-9]{1,3})", re.IGNORECASE
)
# "01 - Loomings", "2. Loomings", "1-02 Loomings" (disc and track); 2.2 is no track, and 1984 no number of one.
_LEADING = re.compile(
    r"(?:(?P<disc>[0-9]{1,2})-(?=[0-9]{2,3}(?![0-9])))?(?P<track>[0-9]{1,3})(?![0-9])"
    r"(?:\s{0,3}[-–_.)]{1,3}\s{0,3}(?![0-9])|\s{1,3}(?:[-–]\s{1,3})?(?![0-9])|$)"
)
_NUMBER = re.compile(r"[0-9]+")
_TRAILING = re.compile(r"(?P<stem>.*?[^0-9.])(?P<track>[0-9]{1,3})(?:\s{0,3}(?:of|von|de|/)\s{0,3}[0-9]{1,3})?$")


class Track(NamedTuple):
    """``name`` is the path from the folder that was added, its own name first, "/" between folders.

    ``title``, ``album``, ``disc`` and ``track`` are tags, None where the file has none.
    """

    name: str
    title: str | None = None
    album: str | None = None
    disc: int | None = None
    track: int | None = None

    @property
    def folder(self) -> str:
        """The folder that it lies in."""
        return self.name.rpartition("/")[0]

    @property
    def stem(self) -> str:
        """The name of the file without its suffix."""
        return _SUFFIX.sub("", self.name.rpartition("/")[2])

    @property
    def shown_title(self) -> str:
        """Its title, else its name."""
        return self.title or self.stem

    @property
    def base(self) -> str:
        """The folder of the whole recording: that above, where its own is called "CD 2"."""
        above, _, last = self.folder.rpartition("/")
        return above if above and _DISC_FOLDER.fullmatch(last) else self.folder

    @property
    def disc_of_folder(self) -> int | None:
        """Which disc the folder is named after."""
        match = _DISC_FOLDER.fullmatch(self.folder.rpartition("/")[2])
        return int(match["number"]) if match else None

    @property
    def order(self) -> NaturalKey:
        """Its place by name."""
        return natural_key(_SUFFIX.sub("", self.name))


class NameNumber(NamedTuple):
    """A number at the start or the end of a name. Names of an equal ``kind`` count together, from one again in each
    ``about``: "Mozart 40" says nothing about "Beethoven 5", and "Part 2 - 01" follows "Part 1 - 12".
    """

    kind: str
    about: str
    number: int


def name_number(stem: str) -> NameNumber | None:
    """The number by which the name of a file counts it."""
    if leading := _LEADING.match(stem):
        return NameNumber("", leading["disc"] or "", int(leading["track"]))
    if trailing := _TRAILING.match(stem[-200:]):
        about = trailing["stem"].casefold()
        return NameNumber(f"{_NUMBER.sub('#', about)}#", about, int(trailing["track"]))
    return None


def names_disc(stem: str) -> bool:
    """Whether a name begins with disc and track, "1-02", which is no section number."""
    leading = _LEADING.match(stem)
    return leading is not None and leading["disc"] is not None
