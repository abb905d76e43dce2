"""One part of a source read on its own: when it is broken, the listener is told and the rest goes on."""

from collections.abc import Callable
from typing import TypeVar

from player.core.notice import Notice

Part = TypeVar("Part")


def attempt(read: Callable[[], Part], otherwise: Part, told: list[Notice], code: str, sentence: str) -> Part:
    """What ``read`` gives; if it fails in any way, ``otherwise``, and a notice with ``sentence`` is added to ``told``.

    Parsers of other people's bytes fail in every way there is (RecursionError, struct.error, MemoryError...), and the
    sound must still play.
    """
    try:
        return read()
    except Exception:  # noqa: BLE001, S110 - see above; told below, where what filled the memory is free again
        pass
    told.append(Notice(code, sentence))
    return otherwise
