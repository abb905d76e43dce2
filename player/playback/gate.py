"""The gate before Qt: only a regular local file whose first bytes are those of a sound container gets through.

FFmpeg decides by content what a file is, and a text can tell it to open other files or the network. So no text ever
reaches it, whatever its name; and nothing that could block, such as a pipe, is ever opened by it. The table of
containers is that of the readers.
"""

import re
from pathlib import Path

from player.core.errors import NotAudioError, SourceError
from player.readers.head import Head, read_head, refuse_protected

GUESSED_DURATION = frozenset({"mp3", "mp2", "aac", "ac3", "mpegts"})  # containers whose duration Qt can only guess

_PLAYLIST = re.compile(rb"\s*(ffconcat|#EXTM3U|#EXTINF|v=0\r?\n|\[playlist\]|<\?xml|<asx|<smil)", re.IGNORECASE)
_SYNC = re.compile(rb"\xff[\xe2\xe3\xf2\xf3\xfa\xfb]", re.DOTALL)


def check(path: str) -> str:
    """The container of the file at ``path``, which may be handed to Qt; raises SourceError with a sentence if not."""
    try:
        path.encode("utf-8")
    except UnicodeEncodeError as error:
        raise SourceError(
            "The name of this file is not valid UTF-8; please rename it, then it can be played."
        ) from error
    head = read_head(Path(path))
    refuse_protected(head)
    if _PLAYLIST.match(head.first) or _PLAYLIST.match(head.sound):
        raise NotAudioError("This is a list of other files, not a sound file.")
    container = head.container or ("mp3" if _may_be_damaged_sound(head) else None)
    if container is None:
        raise NotAudioError("This is not a sound file of a kind that can be played here.")
    return container


def _may_be_damaged_sound(head: Head) -> bool:
    """Rubbish between a tag and the first frame, but not a text: a text holds no zeros and no bytes above 0xF7."""
    return head.sound is not head.first and _SYNC.search(head.sound) is not None and b"\0" in head.sound
