"""The sound of containers that are played but not looked into: what is left of the file without what tags change."""

from typing import BinaryIO

from player.readers.payload import Payload, between_tags, read_at, stretch

_ASF_HEADER = 30
_ASF_DATA = bytes.fromhex("3626b2758e66cf11a6d900aa0062ce6c")
_ASF_DATA_HEADER = 50


def plain_payload(file: BinaryIO) -> Payload | None:
    """All that is no tag in front or behind."""
    return between_tags(file)


def asf_payload(file: BinaryIO) -> Payload | None:
    """The data object, which follows the header object that holds the tags; None where it does not."""
    header = read_at(file, 0, _ASF_HEADER)
    at = int.from_bytes(header[16:24], "little")
    data = read_at(file, at, _ASF_DATA_HEADER)
    if data[:16] != _ASF_DATA:
        return None
    end = min(at + int.from_bytes(data[16:24], "little"), file.seek(0, 2))
    return stretch(file, at + _ASF_DATA_HEADER, end)
