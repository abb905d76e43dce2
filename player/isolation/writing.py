"""Tags of files from outside, changed in the child: what is taken apart there cannot harm who writes the copy."""

from typing import TYPE_CHECKING

from player.isolation.reading import CPU_S, TIMEOUT_S, shared_child

if TYPE_CHECKING:
    from player.writers.document import Document
    from player.writers.id3_tag import NewTag

CPU_S_A_GB = 30.0


def make_tag_isolated(tag: bytes, document: "Document") -> "NewTag":
    """``tag`` with other chapters. Raises ExportError or SourceError with a sentence."""
    cpu_s = CPU_S + CPU_S_A_GB * len(tag) / 1e9
    return shared_child().call(_make_tag, tag, document, timeout_s=TIMEOUT_S, cpu_s=cpu_s)


def _make_tag(tag: bytes, document: "Document") -> "NewTag":
    from player.writers.id3_tag import with_chapters

    return with_chapters(tag, document)
