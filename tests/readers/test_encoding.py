import pytest

from player.core.errors import SourceError
from player.readers.encoding import decode

TEXT = "0:00 Begrüßung – “so”\n1:00 Übergang\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_text_is_read_in_every_common_encoding(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize("raw", [bytes(100), bytes(range(256)) * 8, b"\x80\x01\x02" * 100, b"a\0\0\0b"])
def test_bytes_that_are_no_text_are_refused(raw: bytes) -> None:
    with pytest.raises(SourceError, match="neither sound nor text"):
        decode(raw)
