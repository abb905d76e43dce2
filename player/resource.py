"""Where the files that ship with the program are: icons, the tour, the list of system packages.

A checkout and an editable install keep them beside the package, in ``resources/``; a wheel carries them inside it, in
``player/resources/``. This file knows both homes and nothing of what lies in them.
"""

from functools import cache
from pathlib import Path


@cache
def _home() -> Path:
    package = Path(__file__).resolve().parent
    for home in (package / "resources", package.parent / "resources"):
        # A folder of that name alone could be anybody's: ours holds the package list that the start-up check reads.
        if (home / "apt.txt").is_file():
            return home
    raise FileNotFoundError(
        f"Files that belong to Outspoken are missing beside {package}; installing the program again brings them back."
    )


def path(*parts: str) -> Path:
    """The shipped file or folder ``parts``, such as ``path("icons", "play.svg")``.

    Raises ``FileNotFoundError`` when the whole folder is missing: the installation is broken. Whether the file itself
    exists is for the caller to see.
    """
    return _home().joinpath(*parts)
