import pytest

from player.core.errors import SourceError
from player.readers.encoding import decode, head_text

TEXT = "0:00 Begrüßung – “so”\n1:00 Übergang\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_text_is_read_in_every_common_encoding(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize("raw", [bytes(100), bytes(range(256)) * 8, b"\x80\x01\x02" * 100, b"a\0\0\0b"])
def test_bytes_that_are_no_text_are_refused(raw: bytes) -> None:
    with pytest.raises(SourceError, match="neither sound nor text"):
        decode(raw)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("gb18030", "0:00 第一章 序言\n1:00 渐行渐远\n"),
        ("big5", "0:00 第一章 序言\n1:00 紅樓夢：劉姥姥一進榮國府\n"),
        ("cp932", "0:00 第一章 はじめに\n1:00 銀河鉄道の夜\n"),
        ("cp1251", "0:00 Глава 1\n1:00 Часть вторая — «Бег»\n"),
        ("cp1252", "0:00 It’s “fine”…\n1:00 Ça va – Größe, Übergröße\n2:00 El Niño — ¿Qué?\n"),
        ("cp1252", "0:00 don’t\n"),
    ],
)
def test_older_encodings_are_told_by_their_common_characters(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_character_that_is_cut_off_is_no_matter_for_telling_the_encoding() -> None:
    raw = ("第二章 三体问题与红岸基地\n" * 4_000).encode("gb18030")
    assert decode(raw).startswith("第二章 三体问题与红岸基地\n")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_beginning_of_a_file_is_read_for_telling_its_format(encoding: str) -> None:
    assert head_text("CHAPTER01=0:00 Ü".encode(encoding)).removeprefix("\ufeff") == "CHAPTER01=0:00 Ü"


@pytest.mark.parametrize("raw", [bytes(100), b"\x89PNG\0\0\xff"])
def test_beginning_of_what_is_no_text_is_none(raw: bytes) -> None:
    assert head_text(raw) == ""
