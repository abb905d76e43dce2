"""``outspoken [FILE...]``: the window. The only command that loads Qt, and only when nothing keeps it from opening."""

import os
import sys
from collections.abc import Sequence

from player import requirement
from player.core.errors import OutspokenError
from player.library.data_folder import data_folder
from player.playback.environment import prepare_environment


def run(files: Sequence[str], data_dir: str | None) -> int:
    """Open the window with ``files`` and run it until it is closed; returns the exit code.

    ``data_dir`` is the value of ``--data-dir``. What keeps the window from opening is one paragraph on stderr.
    """
    obstacle = requirement.check_display() or requirement.check_libraries()
    if obstacle:
        print(obstacle, file=sys.stderr)
        return 1
    prepare_environment()
    from player import app

    try:
        return app.run(files, data_folder(data_dir, os.environ))
    except OutspokenError as error:
        print(error, file=sys.stderr)
        return 1
