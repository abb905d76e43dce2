import pytest

from player.core.chapter import Chapter
from player.core.errors import ExportError
from player.isolation.reading import shared_child
from player.isolation.writing import make_tag_isolated
from player.writers.document import Document
from player.writers.id3_tag import with_chapters

DOCUMENT = Document((Chapter(0, "One", depth=1), Chapter(1_000, "Inner – 十二", depth=2)), duration_ms=2_000)


def test_a_tag_from_the_child_is_the_same():
    tag = with_chapters(b"", Document((Chapter(0, "Before"), Chapter(500, "Too")))).raw
    assert make_tag_isolated(tag, DOCUMENT) == with_chapters(tag, DOCUMENT)
    assert shared_child().is_running


def test_a_damaged_tag_comes_back_as_a_sentence():
    with pytest.raises(ExportError, match="damaged; to lose none of them, nothing was written"):
        make_tag_isolated(b"ID3\x04\0\0\0\0\0\x05junk!", DOCUMENT)
