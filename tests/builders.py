"""Media and chapters for tests, made with ffmpeg and mutagen at test time. No tests and no expectations here."""

import functools
import re
import shutil
import struct
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from mutagen.aiff import AIFF
from mutagen.flac import FLAC
from mutagen.id3 import APIC, CHAP, CTOC, ID3, TALB, TIT2, TPE1, TXXX, CTOCFlags
from mutagen.mp4 import MP4, Atom, Atoms
from mutagen.oggopus import OggOpus
from mutagen.oggvorbis import OggVorbis
from mutagen.wave import WAVE

from tests import tones

DATA = Path(__file__).parent / "data"
SEED_PAGE = DATA / "text" / "scheming-ais.txt"
SEED_SECONDS = 22_170  # 6:09:30, a little past the last of the seed's chapters

Mark = tuple[int, str]  # start in milliseconds, title

RATE = 48_000  # a cycle of the tone is a whole number of frames of every codec here
MP3_FRAME, AAC_FRAME = 1152, 1024

CODECS = {
    ".mp3": "libmp3lame",
    ".m4a": "aac",
    ".m4b": "aac",
    ".mp4": "aac",
    ".aac": "aac",
    ".ogg": "libvorbis",
    ".opus": "libopus",
    ".flac": "flac",
    ".wav": "pcm_s16le",
    ".aiff": "pcm_s16be",
    ".mka": "libopus",
    ".webm": "libopus",
    ".wma": "wmav2",
}


def ffmpeg(*arguments: str | Path) -> None:
    """Run ffmpeg quietly; it must succeed."""
    command = ["ffmpeg", "-nostdin", "-hide_banner", "-loglevel", "error", "-y", *map(str, arguments)]
    subprocess.run(command, check=True, capture_output=True)


def make_audio(path: Path, seconds: float = 3.0, codec: str | None = None, *options: str) -> Path:
    """A short recording at ``path`` whose tone tells its time, without tags; the suffix names the container."""
    codec = codec or CODECS[path.suffix.lower()]
    sound = tones.lavfi(seconds, RATE)
    ffmpeg("-f", "lavfi", "-i", sound, "-map_metadata", "-1", "-c:a", codec, "-b:a", "32k", *options, path)
    return path


def long_audio(path: Path, seconds: int) -> Path:
    """Hours of sound in a second or two: one cycle of the tone is encoded once, its frames are joined many times.

    The suffix names the container: .mp3 (constant bit rate, no Xing header), .m4b or .m4a, .opus or .ogg, .flac.
    """
    suffix = path.suffix.lower()
    if suffix == ".mp3":
        path.write_bytes(_repeat(_mp3_frames(), -(-seconds * RATE // MP3_FRAME)))
    elif suffix in {".m4a", ".m4b"}:
        with tempfile.NamedTemporaryFile(suffix=".aac", dir=path.parent) as raw:
            raw.write(_repeat(_aac_frames(), -(-seconds * RATE // AAC_FRAME)))
            raw.flush()
            ffmpeg("-i", raw.name, "-c", "copy", "-f", "ipod", path)
    elif suffix in {".opus", ".ogg"}:
        with tempfile.NamedTemporaryFile(suffix=suffix, dir=path.parent) as cycle:
            make_audio(Path(cycle.name), tones.CYCLE_S, None, *(("-vbr", "off") if suffix == ".opus" else ()))
            ffmpeg("-stream_loop", "-1", "-i", cycle.name, "-t", str(seconds), "-c", "copy", path)
    elif suffix == ".flac":
        ffmpeg("-f", "lavfi", "-i", f"sine=440:sample_rate=8000:duration={seconds}", "-c:a", "flac", path)
    else:
        raise ValueError(f"no long audio for {suffix}")
    return path


def write_id3_tags(path: Path, title: str = "", author: str = "", album: str = "", cover: bytes = b"") -> None:
    """Title, author, album and cover as ID3 frames, beside what is there."""
    tags = _id3(path)
    for frame, text in ((TIT2, title), (TPE1, author), (TALB, album)):
        if text:
            tags.add(frame(encoding=3, text=text))
    if cover:
        tags.add(APIC(encoding=3, mime="image/jpeg", type=3, desc="", data=cover))
    tags.save(path)


def write_id3_chapters(path: Path, chapters: Sequence[Mark], end_ms: int = 0, depths: Sequence[int] = ()) -> None:
    """CHAP frames and a CTOC, flat or, with ``depths``, nested: a chapter with deeper ones after it opens a table of
    its own, named like it, whose first child is the chapter itself.
    """
    tags = _id3(path)
    ends = [start for start, _ in chapters[1:]] + [end_ms or chapters[-1][0] + 1000]
    children: dict[str, list[str]] = {"toc": []}
    titles: dict[str, str] = {}
    open_tables = [(0, "toc")]
    for index, (start, title) in enumerate(chapters):
        tags.add(_chap(f"c{index}", start, ends[index], title))
        depth = depths[index] if depths else 1
        while open_tables[-1][0] >= depth:
            open_tables.pop()
        is_parent = bool(depths) and index + 1 < len(chapters) and depths[index + 1] > depth
        if is_parent:
            table = f"t{index}"
            children[open_tables[-1][1]].append(table)
            children[table], titles[table] = [], title
            open_tables.append((depth, table))
        children[open_tables[-1][1]].append(f"c{index}")
    for table, ids in children.items():
        flags = CTOCFlags.ORDERED | (CTOCFlags.TOP_LEVEL if table == "toc" else 0)
        sub_frames = [TIT2(encoding=3, text=titles[table])] if table in titles else []
        tags.add(CTOC(element_id=table, flags=flags, child_element_ids=ids[:255], sub_frames=sub_frames))
    tags.save(path)


def write_chpl(path: Path, chapters: Sequence[Mark]) -> None:
    """A Nero ``moov/udta/chpl`` atom put into an MP4 whose ``moov`` stands at the end, as ffmpeg leaves it."""
    entries = b""
    for start, title in chapters[:255]:
        name = title.encode()[:255]
        entries += struct.pack(">QB", start * 10_000, len(name)) + name
    write_raw_chpl(path, b"\x01\0\0\0" + struct.pack(">BI", 0, min(255, len(chapters))) + entries)


def write_raw_chpl(path: Path, payload: bytes) -> None:
    """A ``chpl`` atom with any payload, for broken ones."""
    chpl = Atom.render(b"chpl", payload)
    with path.open("r+b") as file:
        moov = next(atom for atom in Atoms(file).atoms if atom.name == b"moov")
        file.seek(moov.offset)
        raw = file.read()
        if len(raw) != moov.length:
            raise ValueError("moov is not at the end")
        udta = next(iter(moov.findall(b"udta")), None)
        at, added = len(raw), Atom.render(b"udta", chpl)
        if udta is not None:
            at, added = udta.offset - moov.offset + udta.length, chpl
            head = udta.offset - moov.offset
            raw = raw[:head] + struct.pack(">I", udta.length + len(chpl)) + raw[head + 4 :]
        file.seek(moov.offset)
        file.write(struct.pack(">I", moov.length + len(added)) + raw[4:at] + added + raw[at:])


def write_quicktime_track(path: Path, chapters: Sequence[Mark], end_ms: int = 0) -> None:
    """A QuickTime chapter track, written by ffmpeg; tags and sound stay."""
    write_ffmpeg_chapters(path, chapters, end_ms, "-movflags", "+disable_chpl", "-f", "ipod")


def write_ffmpeg_chapters(path: Path, chapters: Sequence[Mark], end_ms: int = 0, *options: str) -> None:
    """Chapters as ffmpeg writes them into the container that the suffix names; tags and sound stay."""
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        copy, notes = Path(folder, path.name), Path(folder, "chapters.txt")
        notes.write_text(ffmetadata(chapters, end_ms), encoding="utf-8")
        maps = ("-map", "0:a", "-map_metadata", "0", "-map_chapters", "1")
        ffmpeg("-i", path, "-i", notes, *maps, "-c", "copy", *options, copy)
        copy.replace(path)


def write_vorbis_chapters(path: Path, chapters: Iterable[Mark], first: int = 0, digits: int = 3) -> None:
    """CHAPTERxxx comments in an Ogg Vorbis, Opus or FLAC file."""
    kinds = {".ogg": OggVorbis, ".opus": OggOpus, ".flac": FLAC}
    tags = kinds[path.suffix.lower()](path)
    for number, (start, title) in enumerate(chapters, first):
        key = f"CHAPTER{number:0{digits}}"
        tags[key] = clock(start)
        tags[key + "NAME"] = title
    tags.save()


def write_overdrive_markers(path: Path, markers: Sequence[Mark]) -> None:
    """OverDrive's XML in an ID3 text frame, its times in minutes that may pass 59."""
    rows = (
        f"<Marker><Name>{escape(name)}</Name><Time>{ms // 60_000}:{ms % 60_000 / 1000:06.3f}</Time></Marker>"
        for ms, name in markers
    )
    tags = _id3(path)
    tags.add(TXXX(encoding=3, desc="OverDrive MediaMarkers", text=f"<Markers>{''.join(rows)}</Markers>"))
    tags.save(path)


def write_matroska_chapters(path: Path, chapters: Sequence[Mark], end_ms: int = 0, depths: Sequence[int] = ()) -> None:
    """Chapter atoms, written by mkvpropedit; nested with ``depths``. The sound has to be Matroska already."""
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        notes = Path(folder, "chapters.xml")
        notes.write_text(matroska_xml(chapters, depths), encoding="utf-8")
        subprocess.run(["mkvpropedit", "-q", path, "--chapters", notes], check=True, capture_output=True)


def has_tool(name: str) -> bool:
    """Whether a program that writes test media is installed."""
    return shutil.which(name) is not None


def matroska_xml(chapters: Sequence[Mark], depths: Sequence[int] = ()) -> str:
    """The chapters as Matroska's XML, nested with ``depths``."""
    parts = ['<?xml version="1.0"?>\n<Chapters><EditionEntry>']
    for index, (start, title) in enumerate(chapters):
        depth = depths[index] if depths else 1
        following = (*depths[index + 1 : index + 2], 1)[0]
        display = f"<ChapterDisplay><ChapterString>{escape(title)}</ChapterString></ChapterDisplay>"
        parts.append(f"<ChapterAtom><ChapterTimeStart>{clock(start)}000000</ChapterTimeStart>{display}")
        parts.append("</ChapterAtom>" * (depth - following + 1))
    return "".join([*parts, "</EditionEntry></Chapters>"])


def cue_sheet(chapters: Sequence[Mark], name: str = "book.flac") -> str:
    """The chapters as a cue sheet about one file; what is finer than a 75th of a second is lost."""
    rows = [f'FILE "{name}" WAVE']
    for number, (start, title) in enumerate(chapters, 1):
        position = f"{start // 60_000:02}:{start // 1000 % 60:02}:{start % 1000 * 75 // 1000:02}"
        rows.append(f'  TRACK {number:02} AUDIO\n    TITLE "{title}"\n    INDEX 01 {position}')
    return "\n".join(rows) + "\n"


def write_mp4_tags(path: Path, **tags: object) -> None:
    """iTunes tags by their four-letter names, ``nam`` for ``©nam``."""
    file = MP4(path)
    for name, value in tags.items():
        file["\xa9" + name if len(name) == 3 else name] = value
    file.save()


def ffmetadata(chapters: Sequence[Mark], end_ms: int = 0) -> str:
    """The chapters as ffmpeg's own metadata text."""
    ends = [start for start, _ in chapters[1:]] + [end_ms or chapters[-1][0] + 1000]
    blocks = [";FFMETADATA1"]
    for (start, title), end in zip(chapters, ends, strict=True):
        escaped = re.sub(r"([=;#\\\n])", r"\\\1", title)
        blocks.append(f"[CHAPTER]\nTIMEBASE=1/1000\nSTART={start}\nEND={end}\ntitle={escaped}")
    return "\n".join(blocks) + "\n"


def clock(ms: int) -> str:
    """``ms`` as hh:mm:ss.mmm."""
    seconds, rest = divmod(ms, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"


@functools.cache
def seed_chapters() -> tuple[Mark, ...]:
    """The 119 chapters of the seed's page, read by the simplest means there are."""
    rows = re.findall(r"^\d+\. (.*) \((\d\d):(\d\d):(\d\d)\)$", SEED_PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    marks = [((int(h) * 3600 + int(m) * 60 + int(s)) * 1000, title) for title, h, m, s in rows]
    return tuple(marks[: len(marks) // 2])


def png(width: int = 2, height: int = 2) -> bytes:
    """A PNG header with a size, enough to be recognised; not meant to be painted."""
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sIIBBBBB", 13, b"IHDR", width, height, 8, 2, 0, 0, 0) + bytes(4)


def _id3(path: Path) -> Any:
    """The ID3 tag of a sound, in the chunk that WAV and AIFF have for it."""
    kind = {".wav": WAVE, ".aiff": AIFF}.get(path.suffix.lower())
    if kind:
        file = kind(path)
        if file.tags is None:
            file.add_tags()
        return file.tags
    tags = ID3()
    if path.read_bytes()[:3] == b"ID3":
        tags.load(path)
    return tags


def _chap(element_id: str, start: int, end: int, title: str | None) -> CHAP:
    sub_frames = [] if title is None else [TIT2(encoding=3, text=title)]
    return CHAP(element_id=element_id, start_time=start, end_time=end, sub_frames=sub_frames)


def _repeat(frames: Sequence[bytes], count: int) -> bytes:
    whole, rest = divmod(count, len(frames))
    return b"".join(frames) * whole + b"".join(frames[:rest])


@functools.cache
def _mp3_frames() -> tuple[bytes, ...]:
    options = ("-f", "mp3", "-write_xing", "0", "-id3v2_version", "0", "-reservoir", "0")
    raw = _encoded("cycle.mp3", *options)
    starts = [match.start() for match in re.finditer(rb"\xff\xfb[\x10-\xef]", raw)]
    size = 96  # 32 kbit/s at 48 kHz: every frame the same
    frames = tuple(raw[at : at + size] for at in range(starts[0], len(raw) - size + 1, size))
    return frames[: tones.CYCLE_S * RATE // MP3_FRAME]


@functools.cache
def _aac_frames() -> tuple[bytes, ...]:
    raw = _encoded("cycle.aac")
    starts = [0]
    while starts[-1] + 7 <= len(raw):
        at = starts[-1]
        starts.append(at + ((raw[at + 3] & 3) << 11 | raw[at + 4] << 3 | raw[at + 5] >> 5))
    frames = tuple(raw[start:end] for start, end in pairwise(starts))
    return frames[1 : 1 + tones.CYCLE_S * RATE // AAC_FRAME]


def _encoded(name: str, *options: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return make_audio(Path(folder, name), tones.CYCLE_S, None, *options).read_bytes()
