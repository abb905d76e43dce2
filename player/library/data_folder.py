"""Where the library, and what can be made again, are kept. Chooses and makes folders; knows nothing of their files."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from player.core.errors import LibraryError

APP_NAME = "outspoken"
VARIABLE = "OUTSPOKEN_DATA_DIR"


class Folders(NamedTuple):
    """``data`` holds what must never be lost, ``cache`` what can be made again."""

    data: Path
    cache: Path


def data_folder(cli_value: str | None, environ: Mapping[str, str]) -> Folders:
    """The folders to use: ``--data-dir`` first, then ``OUTSPOKEN_DATA_DIR``, then the custom of the system.

    A folder named by the listener holds everything, the cache within it. Nothing is made here.
    """
    chosen = cli_value or environ.get(VARIABLE)
    if chosen:
        data = Path(chosen).expanduser().absolute()
        return Folders(data, data / "cache")
    import platformdirs  # only where nobody named a folder

    dirs = platformdirs.PlatformDirs(APP_NAME, appauthor=False)
    return Folders(Path(dirs.user_data_dir), Path(dirs.user_cache_dir))


def make_folder(folder: Path) -> None:
    """Make ``folder`` and those above it, readable by the listener alone; raises LibraryError where that fails.

    A folder that is there already is left as it is, also when it cannot be written: the library in it can be read.
    """
    if folder.is_dir():
        return
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        raise LibraryError(f"The folder {folder} cannot be made ({reason}).") from error
