"""The atoms of an MP4, as mutagen walks them, but not without end: a file may hold millions of empty ones."""

from typing import BinaryIO

from mutagen.mp4._atom import Atoms

MAX_ATOMS = 100_000  # sixteen hours in fragments of four seconds


class TooManyAtomsError(ValueError):
    """There are more atoms than any recording has."""


class _Counting:
    """A file that counts how often it is read: twice or less for each atom."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._left = 2 * MAX_ATOMS

    def read(self, size: int) -> bytes:
        self._left -= 1
        if self._left < 0:
            raise TooManyAtomsError
        return self._file.read(size)

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()


def atoms_of(file: BinaryIO) -> Atoms:
    """All atoms in ``file``. Raises TooManyAtomsError, or whatever mutagen does of a damaged one."""
    file.seek(0)
    atoms: Atoms = Atoms(_Counting(file))
    return atoms
