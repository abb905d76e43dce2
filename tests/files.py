"""Many small tagged recordings for tests about folders: one second of sound is encoded once, and a little of it is
different in each, since equal sound is one recording.
"""

import functools
import tempfile
from pathlib import Path
from zlib import crc32

from mutagen.id3 import ID3, TALB, TIT2, TPE1, TPOS, TRCK

from tests.builders import make_audio, seed_chapters


@functools.cache
def second_of_sound() -> bytes:
    """An MP3 of one second without any tag."""
    with tempfile.TemporaryDirectory() as folder:
        return make_audio(Path(folder, "a.mp3"), 1.0, None, "-id3v2_version", "0").read_bytes()


def put_mp3(
    path: Path, title: str = "", *, album: str = "", track: int = 0, disc: int = 0, author: str = "A speaker"
) -> Path:
    """A second of sound at ``path`` with these tags; nothing is written for what is empty."""
    path.parent.mkdir(parents=True, exist_ok=True)
    sound = second_of_sound()
    path.write_bytes(sound[:-8] + crc32(bytes(path)).to_bytes(4, "big") + sound[-4:])  # in the last frame
    tags = ID3()
    texts = ((TIT2, title), (TALB, album), (TPE1, author), (TRCK, str(track or "")), (TPOS, str(disc or "")))
    for frame, text in texts:
        if text:
            tags.add(frame(encoding=3, text=text))
    tags.save(path)
    return path


def put_book(folder: Path, count: int = 12, title: str = "Emma") -> list[Path]:
    """A book of ``count`` files whose tracks, not names, tell the order."""
    return [
        put_mp3(folder / f"{count - at:02}.mp3", f"Part {at + 1}: Title", album=title, track=at + 1)
        for at in range(count)
    ]


def put_seed(folder: Path) -> list[Path]:
    """Each section of the seed as an episode of its own, in the order of the seed, under names that say nothing."""
    titles = [title for _, title in seed_chapters()]
    return [
        put_mp3(folder / f"episode-{at * 37 % len(titles):03}x.mp3", title, album="Joe Carlsmith Audio")
        for at, title in enumerate(titles)
    ]
