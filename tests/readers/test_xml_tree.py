from pathlib import Path

import pytest

from player.core.errors import SourceError
from player.readers import xml_tree
from player.readers.xml_tree import MAX_DEPTH, local_name, parse_xml, tree_in

BOMB = (
    b"<!DOCTYPE a [<!ENTITY x 'xxxxxxxxxx'><!ENTITY y '&x;&x;&x;&x;&x;&x;&x;&x;&x;&x;'>]><a>" + b"&y;" * 1_000 + b"</a>"
)
OUTSIDE = b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>"


def test_names_texts_and_attributes_are_read() -> None:
    root = parse_xml(b'<r xmlns:p="urn:x"><p:a p:b="1" c="2">t&amp;&#228;</p:a></r>')
    assert root.tag == "r"
    assert (root[0].tag, root[0].attrib, root[0].text) == ("{urn:x}a", {"{urn:x}b": "1", "c": "2"}, "t&ä")
    assert local_name(root[0].tag) == "a"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "windows-1252"])
def test_encoding_is_that_which_the_document_names(encoding: str) -> None:
    raw = f'<?xml version="1.0" encoding="{encoding}"?><a>Größe</a>'.encode(encoding)
    assert parse_xml(raw).text == "Größe"


def test_document_type_elsewhere_is_not_fetched() -> None:
    assert parse_xml(b'<!DOCTYPE Chapters SYSTEM "matroskachapters.dtd"><Chapters/>').tag == "Chapters"


@pytest.mark.parametrize("raw", [BOMB, OUTSIDE])
def test_entities_are_refused(raw: bytes) -> None:
    with pytest.raises(SourceError, match="entities of its own"):
        parse_xml(raw)


@pytest.mark.parametrize(
    "raw", [b"", b"<a", b"<a></b>", b"<a>&nbsp;</a>", b"text", b"<a/><b/>", b"<?xml version='1.0' encoding='x'?><a/>"]
)
def test_what_is_not_valid_is_refused_in_a_sentence(raw: bytes) -> None:
    with pytest.raises(SourceError, match="not valid XML"):
        parse_xml(raw)


def test_nesting_is_limited() -> None:
    assert parse_xml(b"<a>" * MAX_DEPTH + b"</a>" * MAX_DEPTH).tag == "a"
    with pytest.raises(SourceError, match="nested too deeply"):
        parse_xml(b"<a>" * 100_000)


def test_parts_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_tree, "MAX_ELEMENTS", 100)
    with pytest.raises(SourceError, match="more parts"):
        parse_xml(b"<a>" + b"<b/>" * 100 + b"</a>")
    attributes = " ".join(f'a{number}="1"' for number in range(1_001))
    with pytest.raises(SourceError, match="more parts"):
        parse_xml(f"<a {attributes}/>".encode())


def test_size_is_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_tree, "MAX_BYTES", 100)
    (tmp_path / "a.xml").write_bytes(b"<a>" + b" " * 200 + b"</a>")
    with pytest.raises(SourceError, match="larger than"):
        tree_in(tmp_path / "a.xml")
