from player.core.chapter import Chapter
from player.core.notes import FileNotes, pieces, whole_notes
from player.core.outline import EMPTY_OUTLINE, build

MARKS = ((0, "1. One"), (1_000, "1.1 Two"), (5_000, "2. Three"), (7_000, "2.1 Four"), (8_000, "Plain"))
OUTLINE = build([Chapter(*mark) for mark in MARKS], 9_000)


def test_times_lead_to_the_whole_time_line_and_those_beyond_the_file_are_words() -> None:
    html = '<p><a href="place:2000">0:02</a> and <a href="place:9000">0:09</a></p>'
    (whole,) = [whole_notes([FileNotes("A", 60_000, 9_000, html)], OUTLINE)]
    assert whole == '<p><a href="place:62000">0:02</a> and 0:09</p>'
    assert "place:69000" in whole_notes([FileNotes("A", 60_000, None, html)], OUTLINE)


def test_sections_lead_to_their_starts_and_those_that_are_not_there_are_words() -> None:
    html = '<p><a href="section:1.1">section 1.1</a> <a href="section:2">§2</a> <a href="section:3.1">§3.1</a></p>'
    assert whole_notes([FileNotes(None, 0, None, html)], OUTLINE) == (
        '<p><a href="place:1000">section 1.1</a> <a href="place:5000">§2</a> §3.1</p>'
    )
    assert "href" not in whole_notes([FileNotes(None, 0, None, html)], EMPTY_OUTLINE)


def test_other_links_stay() -> None:
    html = '<p><a href="https://x.y/section:2">section:2</a></p>'
    assert whole_notes([FileNotes(None, 0, None, html)], OUTLINE) == html


def test_several_files_stand_under_their_titles() -> None:
    parts = [FileNotes("A < B", 0, 1, "<p>a</p>"), FileNotes(None, 1, 1, "<p>b</p>"), FileNotes("C", 2, 1, "<p>c</p>")]
    assert whole_notes(parts, OUTLINE) == "<h3>A &lt; B</h3><p>a</p><p>b</p><h3>C</h3><p>c</p>"
    assert whole_notes(parts[:1], OUTLINE) == "<p>a</p>"
    assert whole_notes([], OUTLINE) == ""


def test_long_notes_are_cut_between_blocks_and_never_within_a_list() -> None:
    html = "<p>one</p><ul><li>a</li><li>b</li></ul><p>two <b>x</b></p><h3>y</h3>"
    found = list(pieces(html, 1))
    assert found == ["<p>one</p>", "<ul><li>a</li><li>b</li></ul>", "<p>two <b>x</b></p>", "<h3>y</h3>"]
    assert "".join(pieces(html, 30)) == html
    assert list(pieces("", 1)) == []
    assert list(pieces("no blocks", 1)) == ["no blocks"]
