"""What people and their tools do to a recording without touching its sound. No tests and no expectations here.

Each change takes the path of a recording and gives the path where it is afterwards. The tools are those that listeners
use; mutagen stands in where Debian has none (tags of Opus and WAV).
"""

import base64
import functools
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import mutagen
from mutagen.flac import Picture
from mutagen.id3 import APIC, TALB, TIT2, TPE1

from tests.builders import ffmpeg, make_audio, write_ffmpeg_chapters, write_vorbis_chapters

Change = Callable[[Path], Path]
KINDS = (".mp3", ".m4b", ".opus", ".flac", ".mka", ".wav", ".ogg")
MARKS = [(0, "1. One"), (4_000, "1.1 Two"), (9_000, "2. Three")]
SECONDS = 20.0
TITLE = "Quite another title, and a good deal longer than the one before"


def recording(path: Path, seconds: float = SECONDS) -> Path:
    """A recording with chapters, of the kind that the suffix names."""
    path.write_bytes(_recorded(path.suffix, seconds))
    return path


@functools.cache
def _recorded(suffix: str, seconds: float) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = make_audio(Path(folder, f"talk{suffix}"), seconds)
        if suffix in {".opus", ".ogg", ".flac"}:
            write_vorbis_chapters(path, MARKS)
        elif suffix != ".wav":
            write_ffmpeg_chapters(path, MARKS, int(seconds * 1000))
        return path.read_bytes()


def move(path: Path) -> Path:
    """To another folder; on another disk it is another file, as this copy is."""
    folder = path.parent / "elsewhere"
    folder.mkdir()
    shutil.copyfile(path, folder / path.name)
    path.unlink()
    return folder / path.name


def rename(path: Path) -> Path:
    return path.rename(path.with_stem("a new name, ünd öthers"))


def retag(path: Path) -> Path:
    """Another title and author."""
    match path.suffix:
        case ".mp3":
            _run("eyeD3", "--quiet", "--title", TITLE, "--artist", "Somebody", path)
        case ".m4b":
            _run("AtomicParsley", path, "--title", TITLE, "--artist", "Somebody", "--overWrite")
        case ".flac":
            _run("metaflac", "--remove-tag=TITLE", f"--set-tag=TITLE={TITLE}", "--set-tag=ARTIST=Somebody", path)
        case ".ogg":
            _run("vorbiscomment", "-a", "-t", f"TITLE={TITLE}", "-t", "ARTIST=Somebody", path)
        case ".mka":
            _run("mkvpropedit", "-q", path, "--edit", "info", "--set", f"title={TITLE}")
        case ".opus":
            file = mutagen.File(path)
            file["title"], file["artist"] = TITLE, "Somebody"
            file.save()
        case ".wav":
            _id3(path, TIT2(encoding=3, text=TITLE), TPE1(encoding=3, text="Somebody"), TALB(encoding=3, text="A"))
    return path


def cover(path: Path) -> Path:
    """A picture of some size."""
    picture = path.with_suffix(".png")
    noise = ("-f", "lavfi", "-i", "nullsrc=s=300x300,geq=random(1)*255:128:128")
    ffmpeg(*noise, "-frames:v", "1", picture)
    match path.suffix:
        case ".mp3":
            _run("eyeD3", "--quiet", "--add-image", f"{picture}:FRONT_COVER", path)
        case ".m4b":
            _run("AtomicParsley", path, "--artwork", picture, "--overWrite")
        case ".flac":
            _run("metaflac", f"--import-picture-from={picture}", path)
        case ".mka":
            _run("mkvpropedit", "-q", path, "--add-attachment", picture)
        case ".opus" | ".ogg":
            block = Picture()
            block.type, block.mime, block.data = 3, "image/png", picture.read_bytes()
            file = mutagen.File(path)
            file["metadata_block_picture"] = base64.b64encode(block.write()).decode()
            file.save()
        case ".wav":
            _id3(path, APIC(encoding=3, mime="image/png", type=3, desc="", data=picture.read_bytes()))
    picture.unlink()
    return path


def strip(path: Path) -> Path:
    """No tags, no chapters, no pictures left."""
    match path.suffix:
        case ".mp3":
            _run("eyeD3", "--quiet", "--remove-all", path)
        case ".m4b":
            _run("AtomicParsley", path, "--metaEnema", "--overWrite")
        case ".flac":
            _run("metaflac", "--remove", "--block-type=VORBIS_COMMENT,PICTURE,PADDING", "--dont-use-padding", path)
        case ".mka":
            _run("mkvpropedit", "-q", path, "--tags", "all:", "--chapters", "", "--edit", "info", "--delete", "title")
        case ".ogg":
            _run("vorbiscomment", "-w", "-c", "/dev/null", path)
        case ".opus" | ".wav":
            file = mutagen.File(path)
            if file.tags is not None:
                file.delete()
    return path


def remux(path: Path) -> Path:
    """The same sound in a new file of the same kind: MP4 with its tables in front, Matroska by mkvmerge."""
    copy = path.with_stem("copy")
    if path.suffix == ".mka":
        _run("mkvmerge", "-q", "-o", copy, path)
    else:
        faststart = ("-movflags", "+faststart") if path.suffix == ".m4b" else ()
        ffmpeg("-i", path, "-map", "0:a", "-map_chapters", "-1", "-c", "copy", *faststart, copy)
    return copy.replace(path)


CHANGES: Mapping[str, Change] = {
    "move": move,
    "rename": rename,
    "retag": retag,
    "cover": cover,
    "strip": strip,
    "remux": remux,
}


def remux_with_ffmpeg(path: Path, *options: str) -> Path:
    """The same sound copied by ffmpeg with these options."""
    copy = path.with_stem("copy")
    ffmpeg("-i", path, "-map", "0:a", "-c", "copy", *options, copy)
    return copy.replace(path)


def _run(*command: str | Path) -> None:
    subprocess.run([*map(str, command)], check=True, capture_output=True, timeout=60)


def _id3(path: Path, *frames: object) -> None:
    file = mutagen.File(path)
    if file.tags is None:
        file.add_tags()
    for frame in frames:
        file.tags.add(frame)
    file.save()
