import pytest

from player.core.errors import NoChaptersError
from player.core.reading import Reading
from player.readers.simple_chapters import feed_reading, is_feed, is_simple_chapters, simple_chapters_reading
from player.readers.xml_tree import parse_xml

URL = "podlove.org/simple-chapters"
ROWS = '<p:chapter start="0" title="A"/><p:chapter start="1:00" title="B"/>'


def feed(*items: str, space: str = f"http://{URL}") -> Reading:
    rows = "".join(f"<item>{item}</item>" for item in items)
    return feed_reading(parse_xml(f'<rss xmlns:p="{space}"><channel>{rows}</channel></rss>'.encode()))


@pytest.mark.parametrize("space", [f"http://{URL}", f"http://{URL}/", f"https://{URL}"])
def test_namespace_is_known_in_every_spelling(space: str) -> None:
    root = parse_xml(f'<p:chapters xmlns:p="{space}">{ROWS}</p:chapters>'.encode())
    assert is_simple_chapters(root)
    assert len(simple_chapters_reading(root).chapter_lists[0].chapters) == 2
    assert len(feed(f"<p:chapters>{ROWS}</p:chapters>", space=space).chapter_lists[0].chapters) == 2


def test_namespace_may_be_missing_on_a_list_of_its_own() -> None:
    assert is_simple_chapters(parse_xml(b'<chapters><chapter start="0" title="A"/></chapters>'))
    assert not is_simple_chapters(parse_xml(b"<chapters><verse/></chapters>"))
    assert not is_simple_chapters(parse_xml(b"<Chapters/>"))


@pytest.mark.parametrize("root", [b"<rss/>", b'<feed xmlns="http://www.w3.org/2005/Atom"/>', b'<r:RDF xmlns:r="x"/>'])
def test_feeds_are_known_by_their_root(root: bytes) -> None:
    assert is_feed(parse_xml(root))


def test_chapters_of_another_namespace_are_not_ours() -> None:
    with pytest.raises(NoChaptersError, match="No episode of this feed"):
        feed(f"<p:chapters>{ROWS}</p:chapters>", space="urn:x")


def test_items_beside_the_channel_are_found() -> None:
    raw = (
        f'<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:p="http://{URL}">'
        f"<channel><title>P</title></channel><item><title>E</title><p:chapters>{ROWS}</p:chapters></item></r:RDF>"
    )
    reading = feed_reading(parse_xml(raw.encode()))
    assert (reading.title, reading.album) == ("E", "P")


def test_feed_without_episodes_has_no_chapters() -> None:
    with pytest.raises(NoChaptersError, match="no chapters in this file"):
        feed()
