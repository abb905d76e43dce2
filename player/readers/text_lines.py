"""Any text a person copies, as plain lines: HTML and Markdown are taken off, words and times stay.

No times are read here, but the ``t=`` of a link is written in front of its words where these hold no time of their own.
"""

import re
from html.parser import HTMLParser

from player.core.clock import clock_text

_TAG = re.compile(
    r"</?(?:a|b|br|div|em|h[1-6]|html|i|li|ol|p|span|strong|table|td|tr|ul)\b[^<>]{0,2000}>", re.IGNORECASE
)
_LINES = frozenset(
    "address article blockquote br dd div dl dt h1 h2 h3 h4 h5 h6 hr li ol p pre section table tr ul".split()
)
_SILENT = frozenset(("script", "style", "head", "template"))
LONGEST_LINE = 20_000  # characters: what is longer is no Markdown that a person wrote

_TIME = re.compile(r"[0-9]:[0-9]{2}")
_LINK_TIME = re.compile(r"[?&#](?:t|start|time_continue)=([0-9]{1,6}(?:\.[0-9]{1,3})?s?|[0-9hms]{2,12})(?![0-9a-z])")
_UNITS = re.compile(r"(?:([0-9]{1,3})h)?(?:([0-9]{1,4})m)?(?:([0-9]{1,6})(?:\.[0-9]+)?s?)?")

_MARKDOWN_LINK = re.compile(r"!?\[([^\[\]]{0,1000})\]\(([^\s()]{0,500})(?:\s\"[^\"]{0,200}\")?\)")
_EMPHASIS = re.compile(
    r"(\*\*|__|`|~~)(?=\S)([^\n]{1,200}?)(?<=\S)\1|(?<![\w*])([*_])(?=[^\s*_])([^\n*_]{1,200})(?<=\S)\3(?![\w*])"
)


def plain_lines(text: str) -> list[str]:
    """``text`` as lines without mark-up; empty lines stay, since they part blocks."""
    if is_html(text):
        parser = _Plain()
        parser.feed(_without_open_marks(text))
        parser.close()
        return parser.text().split("\n")
    return [_without_markdown(line) for line in text.splitlines()]


def is_html(text: str) -> bool:
    """Whether ``text`` has tags that pages are made of; a lone "<" is none."""
    return bool(_TAG.search(text))


def _without_open_marks(text: str) -> str:
    """``text`` with each "<" that nothing closes as a character: for each of them the parser would look to the end."""
    for opening, closing in (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<", ">")):
        end = text.rfind(closing) + 1
        text = text[:end] + text[end:].replace(opening, f"&lt;{opening[1:]}")
    return text


def _without_markdown(line: str) -> str:
    if len(line) > LONGEST_LINE:
        return line
    if "](" in line:
        line = _MARKDOWN_LINK.sub(lambda match: _timed(match[1], match[2]), line)
    if any(mark in line for mark in "*_`~"):
        line = _EMPHASIS.sub(lambda match: match[2] or match[4], line)
    return line


def _timed(words: str, address: str) -> str:
    """The words of a link, after the time that its address names when the words hold none."""
    found = None if _TIME.search(words) else _LINK_TIME.search(address)
    if not found:
        return words
    units = _UNITS.fullmatch(found[1])
    if not units:
        return words
    hours, minutes, seconds = (int(part or 0) for part in units.groups())
    return f"{clock_text((hours * 3600 + minutes * 60 + seconds) * 1000)} {words}"


class _Plain(HTMLParser):
    """Collects the words of an HTML text, a new line for each block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []
        self._link: tuple[str, int] | None = None  # address, and where its words begin in the parts
        self._silent = 0

    def text(self) -> str:
        return "".join(self._parts)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag in _LINES:
            self._parts.append("\n")
        elif tag in ("td", "th"):
            self._parts.append(" ")
        elif tag == "a":
            self._end_link()
            self._link = (dict(attrs).get("href") or "", len(self._parts))

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag == "a":
            self._end_link()
        elif tag in _LINES and tag != "br":
            self._parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._parts.append(re.sub(r"\s+", " ", data))

    def close(self) -> None:
        super().close()
        self._end_link()

    def parse_marked_section(self, i: int, report: int = 1) -> int:
        """Passes over ``<![...]>``, of which Python's own parser raises where it knows it not; -1: it has no end."""
        mark = "]]>" if self.rawdata.startswith("<![CDATA[", i) else ">"
        end = self.rawdata.find(mark, i)
        return end + len(mark) if end >= 0 else -1

    def _end_link(self) -> None:
        if self._link:
            address, start = self._link
            words = "".join(self._parts[start:])
            self._parts[start:] = [words if "\n" in words else _timed(words, address)]
            self._link = None
