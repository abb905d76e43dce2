"""The exact length of an MP4's sound, from its samples and its edit list; of a fragmented one from its fragments."""

import struct
from typing import Any, BinaryIO

from mutagen.mp4._atom import Atoms

from player.readers.mp4_track import Track, boxes, movie_timescale, payload, tracks

_DEFAULT_DURATION_BY_FLAG = ((0x1, 8), (0x2, 4))  # of a tfhd: fields that stand before the default duration


def duration_ms(atoms: Atoms, file: BinaryIO) -> int | None:
    """How long the first sound track plays, rounded up to milliseconds; None when it cannot be told."""
    sound = next((track for track in tracks(atoms, file) if track.kind == "soun" and track.timescale > 0), None)
    if sound is None:
        return None
    samples = sum(count * length for count, length in sound.sample_times())
    samples = samples or _fragment_samples(atoms, file, sound)
    if samples <= 0:
        return None
    return _edited_ms(sound, samples, movie_timescale(atoms, file))


def _edited_ms(sound: Track, samples: int, movie_scale: int) -> int:
    """The edit list drops the encoder's delay in front and its padding at the end, and may put silence in front."""
    media_ms = -(-samples * 1000 // sound.timescale)
    plays = [edit for edit in sound.edits if edit.media_time >= 0]
    if len(plays) != 1 or movie_scale <= 0:
        return media_ms
    (play,) = plays
    silence = sum(edit.duration for edit in sound.edits if edit.media_time < 0)
    shown_ms = -(-max(0, samples - play.media_time) * 1000 // sound.timescale)
    if play.duration:
        # the movie's scale is often coarse: it may not lengthen what the samples give
        shown_ms = min(shown_ms, -(-play.duration * 1000 // movie_scale))
    return shown_ms + silence * 1000 // movie_scale


def _fragment_samples(atoms: Atoms, file: BinaryIO, sound: Track) -> int:
    total = 0
    default = _default_duration(atoms, file, sound.id)
    for moof in atoms.atoms:
        if moof.name != b"moof":
            continue
        for traf in moof.findall(b"traf"):
            total += _traf_samples(traf, file, sound.id, default)
    return total


def _default_duration(atoms: Atoms, file: BinaryIO, track_id: int) -> int:
    """What ``mvex/trex`` says that a sample of this track lasts; mutagen does not open ``mvex``."""
    for mvex in atoms[b"moov"].findall(b"mvex"):
        for name, trex in boxes(payload(mvex, file)):
            if name == b"trex" and int.from_bytes(trex[4:8], "big") == track_id:
                return int.from_bytes(trex[12:16], "big")
    return 0


def _traf_samples(traf: Any, file: BinaryIO, track_id: int, default: int) -> int:
    head = payload(traf[b"tfhd",], file)
    flags = int.from_bytes(head[1:4], "big")
    if int.from_bytes(head[4:8], "big") != track_id:
        return 0
    if flags & 0x8:
        at = 8 + sum(size for flag, size in _DEFAULT_DURATION_BY_FLAG if flags & flag)
        default = int.from_bytes(head[at : at + 4], "big")
    return sum(_trun_samples(payload(trun, file), default) for trun in traf.findall(b"trun"))


def _trun_samples(trun: bytes, default: int) -> int:
    flags, count = int.from_bytes(trun[1:4], "big"), int.from_bytes(trun[4:8], "big")
    if not flags & 0x100:
        return count * default
    start = 8 + (4 if flags & 0x1 else 0) + (4 if flags & 0x4 else 0)
    width = 4 * (flags & 0xF00).bit_count()
    ends = range(start, min(len(trun) - 3, start + count * width), width)
    return sum(struct.unpack_from(">I", trun, at)[0] for at in ends)
