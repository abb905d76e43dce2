"""The environment that Qt's sound needs, set before Qt loads. Nothing here imports Qt."""

import ctypes
import os
from collections.abc import MutableMapping

# One line on stderr for each file otherwise.
_LOGGING_RULE = "qt.multimedia.*=false"
# No file may make FFmpeg open the network or another file, whatever it claims to be; concatf is our sample table.
_PROTOCOLS = "file,concatf"
_MMAP_THRESHOLD, _ARENA_MAX = -3, -8  # of <malloc.h>


def prepare_environment(environment: MutableMapping[str, str] | None = None) -> None:
    """Sets what must be set before the first import of PySide6, in ``os.environ`` unless another is given.

    Logging rules of the listener are kept; the list of allowed protocols is never left to others.
    """
    target = os.environ if environment is None else environment
    rules = target.get("QT_LOGGING_RULES", "")
    if _LOGGING_RULE not in rules.split(";"):
        target["QT_LOGGING_RULES"] = f"{_LOGGING_RULE};{rules}" if rules else _LOGGING_RULE
    target["QT_FFMPEG_PROTOCOL_WHITELIST"] = _PROTOCOLS


def give_memory_back() -> None:
    """Let what the sound's threads free return to the system, where the C library is glibc.

    The index of a six-hour file takes tens of megabytes; by default each thread that ever made one keeps as much.
    """
    try:
        set_option = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError, TypeError):
        return  # another system, another way to keep house
    set_option(_MMAP_THRESHOLD, 256 * 1024)
    set_option(_ARENA_MAX, 2)
