import pytest

from player.readers.notes_links import linked


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>At 1:30 it begins</p>", '<p>At <a href="place:90000">1:30</a> it begins</p>'),
        ("<p>(1:02:03) x</p>", '<p><a href="place:3723000">(1:02:03)</a> x</p>'),
        ("<p>1:00 - 2:00 x</p>", '<p><a href="place:60000">1:00 - 2:00</a> x</p>'),
        ("<p>１：３０ x</p>", '<p><a href="place:90000">１：３０</a> x</p>'),
        ("<p>see section 2.3.</p>", '<p>see <a href="section:2.3">section 2.3</a>.</p>'),
        ("<p>§2.3 and § 4</p>", '<p><a href="section:2.3">§2.3</a> and <a href="section:4">§ 4</a></p>'),
        ("<p>Kapitel 3, глава 4</p>", '<p><a href="section:3">Kapitel 3</a>, <a href="section:4">глава 4</a></p>'),
        ("<p>section 2.2.1: x</p>", '<p><a href="section:2.2.1">section 2.2.1</a>: x</p>'),
        ("<p>part 1:30 x</p>", '<p>part <a href="place:90000">1:30</a> x</p>'),
        ("<p>section 1.2.x, section 3rd</p>", '<p><a href="section:1.2">section 1.2</a>.x, section 3rd</p>'),
        ("<p>https://x.y/a?b=1&amp;c.</p>", '<p><a href="https://x.y/a?b=1&amp;c">https://x.y/a?b=1&amp;c</a>.</p>'),
        ("<p>https://x.y/1:30</p>", '<p><a href="https://x.y/1:30">https://x.y/1:30</a></p>'),
        ('<p><a href="https://y.t/?t=90">1:30</a> x</p>', '<p><a href="place:90000">1:30</a> x</p>'),
        ('<p><a href="https://x">at 1:30 x</a></p>', '<p><a href="https://x">at 1:30 x</a></p>'),
        ('<p><a href="https://x"><b>1:30</b></a></p>', '<p><a href="https://x"><b>1:30</b></a></p>'),
        ("<p>Romans 8:2, 24/7, intersection 2.3x</p>", "<p>Romans 8:2, 24/7, intersection 2.3x</p>"),
        ("<p>a &lt; b</p>", "<p>a &lt; b</p>"),
        ("", ""),
    ],
)
def test_times_sections_and_addresses_become_links(html: str, expected: str) -> None:
    assert linked(html) == expected
