"""Damage of many kinds to bytes: blind, and of the kinds that formats are hurt by (sizes, counts, nesting, repeats)."""

import random
import struct

INTERESTING = (0, 1, 2, 7, 8, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)
_TEXTS = (
    "CHAP CTOC TIT2 APIC COMM TXXX moov udta chpl trak stts stsz stsc CHAPTER001= CHAPTER001NAME= OggS fLaC RIFF"
    ' FORM INDEX~01~99:99:99 TRACK~01~AUDIO [CHAPTER] METADATA_BLOCK_PICTURE= TIMEBASE=0/0 START= {"chapters": [ ] { }'
    " CUESHEET= <psc:chapter~start= <ChapterAtom> <![CDATA[ &#x41; 1e999 -1 NaN 0:00 99:59:59 <div> <a~href= </"
    " １：３０ 第1章 \u202e"
)
_BYTES = (
    b"\0", b"\xff", b"\xef\xbb\xbf", b"\xff\xfe", b"\r\n", b"ID3\x04\0\0\0\0\0\x7f", b"ID3\x03\0\0",
    b"\xff\xfb\x90\x64",    b"\x1a\x45\xdf\xa3", b"\xb6", b"\x80",
)  # fmt: skip
WORDS = [*(word.replace("~", " ").encode() for word in _TEXTS.split(" ")), *_BYTES]


def mutated(data: bytes, others: list[bytes], chance: random.Random) -> bytes:
    """``data`` with one to some dozens of changes; ``others`` are files of the same kind, to cross it with."""
    raw = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 5, 10, 40))):
        if not raw:
            return bytes(chance.randbytes(chance.randrange(64)))
        _change(raw, others, chance)
        if len(raw) > 2_000_000:
            del raw[2_000_000:]
    return bytes(raw)


def _change(raw: bytearray, others: list[bytes], chance: random.Random) -> None:
    # the beginning, where most formats keep what they say of themselves, more often than the rest
    at = chance.randrange(min(len(raw), chance.choice((64, 512, 4_096, len(raw)))))
    length = chance.choice((1, 2, 4, 8, 32, 128, 1_024))
    match chance.randrange(11):
        case 0:
            raw[at] ^= 1 << chance.randrange(8)
        case 1:
            raw[at] = chance.choice(INTERESTING) & 0xFF
        case 2:
            raw[at : at + 4] = struct.pack(chance.choice((">I", "<I")), chance.choice(INTERESTING))
        case 3:
            raw[at : at + 2] = struct.pack(chance.choice((">H", "<H")), chance.choice(INTERESTING) & 0xFFFF)
        case 4:
            del raw[at : at + length]
        case 5:
            raw[at:at] = raw[at : at + length]
        case 6:
            raw[at:at] = chance.choice(WORDS) * chance.choice((1, 1, 2, 50, 2_000))
        case 7:
            raw[at : at + length] = chance.randbytes(length)
        case 8:
            del raw[at:]
        case 9:
            other = chance.choice(others)
            begin = chance.randrange(max(1, len(other)))
            raw[at : at + length] = other[begin : begin + chance.choice((length, 4_096))]
        case _:
            raw[at:at] = raw[at : at + length] * chance.choice((2, 10, 200))


def garbage(chance: random.Random) -> bytes:
    """Words of all formats strung together: text that is nearly something."""
    count = chance.choice((5, 50, 2_000))
    return b"".join(chance.choice((b" ", b"\n", b"", b",", b'"')) + chance.choice(WORDS) for _ in range(count))
