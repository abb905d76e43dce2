"""The SOURCE of a command: a path, or standard input kept in a file meanwhile, and what it calls itself."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from player.core.errors import SourceError
from player.core.reading import Reading
from player.readers.title import clean_name

MAX_INPUT = 2 * 10**9  # bytes of standard input
PIECE = 1 << 20


@contextmanager
def path_of(source: str) -> Iterator[str]:
    """The path to read; standard input is kept in a file meanwhile, since readers look at both ends."""
    if source != "-":
        yield source
        return
    with tempfile.TemporaryDirectory(prefix="outspoken-") as folder:
        path = Path(folder, "input")
        try:
            _keep_input(path)
        except OSError as error:
            raise SourceError(f"It could not be kept while it is read: {error.strerror}.") from error
        yield str(path)


def _keep_input(path: Path) -> None:
    with path.open("wb") as file:
        while piece := sys.stdin.buffer.read(PIECE):
            file.write(piece)
            if file.tell() > MAX_INPUT:
                raise SourceError(f"This is more than {MAX_INPUT // 10**9} GB; please give the file's name instead.")


def title_of(reading: Reading, source: str) -> str | None:
    """What the source calls itself; of sound without a title the file's name."""
    if reading.title or source == "-" or reading.container is None:
        return reading.title
    return clean_name(Path(source).stem)
