import pytest

from player.readers.text_lines import LONGEST_LINE, plain_lines


def words(text: str) -> list[str]:
    return [line.strip() for line in plain_lines(text) if line.strip()]


def test_plain_text_stays_as_it_is() -> None:
    assert plain_lines("a < b\n\nc & d") == ["a < b", "", "c & d"]


@pytest.mark.parametrize("line", ["a * b * c", "snake_case_name", "2 ** 3", "_", "f(x)[1]"])
def test_marks_that_are_no_markdown_stay(line: str) -> None:
    assert plain_lines(line) == [line]


@pytest.mark.parametrize(
    ("line", "plain"),
    [
        ("**0:00** Intro", "0:00 Intro"),
        ("*Intro*", "Intro"),
        ("__a__ `b` ~~c~~", "a b c"),
        ("[Intro](https://x.y)", "Intro"),
        ('[Intro](https://x.y "tip")', "Intro"),
        ("[Intro](https://x.y?t=61)", "1:01 Intro"),
        ("[1:01 Intro](https://x.y?t=61)", "1:01 Intro"),
    ],
)
def test_markdown_is_taken_off(line: str, plain: str) -> None:
    assert plain_lines(line) == [plain]


@pytest.mark.parametrize("time", ["3723", "3723s", "1h2m3s", "62m3s"])
def test_time_in_the_address_of_a_link_stands_before_its_words(time: str) -> None:
    assert words(f'<a href="https://x.y/?v=1&amp;t={time}">Intro</a>') == ["1:02:03 Intro"]


def test_time_that_is_none_leaves_the_link_alone() -> None:
    assert words('<a href="https://x.y/?t=smh">Intro</a>') == ["Intro"]
    assert words('<a href="https://x.y/?t=mmss">Intro</a>') == ["Intro"]


def test_blocks_of_html_are_lines() -> None:
    html = "<div>a<br>b</div><ul><li>c<li>d</ul><table><tr><td>e</td><td>f</td></tr></table><p>g&nbsp;&amp; h\n i</p>"
    assert words(html) == ["a", "b", "c", "d", "e f", "g & h i"]


def test_scripts_and_styles_are_no_words() -> None:
    assert words("<p>a</p><script>0:00 b</script><style>c</style><p>d</p>") == ["a", "d"]


def test_link_that_is_never_closed_ends_with_the_text() -> None:
    assert words('<p><a href="?t=5">a <a href="?t=6">b') == ["0:05 a 0:06 b"]


def test_very_long_line_is_not_searched_for_markdown() -> None:
    line = "**a** " * LONGEST_LINE
    assert plain_lines(line) == [line]


@pytest.mark.parametrize("mark", ["<![CATA[x]>", "<![CDATA[x > y]]>", "<![if IE]>", "<![", "<!", "<!x>", "<?x"])
def test_marked_sections_that_are_damaged_are_passed_over(mark: str) -> None:
    found = words(f"<p>0:00 a</p>{mark}<p>0:10 b</p>")
    assert found[0] == "0:00 a"
    assert len(found) == 1 or found[-1].endswith("0:10 b")


@pytest.mark.parametrize("mark", ["<!", "<", "<!--", "<![CDATA[", "<?", "</"])
def test_a_mark_that_nothing_closes_is_a_character(mark: str) -> None:
    assert words(f"<p>0:00 Intro</p><p>1:00 End {mark} here") == ["0:00 Intro", f"1:00 End {mark} here"]


@pytest.mark.parametrize("mark", ["<!", "<!--", "<![CDATA[", "<?", "</", "<a "])
def test_a_million_marks_without_an_end_are_passed_over(mark: str) -> None:
    assert words("<p>0:00 Intro</p>" + mark * 300_000)[0] == "0:00 Intro"


def test_comments_are_no_words_though_a_later_one_is_open() -> None:
    assert words("<p>0:00 Intro<!-- 1:00 no --></p><p>2:00 End<!-- 3:00</p>")[:1] == ["0:00 Intro"]
