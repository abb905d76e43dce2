"""What tests let a child do. Importable there, so it imports nothing heavy."""

import mmap
import os
import sys
import time
from pathlib import Path

from player.core.errors import NotAudioError


def total(*numbers: int) -> tuple[int, int]:
    """The child's process id and the sum of ``numbers``."""
    return os.getpid(), sum(numbers)


def loaded_modules() -> list[str]:
    """The names of all modules in the child."""
    return list(sys.modules)


def refuse() -> None:
    """Say no in words."""
    raise NotAudioError("This is no sound.")


def divide(by: int) -> float:
    """A bug, for 0."""
    return 1 / by


def compute_for(seconds: float) -> None:
    """Use the processor for ``seconds``."""
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def compute_in_c() -> int:
    """Half a minute in one call of C code, during which no Python runs in the child."""
    return len(str(pow(7, 3_000_000) ** 3)) if sys.set_int_max_str_digits(0) is None else 0


def mapped_size(path: str) -> int:
    """The size of the file at ``path`` as it is mapped into memory."""
    with Path(path).open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
        return len(mapped)


def fail_to_start(_memory_bytes: int) -> None:
    """An initializer that ends the child."""
    os._exit(9)


def compute_in_c_for(_path: str) -> int:
    """``compute_in_c`` in the place of a reader."""
    return compute_in_c()


def compute_beside(_path: str, _duration_ms: int | None) -> int:
    """``compute_in_c`` in the place of what reads beside a sound."""
    return compute_in_c()


def complain() -> None:
    """Write where a dying interpreter writes."""
    os.write(2, b"Traceback (most recent call last)\n")
    print("Traceback", file=sys.stderr, flush=True)


def fill_memory() -> None:
    """Use all memory there is in small pieces, so that nothing is left to handle the error with."""
    kept = []
    while True:
        kept.append(bytearray(40))


def total_slowly(seconds: float) -> tuple[int, float]:
    """The child's process id, and when it began to wait."""
    begun = time.monotonic()
    time.sleep(seconds)
    return os.getpid(), begun
