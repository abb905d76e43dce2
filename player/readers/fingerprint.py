"""Who a recording is: the same before and after a move, another name, other tags, another cover, a remux.

Made of its container, its length and sixteen windows of its sound; never of tags, pictures, chapters or file names, and
never by reading the whole file.
"""

from collections.abc import Callable, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO

from player.readers import (
    chunk_payload,
    flac_payload,
    matroska_payload,
    mp4_payload,
    mpeg_payload,
    ogg_payload,
    plain_payload,
)
from player.readers.head import open_regular
from player.readers.payload import Payload

FORMAT = b"\x01"  # in front, so that fingerprints of another making are told apart
DIGEST = 16  # bytes

PAYLOADS: Mapping[str, Callable[[BinaryIO], Payload | None]] = {
    "mp3": mpeg_payload.mp3_payload,
    "aac": mpeg_payload.adts_payload,
    "mp4": mp4_payload.mp4_payload,
    "ogg": ogg_payload.ogg_payload,
    "flac": flac_payload.flac_payload,
    "wav": chunk_payload.wav_payload,
    "aiff": chunk_payload.aiff_payload,
    "matroska": matroska_payload.matroska_payload,
    "asf": plain_payload.asf_payload,
}
"""What finds the sound in a container; in one that is not named here it is all that is no tag in front or behind."""


def fingerprint_of(path: Path, container: str) -> bytes | None:
    """The fingerprint of the sound at ``path``; None when that is too damaged to say, and nothing is raised for it.

    Raises SourceError with a sentence when the file cannot be opened.
    """
    with open_regular(path) as file:
        try:
            payload = PAYLOADS.get(container, plain_payload.plain_payload)(file)
            return _digest(container, payload) if payload else None
        except Exception:  # noqa: BLE001 - readers of broken bytes fail in every way; a file can do without
            return None


def _digest(container: str, payload: Payload) -> bytes:
    digest = blake2b(digest_size=DIGEST, person=container.encode()[:16])
    digest.update(payload.length.to_bytes(8, "big"))
    for window in payload.windows:
        digest.update(window)
    return FORMAT + digest.digest()
