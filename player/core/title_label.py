"""The section number that the title of a whole file or episode carries, which need not stand at its start:
"Two sources (Section 2.2.2 of “Scheming AIs”)", "Scheming AIs: 2.2.2 Two sources".

Labels at the start of a title are ``label``'s to find; which of them make one numbering is ``arrangement``'s to say.
"""

import re
from collections.abc import Sequence

from player.core.label import Label, find_label
from player.core.label_word import WORDS

_OPENING = re.compile(r"[(\[（]\s{0,3}")
_PLURAL = re.compile(r"(?P<word>[^\W\d_]{1,19})s(?=\s{1,3}[0-9IVXLC])")
_JOINT = re.compile(r"\s+[-–—|]\s+|:\s+|：")
_LOOKS = 4  # brackets of one title that are looked into, from the last


def find_labels(titles: Sequence[str]) -> list[Label | None]:
    """The label of each of ``titles``: at the start, behind a beginning that all of them share, or in brackets.

    ``end`` of a label that does not begin the title is 0: all of the title is left beside it.
    """
    found = [find_label(title) or _in_brackets(title) for title in titles]
    if not any(found):
        shared = _shared_length(titles)
        if shared:
            found = [_at(title, shared) for title in titles]
    return found


def _in_brackets(title: str) -> Label | None:
    """A label with a word within brackets: what else stands there is no number of this title."""
    for opening in list(_OPENING.finditer(title))[: -_LOOKS - 1 : -1]:
        inside = title[opening.end() :]
        plural = _PLURAL.match(inside)
        if plural and plural["word"].casefold() in WORDS:  # "Sections 4.1 and 4.2": the first of them
            inside = plural["word"] + inside[plural.end() :]
        label = find_label(inside.replace(")", " ").replace("]", " ").replace("）", " "))
        if label is not None and label.has_word:
            return label._replace(end=0)
    return None


def _at(title: str, start: int) -> Label | None:
    label = find_label(title[start:])
    return label and label._replace(end=0)


def _shared_length(titles: Sequence[str]) -> int:
    """How much all of ``titles``, three or more, have in common, up to the last joint within it ("Scheming AIs: ")."""
    if len(titles) < 3:
        return 0
    first, last = min(titles), max(titles)
    length = next((at for at, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), len(first))
    joints = [joint.end() for joint in _JOINT.finditer(first) if joint.end() <= length]
    return joints[-1] if joints else 0
