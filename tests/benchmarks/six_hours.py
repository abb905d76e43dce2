"""Six hours of the tone that tells its own place, in the five encodings that matter. Made once into a folder."""

import subprocess
from pathlib import Path

from tests import tones

CYCLES = 118
LENGTH_MS = CYCLES * tones.CYCLE_S * 1000
KINDS = ("cbr.mp3", "vbr.mp3", "noxing.mp3", "book.m4b", "talk.opus")

_MP3_FRAMES = tones.CYCLE_S * 44_100 // 1152
_AAC_FRAMES = tones.CYCLE_S * 48_000 // 1024


def make(directory: Path) -> dict[str, Path]:
    """The five files in ``directory``, by kind; those that exist are kept."""
    directory.mkdir(parents=True, exist_ok=True)
    makers = {"cbr.mp3": _cbr, "vbr.mp3": _vbr, "noxing.mp3": _noxing, "book.m4b": _m4b, "talk.opus": _opus}
    paths = {}
    for kind in KINDS:
        paths[kind] = directory / kind
        if not paths[kind].exists():
            part = directory / f"part-{kind}"
            makers[kind](part)
            part.rename(paths[kind])
    return paths


def _cycle(directory: Path, kbps: int) -> list[bytes]:
    """The frames of one whole cycle from the middle of an encoding, so that they can be joined without a seam."""
    encoded = tones.encode(directory / "cycle.mp3", 2 * tones.CYCLE_S + 1, *tones.MP3, "-b:a", f"{kbps}k")
    frames = tones.raw_frames(encoded)[_MP3_FRAMES : 2 * _MP3_FRAMES]
    encoded.unlink()
    return frames


def _cbr(path: Path) -> None:
    path.write_bytes(b"".join(_cycle(path.parent, 64)) * CYCLES)


def _noxing(path: Path) -> None:
    slow, fast = _cycle(path.parent, 48), _cycle(path.parent, 160)
    each = tones.CHIRP_S * 44_100 // 1152
    mixed = b"".join((slow, fast)[index // each % 2][index] for index in range(_MP3_FRAMES))
    steady = b"".join(slow)
    # the first and the second half differ in their mean rate, so that no proportion leads to the right place
    path.write_bytes(steady * (CYCLES // 2) + mixed * (CYCLES - CYCLES // 2))


def _vbr(path: Path) -> None:
    raw = path.with_name("raw.mp3")
    _noxing(raw)
    _copy(raw, path)
    raw.unlink()


def _m4b(path: Path) -> None:
    encoded = tones.encode(
        path.with_name("cycle.aac"), 2 * tones.CYCLE_S + 1, "-c:a", "aac", "-b:a", "64k", rate=48_000
    )
    data, frames, at = encoded.read_bytes(), [], 0
    while at + 7 <= len(data):
        size = (data[at + 3] & 3) << 11 | data[at + 4] << 3 | data[at + 5] >> 5
        frames.append(data[at : at + size])
        at += size
    encoded.write_bytes(b"".join(frames[_AAC_FRAMES : 2 * _AAC_FRAMES]) * CYCLES)
    _copy(encoded, path, "-bsf:a", "aac_adtstoasc", "-f", "mp4")
    encoded.unlink()


def _opus(path: Path) -> None:
    codec = ("-c:a", "libopus", "-b:a", "24k", "-compression_level", "0")
    tones.encode(path, LENGTH_MS // 1000, *codec, rate=48_000)


def _copy(source: Path, target: Path, *options: str) -> None:
    command = ["ffmpeg", "-v", "error", "-y", "-i", str(source), "-c", "copy", *options, str(target)]
    subprocess.run(command, check=True, timeout=600)
