"""The one table of formats: what each is, by which bytes or name it is recognised, and what reads it.

A new format is a new file beside this one and a new row here. The first row that recognises a file reads it.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from player.core.errors import NoChaptersError
from player.core.reading import Reading
from player.readers import (
    adts,
    audacity,
    chunk_audio,
    cue,
    ffmetadata,
    json_file,
    matroska,
    mp3,
    mp4,
    mp4chaps,
    ogm,
    other_audio,
    text,
    vorbis,
    xml_file,
)
from player.readers.head import Head

Read = Callable[[Path], Reading]
ReadBeside = Callable[[Path, Path, int | None], Reading]

_MP4_BOXES = (b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"pnot")


class Format(NamedTuple):
    """One row: ``name`` is the container for sound. ``read_sound`` reads only what does not depend on tags.

    ``read_beside(path, sound, duration_ms)`` reads chapters that lie beside a sound, whose name and length they may
    depend on.
    """

    name: str
    is_sound: bool
    recognises: Callable[[Head], bool]
    read: Read
    read_sound: Read
    read_beside: ReadBeside


def sound(name: str, recognises: Callable[[Head], bool], read: Read, read_sound: Read | None = None) -> Format:
    """A container of sound; with damaged tags at least its name is known."""
    return Format(name, True, recognises, read, read_sound or partial(_name_alone, name), _refused)


def chapters(
    name: str, recognises: Callable[[Head], bool], read: Read, read_beside: ReadBeside | None = None
) -> Format:
    """Chapters or text without sound."""
    return Format(name, False, recognises, read, read, read_beside or (lambda path, _sound, _duration_ms: read(path)))


def other(name: str, *marks: bytes) -> Format:
    """Sound that is played, whose chapters are not read; told by its first bytes."""
    return sound(name, lambda head: head.sound.startswith(marks), lambda path: other_audio.read_other(path, name))


def _refused(_path: Path, _sound: Path, _duration_ms: int | None) -> Reading:
    raise NoChaptersError("This is sound, not a file of chapters.")


def _name_alone(name: str, _path: Path) -> Reading:
    return Reading(container=name)


def _is_mp4(head: Head) -> bool:
    return head.first[4:8] in _MP4_BOXES and head.first[:4] != b"\xff\xfb"


def _is_chunked(container: bytes, *kinds: bytes) -> Callable[[Head], bool]:
    return lambda head: head.first[:4] == container and head.first[8:12] in kinds


def _is_adts(head: Head) -> bool:
    first = head.sound.lstrip(b"\0")[:4]
    return len(first) == 4 and first[0] == 0xFF and first[1] & 0xF6 == 0xF0 and first[2] >> 2 & 0xF < 13


def _is_mp3(head: Head) -> bool:
    """A frame header of layer III, where the sound should begin; an ID3 tag or the name when only rubbish is there."""
    first = head.sound.lstrip(b"\0")[:4]
    if len(first) == 4 and first[0] == 0xFF and first[1] & 0xE6 == 0xE2 and first[1] & 0x18 != 0x08:
        return first[2] >> 4 != 0xF and first[2] & 0x0C != 0x0C
    is_binary = sum(byte < 9 or byte > 126 for byte in head.first[:512]) > len(head.first[:512]) // 10
    return head.first.startswith(b"ID3") or (head.suffix == ".mp3" and is_binary)


def _is_json(head: Head) -> bool:
    """An object or an array; text may begin with a bracket too, but then goes on with a time."""
    start = head.first.removeprefix(b"\xef\xbb\xbf").lstrip()
    return start[:1] == b"{" or (start[:1] == b"[" and start[1:].lstrip()[:1] in (b"{", b"]"))


def _is_called(*suffixes: str) -> Callable[[Head], bool]:
    """By name, when the content tells nothing: then at least what is wrong with it can be said."""
    return lambda head: head.suffix in suffixes


def _is_anything(_head: Head) -> bool:
    return True


FORMATS: tuple[Format, ...] = (
    sound("mp4", _is_mp4, mp4.read),
    sound("ogg", lambda head: head.sound.startswith(b"OggS"), vorbis.read_ogg),
    sound("flac", lambda head: head.sound.startswith(b"fLaC"), vorbis.read_flac),
    sound("wav", _is_chunked(b"RIFF", b"WAVE"), chunk_audio.read_wav),
    sound("wav", _is_chunked(b"RF64", b"WAVE"), chunk_audio.read_wav),
    sound("aiff", _is_chunked(b"FORM", b"AIFF", b"AIFC"), chunk_audio.read_aiff),
    sound("matroska", lambda head: head.sound.startswith(b"\x1aE\xdf\xa3"), matroska.read),
    other("asf", bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c")),
    other("wavpack", b"wvpk"),
    other("ape", b"MAC "),
    other("musepack", b"MPCK", b"MP+"),
    other("trueaudio", b"TTA1"),
    other("ac3", b"\x0b\x77"),
    other("amr", b"#!AMR"),
    other("caf", b"caff"),
    other("au", b".snd"),
    sound("aac", _is_adts, adts.read),
    sound("mp3", _is_mp3, mp3.read, mp3.read_sound),
    chapters("json", _is_json, json_file.read),
    chapters("xml", xml_file.is_xml, xml_file.read),
    chapters("ffmetadata", ffmetadata.is_ffmetadata, ffmetadata.read),
    chapters("cue", cue.is_cue, cue.read, cue.read_beside),
    chapters("ogm", ogm.is_ogm, ogm.read),
    chapters("mp4chaps", mp4chaps.is_mp4chaps, mp4chaps.read),
    chapters("audacity", audacity.is_audacity, audacity.read),
    chapters("json", _is_called(".json"), json_file.read),
    chapters("xml", _is_called(".xml", ".psc"), xml_file.read),
    chapters("cue", _is_called(".cue"), cue.read, cue.read_beside),
    chapters("text", _is_anything, text.read, text.read_beside),
)


def format_of(head: Head) -> Format:
    """The row that recognises ``head``; the last one, text, takes whatever no other does."""
    return next(row for row in FORMATS if row.recognises(head))
