from pathlib import Path

import pytest

from player.core.errors import SourceError
from player.readers.head import Head
from player.readers.xml_file import is_xml, read


@pytest.mark.parametrize(
    ("text", "is_it"),
    [
        ('<?xml version="1.0"?><a/>', True),
        ("\n<rss version='2.0'>", True),
        ("<!-- a comment --><Chapters>", True),
        ("<psc:chapters>", True),
        ("<!DOCTYPE Chapters SYSTEM 'x'><Chapters/>", True),
        ("<!DOCTYPE html><title>0:00 A</title>", False),
        ('<?xml version="1.0"?><html xmlns="x">', False),
        ("<p>0:00 A</p>", False),
        ("<chaptersx>", False),
        ("0:00 <rss>", False),
    ],
)
def test_it_is_told_from_web_pages_and_text(text: str, is_it: bool) -> None:
    assert is_xml(Head(".xml", text.encode(), b"")) is is_it


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("<a/>", "not a list of chapters that is known"),
        ("<Chapters/>", "no chapters in this file"),
        ("<Chapters><EditionEntry/></Chapters>", "no chapters in this file"),
        ("<chapters/>", "no chapters in this file"),
        ("<rss/>", "no chapters in this file"),
        ("<a", "not valid XML"),
    ],
)
def test_xml_without_chapters_is_refused_in_a_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    (tmp_path / "a.xml").write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=sentence):
        read(tmp_path / "a.xml")
