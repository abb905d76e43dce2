"""A file that comes into being whole or not at all, and never in the place of another."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from player.core.errors import ExportError

EXISTS = "There is a file of that name already, and it is never overwritten."


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """A file to fill, which gets the name ``path`` when the block ends well; when it does not, nothing is left.

    Raises ExportError with a sentence, also for any OSError within the block.
    """
    part = path.parent / f".outspoken-{secrets.token_hex(8)}.part"
    try:
        if os.path.lexists(path):
            raise ExportError(EXISTS)
        with part.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _name(part, path)
        _sync_folder(path.parent)
    except OSError as error:
        raise ExportError(f"The file could not be written: {error.strerror or error}.") from error
    except ValueError as error:  # a NUL in the name
        raise ExportError("This is not a name that a file can have.") from error
    finally:
        _remove(part)


def _name(part: Path, path: Path) -> None:
    """A link refuses a name that is taken, which a rename does not; some file systems have no links."""
    try:
        os.link(part, path)
    except FileExistsError as error:
        raise ExportError(EXISTS) from error
    except OSError:
        if os.path.lexists(path):
            raise ExportError(EXISTS) from None
        part.rename(path)


def _remove(part: Path) -> None:
    try:
        part.unlink(missing_ok=True)
    except (OSError, ValueError):
        return  # what keeps it from going kept it from coming: that is told already


def _sync_folder(folder: Path) -> None:
    """The name outlasts a power cut too, where folders can be synced."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
