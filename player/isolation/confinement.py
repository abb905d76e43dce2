"""What a child does to itself before it touches anything from outside: limits, and dying with its parent.

Runs in the child only. Where the system has no such limits (Windows), the time-out of the call is what remains.
"""

import multiprocessing
import os
import signal
import sys
import threading
import time
from multiprocessing import connection

WATCH_S = 0.05
OUT_OF_MEMORY = 78  # exit code of a child that stopped itself because it grew too large


def confine(memory_bytes: int) -> None:
    """Limit this process to ``memory_bytes`` of its own memory, no core dumps, and the life of its parent."""
    # terminated means now: an end in Python would wait for a parser that hangs in C
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _be_silent()
    _limit_memory(memory_bytes)
    threading.Thread(target=_die_with_parent, daemon=True).start()


def limit_cpu(seconds: float) -> None:
    """Let the system kill this process once it has used ``seconds`` more of processor time; 0 means no limit.

    Unlike a time-out this also ends a hang that nobody waits for any more, and does not punish a slow disk.
    """
    if sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    limit = int(used.ru_utime + used.ru_stime + seconds) + 1 if seconds else resource.RLIM_INFINITY
    resource.setrlimit(resource.RLIMIT_CPU, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))


def _be_silent() -> None:
    """Errors come back as values; what dies in the child may not write over the listener's terminal."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)


def _limit_memory(memory_bytes: int) -> None:
    """On Linux the data segment and private mappings, which leaves mapping a large file free; else a watcher."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    if sys.platform == "linux":
        hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
        resource.setrlimit(resource.RLIMIT_DATA, (memory_bytes, hard))
    else:
        threading.Thread(target=_watch_memory, args=(memory_bytes,), daemon=True).start()


def _watch_memory(memory_bytes: int) -> None:
    if sys.platform != "win32":
        import resource

        unit = 1 if sys.platform == "darwin" else 1024
        while resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit < memory_bytes:
            time.sleep(WATCH_S)
        os._exit(OUT_OF_MEMORY)


def _die_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(0)
