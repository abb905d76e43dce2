import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.core.chapter import ChapterList
from player.core.reading import Reading
from player.readers import notes as module
from player.readers.notes import MAX_BYTES, MAX_MARKS, best_notes, notes_chapters, notes_html, with_notes
from tests.builders import SEED_PAGE, SEED_SECONDS

ALLOWED = frozenset("a b blockquote br code em h1 h2 h3 h4 h5 h6 i li ol p pre s strong sub sup u ul".split())
SHOWN = "0:00 Intro\n5:00 The talk\n20:00 Questions\n"


class Looked(HTMLParser):
    """What a browser would make of it: the tags, their attributes, and how deep they nest."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str, str | None]] = []
        self.deepest = self._depth = 0
        self.feed(html)
        self.close()
        assert self._depth == 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]
        if tag != "br":
            self._depth += 1
            self.deepest = max(self.deepest, self._depth)

    def handle_endtag(self, tag: str) -> None:
        self._depth -= 1


def assert_safe(html: str | None) -> None:
    looked = Looked(html or "")
    assert looked.tags <= ALLOWED
    assert looked.deepest <= 16
    for tag, name, value in looked.attributes:
        assert (tag, name) == ("a", "href")
        assert re.match(r"https?:|mailto:|place:[0-9]+$|section:[0-9.]+$", value or "", re.IGNORECASE)
    assert not re.search("[\x00-\x08\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]", html or "")


# --- words ---


def test_plain_text_becomes_a_paragraph_a_line_with_gaps_where_lines_are_empty() -> None:
    assert notes_html("One & two <3\r\nthree\n\n\n\nfour") == (
        "<p>One &amp; two &lt;3</p><p>three</p><p>&nbsp;</p><p>four</p>"
    )


def test_html_keeps_its_words_lists_headings_and_emphasis() -> None:
    html = "<h2>On <em>it</em></h2><div>One<br>two</div><ul><li>a<ol><li>b</ol><li>c</ul><blockquote>q</blockquote>"
    assert notes_html(html) == (
        "<h2>On <em>it</em></h2><p>One</p><p>two</p><ul><li>a</li><ol><li>b</li></ol><li>c</li></ul>"
        "<blockquote><p>q</p></blockquote>"
    )


def test_emphasis_that_is_never_closed_or_closed_in_the_wrong_order_is_mended() -> None:
    assert notes_html("<p>a <b>b <i>c</b> d</i> e<p><u>f") == ("<p>a <b>b <i>c</i></b><i> d</i> e</p><p><u>f</u></p>")


@pytest.mark.parametrize(
    "raw", ["", "  \n ", "<p></p>", "<p><img src=x>", "…", "<p><script>x()</script>", "<p><!-- x -->"]
)
def test_without_words_there_are_no_notes(raw: str) -> None:
    assert notes_html(raw) is None


# --- safety ---


@pytest.mark.parametrize(
    "raw",
    [
        '<a href="javascript:alert(1)">x</a>',
        '<a href=" &#106;avascript:alert(1)">x</a>',
        '<a href="JaVaScRiPt&colon;alert(1)">x</a>',
        '<a href="data:text/html,x">x</a>',
        '<a href="file:///etc/passwd">x</a>',
        '<a href="vbscript:x">x</a>',
        '<a href="/relative">x</a>',
        '<a href="//host/x">x</a>',
        '<a href="place:5">x</a>',
        '<a href="section:1">x</a>',
        '<a href="smb://host/x">x</a>',
        '<a name="x" onclick="y()">x</a>',
    ],
)
def test_links_lead_to_the_web_and_to_mail_only(raw: str) -> None:
    assert notes_html(f"<p>{raw}</p>") == "<p>x</p>"


def test_links_to_the_web_and_to_mail_are_kept_and_nothing_but_their_address() -> None:
    raw = '<p><a class=x href="https://x.y/?a=1&amp;b=2" target=_blank ping="http://z">w</a> <a href=mailto:a@b.c>m</a>'
    assert notes_html(raw) == ('<p><a href="https://x.y/?a=1&amp;b=2">w</a> <a href="mailto:a@b.c">m</a></p>')


@pytest.mark.parametrize(
    "raw",
    [
        "<img src='http://x/y.png' onerror=alert(1)>w",
        "<style>@import 'http://x'</style>w",
        "<p style='background:url(http://x)'>w</p>",
        "<form action=http://x><input name=a><button>w</button></form>",
        "<iframe src=http://x></iframe>w",
        "<object data=x><embed src=y></object>w",
        "<svg><image href=http://x /></svg>w",
        "<link rel=stylesheet href=http://x>w",
        "<meta http-equiv=refresh content='0;url=http://x'>w",
        "<base href=http://x>w",
        "<math><mi xlink:href=javascript:x></mi></math>w",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>w",
        "<table background=http://x><tr><td>w</table>",
        "<video poster=http://x src=y></video>w",
        "<script>var a = '</div>';</script>w",
        "<template><img src=x></template>w",
        "<!--[if IE]><script>x</script><![endif]-->w",
        "<p>w<script>never closed <b>x",
    ],
)
def test_pictures_styles_forms_and_frames_go_and_words_stay(raw: str) -> None:
    html = notes_html(f"<p>{raw}") or ""
    assert_safe(html)
    assert re.sub(r"<[^>]*>|&[a-z]+;", "", html).strip("'\"> ") == "w"


def test_signs_that_steer_terminals_or_turn_the_writing_go() -> None:
    assert notes_html("a\x1b[31m\u202eb\u2066c\x00d\ud800e\ufeff") == "<p>a[31mbcde</p>"


_SPLIT = """
< > </ <a~href= " ' <b> </b> <p> <ul> <li> </ul> <br> <!-- --> & &lt; &#60; <script> </script> <svg> </svg> javascript:
http://x 1:23 section~2.3 <div> <blockquote> <style> <img~src=x~onerror=y> x <pre> <h1> = /> <math> <title>
<textarea> <? <![CDATA[ ]]>
"""
PIECES = [*(piece.replace("~", " ") for piece in _SPLIT.split()), " ", "\n", "\u202e"]


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_whatever_is_given_comes_out_safe(raw: str) -> None:
    assert_safe(notes_html(raw))
    assert_safe(notes_html("<p>" + raw))


@given(st.text(max_size=300))
def test_any_text_comes_out_safe(raw: str) -> None:
    assert_safe(notes_html(raw))


# --- size ---


@pytest.mark.parametrize(
    "piece",
    """<div>~<ul>~<ul><li>x~<b>~<b>x<p>~<~<a~&~<!--~<svg>~<svg></svg>~<a href="~1:1~1:23 ~http://x.y/ ~<blockquote>
~x<br>~<li>x<br>~x~<i><b>x</i></b>~&lt;~§~<h1>""".replace("\n", "").split("~"),
)
def test_half_a_megabyte_of_anything_is_shallow_and_bounded(piece: str) -> None:
    html = notes_html(piece * (MAX_BYTES // len(piece))) or ""
    assert_safe(html)
    assert len(html) < 4 * MAX_BYTES


def test_notes_are_cut_before_they_are_parsed_and_the_listener_is_told() -> None:
    reading = with_notes(Reading(), "words " * MAX_BYTES)
    assert len(reading.notes or "") <= MAX_BYTES + 100
    assert [notice.code for notice in reading.notices] == ["notes-cut"]
    assert [notice.code for notice in with_notes(Reading(), "<i>x</i> " * MAX_MARKS).notices] == ["notes-cut"]
    assert with_notes(Reading(), "<i>x</i> " * 1_000).notices == ()


def test_words_without_an_end_are_broken() -> None:
    words = re.findall(r"[^\s<>]+", notes_html("x" * 5_000) or "")
    assert max(map(len, words)) <= 1_000


def test_broken_notes_cost_only_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_text: str) -> str:
        raise RecursionError

    monkeypatch.setattr(module, "blocks_of_text", fail)
    reading = with_notes(Reading(title="T"), "words")
    assert (reading.title, reading.notes) == ("T", None)
    assert [notice.code for notice in reading.notices] == ["notes-unreadable"]


# --- chapters ---


def test_a_list_of_times_in_notes_is_a_source_of_chapters_below_all_others() -> None:
    own = ChapterList("id3", ())
    reading = with_notes(Reading(chapter_lists=(own,), duration_ms=2_400_000), f"<p>About.</p>{SHOWN}")
    assert [found.source for found in reading.chapter_lists] == ["id3", "notes"]
    assert [chapter.title for chapter in reading.chapter_lists[1].chapters] == ["Intro", "The talk", "Questions"]


def test_the_page_of_the_seed_in_notes_gives_its_chapters() -> None:
    found = notes_chapters(SEED_PAGE.read_text(encoding="utf-8"), SEED_SECONDS * 1000)
    assert found is not None
    assert len(found.chapters) == 119


@pytest.mark.parametrize(
    "raw", ["No times.", "At 1:30 he says so.", "0:00 So\n0:03 hello\n0:06 and welcome\n0:09 to it"]
)
def test_words_and_transcripts_are_no_chapters(raw: str) -> None:
    assert notes_chapters(raw, None) is None


# --- which ---


def test_the_longest_description_is_taken_and_lyrics_only_in_place_of_a_remark() -> None:
    long = "words " * 50
    assert best_notes([None, "", "short", long, "  "]) == long
    assert best_notes(["remark"], [long]) == long
    assert best_notes([long], [long * 2]) == long
    assert best_notes(["a", "b"]) == "a"
    assert best_notes([None, " "], []) is None
