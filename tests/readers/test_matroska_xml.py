from player.core.chapter import MAX_CHAPTERS
from player.readers.matroska_xml import is_matroska_xml, matroska_xml_reading
from player.readers.xml_tree import parse_xml
from tests.builders import matroska_xml


def test_it_is_told_by_its_root() -> None:
    assert is_matroska_xml(parse_xml(b"<Chapters><EditionEntry/></Chapters>"))
    assert not is_matroska_xml(parse_xml(b"<Chapters><Other/></Chapters>"))
    assert not is_matroska_xml(parse_xml(b"<chapters/>"))


def test_languages_are_known_by_either_name() -> None:
    displays = (
        "<ChapterDisplay><ChapterString>x</ChapterString><ChapterLanguage>ger</ChapterLanguage></ChapterDisplay>"
        "<ChapterDisplay><ChapterString>{}</ChapterString><ChapLanguageIETF>en-GB</ChapLanguageIETF></ChapterDisplay>"
    )
    atoms = (
        "<ChapterAtom><ChapterTimeStart>00:00:00</ChapterTimeStart>" + displays.format("A") + "</ChapterAtom>"
        "<ChapterAtom><ChapterTimeStart>00:01:00</ChapterTimeStart>"
        "<ChapterDisplay><ChapterString>B</ChapterString><ChapLanguageIETF>en-GB</ChapLanguageIETF></ChapterDisplay>"
        "</ChapterAtom>"
    )
    root = parse_xml(f"<Chapters><EditionEntry>{atoms}</EditionEntry></Chapters>".encode())
    assert [mark.title for mark in matroska_xml_reading(root).chapter_lists[0].chapters] == ["A", "B"]


def test_more_chapters_than_are_kept_are_told() -> None:
    marks = [(number * 1000, "x") for number in range(MAX_CHAPTERS + 5)]
    (chapters,) = matroska_xml_reading(parse_xml(matroska_xml(marks).encode())).chapter_lists
    assert len(chapters.chapters) == MAX_CHAPTERS
    assert [notice.code for notice in chapters.notices] == ["too-many-chapters"]
