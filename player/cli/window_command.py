"""``outspoken [FILE...]``: the window. The only command that loads Qt, and only when nothing keeps it from opening."""

import gc
import os
import sys
from collections.abc import Sequence

from player import requirement
from player.cli.restart import command_again, start_again
from player.core.errors import OutspokenError
from player.library.data_folder import data_folder
from player.playback.environment import give_memory_back, prepare_environment


def run(files: Sequence[str], data_dir: str | None, *, resume: bool = False) -> int:
    """Open the window with ``files`` and run it until it is closed; returns the exit code.

    ``data_dir`` is the value of ``--data-dir``; ``resume`` plays the last recording on when no files are given. What
    keeps the window from opening is one paragraph on stderr.
    """
    obstacle = requirement.check_display() or requirement.check_libraries()
    if obstacle:
        print(obstacle, file=sys.stderr)
        return 1
    prepare_environment()
    give_memory_back()
    gc.disable()  # there is none while the program is loaded and built; the window looks for it once it is painted
    from player import app

    try:
        status = app.run(files, data_folder(data_dir, os.environ), resume=resume)
    except OutspokenError as error:
        print(error, file=sys.stderr)
        return 1
    return start_again(command_again(data_dir)) if status == app.START_AGAIN else status
