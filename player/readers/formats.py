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
    potplayer,
    text,
    vorbis,
    xml_file,
)
from player.readers.head import Head

Read = Callable[[Path], Reading]
ReadBeside = Callable[[Path, Path, int | None], Reading]


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


def sound(
    name: str, read: Read, read_sound: Read | None = None, recognises: Callable[[Head], bool] | None = None
) -> Format:
    """A container of sound, told by the table in ``container``; with damaged tags at least its name is known."""
    is_such = recognises or (lambda head: head.container == name)
    return Format(name, True, is_such, read, read_sound or partial(_name_alone, name), _refused)


def chapters(
    name: str, recognises: Callable[[Head], bool], read: Read, read_beside: ReadBeside | None = None
) -> Format:
    """Chapters or text without sound."""
    return Format(name, False, recognises, read, read, read_beside or (lambda path, _sound, _duration_ms: read(path)))


def other(name: str) -> Format:
    """Sound that is played, whose chapters are not read."""
    return sound(name, lambda path: other_audio.read_other(path, name))


def _refused(_path: Path, _sound: Path, _duration_ms: int | None) -> Reading:
    raise NoChaptersError("This is sound, not a file of chapters.")


def _name_alone(name: str, _path: Path) -> Reading:
    return Reading(container=name)


def _is_mp3(head: Head) -> bool:
    """Also by an ID3 tag, or by name, when only rubbish follows."""
    if head.container == "mp3" or head.first.startswith(b"ID3"):
        return True
    first = head.first[:512]
    return head.suffix == ".mp3" and sum(byte < 9 or byte > 126 for byte in first) > len(first) // 10


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
    sound("mp4", mp4.read),
    sound("ogg", vorbis.read_ogg),
    sound("flac", vorbis.read_flac),
    sound("wav", chunk_audio.read_wav),
    sound("aiff", chunk_audio.read_aiff),
    sound("matroska", matroska.read),
    sound("aac", adts.read),
    *map(other, ("asf", "wavpack", "ape", "musepack", "trueaudio", "ac3", "amr", "caf", "au", "mp2", "mpegts")),
    sound("mp3", mp3.read, mp3.read_sound, _is_mp3),
    chapters("json", _is_json, json_file.read),
    chapters("xml", xml_file.is_xml, xml_file.read),
    chapters("ffmetadata", ffmetadata.is_ffmetadata, ffmetadata.read),
    chapters("cue", cue.is_cue, cue.read, cue.read_beside),
    chapters("ogm", ogm.is_ogm, ogm.read),
    chapters("mp4chaps", mp4chaps.is_mp4chaps, mp4chaps.read),
    chapters("audacity", audacity.is_audacity, audacity.read),
    chapters("potplayer", potplayer.is_potplayer, potplayer.read),
    chapters("json", _is_called(".json"), json_file.read),
    chapters("xml", _is_called(".xml", ".psc"), xml_file.read),
    chapters("cue", _is_called(".cue"), cue.read, cue.read_beside),
    chapters("text", _is_anything, text.read, text.read_beside),
)


def format_of(head: Head) -> Format:
    """The row that recognises ``head``; the last one, text, takes whatever no other does."""
    return next(row for row in FORMATS if row.recognises(head))
