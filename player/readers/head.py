"""The first bytes of a regular file, by which its format is told. Opening a file safely is here too; parsing is not."""

import os
import stat
from pathlib import Path
from typing import BinaryIO, NamedTuple

from player.core.errors import NotAudioError, SourceError
from player.readers.container import container_of
from player.readers.encoding import head_text
from player.readers.mp3_tags import leading_tag_size

FIRST_BYTES = 4_096
MAX_TAGS = 8  # one behind the other


class Head(NamedTuple):
    """What is known of a file before it is parsed: ``suffix`` in lower case, the ``first`` bytes, and ``sound``, the
    bytes after the ID3v2 tags in front (the first bytes when there are none).
    """

    suffix: str
    first: bytes
    sound: bytes

    @property
    def container(self) -> str | None:
        """The container of sound that this is the head of; None for anything else."""
        return container_of(self.sound)

    @property
    def text(self) -> str:
        """The first lines, as far as they are text; one that is cut off is not among them."""
        text = head_text(self.first)
        whole, end, _ = text.rpartition("\n")
        return whole if end and len(self.first) >= FIRST_BYTES else text


def open_regular(path: Path) -> BinaryIO:
    """``path`` open for reading. Never blocks on a pipe or a device. Raises SourceError with a sentence."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOCTTY", 0)
    try:
        descriptor = os.open(path, flags)
    except FileNotFoundError as error:
        raise SourceError("There is no such file.") from error
    except IsADirectoryError as error:
        raise SourceError("This is a folder, not a file.") from error
    except PermissionError as error:
        if path.is_dir():  # what Windows says of a folder
            raise SourceError("This is a folder, not a file.") from error
        raise SourceError("The file may not be read: permission denied.") from error
    except OSError as error:
        raise SourceError(f"The file could not be opened: {error.strerror}.") from error
    except ValueError as error:  # a NUL in the name
        raise SourceError("This is not a name that a file can have.") from error
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode):
        os.close(descriptor)
        raise SourceError("This is a folder, not a file." if stat.S_ISDIR(mode) else "This is not a regular file.")
    return os.fdopen(descriptor, "rb")


def read_head(path: Path) -> Head:
    """The head of the file at ``path``. Raises SourceError when it cannot be read, NotAudioError when it is empty."""
    with open_regular(path) as file:
        try:
            first = sound = file.read(FIRST_BYTES)
            offset = 0
            for _ in range(MAX_TAGS):
                size = leading_tag_size(sound) if sound.startswith(b"ID3") else 0
                if not size:
                    break
                offset += size
                file.seek(offset)
                sound = file.read(FIRST_BYTES)
        except OSError as error:
            raise SourceError(f"The file could not be read: {error.strerror}.") from error
    if not first:
        raise NotAudioError("The file is empty.")
    return Head(path.suffix.lower(), first, sound)


def refuse_protected(head: Head) -> None:
    """Raises NotAudioError for sound that only its shop's own player can open."""
    if head.first[4:12] in (b"ftypaax ", b"ftypaaxc"):
        raise NotAudioError("This is an AAX file: it is protected by its shop and cannot be played here.")


def read_bytes(path: Path, limit: int, too_large: str) -> bytes:
    """The whole of a small file. Raises SourceError, with the sentence ``too_large`` beyond ``limit`` bytes."""
    with open_regular(path) as file:
        try:
            raw = file.read(limit + 1)
        except OSError as error:
            raise SourceError(f"The file could not be read: {error.strerror}.") from error
    if len(raw) > limit:
        raise SourceError(too_large)
    return raw
