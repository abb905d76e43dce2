"""Starting this very process anew: the same program, the same library, where it was, and it goes on playing.

A sound connection that was lost can be had again only by a new process.
"""

import os
import subprocess
import sys
from collections.abc import Sequence


def command_again(data_dir: str | None) -> list[str]:
    """How this process was started, by ``python -m``, by a script or as a program of its own, to go on where it was.

    The recordings that were named are in the library by now; what is not kept there is only where the library is.
    """
    arguments = len(sys.argv) - 1
    start = sys.orig_argv[1 : len(sys.orig_argv) - arguments]
    options = [] if data_dir is None else ["--data-dir", data_dir]
    return [sys.executable, *start, *options, "--resume"]


def start_again(command: Sequence[str]) -> int:
    """Become ``command``; where a process cannot, run it as a child until it ends. The exit status of the child."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # a program without a console has none
            stream.flush()
    if sys.platform == "win32":
        return subprocess.run(command, check=False).returncode
    os.execv(command[0], list(command))
