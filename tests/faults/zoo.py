"""Hostile files, each made to hurt a reader in a way of its own. Made in a folder, named after what they are."""

import json
import os
import random
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.builders import ffmpeg, make_audio, png

MAKERS: list[tuple[str, Callable[[Path, bytes], bytes | None]]] = []


def animal(name: str) -> Callable[[Callable[[Path, bytes], bytes | None]], Callable[[Path, bytes], bytes | None]]:
    """A maker gets the path and a short MP3 without tags, and gives the bytes; None where it made the file itself."""

    def keep(make: Callable[[Path, bytes], bytes | None]) -> Callable[[Path, bytes], bytes | None]:
        MAKERS.append((name, make))
        return make

    return keep


def zoo(folder: Path, first: int = 0) -> Iterator[Path]:
    """All of them, one after the other; each has a folder of its own, and is made by a process of its own: the memory
    that making it takes would else be counted with those that read it.
    """
    for number, (name, _) in list(enumerate(MAKERS))[first:]:
        subprocess.run([sys.executable, "-m", "tests.faults.zoo", str(folder), str(number)], check=True)
        yield folder / str(number) / name


def put_into(folder: Path, number: int) -> None:
    """Make one of them."""
    name, make = MAKERS[number]
    path = folder / str(number) / name
    path.parent.mkdir()
    made = make(path, make_audio(folder / f"sound {number}.mp3", 2).read_bytes())
    if made is not None:
        path.write_bytes(made)


def id3(*frames: bytes) -> bytes:
    body = b"".join(frames)
    digits = [len(body) >> shift & 0x7F for shift in (21, 14, 7, 0)]
    return b"ID3\x03\0\0" + bytes(digits) + body


def frame(name: bytes, body: bytes, flags: int = 0) -> bytes:
    return name + struct.pack(">IH", len(body), flags) + body


def atom(name: bytes, body: bytes, size: int | None = None) -> bytes:
    return struct.pack(">I", len(body) + 8 if size is None else size) + name + body


FTYP = atom(b"ftyp", b"M4A \0\0\0\0M4A isom")


@animal("compressed picture that grows a thousandfold.mp3")
def _(path: Path, sound: bytes) -> bytes:
    size = 150_000_000
    packed = zlib.compress(b"\x03image/png\0\x03\0" + bytes(size), 9)
    return id3(*[frame(b"APIC", struct.pack(">I", size) + packed, 0x0080)] * 3) + sound


@animal("100,000 chapters.mp3")
def _(path: Path, sound: bytes) -> bytes:
    title = frame(b"TIT2", b"\0A title")
    end = struct.pack(">II", 2**32 - 1, 2**32 - 1)
    times = (struct.pack(">II", number, number + 1) for number in range(100_000))
    chaps = (frame(b"CHAP", b"c%d\0" % number + time + end + title) for number, time in enumerate(times))
    return id3(*chaps) + sound


@animal("tables within tables in a circle.mp3")
def _(path: Path, sound: bytes) -> bytes:
    tables = (frame(b"CTOC", b"t%d\0\x03\x01t%d\0" % (n, (n + 1) % 50_000)) for n in range(50_000))
    return id3(*tables) + sound


@animal("half a gigabyte promised.mp3")
def _(path: Path, sound: bytes) -> bytes:
    return b"ID3\x03\0\0\x7f\x7f\x7f\x7f" + frame(b"APIC", b"\0" * 50)[:4] + struct.pack(">IH", 2**28, 0) + sound


@animal("a megabyte of divisions as comment.mp3")
def _(path: Path, sound: bytes) -> bytes:
    return id3(frame(b"COMM", b"\0eng\0" + b"<div>" * 200_000)) + sound


@animal("ampersands as comment.mp3")
def _(path: Path, sound: bytes) -> bytes:
    return id3(frame(b"COMM", b"\0eng\0<p>" + b"&" * 5_000_000)) + sound


@animal("lists and words as comment.mp3")
def _(path: Path, sound: bytes) -> bytes:
    return id3(frame(b"COMM", b"\0eng\0" + b"<ul><li><b><i>1:23 section 1.2 http://x.y/ " * 20_000)) + sound


@animal("drawing as cover.mp3")
def _(path: Path, sound: bytes) -> bytes:
    svg = b"<svg xmlns='http://www.w3.org/2000/svg'><g>" + b"<use href='#a'/>" * 99 + b"</g></svg>"
    return id3(frame(b"APIC", b"\0image/svg+xml\0\x03\0" + svg)) + sound


@animal("picture of 65,535 a side as cover.mp3")
def _(path: Path, sound: bytes) -> bytes:
    return id3(frame(b"APIC", b"\0image/png\0\x03\0" + png(65_535, 65_535))) + sound


@animal("title of a megabyte that turns round.mp3")
def _(path: Path, sound: bytes) -> bytes:
    return id3(frame(b"TIT2", b"\x01\xff\xfe" + ("\u202e\x1b[31mx" * 100_000).encode("utf-16-le"))) + sound


@animal("200 MB of noise.mp3")
def _(path: Path, sound: bytes) -> bytes:
    return b"\xff\xfb\x90\x64" + random.Random(0).randbytes(200_000_000)


@animal("200 MB of nothing.mp3")
def _(path: Path, sound: bytes) -> None:
    with path.open("wb") as file:
        file.write(sound)
        file.truncate(200_000_000)


@animal("100,000 atoms within each other.m4b")
def _(path: Path, sound: bytes) -> bytes:
    raw = b""
    for name in (b"moov", b"udta", b"trak", b"mdia") * 5_000:
        raw = struct.pack(">I", len(raw) + 8) + name + raw
    return FTYP + raw


@animal("tables of four thousand million.m4b")
def _(path: Path, sound: bytes) -> bytes:
    ffmpeg("-f", "lavfi", "-i", "anullsrc=d=1", "-c:a", "alac", "-f", "ipod", path)
    raw = bytearray(path.read_bytes())
    for name in (b"stsz", b"stco", b"stts", b"stsc", b"elst"):
        at = raw.find(name)
        while at >= 0:
            raw[at + 8 : at + 16] = b"\0\0\0\0\xff\xff\xff\xff"
            at = raw.find(name, at + 4)
    return bytes(raw)


@animal("chapter atom that promises more than it has.m4b")
def _(path: Path, sound: bytes) -> bytes:
    chpl = atom(b"chpl", b"\1\0\0\0\0\xff\xff\xff\xff" + b"\0" * 9 * 100_000)
    return FTYP + atom(b"moov", atom(b"udta", chpl))


@animal("a million atoms of nothing.m4b")
def _(path: Path, sound: bytes) -> bytes:
    return FTYP + atom(b"moov", atom(b"udta", b"") * 1_000_000)


@animal("comments of four thousand million.opus")
def _(path: Path, sound: bytes) -> bytes:
    raw = bytearray(make_audio(path, 1).read_bytes())
    at = raw.find(b"OpusTags")
    raw[at + 8 : at + 12] = b"\xff\xff\xff\xff"
    return bytes(raw)


@animal("100,000 comments.flac")
def _(path: Path, sound: bytes) -> bytes:
    from mutagen.flac import FLAC

    tags = FLAC(make_audio(path, 1))
    tags["title"] = "A"
    tags.tags.extend([(f"CHAPTER{number:06}", "00:00:00.000") for number in range(100_000)])
    tags.save()
    return path.read_bytes()


@animal("chapters 20,000 deep.mka")
def _(path: Path, sound: bytes) -> bytes:
    raw = b""
    for _ in range(20_000):
        raw = b"\xb6" + struct.pack(">Q", len(raw) | 1 << 56) + raw
    for name in (b"\x45\xb9", b"\x10\x43\xa7\x70", b"\x18\x53\x80\x67"):
        raw = name + struct.pack(">Q", len(raw) | 1 << 56) + raw
    return b"\x1a\x45\xdf\xa3\x84\x42\x86\x81\x01" + raw


@animal("a million empty elements.mka")
def _(path: Path, sound: bytes) -> bytes:
    head = b"\x1a\x45\xdf\xa3\x84\x42\x86\x81\x01" + b"\x18\x53\x80\x67\x01" + b"\xff" * 7
    return head + b"\xec\x80" * 1_000_000


@animal("pipe.mp3")
def _(path: Path, sound: bytes) -> None:
    os.mkfifo(path)


@animal("link to a pipe.m4a")
def _(path: Path, sound: bytes) -> None:
    os.mkfifo(path.with_name("pipe"))
    path.symlink_to("pipe")


@animal("link to a device without end.wav")
def _(path: Path, sound: bytes) -> None:
    path.symlink_to("/dev/zero")


@animal("link to itself.ogg")
def _(path: Path, sound: bytes) -> None:
    path.symlink_to(path.name)


@animal("folder.mp3")
def _(path: Path, sound: bytes) -> None:
    path.mkdir()


@animal("list of other files.mp3")
def _(path: Path, sound: bytes) -> bytes:
    return b"ffconcat version 1.0\nfile /etc/passwd\n"


@animal("list from the network.m4a")
def _(path: Path, sound: bytes) -> bytes:
    return b"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nhttp://127.0.0.1:9/a.ts\n"


@animal("session from the network.wav")
def _(path: Path, sound: bytes) -> bytes:
    return b"v=0\no=- 0 0 IN IP4 127.0.0.1\nc=IN IP4 127.0.0.1\nm=audio 9 RTP/AVP 0\n"


@animal("empty.mp3")
def _(path: Path, sound: bytes) -> bytes:
    return b""


@animal(os.fsdecode(b"no text \xff\xfe\x1b[31m.mp3"))
def _(path: Path, sound: bytes) -> bytes:
    return id3(frame(b"TIT2", b"\0A")) + sound


@animal("a million deep.xml")
def _(path: Path, sound: bytes) -> bytes:
    return b"<chapters>" + b"<a>" * 1_000_000


@animal("a thousand million laughs.xml")
def _(path: Path, sound: bytes) -> bytes:
    rows = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE a [<!ENTITY l0 "ha">{rows}]><chapters>&l9;</chapters>'.encode()


@animal("100,000 attributes.xml")
def _(path: Path, sound: bytes) -> bytes:
    return b"<chapters " + b" ".join(b'a%d="x"' % n for n in range(100_000)) + b"/>"


@animal("file from outside.xml")
def _(path: Path, sound: bytes) -> bytes:
    return b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><chapters>&x;</chapters>'


@animal("a million items.rss")
def _(path: Path, sound: bytes) -> bytes:
    return b"<rss><channel>" + b"<item/>" * 1_000_000 + b"</channel></rss>"


@animal("a million deep.json")
def _(path: Path, sound: bytes) -> bytes:
    return b'{"chapters":' + b"[" * 1_000_000


@animal("number of a million digits.json")
def _(path: Path, sound: bytes) -> bytes:
    return b'{"version":"1.2.0","chapters":[{"startTime":' + b"9" * 1_000_000 + b',"title":"A"}]}'


@animal("half a million chapters.json")
def _(path: Path, sound: bytes) -> bytes:
    return json.dumps({"chapters": [{"startTime": 1}] * 400_000}).encode()


@animal("300 MB.json")
def _(path: Path, sound: bytes) -> None:
    with path.open("wb") as file:
        file.write(b'{"chapters": [')
        file.truncate(300_000_000)


@animal("400,000 tracks.cue")
def _(path: Path, sound: bytes) -> bytes:
    return b'FILE "a" WAVE\n' + b"TRACK 01 AUDIO\nINDEX 01 00:00:00\n" * 200_000


@animal("100,000 files.cue")
def _(path: Path, sound: bytes) -> bytes:
    return b"".join(b'FILE "%d" WAVE\nTRACK 01 AUDIO\nINDEX 01 00:00:00\n' % n for n in range(100_000))


@animal("escapes.ffmetadata")
def _(path: Path, sound: bytes) -> bytes:
    return b";FFMETADATA1\n[CHAPTER]\nSTART=0\ntitle=" + b"\\" * 8_000_000


@animal("a million labels.txt")
def _(path: Path, sound: bytes) -> bytes:
    return b"0.0\t0.0\tA\n" * 800_000


@animal("a million times.txt")
def _(path: Path, sound: bytes) -> bytes:
    return b"".join(b"%d:%02d Title %d\n" % (n // 60, n % 60, n) for n in range(400_000))


@animal("one line of times.txt")
def _(path: Path, sound: bytes) -> bytes:
    return b"1:23 " * 1_600_000


@animal("digits.txt")
def _(path: Path, sound: bytes) -> bytes:
    return b"".join(b"%d:00 %s\n" % (n, b"1." * 15 + b"9" * 30) for n in range(60_000))


@animal("page of divisions.html")
def _(path: Path, sound: bytes) -> bytes:
    return b"<html><body>" + b"<div>" * 1_500_000


@animal("marks without an end.html")
def _(path: Path, sound: bytes) -> bytes:
    return b"<p>0:00 a" + b"<!" * 1_000_000


def beside(path: Path, sound: bytes, name: str, content: bytes) -> bytes:
    path.with_name(name).write_bytes(content)
    return sound


@animal("with a pipe beside it.mp3")
def _(path: Path, sound: bytes) -> bytes:
    os.mkfifo(path.with_suffix(".cue"))
    return sound


@animal("with laughs beside it.mp3")
def _(path: Path, sound: bytes) -> bytes:
    return beside(path, sound, "with laughs beside it.xml", b'<!DOCTYPE a [<!ENTITY x "x">]><chapters>&x;</chapters>')


@animal("with 20,000 files beside it.mp3")
def _(path: Path, sound: bytes) -> bytes:
    for number in range(20_000):
        path.with_name(f"with 20,000 files beside it.{number}.txt").touch()
    return sound


if __name__ == "__main__":
    put_into(Path(sys.argv[1]), int(sys.argv[2]))
