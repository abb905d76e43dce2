"""Matroska made by hand, for what no tool writes: flags, missing parts, damage. No tests and no expectations here."""

import struct

SEGMENT, SEEK_HEAD, CLUSTER, INFO = 0x18538067, 0x114D9B74, 0x1F43B675, 0x1549A966
CHAPTERS, TAGS, ATTACHMENTS, VOID = 0x1043A770, 0x1254C367, 0x1941A469, 0xEC
UNKNOWN_SIZE = b"\x01" + b"\xff" * 7


def element(id_: int, *content: bytes | int | str | float, size: bytes | None = None) -> bytes:
    """An element of anything: other elements, or a number or a text."""
    payload = b"".join(map(_raw, content))
    return _big(id_) + (size or struct.pack(">Q", len(payload) | 1 << 56)) + payload


def header(kind: str = "matroska") -> bytes:
    """The EBML header."""
    return element(0x1A45DFA3, element(0x4282, kind))


def file_of(*parts: bytes, size: bytes | None = None) -> bytes:
    """A whole file of one segment with these parts."""
    return header() + element(SEGMENT, *parts, size=size)


def info(seconds: float, title: str = "", scale: int = 1_000_000) -> bytes:
    """Length and title."""
    ticks = element(0x4489, seconds * 1e9 / scale)
    return element(INFO, element(0x2AD7B1, scale), ticks, *([element(0x7BA9, title)] if title else []))


def edition(*atoms: bytes, default: int | None = None, hidden: int | None = None, ordered: int | None = None) -> bytes:
    """One EditionEntry; flags that are None are left out."""
    flags = ((0x45DB, default), (0x45BD, hidden), (0x45DD, ordered))
    return element(0x45B9, *(element(id_, value) for id_, value in flags if value is not None), *atoms)


def atom(
    seconds: float | None,
    *names: str | tuple[str, str],
    inner: tuple[bytes, ...] = (),
    end: float | None = None,
    hidden: int | None = None,
    enabled: int | None = None,
) -> bytes:
    """One ChapterAtom; a name alone has no language."""
    parts = [
        (0x91, None if seconds is None else round(seconds * 1e9)),
        (0x92, None if end is None else round(end * 1e9)),
    ]
    parts += [(0x98, hidden), (0x4598, enabled)]
    displays = [name if isinstance(name, tuple) else ("", name) for name in names]
    return element(
        0xB6,
        *(element(id_, value) for id_, value in parts if value is not None),
        *(element(0x80, element(0x85, text), *([element(0x437C, it)] if it else [])) for it, text in displays),
        *inner,
    )


def chapters(*editions: bytes) -> bytes:
    """The element that holds all editions."""
    return element(CHAPTERS, *editions)


def tag(level: int | None, targets: tuple[tuple[int, int], ...] = (), /, **fields: str) -> bytes:
    """One tag about a level of the file, or about parts of it."""
    about = [element(0x68CA, level)] if level is not None else []
    about += [element(id_, value) for id_, value in targets]
    simple = (element(0x67C8, element(0x45A3, name), element(0x4487, text)) for name, text in fields.items())
    return element(0x7373, element(0x63C0, *about), *simple)


def cluster(size: int = 100, sized: bool = True) -> bytes:
    """Sound that nobody decodes."""
    block = element(0xA3, bytes(size))
    return element(CLUSTER, element(0xE7, 0), block, size=None if sized else UNKNOWN_SIZE)


def seek_head(*places: tuple[int, int]) -> bytes:
    """A list of (id, place) of parts; always as long for as many parts."""
    seeks = (element(0x4DBB, element(0x53AB, _big(id_)), element(0x53AC, struct.pack(">Q", at))) for id_, at in places)
    return element(SEEK_HEAD, *seeks)


def _raw(value: bytes | int | str | float) -> bytes:
    if isinstance(value, bytes):
        return value
    if isinstance(value, str):
        return value.encode()
    return struct.pack(">d", value) if isinstance(value, float) else _big(value)


def _big(value: int) -> bytes:
    return value.to_bytes(max(1, (value.bit_length() + 7) // 8), "big")
