"""Real files of every format that is read: small, with tags, notes, a cover and chapters."""

import json
import shutil
import struct
import tempfile
from pathlib import Path

from mutagen.flac import FLAC
from mutagen.id3 import COMM, ID3
from mutagen.oggopus import OggOpus

from tests import builders
from tests.builders import DATA, Mark

MARKS: list[Mark] = [(0, "1 Intro"), (400, "1.1 Ünï"), (700, "1.2 Ende (0:30)"), (900, "2 <b>x</b>")]
DEPTHS = [1, 2, 2, 1]


def corpus() -> dict[str, list[tuple[str, bytes]]]:
    """(suffix, content) of files, by the name of their kind."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        found = {kind: [(path.suffix, path.read_bytes()) for path in paths] for kind, paths in _sounds(folder).items()}
    for path in sorted((DATA / "chapter-file").iterdir()):
        if path.suffix != ".expected":
            kind = {".rss": "xml", ".psc": "xml", ".info": "json"}.get(path.suffix, path.suffix[1:])
            found.setdefault(kind, []).append((path.suffix, path.read_bytes()))
    for path in sorted((DATA / "other-tools").iterdir()):
        kind = {".rss": "xml", ".psc": "xml", ".m4a": "mp4", ".m4b": "mp4", ".ffmeta": "ffmetadata"}.get(
            path.suffix, path.suffix[1:]
        )
        found.setdefault(kind, []).append((path.suffix, path.read_bytes()))
    found["text"] = [(".txt", path.read_bytes()) for path in sorted((DATA / "text").glob("*.txt"))]
    found["html"] = [(".html", path.read_bytes()) for path in sorted((DATA / "text").glob("html-*.txt"))]
    found["json"] += [(".json", json.dumps({"chapters": [], "description": "<p>0:30 x" * 40}).encode())]
    return found


def _sounds(folder: Path) -> dict[str, list[Path]]:
    mp3 = builders.make_audio(folder / "a.mp3", 1)
    builders.write_id3_tags(mp3, "Title", "Author", "Album", builders.png())
    builders.write_id3_chapters(mp3, MARKS, 1000, DEPTHS)
    builders.write_overdrive_markers(mp3, MARKS)
    tags = ID3(mp3)
    tags.add(COMM(encoding=3, lang="eng", desc="", text="<p>At 0:30</p>" * 9))
    tags.save(mp3)
    old = Path(shutil.copy(mp3, folder / "old.mp3"))
    ID3(old).save(old, v2_version=3)
    chpl = builders.make_audio(folder / "a.m4b", 1)
    builders.write_mp4_tags(chpl, nam="Title", desc="At 0:30 <b>x")
    builders.write_chpl(chpl, MARKS)
    track = builders.make_audio(folder / "b.m4b", 1)
    builders.write_quicktime_track(track, MARKS, 1000)
    opus, ogg = builders.make_audio(folder / "a.opus", 1), builders.make_audio(folder / "a.ogg", 1)
    for path in (opus, ogg):
        builders.write_vorbis_chapters(path, MARKS)
    comments = OggOpus(opus)
    comments["DESCRIPTION"] = "At 0:30\nsection 2.3"
    comments.save()
    flac = builders.make_audio(folder / "a.flac", 1, None, "-compression_level", "12")
    lossless = FLAC(flac)
    lossless["CUESHEET"] = builders.cue_sheet(MARKS)
    lossless.save()
    mka = builders.make_audio(folder / "a.mka", 1)
    if builders.has_tool("mkvpropedit"):
        builders.write_matroska_chapters(mka, MARKS, 0, DEPTHS)
    else:
        builders.write_ffmpeg_chapters(mka, MARKS, 1000)
    wav, aiff = builders.make_audio(folder / "a.wav", 0.2), builders.make_audio(folder / "a.aiff", 0.2)
    for path in (wav, aiff):
        builders.write_id3_tags(path, "Title")
        builders.write_id3_chapters(path, MARKS, 200)
    rest = [builders.make_audio(folder / f"a{suffix}", 1) for suffix in (".aac", ".wma")]
    return {
        "mp3": [mp3, old],
        "mp4": [chpl, track],
        "ogg": [opus, ogg],
        "flac": [flac],
        "matroska": [mka, builders.make_audio(folder / "a.webm", 1)],
        "wav": [wav],
        "aiff": [aiff],
        "other": rest,
    }


def bomb() -> bytes:
    """A compressed ID3 frame that grows a thousandfold, for mutations of it."""
    import zlib

    packed = zlib.compress(b"\x03image/png\0\x03\0" + bytes(1_000_000), 9)
    frame = b"APIC" + struct.pack(">IH", len(packed) + 4, 0x0080) + struct.pack(">I", 1_000_000) + packed
    digits = [len(frame) >> shift & 0x7F for shift in (21, 14, 7, 0)]
    return b"ID3\x03\0\0" + bytes(digits) + frame
