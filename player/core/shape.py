"""Whether an episode is shown as a tree: what its listener may choose."""

from enum import Enum


class Shape(Enum):
    """``AUTO`` lets the rules decide, ``FLAT`` is a plain list, ``TREE`` nests also where the rules are in doubt."""

    AUTO = "auto"
    FLAT = "flat"
    TREE = "tree"
